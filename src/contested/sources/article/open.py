"""A file of any kind to articles: text is read here, markup in a child process under caps."""

from __future__ import annotations

import codecs
import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from contested.errors import InputError
from contested.sources.article.parse import parse_text
from contested.sources.article.raw import RawArticle, day_of

if TYPE_CHECKING:
    from datetime import date

    from contested.records.article import Article

MAX_BYTES: Final = 8 << 20
"""8 MB: a page with everything in it; an article's text has 10 kB."""
WALL_SECONDS: Final = 60
TITLE_CHARACTERS: Final = 60
"""How much of an entry's title names it in a message."""
_SUFFIXES: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".eml": "mail", ".rss": "feed",
    ".atom": "feed", ".xml": "feed", ".txt": "text", ".md": "text", ".text": "text",
}  # fmt: skip
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
SUFFIXES: Final = tuple(_SUFFIXES)


def articles_of(
    content: bytes, name: str, *, published: date | None = None, encoding: str | None = None
) -> list[Article]:
    """Return the articles of a file: one, or one for each entry of a feed that can be read.

    Raises
    ------
    InputError
        The file is empty, too large, in another encoding, in a language we do not read, or no
        article; of a feed, no entry can be read.
    """
    return list(entries_of(content, name, published=published, encoding=encoding).articles)


@dataclass(frozen=True, slots=True)
class Entries:
    """The articles of a file, and a line for each entry of a feed that is none."""

    articles: tuple[Article, ...]
    problems: tuple[str, ...] = ()


def entries_of(
    content: bytes, name: str, *, published: date | None = None, encoding: str | None = None
) -> Entries:
    """Return what can be read of a file, and what cannot; see `articles_of`.

    Raises
    ------
    InputError
        Nothing of the file can be read.
    """
    raws = _raws(content, name, encoding)
    found: list[Article] = []
    problems: list[str] = []
    for k, raw in enumerate(raws):
        try:
            found.append(_article(raw, content, _entry_name(name, k, raws), published))
        except InputError as error:
            problems.append(_named(str(error), raw, len(raws)))
    if not found:
        raise InputError(_nothing(name, problems))
    return Entries(tuple(found), tuple(problems))


def _named(problem: str, raw: RawArticle, count: int) -> str:
    """Return a problem with the title of the entry that has it, so that it can be found."""
    title = " ".join((raw.title or "").split())
    return f"{problem} (entry “{title[:TITLE_CHARACTERS]}”)" if count > 1 and title else problem


def _nothing(name: str, problems: list[str]) -> str:
    """Return one line for a file of which nothing can be read."""
    if len(problems) == 1:
        return problems[0]
    return f"{name}: none of {len(problems)} entries can be read; the first: {problems[0]}"


def _raws(content: bytes, name: str, encoding: str | None) -> list[RawArticle]:
    if len(content) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES >> 20} MB; no article is")
    if not content.strip():
        raise InputError(f"{name}: the file is empty")
    kind = kind_of(content, name)
    if kind == "text":
        return [RawArticle(decoded(content, name, encoding))]
    return _by_child(content, name, kind, encoding)


def _entry_name(name: str, k: int, raws: list[RawArticle]) -> str:
    return name if len(raws) == 1 else f"{name}#{k + 1}"


def _article(raw: RawArticle, content: bytes, name: str, published: date | None) -> Article:
    article = parse_text(
        raw.text, name=name, content=content, title=raw.title, byline=raw.byline,
        publisher=raw.publisher, published=published or day_of(raw.published_at),
    )  # fmt: skip
    return replace(article, published_at=raw.published_at or article.published_at)


def kind_of(content: bytes, name: str) -> str:
    """Return text, html, mail or feed: by the name's ending, else by the first bytes."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES and suffix != ".xml":
        return _SUFFIXES[suffix]
    head = content[:2048].lstrip().lower()
    if b"<rss" in head or b"<feed" in head or b"<rdf" in head:
        return "feed"
    if head.startswith((b"<!doctype html", b"<html")) or b"<body" in head or b"<p>" in head:
        return "html"
    if head.startswith((b"from:", b"return-path:", b"received:", b"mime-version:", b"subject:")):
        return "mail"
    return "feed" if suffix == ".xml" else "text"


def decoded(content: bytes, name: str, encoding: str | None) -> str:
    """Return the text, newlines as they are.

    Raises
    ------
    InputError
        The bytes are not in that encoding, or not in UTF-8 where none is given.
    """
    for mark, of_mark in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
                          (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if content.startswith(mark):
            encoding = encoding or of_mark
    try:
        return content.decode(encoding or "utf-8")
    except LookupError:
        raise InputError(f"{name}: there is no encoding {encoding!r}") from None
    except UnicodeDecodeError as error:
        tried = encoding or "UTF-8"
        raise InputError(
            f"{name}: byte {error.start} is not {tried}; say which encoding it is with "
            f"--encoding (windows-1251, latin-1, …)"
        ) from None


def _by_child(content: bytes, name: str, kind: str, encoding: str | None) -> list[RawArticle]:
    charset = _charset(content, name, encoding) if kind == "html" else "utf-8"
    command = [sys.executable, "-m", "contested.sources.article.child", kind, charset]
    try:
        done = subprocess.run(  # noqa: S603  (our own module, no shell)
            command, input=content, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{name}: takes more than {WALL_SECONDS} s to read") from None
    if done.returncode != 0 or not done.stdout:
        raise InputError(f"{name}: cannot be read within the caps on memory and processor time")
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise InputError(f"{name}: {answer['problem'][0]['text']}")
    return [RawArticle(**raw) for raw in answer["articles"]]


def _charset(content: bytes, name: str, encoding: str | None) -> str:
    """Return the encoding of a page: as given, as it declares, or UTF-8."""
    declared = _CHARSET.search(content[:4096])
    chosen = encoding or (declared[1].decode("ascii") if declared else "utf-8")
    decoded(content, name, chosen)
    return chosen
