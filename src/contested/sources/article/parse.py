"""Plain text to an article: paragraphs, and which of them are prose.

A paragraph is a line that is not blank. Headline, byline and dateline are looked for at the top;
captions, credits, label lists and what comes after the article are recognised by shape, anywhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from contested.errors import InputError
from contested.records.article import Article, Paragraph, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_CHARACTERS: Final = 1_000_000
"""Longer than any article: a file this long is something else."""
TOP_LINES: Final = 6
LABEL_WORDS: Final = 4
LABELS_IN_A_ROW: Final = 3
CAPTION_WORDS: Final = 40
SIGNATURE: Final = "--"
"""The line over the signature of a mail; a line behind ">" is quoted from another."""
HEADING_WORDS: Final = 4
"""A line of so few words without a full stop stands over prose, and is none."""
TITLE_LINES: Final = 3
TITLE_WORDS: Final = 25

_LINE: Final = re.compile(r"[^\r\n]+")
_MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()
_MONTH: Final = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DATES: Final = (
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b"),
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
)
_INLINE: Final = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [A-Z][\w .]{2,30})?,? (?:[^-–—.]|\.(?! [A-Z])){0,60}?"
    r"(?:\([\w .'’-]{2,40}\) )?[-–—] (?=\S)"
)
_AGENCY: Final = re.compile(r"\(([\w .'’-]{2,40})\)\s*[-–—]")
_BYLINE: Final = re.compile(
    r"By [A-ZА-ЯІЇЄҐ][\w.'’-]+(?: (?:and )?[A-Z][\w.'’-]+){0,8}\.?\Z|By [A-Z].{0,60}\Z"
)
_IMAGE: Final = re.compile(
    r"(?:image|photo|photograph|video|picture|credit|advertisement)\W*\Z", re.IGNORECASE
)
_CAPTION: Final = re.compile(
    r"(?:a |the )?(?:map|photo|photograph|picture|image|satellite image|chart|graphic)\s"
    r"(?:locating|showing|shows|of|by)\b|(?:map|photo|image|credit|source|caption)\s*:",
    re.IGNORECASE,
)
_KEY: Final = re.compile(
    r"(?:legend|key|scale|tags?|topics?|keywords|read (?:also|more)|see also|sources?)\s*[:\d]",
    re.IGNORECASE,
)
"""What opens the key of a map, a list of tags or a pointer to another article."""
_CREDIT: Final = re.compile(
    r"(?:[A-Z][\w.'’-]+ ){1,4}(?:for|/|via|[-–—]) ?(?:The )?[A-Z][\w .'’/-]+\Z|(?:©|Credit)\W"
)
_TAIL: Final = re.compile(
    r"contributed reporting|contributed to this (?:report|article)|\bis a (?:\w+ ){0,3}(?:reporter|"
    r"correspondent|journalist|editor)\b|(?:related|more) (?:stories|articles|coverage)|"
    r"comments?\s*(?:\(\d+\))?\Z|(?:reporting|writing|editing) by\b|(?:share|read more|sign up|"
    r"subscribe|follow us)\b",
    re.IGNORECASE,
)
_TAIL_WORDS: Final = (
    "contributed", "reporter", "correspondent", "journalist", "editor", "related", "more ",
    "comment", "ing by", "share", "sign up", "subscribe", "follow us",
)  # fmt: skip
"""One of these stands in whatever `_TAIL` finds."""
_AGE: Final = re.compile(r"(?:\d+|an?) (?:minutes?|hours?|days?) ago\Z", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?…][”\"»’)]*(?:\[\d{1,3}\])*\Z")
"""A sentence closes with its stop, and with the mark of a footnote behind it."""
_CYRILLIC: Final = re.compile("[а-яіїєґА-ЯІЇЄҐ]")
_LATIN: Final = re.compile("[a-zA-Z]")
_ENGLISH: Final = frozenset("the of and to in a is was that on for with by said it as at".split())


def parse_text(
    text: str,
    *,
    name: str,
    content: bytes | None = None,
    published: date | None = None,
    title: str | None = None,
    byline: str | None = None,
    publisher: str | None = None,
) -> Article:
    """Return an article.

    Parameters
    ----------
    content
        The bytes the text came from; its hash names the article. Without it, the text's own.
    published
        Overrides what the text says.

    Raises
    ------
    InputError
        The text is empty, too long, or in a language without a lexicon.
    """
    refuse_unreadable(text, name)
    paragraphs = tuple(_paragraphs(text))
    printed = _printed(text, paragraphs)
    digest = sha256(text.encode() if content is None else content).hexdigest()
    return Article(
        name=name, text=text, sha256=digest, paragraphs=paragraphs,
        title=title or _first(text, paragraphs, Part.TITLE),
        byline=byline or _first(text, paragraphs, Part.BYLINE),
        publisher=publisher or _agency(text, paragraphs),
        published=published or (printed[0] if printed else None),
        published_at=printed[1] if printed else None,
    )  # fmt: skip


def refuse_unreadable(text: str, name: str) -> None:
    """Raise `InputError` where a text is no article in a language we read."""
    if not text.strip():
        raise InputError(f"{name}: the text is empty")
    if len(text) > MAX_CHARACTERS:
        size = f"{len(text):,}"
        raise InputError(f"{name}: {size} characters; an article has at most {MAX_CHARACTERS:,}")
    if "\0" in text[:4096]:
        raise InputError(f"{name}: this is not text; save the article as text or HTML")
    sample = text[:20_000]
    foreign_letters = len(_CYRILLIC.findall(sample)) if _CYRILLIC.search(sample) else 0
    if foreign_letters and foreign_letters > len(_LATIN.findall(sample)):
        raise InputError(
            f"{name}: written in Cyrillic letters; there is a lexicon for English only"
        )
    words = list(filter(str.isalpha, sample.lower().split()))
    common = sum(map(_ENGLISH.__contains__, words))
    # English has a common word in four; a short line may have none by chance, eight rarely do.
    foreign = common < len(words) // 25 if len(words) > 40 else len(words) >= 8 and not common  # noqa: PLR2004
    if foreign:
        raise InputError(f"{name}: does not read as English; there is a lexicon for English only")


def _paragraphs(text: str) -> list[Paragraph]:
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    spans = [_stripped(text, start, end) for start, end in lines]
    words = [text[start:end] for start, end in spans]
    labels = _labels(words)
    found: list[Paragraph] = []
    tail = False
    for number, ((start, end), line) in enumerate(zip(spans, words, strict=True), start=1):
        at_end = number > TOP_LINES or len(words) <= TOP_LINES
        tail = tail or (at_end and _is_tail(line))
        part = Part.TAIL if tail else _part(words, number - 1, labels=labels)
        if part is Part.PROSE and number <= TOP_LINES:
            found.extend(_with_dateline(text, number, start, end))
        else:
            found.append(Paragraph(number, start, end, part))
    return found


def _is_tail(line: str) -> bool:
    low = line.lower()
    # The words first: the pattern tries ten things at every letter.
    named = any(word in low for word in _TAIL_WORDS) and _TAIL.search(line)
    return bool(named or _AGE.match(line) or line == SIGNATURE)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), end - len(line) + len(line.rstrip())


def _labels(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines of label lists: three and more short ones in a row, without full stops."""
    found: set[int] = set()
    run: list[int] = []
    for k, line in enumerate((*lines, "End of the last run.")):
        short = len(line.split()) <= LABEL_WORDS and not _SENTENCE_END.search(line)
        if short and not _IMAGE.match(line):
            run.append(k)
            continue
        if len(run) >= LABELS_IN_A_ROW:
            found.update(run)
        run = []
    return frozenset(found)


