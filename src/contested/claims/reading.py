"""Read an article: analyse, draft, validate."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contested.claims.document import analyse
from contested.claims.extractor import RuleExtractor
from contested.claims.lexicon import load
from contested.claims.validator import validate
from contested.records.claim import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contested.claims.document import Document
    from contested.claims.protocol import ClaimExtractor, PlaceFinder
    from contested.records.article import Article
    from contested.records.claim import Reading


def read(article: Article, finder: PlaceFinder, extractor: ClaimExtractor | None = None) -> Reading:
    """Return the claims of an article; see `read_document`."""
    with collector_at_rest():
        return read_document(article, finder, extractor)[1]


def read_document(
    article: Article, finder: PlaceFinder, extractor: ClaimExtractor | None = None
) -> tuple[Document, Reading]:
    """Return the analysed article and its claims.

    Parameters
    ----------
    extractor
        Another one than ours; its drafts go through the same validator.

    Raises
    ------
    InputError
        The article's language has no lexicon.
    """
    chosen = extractor or RuleExtractor()
    name = Extractor(chosen.name, chosen.version)
    with collector_at_rest():
        document = analyse(article, load(article.language), finder)
        return document, validate(document, chosen.drafts(document), name)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Look for unreachable cycles when an article is done with, not while it is read.

    Reading makes tens of thousands of objects, nearly all without cycles: looking through them over
    and over took a tenth of the time. An article has at most a million characters, and what was
    made of it goes with the last reference.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
