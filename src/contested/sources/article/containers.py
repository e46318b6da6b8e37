"""Mail and feed entries to raw articles. Runs in the child process only."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Final

from contested.sources.article.markup import article_of
from contested.sources.article.raw import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

MAX_ENTRIES: Final = 500
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_ATOM: Final = "{http://www.w3.org/2005/Atom}"


def from_mail(content: bytes) -> list[RawArticle]:
    """Return the article in a mail: its text part, or its HTML part as text."""
    mail = BytesParser(policy=policy.default).parsebytes(content)
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ValueError("the mail has no text part")
    words = str(body.get_content())
    if body.get_content_type() == "text/html":
        words = article_of(words).text
    return [_with_headers(mail, words)]


def _with_headers(mail: EmailMessage, words: str) -> RawArticle:
    stamp = mail["Date"].datetime if mail["Date"] else None
    sender = mail["From"]
    name = sender.addresses[0].display_name if sender and sender.addresses else None
    return RawArticle(
        text=words, title=str(mail["Subject"]) if mail["Subject"] else None,
        publisher=name or None, published_at=stamp.isoformat() if stamp else None,
    )  # fmt: skip


def from_feed(content: bytes) -> list[RawArticle]:
    """Return the entries of an RSS or Atom feed.

    Entities are not resolved and nothing is fetched: a feed that declares its own entities is
    refused by the parser or stays as it is written.
    """
    from lxml import etree  # noqa: PLC0415  (only the child needs it)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(content, parser)
    if root is None:
        raise ValueError("the feed is not XML")
    entries = [*root.iter("item"), *root.iter(f"{_ATOM}entry")]
    if not entries:
        raise ValueError("the feed has no entries")
    publisher = root.findtext("channel/title") or root.findtext(f"{_ATOM}title")
    return [_entry(entry, publisher) for entry in entries[:MAX_ENTRIES]]


def _entry(entry: object, publisher: str | None) -> RawArticle:
    html = next(
        iter(_first(entry, _CONTENT, f"{_ATOM}content", "description", f"{_ATOM}summary")), ""
    )
    raw = article_of(html) if "<" in html else RawArticle(html)
    return RawArticle(
        text=raw.text,
        title=next(_first(entry, "title", f"{_ATOM}title"), None),
        byline=next(_first(entry, _CREATOR, "author", f"{_ATOM}author/{_ATOM}name"), None),
        publisher=publisher,
        published_at=next(_first(entry, "pubDate", f"{_ATOM}published", f"{_ATOM}updated"), None),
    )


def _first(entry: object, *names: str) -> Iterator[str]:
    for name in names:
        found = entry.findtext(name)  # type: ignore[attr-defined]
        if found and found.strip():
            yield found.strip()
