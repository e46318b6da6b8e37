"""The page and a read-only API over HTTP, for a reader on the same machine or behind a proxy.

The same files that `contested site build` writes, held in memory, compressed once, with ETags;
beside them `/api/…` answers with the JSON that the commands print.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.routing import Route

from contested.errors import ContestedError, NotHeldError, UsageError
from contested.history.measure import (
    area_series,
    areas_on,
    calendar,
    changes_between,
    point_timeline,
    status_on,
)
from contested.jobs.api_schema import openapi

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from contested.history.protocol import HistoryEngine
    from contested.render.site import Basemap

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_PLAIN = 1024
"""Bytes below which compressing gains nothing."""

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def page_header(basemap: Basemap | None = None) -> str:
    """Return the policy that the page is sent under; a base map opens it for its one origin."""
    asked = "" if basemap is None else f" {basemap.origin}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        f"connect-src 'self' blob:{asked}; img-src 'self' data: blob:{asked}; "
        "worker-src blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


_API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it is sent: plain, compressed, and the tag that names its bytes."""

    plain: bytes
    packed: bytes
    etag: str
    media_type: str

    @classmethod
    def of(cls, name: str, content: bytes) -> Served:
        """Compress a file and name its bytes."""
        packed = gzip.compress(content, 9, mtime=0) if len(content) >= _PLAIN else content
        tag = hashlib.sha256(content).hexdigest()[:32]
        return cls(content, packed, f'"{tag}"', _media_type(name))


def create_app(
    files: Mapping[str, bytes],
    engine: HistoryEngine | None,
    *,
    hosts: Sequence[str] = LOOPBACK,
    basemap: Basemap | None = None,
) -> Starlette:
    """Return the application.

    Parameters
    ----------
    files
        Of the page (`render.site.site_files`).
    engine
        Answers the API; `None` where only points are held, and then every question says so.
    hosts
        Names under which it may be asked: anything else is refused, so that a foreign page
        cannot reach a local book by rebinding its own name.
    basemap
        Of the page: its origin, and no other, is let through.
    """
    served = {f"/{name}": Served.of(name, content) for name, content in files.items()}
    served["/"] = served["/index.html"]
    described = Served.of("openapi.json", msgspec.json.encode(openapi()))
    policy = page_header(basemap)
    routes = [
        Route("/api/openapi.json", _file(described, policy)),
        *(Route(path, _question(engine, ask)) for path, ask in QUESTIONS.items()),
        *(Route(path, _file(one, policy)) for path, one in served.items()),
    ]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=[*hosts, "[::1]"])
    return Starlette(routes=routes, middleware=[guard])


def _file(one: Served, policy: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return _respond(request, one, policy)

    return answer


def _question(
    engine: HistoryEngine | None, ask: Callable[[HistoryEngine, Mapping[str, str]], object]
) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        status, body = await run_in_threadpool(_asked, engine, ask, dict(request.query_params))
        one = Served.of("answer.json", msgspec.json.encode(body))
        return _respond(request, one, _API_POLICY, status)

    return answer


def _asked(
    engine: HistoryEngine | None,
    ask: Callable[[HistoryEngine, Mapping[str, str]], object],
    given: Mapping[str, str],
) -> tuple[int, object]:
    """Answer a question, or say in one line why not."""
    try:
        return 200, ask(_must(engine), given)
    except NotHeldError as error:
        return 404, {"error": str(error)}
    except ContestedError as error:
        return 400, {"error": str(error)}


def _must(engine: HistoryEngine | None) -> HistoryEngine:
    if engine is None:
        raise NotHeldError("this book holds points only: no area can be measured on them")
    return engine


def _respond(request: Request, one: Served, policy: str, status: int = 200) -> Response:
    headers = {**_HEADERS, "Content-Security-Policy": policy, "ETag": one.etag}
    headers["Vary"] = "Accept-Encoding"
    if one.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "") and one.packed is not one.plain
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = one.packed if packed else one.plain
    return Response(content, status, headers=headers, media_type=one.media_type)


def _media_type(name: str) -> str:
    if name.endswith(".js"):
        return "text/javascript"
    if name.endswith(".ctwp"):
        return "application/octet-stream"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _day(given: Mapping[str, str], name: str) -> date:
    if name not in given:
        raise UsageError(f"{name} is missing: give a day, YYYY-MM-DD")
    try:
        return date.fromisoformat(given[name])
    except ValueError:
        raise UsageError(f"{name}={given[name][:40]!r} is not a day written YYYY-MM-DD") from None


def _degrees(given: Mapping[str, str], name: str) -> float:
    try:
        return float(given[name])
    except (KeyError, ValueError):
        raise UsageError(f"{name} is missing or not a number of degrees") from None


def _days(engine: HistoryEngine, given: Mapping[str, str]) -> object:
    del given
    return calendar(engine).coverage()


def _area(engine: HistoryEngine, given: Mapping[str, str]) -> object:
    if "on" in given:
        return areas_on(engine, _day(given, "on"))
    return area_series(engine, _day(given, "from"), _day(given, "to"))


def _changes(engine: HistoryEngine, given: Mapping[str, str]) -> object:
    return changes_between(engine, _day(given, "from"), _day(given, "to"))


def _status(engine: HistoryEngine, given: Mapping[str, str]) -> object:
    lon, lat = _degrees(given, "lon"), _degrees(given, "lat")
    return status_on(engine, lon, lat, _day(given, "on"))


def _timeline(engine: HistoryEngine, given: Mapping[str, str]) -> object:
    return point_timeline(engine, _degrees(given, "lon"), _degrees(given, "lat"))


QUESTIONS: Final[dict[str, Callable[[HistoryEngine, Mapping[str, str]], object]]] = {
    "/api/days": _days,
    "/api/area": _area,
    "/api/changes": _changes,
    "/api/status": _status,
    "/api/timeline": _timeline,
}
