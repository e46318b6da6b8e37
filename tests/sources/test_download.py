"""Downloading from a publisher on the loopback interface that misbehaves in every known way."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from contested.errors import FetchError
from contested.sources.download import USER_AGENT, Limits, Outcome, Reply, download, open_client
from loopback import Answer, Publisher, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = Limits(max_bytes=1000, attempts=3, timeout_s=0.3, whole_s=5)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found


class Waiting:
    """A sleep that remembers instead of sleeping."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def get(url: str, waiting: Waiting | None = None, **options: Any) -> Reply:
    limits = options.pop("limits", LIMITS)
    with open_client(limits) as client:
        return download(client, url, limits=limits, sleep=waiting or Waiting(), **options)


def refused(url: str, waiting: Waiting | None = None, **options: Any) -> str:
    with pytest.raises(FetchError) as caught:
        get(url, waiting, **options)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(url)
    return text


def test_a_file_with_its_tag(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"ground", {"ETag": '"one"'}))
    assert get(publisher.url + "a") == Reply(Outcome.FETCHED, b"ground", '"one"')


def test_the_client_names_the_project_and_asks_for_plain_bytes(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"x"))
    get(publisher.url + "a")
    headers = publisher.asked[0][1]
    assert headers["User-Agent"] == USER_AGENT
    assert USER_AGENT.startswith("contested/")
    assert headers["Accept-Encoding"] == "identity"
    assert "If-None-Match" not in headers


def test_an_unchanged_file_is_not_sent_again(publisher: Publisher) -> None:
    publisher.will("/a", Answer(304, b""))
    reply = get(publisher.url + "a", etag='"one"')
    assert reply == Reply(Outcome.UNCHANGED, b"", '"one"')
    assert publisher.asked[0][1]["If-None-Match"] == '"one"'


def test_unchanged_without_having_asked_for_it_is_an_error(publisher: Publisher) -> None:
    publisher.will("/a", Answer(304, b""))
    assert "answers 304" in refused(publisher.url + "a")


def test_no_such_file_is_an_answer_and_not_an_error(publisher: Publisher) -> None:
    waiting = Waiting()
    assert get(publisher.url + "none", waiting).outcome is Outcome.ABSENT
    assert waiting.waits == []


def test_a_passing_error_is_tried_again_with_growing_waits(publisher: Publisher) -> None:
    publisher.will("/a", Answer(500), Answer(503), Answer(200, b"late"))
    waiting = Waiting()
    assert get(publisher.url + "a", waiting).content == b"late"
    assert waiting.waits == [1.0, 2.0]


def test_an_error_that_stays_ends_after_the_attempts(publisher: Publisher) -> None:
    publisher.will("/a", Answer(500))
    waiting = Waiting()
    assert "answers 500 (asked 3 times)" in refused(publisher.url + "a", waiting)
    assert len(publisher.asked) == 3
    assert len(waiting.waits) == 2


@pytest.mark.parametrize("status", [401, 403, 410, 501])
def test_a_refusal_is_not_tried_again(publisher: Publisher, status: int) -> None:
    publisher.will("/a", Answer(status))
    assert str(status) in refused(publisher.url + "a")
    assert len(publisher.asked) == 1


def test_the_publishers_wish_to_wait_is_followed(publisher: Publisher) -> None:
    publisher.will("/a", Answer(429, headers={"Retry-After": "7"}), Answer(200, b"x"))
    waiting = Waiting()
    get(publisher.url + "a", waiting)
    assert waiting.waits == [7.0]


def test_a_wish_to_wait_for_long_ends_the_run(publisher: Publisher) -> None:
    publisher.will("/a", Answer(429, headers={"Retry-After": "3600"}), Answer(200, b"x"))
    waiting = Waiting()
    assert "429" in refused(publisher.url + "a", waiting)
    assert waiting.waits == []
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("declared", [-1, 10, None, 5000], ids=["true", "less", "none", "more"])
def test_too_large_whatever_the_headers_say(publisher: Publisher, declared: int | None) -> None:
    publisher.will("/a", Answer(200, b"x" * 5000, declared=declared))
    if declared == 10:
        # HTTP itself ends the body where the header says: ten bytes are all there are.
        assert get(publisher.url + "a").content == b"x" * 10
    else:
        assert "more than 1,000 bytes" in refused(publisher.url + "a")
        assert len(publisher.asked) == 1


