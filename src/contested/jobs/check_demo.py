"""The end of the demonstration: the sample article's claims checked, and the page for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from contested import sample
from contested.jobs.check import article_of, check, counts, keep, open_loader
from contested.jobs.check_report import check_report
from contested.jobs.claim_files import read_claims
from contested.render.check_page import check_page
from contested.store.files import write_bytes, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from contested.store.book import Book

PUBLISHED: Final = date(2025, 1, 8)
PAGE: Final = "check.html"


def demo_check(book: Book, out: Path) -> tuple[Path, str]:
    """Check the sample article against what the book holds, and return its page and one line.

    The article and its claims are written beside the page, so that a reader can change a claim
    and check again.
    """
    write_bytes(out / sample.ARTICLE_FILE, sample.read(sample.ARTICLE_FILE))
    claims = out / sample.CLAIMS_FILE
    write_bytes(claims, sample.read(sample.CLAIMS_FILE))
    given = read_claims(claims)
    article = article_of("a sample article", PUBLISHED, sample.read(sample.ARTICLE_FILE))
    loader = open_loader(book)
    checked = check(loader, loader.gazetteer, given, article)
    keep(book, checked)
    write_text(out / PAGE, check_page(check_report(loader, book, checked)))
    found = ", ".join(f"{count} {word}" for word, count in counts(checked).items() if count)
    return out / PAGE, f"{PAGE}: {len(given)} claims of a sample article: {found}"
