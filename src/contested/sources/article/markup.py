"""HTML to text. Runs in the child process only: the pages are foreign.

trafilatura finds the main text. Where it finds none, or where a page is nested so deeply that its
parser gives up, every word outside scripts and styles is kept, so that nothing is lost. Scripts,
handlers and styles never become text.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from contested.sources.article.linked_data import said_of
from contested.sources.article.raw import RawArticle

_SILENT: Final = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object"})
_BLOCKS: Final = frozenset(
    "p div section article header footer h1 h2 h3 h4 h5 h6 li ul ol br tr td table blockquote "
    "figcaption figure aside main nav pre hr time title body".split()
)
_ASIDE: Final = frozenset({"nav", "footer", "aside", "form", "button", "select"})
_MAX_DEPTH: Final = 256
"""Deeper than any article is nested: trafilatura recurses, so it is not asked."""
_JSON_LD: Final = "application/ld+json"
_META: Final = {
    "article:published_time": "published_at", "og:title": "title", "og:site_name": "publisher",
    "author": "byline", "article:author": "byline", "date": "published_at",
    "datepublished": "published_at", "pubdate": "published_at", "parsely-pub-date": "published_at",
}  # fmt: skip


class _Words(HTMLParser):
    """Collects words and what the head says. It does not recurse, so depth costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.head: dict[str, str] = {}
        self.stated: dict[str, str] = {}
        self.depth = 0
        self.deepest = 0
        self._silent = 0
        self._aside = 0
        self._title = False
        self._data: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count depth, break lines at blocks, and read `meta` and `time`."""
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        self._silent += tag in _SILENT
        self._aside += tag in _ASIDE
        self._title = tag == "title"
        if tag == "script" and (dict(attrs).get("type") or "").lower().startswith(_JSON_LD):
            self._data = []
        if tag in _BLOCKS:
            self.parts.append("\n")
        found = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self.depth -= 1
            name = (
                found.get("property") or found.get("name") or found.get("itemprop") or ""
            ).lower()
            if name in _META and found.get("content"):
                self.head.setdefault(_META[name], found["content"].strip())
        elif tag == "time" and found.get("datetime"):
            self.head.setdefault("published_at", found["datetime"].strip())

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.depth = max(0, self.depth - 1)
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._aside = max(0, self._aside - (tag in _ASIDE))
        self._title = False
        if tag == "script" and self._data is not None:
            for key, value in said_of("".join(self._data)).items():
                self.stated.setdefault(key, value)
            self._data = None
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words that a reader sees."""
        if self._data is not None:
            self._data.append(data)
        elif self._title:
            self.head.setdefault("title", " ".join(data.split()))
        elif not self._silent and not self._aside:
            self.parts.append(data.replace("\n", " "))


def article_of(html: str) -> RawArticle:
    """Return the main text of a page with title, byline, publisher and time."""
    words = _Words()
    words.feed(html)
    words.close()
    main = None if words.deepest > _MAX_DEPTH else _main_text(html)
    text = main or _lines("".join(words.parts))
    # What a page states of itself as data is meant for machines; `title` has the site's name in it.
    head = {**words.head, **words.stated}
    return RawArticle(
        text=text, title=head.get("title"), byline=head.get("byline"),
        publisher=head.get("publisher"), published_at=head.get("published_at"),
    )  # fmt: skip


def _main_text(html: str) -> str | None:
    """Return the main text by trafilatura, a paragraph a line; `None` where it finds none."""
    import trafilatura  # noqa: PLC0415  (slow to import, and only the child needs it)

    found = trafilatura.extract(
        html, output_format="txt", include_comments=False, include_tables=False,
        include_images=False, include_links=False, favor_recall=True, with_metadata=False,
    )  # fmt: skip
    return found if isinstance(found, str) and found.strip() else None


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