def test_a_file_that_says_it_is_too_large_is_not_read(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"short", declared=5000))
    assert "more than 1,000 bytes" in refused(publisher.url + "a")


def test_the_cap_itself_is_allowed(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"x" * 1000, declared=None))
    assert len(get(publisher.url + "a").content) == 1000


def test_a_packed_body_is_not_unpacked(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"\x1f\x8b", {"Content-Encoding": "gzip"}))
    assert "packed as 'gzip'" in refused(publisher.url + "a")


def test_a_body_cut_short_is_tried_again_and_never_taken(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"half", declared=8), Answer(200, b"complete"))
    assert get(publisher.url + "a").content == b"complete"
    publisher.will("/b", Answer(200, b"half", declared=8))
    assert "connection broke" in refused(publisher.url + "b")
    assert len(publisher.asked) == 2 + 3


def test_a_silent_server_times_out(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"x", silent_s=1.0))
    limits = Limits(attempts=1, timeout_s=0.1)
    assert "no answer within 0.1 s" in refused(publisher.url + "a", limits=limits)


def test_a_server_that_drips_is_cut_off(publisher: Publisher) -> None:
    publisher.will("/a", Answer(200, b"x" * 40, drip_s=0.05))
    limits = Limits(attempts=1, timeout_s=1.0, whole_s=0.2)
    assert "not complete after 0.2 s" in refused(publisher.url + "a", limits=limits)


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    waiting = Waiting()
    text = refused(f"http://127.0.0.1:{port}/a", waiting)
    assert "no connection to 127.0.0.1; is there a network?" in text
    assert waiting.waits == [1.0, 2.0]


def test_a_redirect_on_the_same_host_is_followed(publisher: Publisher) -> None:
    publisher.will("/a", Answer(302, headers={"Location": "/b"}))
    publisher.will("/b", Answer(200, b"moved"))
    assert get(publisher.url + "a").content == b"moved"


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/a", "http://elsewhere.example/a", "http://localhost:1/a"],
)
def test_a_redirect_to_another_host_is_refused(publisher: Publisher, target: str) -> None:
    publisher.will("/a", Answer(302, headers={"Location": target}))
    assert "leads to another host" in refused(publisher.url + "a")
    assert publisher.paths == ["/a"]


def test_a_circle_of_redirects_ends(publisher: Publisher) -> None:
    publisher.will("/a", Answer(302, headers={"Location": "/a"}))
    assert "more than 3 redirects" in refused(publisher.url + "a")
    assert len(publisher.asked) == 4


def test_a_redirect_to_nowhere(publisher: Publisher) -> None:
    publisher.will("/a", Answer(302))
    assert "redirects to nowhere" in refused(publisher.url + "a")


def test_a_redirect_to_what_is_no_address(publisher: Publisher) -> None:
    publisher.will("/a", Answer(302, headers={"Location": "http://x:port/"}))
    assert "location header" in refused(publisher.url + "a")


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/a",
        "ftp://127.0.0.1/a",
        "file:///etc/hostname",
        "http://127.0.0.1.elsewhere.example/a",
    ],
)
def test_only_https_is_asked(url: str) -> None:
    assert "only https" in refused(url)


def test_https_is_asked_of_any_host() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, stream=httpx.ByteStream(b"safe"))

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        reply = download(client, "https://elsewhere.example/a", limits=LIMITS)
    assert reply.content == b"safe"
    assert asked == ["https://elsewhere.example/a"]


def test_a_redirect_from_https_to_http_is_refused() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://elsewhere.example/a"})

    with (
        httpx.Client(transport=httpx.MockTransport(answer)) as client,
        pytest.raises(FetchError, match="another host"),
    ):
        download(client, "https://elsewhere.example/a", limits=LIMITS)
