"""One file from one publisher, politely and under caps: the only seam to the network.

Whatever goes wrong is a `FetchError` of one line. Sleep and clock are arguments.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import httpx

from contested.errors import FetchError, NoNetworkError
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

USER_AGENT = f"contested/{__version__} (open-source map history; one request at a time)"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_OK, _NOT_MODIFIED, _NOT_FOUND = 200, 304, 404
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, how often to try and how much to take.

    Attributes
    ----------
    max_bytes
        The most one file may hold, in bytes, whatever its Content-Length says.
    attempts
        How often one file is asked for in all.
    first_wait_s
        Seconds before the second attempt; doubled for each one after it.
    longest_wait_s
        The longest wait that a publisher's Retry-After can ask for; a longer one gives up.
    timeout_s
        Seconds to wait for a connection or for the next bytes.
    whole_s
        Seconds that one file may take in all: a server that drips bytes is cut off.
    """

    max_bytes: int = 5_000_000
    attempts: int = 4
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    timeout_s: float = 20.0
    whole_s: float = 120.0
    redirects: int = 3


class Outcome(StrEnum):
    """What the publisher answered."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: the bytes are there with `FETCHED` only."""

    outcome: Outcome
    content: bytes = b""
    etag: str | None = None


class _PassingError(Exception):
    """A fault that another attempt may not meet; `wait_s` is what the publisher asked for."""

    def __init__(
        self, reason: str, wait_s: float | None = None, becomes: type[FetchError] = FetchError
    ) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.becomes = becomes


def open_client(limits: Limits) -> httpx.Client:
    """Return a client that names this project and follows no redirect by itself."""
    return httpx.Client(
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        timeout=limits.timeout_s,
        follow_redirects=False,
    )


def download(
    client: httpx.Client,
    url: str,
    *,
    etag: str | None = None,
    limits: Limits,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Reply:
    """Ask for one file, with patience for passing faults.

    Parameters
    ----------
    url
        Address; https, or plain http on the loopback interface only.
    etag
        The tag of the bytes held already: an unchanged file is not sent again.
    sleep, clock
        Wait for seconds; seconds of a clock that never goes back.

    Raises
    ------
    NoNetworkError
        If the publisher cannot be reached.
    FetchError
        If the file cannot be had: an error of the publisher that stays, a redirect to another
        host, more bytes than the cap, a body cut short.
    """
    wait = limits.first_wait_s
    for attempt in range(1, limits.attempts + 1):
        try:
            return _follow(client, url, etag, limits, clock)
        except _PassingError as fault:
            asked = wait if fault.wait_s is None else max(wait, fault.wait_s)
            if attempt == limits.attempts or asked > limits.longest_wait_s:
                message = f"{url}: {fault} (asked {attempt} times); try later"
                raise fault.becomes(message) from fault
            sleep(asked)
            wait *= 2
    raise FetchError(f"{url}: not asked, since 0 attempts are allowed")


def _follow(
    client: httpx.Client,
    url: str,
    etag: str | None,
    limits: Limits,
    clock: Callable[[], float],
) -> Reply:
    """Ask once, following redirects on the same host."""
    until = clock() + limits.whole_s
    target = _checked(url)
    for _ in range(limits.redirects + 1):
        found = _ask(client, target, etag, limits, lambda: clock() > until)
        if isinstance(found, Reply):
            return found
        if _origin(found) != _origin(target):
            raise FetchError(f"{url}: leads to another host ({found.host}); not followed")
        target = _checked(str(found))
    raise FetchError(f"{url}: more than {limits.redirects} redirects")


def _ask(
    client: httpx.Client,
    url: httpx.URL,
    etag: str | None,
    limits: Limits,
    too_late: Callable[[], bool],
) -> Reply | httpx.URL:
    """Send one request; return the answer, or where it redirects to."""
    headers = {} if etag is None else {"If-None-Match": etag}
    try:
        with client.stream("GET", url, headers=headers) as response:
            return _answer(response, etag, limits, too_late)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        reason = f"no connection to {url.host}; is there a network?"
        raise _PassingError(reason, becomes=NoNetworkError) from error
    except httpx.TimeoutException as error:
        raise _PassingError(f"no answer within {limits.timeout_s:g} s") from error
    except httpx.TransportError as error:
        raise _PassingError(f"the connection broke ({error})") from error


def _answer(
    response: httpx.Response, etag: str | None, limits: Limits, too_late: Callable[[], bool]
) -> Reply | httpx.URL:
    status, url = response.status_code, str(response.url)
    if status == _NOT_FOUND:
        return Reply(Outcome.ABSENT)
    if status == _NOT_MODIFIED and etag is not None:
        return Reply(Outcome.UNCHANGED, etag=etag)
    if status in _REDIRECTS:
        return _redirect(response)
    if status in _TRY_AGAIN:
        raise _PassingError(f"the publisher answers {status}", _retry_after(response))
    if status != _OK:
        raise FetchError(f"{url}: the publisher answers {status}, which no second try will change")
    return Reply(Outcome.FETCHED, _body(response, limits, too_late), response.headers.get("ETag"))


def _redirect(response: httpx.Response) -> httpx.URL:
    if response.next_request is None:
        raise FetchError(f"{response.url}: redirects to nowhere")
    return response.next_request.url


def _body(response: httpx.Response, limits: Limits, too_late: Callable[[], bool]) -> bytes:
    """Read the body as it comes, never trusting what its headers say of its size."""
    url = str(response.url)
    coding = response.headers.get("Content-Encoding", "identity").lower()
    if coding != "identity":
        # None was asked for, and a packed body could unpack to more than the cap in one step.
        raise FetchError(f"{url}: sent packed as {coding!r}, which was not asked for")
    declared = response.headers.get("Content-Length", "")
    too_large = FetchError(f"{url}: more than {limits.max_bytes:,} bytes; not taken")
    if declared.isdecimal() and int(declared) > limits.max_bytes:
        raise too_large
    parts, size = [], 0
    for part in response.iter_raw():
        size += len(part)
        if size > limits.max_bytes:
            raise too_large
        if too_late():
            raise _PassingError(f"not complete after {limits.whole_s:g} s")
        parts.append(part)
    return b"".join(parts)


def _checked(url: str) -> httpx.URL:
    """Return the address if it may be asked: https, or http on the loopback interface."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"{url}: not an address ({error})") from error
    if parsed.scheme == "https" or (parsed.scheme == "http" and parsed.host in LOOPBACK):
        return parsed
    raise FetchError(f"{url}: only https addresses are asked")


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds of a Retry-After header; its other form, a date, is not read."""
    text = response.headers.get("Retry-After", "").strip()
    return float(text) if text.isdecimal() else None