def _part(lines: Sequence[str], k: int, *, labels: frozenset[int]) -> Part:
    line = lines[k]
    closed = bool(_SENTENCE_END.search(line))
    words = len(line.split())
    # The line under "Photo" is its caption where a credit ends it without a full stop.
    under = k > 0 and _IMAGE.match(lines[k - 1]) is not None
    shapes = (
        (Part.TAIL, line.startswith(">")),
        (Part.BYLINE, k < TOP_LINES and _BYLINE.match(line)),
        (Part.DATELINE, k < TOP_LINES and _is_dateline(line)),
        (Part.LABELS, k in labels),
        (Part.CAPTION, _IMAGE.match(line) or _CAPTION.match(line) or "Credit..." in line),
        (Part.CREDIT, not closed and _CREDIT.match(line)),
        (Part.CAPTION, under and not closed and words <= CAPTION_WORDS),
        (Part.TITLE, k < TITLE_LINES and not closed and words <= TITLE_WORDS),
        (Part.LABELS, not closed and (words <= HEADING_WORDS or _KEY.match(line))),
    )
    return next((part for part, fits in shapes if fits), Part.PROSE)


def _is_dateline(line: str) -> bool:
    bare = _SENTENCE_END.sub("", line)
    return len(bare) <= 90 and find_date(bare) is not None and not _INLINE.match(line)  # noqa: PLR2004


def _with_dateline(text: str, number: int, start: int, end: int) -> list[Paragraph]:
    """Return a paragraph with "KYIV, March 12 -" cut off as its dateline."""
    match = _INLINE.match(text, start, end)
    if match is None:
        return [Paragraph(number, start, end, Part.PROSE)]
    return [
        Paragraph(number, start, match.end(), Part.DATELINE),
        Paragraph(number, match.end(), end, Part.PROSE),
    ]


def find_date(line: str) -> date | None:
    """Return the first full date in a line: Nov. 6, 2025 · 6 November 2025 · 2025-11-06."""
    for pattern in _DATES:
        for match in pattern.finditer(line):
            month = _month(match["month"])
            if month:
                try:
                    return date(int(match["year"]), month, int(match["day"]))
                except ValueError:
                    continue
    return None


def _month(word: str) -> int | None:
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None  # noqa: PLR2004
    low = word.lower()
    return next((k for k, name in enumerate(_MONTHS, start=1) if name.startswith(low[:4])), None)


def _printed(text: str, paragraphs: Sequence[Paragraph]) -> tuple[date, str] | None:
    for paragraph in paragraphs[: TOP_LINES + 2]:
        words = text[paragraph.start : paragraph.end]
        day = find_date(words) if paragraph.part in {Part.DATELINE, Part.TITLE} else None
        if day is not None:
            return day, words.strip(" -–—")
    return None


def _first(text: str, paragraphs: Sequence[Paragraph], part: Part) -> str | None:
    return next((text[p.start : p.end] for p in paragraphs if p.part is part), None)


def _agency(text: str, paragraphs: Sequence[Paragraph]) -> str | None:
    for paragraph in paragraphs:
        if paragraph.part is Part.DATELINE:
            match = _AGENCY.search(text[paragraph.start : paragraph.end])
            if match:
                return match[1]
    return None


def with_published(article: Article, published: date | None) -> Article:
    """Return the article as published on another day, where one is given."""
    return replace(article, published=published) if published else article
