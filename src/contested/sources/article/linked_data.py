"""What a page says of its article as JSON-LD (schema.org). Runs in the child process only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS: Final = 1_000_000
_MAX_THINGS: Final = 200
_ARTICLES: Final = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting",
     "OpinionNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting", "Report", "WebPage"}
)  # fmt: skip


def said_of(text: str) -> dict[str, str]:
    """Return title, byline, publisher and time of publication, where a script states them.

    What is no JSON, or is about no article, says nothing.
    """
    if len(text) > MAX_CHARACTERS:
        return {}
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    # A page is also a WebPage: the article itself comes first.
    things = sorted(_articles(data), key=lambda thing: _types(thing) <= {"WebPage"})
    for thing in things:
        for key, value in _facts(thing):
            if value:
                found.setdefault(key, value)
    return found


def _articles(data: object) -> Iterator[dict[str, object]]:
    """Yield the articles in an object, a list or a graph, one level down at a time."""
    queue = [data]
    for _ in range(_MAX_THINGS):
        if not queue:
            return
        thing = queue.pop(0)
        if isinstance(thing, list):
            queue.extend(thing[:_MAX_THINGS])
        elif isinstance(thing, dict):
            queue.append(thing.get("@graph"))
            queue.append(thing.get("mainEntity"))
            if _types(thing) & _ARTICLES:
                yield thing


def _types(thing: dict[str, object]) -> set[str]:
    kinds = thing.get("@type")
    return {
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    }


def _facts(thing: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield "title", _words(thing.get("headline"))
    yield "byline", ", ".join(_names(thing.get("author")))
    yield "publisher", ", ".join(_names(thing.get("publisher")))
    yield "published_at", _words(thing.get("datePublished"))


def _names(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    names = [_words(one.get("name") if isinstance(one, dict) else one) for one in several[:10]]
    return [name for name in names if name]


def _words(value: object) -> str:
    return " ".join(value.split())[:500] if isinstance(value, str) else ""
