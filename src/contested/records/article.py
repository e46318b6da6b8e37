"""An article as it was read: paragraphs with offsets, who published it and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Part(StrEnum):
    """What a paragraph is. Only prose is read for claims."""

    TITLE = "title"
    PROSE = "prose"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    LABELS = "labels"
    CREDIT = "credit"
    TAIL = "tail"


READ_PARTS = frozenset({Part.PROSE})
"""The parts that are read for claims; a headline repeats the text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: ``text[start:end]`` of the article.

    Attributes
    ----------
    number
        Counted from 1 over the lines of the text that are not blank.
    """

    number: int
    start: int
    end: int
    part: Part


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its provenance.

    Attributes
    ----------
    text
        The words; every offset of a claim is an index into it.
    sha256
        Of the bytes that came in (not of `text`, which may be their main part only).
    published
        Local calendar day of publication, or `None` where neither text nor user says it.
    published_at
        The time as printed, with zone where there is one.
    """

    name: str
    text: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_at: str | None = None
    language: str = "en"
