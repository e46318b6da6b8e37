"""Read articles: bytes to claims, with or without a book.

Without a book nothing is archived and nothing fails. With one, the bytes are kept by their hash and
one entry of the ledger names them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from contested.claims.finder import GazetteerFinder
from contested.claims.privacy import privacy
from contested.claims.protocol import ENTRY_POINTS
from contested.claims.reading import collector_at_rest, read_document
from contested.errors import ContestedError, UsageError
from contested.jobs.clock import utc_now
from contested.jobs.executors import over
from contested.jobs.read_answers import ReadArticle, answer
from contested.records import Draft
from contested.render.article_page import article_page
from contested.sources.article.open import MAX_BYTES, SUFFIXES, entries_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from contested.claims.protocol import ClaimExtractor
    from contested.jobs.executors import Executor
    from contested.store.book import Book

ARTICLE: Final = "article"
"""Kind of the ledger's entries that name an article."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read.

    Attributes
    ----------
    published
        Day of publication, instead of what the file says.
    extractor
        Name of an installed extractor; ours without it.
    pages
        Make the marked-up page of each article as well.
    """

    published: date | None = None
    encoding: str | None = None
    extractor: str | None = None
    pages: bool = False
    book: Path | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file: its articles with their claims, or one line on why not.

    Attributes
    ----------
    unread
        A line for each entry of a feed that could not be read, where others could.
    """

    file: str
    articles: tuple[ReadArticle, ...] = ()
    pages: tuple[str, ...] = ()
    problem: str | None = None
    unread: tuple[str, ...] = ()


def read_files(
    paths: Iterable[Path],
    options: ReadOptions,
    *,
    executor: Executor = "serial",
    workers: int | None = None,
) -> Iterator[FileRead]:
    """Yield what came of every file, in order; a bad file never stops the rest."""
    work = partial(read_file, options=options)
    yield from over(work, list(paths), executor=executor, workers=workers, lost=_lost)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: files as given, and what a folder holds of known kinds.

    Raises
    ------
    UsageError
        A path is not there, or a folder holds no article.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not inside:
                raise UsageError(f"{path}: no articles in this folder; known: {' '.join(SUFFIXES)}")
            found.extend(inside)
        else:
            found.append(path)
    return found


def read_file(path: Path, options: ReadOptions) -> FileRead:
    """Return what came of a file."""
    try:
        with collector_at_rest():
            return read_bytes(_content(path), path.name, options)
    except ContestedError as error:
        return FileRead(str(path), problem=str(error))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that it is too large.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None


def read_bytes(content: bytes, name: str, options: ReadOptions) -> FileRead:
    """Return the claims of a file's articles.

    Raises
    ------
    InputError
        The bytes are no article that can be read.
    UsageError
        There is no extractor of that name.
    """
    entries = entries_of(content, name, published=options.published, encoding=options.encoding)
    finder, extractor = _finder(options.book), chosen_extractor(options.extractor)
    answers, pages = [], []
    for article in entries.articles:
        document, reading = read_document(article, finder, extractor)
        hidden = privacy(document)
        answers.append(answer(article, reading.claims, hidden, dropped=len(reading.dropped)))
        if options.pages:
            pages.append(article_page(article, reading.claims))
    return FileRead(name, tuple(answers), tuple(pages), unread=entries.problems)


@cache
def _finder(book: Path | None) -> GazetteerFinder:
    # Late: opening the gazetteer is not needed to refuse a file.
    from contested.jobs.places import open_gazetteer  # noqa: PLC0415

    return GazetteerFinder(open_gazetteer(book))


def chosen_extractor(name: str | None) -> ClaimExtractor | None:
    """Return an installed extractor by its entry point's name; `None` is ours.

    Raises
    ------
    UsageError
        No installed package offers an extractor of that name.
    """
    if name is None:
        return None
    # Late: what is installed takes a tenth of a second to list.
    from importlib.metadata import entry_points  # noqa: PLC0415

    offered = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if name not in offered:
        known = ", ".join(sorted(offered)) or "none is installed"
        raise UsageError(f"no extractor {name!r}; offered by installed packages: {known}")
    made: ClaimExtractor = offered[name].load()()
    return made


def keep(book: Book, content: bytes, article: ReadArticle) -> None:
    """Archive an article's bytes by hash, with one entry that names them."""
    with book.writing() as ledger:
        digest = book.archive.put(content)
        body = {"file": article.article.file, "claims": len(article.claims)}
        ledger.append([Draft(kind=ARTICLE, at=utc_now(), body=body, sha256=digest)])


def _lost(path: Path) -> FileRead:
    return FileRead(str(path), problem=f"{path}: the process that read it died")


def as_rows(article: ReadArticle) -> Iterator[dict[str, str]]:
    """Yield a claim a row, for CSV: lists as JSON."""
    for claim in article.claims:
        time, said = claim.time, claim.attribution[0]
        numbers = [[q.value, q.high, q.unit, q.comparator] for q in claim.quantities]
        first = claim.quantities[0] if claim.quantities else None
        yield {
            "file": article.article.file, "id": claim.id, "start": str(claim.span.start),
            "end": str(claim.span.end), "paragraph": str(claim.span.paragraph),
            "kind": claim.kind, "also": " ".join(claim.also), "quote": claim.quote,
            "places": "; ".join(place.name for place in claim.places),
            "place_ids": "; ".join(place.place_id or "" for place in claim.places),
            "from": str(time.start or "") if time else "",
            "to": str(time.end or "") if time else "", "time_basis": time.basis if time else "",
            "value": f"{first.value:g}" if first else "", "unit": first.unit if first else "",
            "comparator": first.comparator if first else "",
            "quantities": json.dumps(numbers),
            "naming": said.naming, "speaker": said.speaker or "", "role": said.role or "",
            "organisation": said.organisation or "", "evidential": claim.evidential,
            "hedges": " ".join(claim.hedges), "negated": str(claim.negated).lower(),
            "conditional": str(claim.conditional).lower(),
            "disclaimed_by": claim.disclaimed_by or "", "out_of_scope": claim.out_of_scope or "",
        }  # fmt: skip
