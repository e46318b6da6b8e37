"""Packing a source's whole history into one file, and reading such a file back."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from contested.errors import BookDamagedError, InputError, NotHeldError, UsageError
from contested.history.answers import PackWritten
from contested.history.pack_head import LOSSLESS, MAGIC, decimals_of, read_sections
from contested.history.series import first_difference, until
from contested.jobs.clock import utc_now
from contested.jobs.engines import area_source
from contested.jobs.permit import ask
from contested.jobs.series import load_series
from contested.records import Use
from contested.rights import DEFAULT_DELAY_HOURS
from contested.store.files import write_bytes
from contested.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from contested.history.series import ControlSeries
    from contested.records import Source
    from contested.store.book import Book

LARGEST_BYTES = 1 << 28
"""Five hundred times the full series; nothing larger is read into memory."""


@dataclass(frozen=True, slots=True, eq=False)
class PackRequest:
    """What is packed, how finely, and for whom.

    Attributes
    ----------
    last
        The last day that goes in; `None` packs all that is held.
    decimals
        Of degrees: 7 is lossless.
    publish
        `False`: for the user's own use. `True`: the terms, the permits and the delay are asked.
    """

    book: Book
    path: Path
    source_name: str | None = None
    last: date | None = None
    decimals: int = LOSSLESS
    publish: bool = False
    delay_hours: int = DEFAULT_DELAY_HOURS


def write_pack(request: PackRequest, *, now: Callable[[], datetime] = utc_now) -> PackWritten:
    """Write the pack of a source and say what is in it.

    A lossless pack is read back and compared before it is written.

    Raises
    ------
    RightsError
        If it is meant for others and the terms do not allow that.
    NotHeldError
        If nothing is held up to the last day.
    UsageError
        If the file cannot be written, or is there and is no pack.
    """
    known = area_source(request.book, request.source_name, on=request.last)
    refuse_other_files(request.path)
    series = load_series(request.book, known.name)
    if request.last is not None:
        series = until(series, request.last)
    if not len(series):
        raise NotHeldError(f"{request.book.path}: no map of {known.name} up to {request.last}")
    if request.publish:
        day = max(snapshot.as_of for snapshot in series.snapshots)
        _ask(request, known, day, now)
    from contested.history.pack import pack, unpack

    content = pack(series, request.decimals, _about(request, known))
    if request.decimals == LOSSLESS and (where := first_difference(unpack(content), series)):
        raise BookDamagedError(
            f"{request.path}: not written: read back, the {where} differ; please report it"
        )
    write_bytes(request.path, content)
    return _written(request, series, content)


def _ask(request: PackRequest, known: Source, day: date, now: Callable[[], datetime]) -> None:
    """Ask for the ground itself: a pack gives every vertex away."""
    ask(
        request.book,
        known,
        Use.PUBLISH_GEOMETRY,
        as_of=day,
        delay_hours=request.delay_hours,
        now=now,
    )


def _about(request: PackRequest, known: Source) -> dict[str, str]:
    return {
        "credit": known.credit,
        "terms": known.rights.terms,
        "terms_url": known.rights.terms_url,
        "made_by": f"contested {__version__}",
        "for": "others" if request.publish else "own use only",
    }


def _written(request: PackRequest, series: ControlSeries, content: bytes) -> PackWritten:
    counts = read_sections(content)[0].counts
    return PackWritten(
        source=series.source,
        file=str(request.path),
        bytes=len(content),
        sha256=sha256(content).hexdigest(),
        lossless=request.decimals == LOSSLESS,
        decimals=request.decimals,
        published=request.publish,
        first=series.snapshots[0].as_of,
        last=series.snapshots[-1].as_of,
        snapshots=len(series),
        areas=len(series.shape_of),
        shapes=len(series.shapes),
        rings=counts["rings"],
        vertices=counts["vertices"],
    )


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPack:
    """A pack that was read.

    Attributes
    ----------
    decimals
        Of degrees: 7 is lossless.
    about
        Credit, terms, and for whom it was made.
    """

    series: ControlSeries
    decimals: int
    about: Mapping[str, str]


def read_pack_file(path: Path) -> OpenedPack:
    """Read a pack.

    Raises
    ------
    UsageError
        If the file cannot be read, or is no whole pack of this version.
    """
    from contested.history.pack import unpack

    try:
        content = _content(path)
        head = read_sections(content)[0]
        return OpenedPack(unpack(content), decimals_of(head), head.about)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    except InputError as error:
        raise UsageError(f"{path}: {error}") from None


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_BYTES:
        raise InputError(f"larger than {LARGEST_BYTES >> 20} MiB; no pack is")
    return path.read_bytes()


def refuse_other_files(path: Path) -> None:
    """Refuse to replace a file that is no pack: somebody else's work, or a slip of the hand.

    Raises
    ------
    UsageError
        If there is such a file, or a folder.
    """
    try:
        with path.open("rb") as held:
            begin = held.read(len(MAGIC) - 2)
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from None
    if begin and not MAGIC.startswith(begin):
        raise UsageError(
            f"{path}: is there and is no pack; name another file, or move it away first"
        )
