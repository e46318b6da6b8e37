"""Every error that `contested` raises on purpose.

::

    ContestedError                 one clear line; the command line exits with code 2
    ├── InputError                 a file, a value or an argument is not what it must be
    │   ├── MapFileError           a map file cannot be read: names the file and the feature
    │   │   └── UnknownStatusError colours or words we have no rule for; the snapshot is quarantined
    │   ├── PlaceFileError         a file of places cannot be used: names every faulty line
    │   └── UsageError             options that do not go together, a date out of range
    ├── NotHeldError               the question is fine, but no held source can answer it
    │   ├── NoMapError             no map on that day; names the nearest ones
    │   └── PointSourceError       an area figure was asked of a source of points
    ├── RightsError                the terms of a source do not allow this use
    ├── BookError                  the book itself: missing, locked, newer, damaged
    │   ├── BookLockedError
    │   ├── BookVersionError
    │   ├── BookDamagedError
    │   └── BookFullError          no room on the disk; what was acknowledged stays
    └── FetchError                 the network or the publisher said no
        └── NoNetworkError         the publisher was never reached

A message says what was wrong, where (file, feature, line) and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ContestedError(Exception):
    """Base of every expected error: its text is one line a person can act on."""


LONGEST_MESSAGE = 2000


def one_line(text: str) -> str:
    """Return text from a foreign file fit for a terminal: one line, printable, not endless."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[: LONGEST_MESSAGE + 1])
    return shown if len(shown) <= LONGEST_MESSAGE else shown[: LONGEST_MESSAGE - 1] + "…"


class InputError(ContestedError):
    """Something handed in is not what it must be."""


class MapFileError(InputError):
    """A map file cannot be used.

    Parameters
    ----------
    file
        Name of the file as the user gave it.
    problem
        What is wrong and, where it helps, what to do.
    feature
        Index of the offending feature in the file, counted from 0.
    """

    def __init__(self, file: str, problem: str, feature: int | None = None) -> None:
        where = file if feature is None else f"{file}, feature {feature}"
        self.file = file
        self.feature = feature
        self.problem = one_line(problem)
        super().__init__(f"{one_line(where)}: {self.problem}")


class UnknownStatusError(MapFileError):
    """The file holds statuses without a rule; all of them are named at once."""


class PlaceFileError(InputError):
    """A file of places cannot be used; nothing of it was added.

    Parameters
    ----------
    file
        Name of the file as the user gave it.
    faults
        What is wrong, each with its line: all of them, the message shows the first ten.
    """

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        shown = "; ".join(faults[:10])
        rest = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""  # noqa: PLR2004
        super().__init__(f"{file}: nothing was added: {shown}{rest}")
        self.file = file
        self.faults = tuple(faults)


class UsageError(InputError):
    """Options that contradict each other or a value outside its range."""


class NotHeldError(ContestedError):
    """No source in the book can answer: said in words, never as zero."""


class NoMapError(NotHeldError):
    """The source has no map on the day that was asked for."""


class PointSourceError(NotHeldError):
    """A figure about areas was asked of a source that holds points only."""


class RightsError(ContestedError):
    """A source's terms do not allow the use that was asked for."""


class BookError(ContestedError):
    """The book cannot be opened or used."""


class BookLockedError(BookError):
    """Another process is writing to the book."""


class BookVersionError(BookError):
    """The book was made by a newer version of `contested`."""


class BookDamagedError(BookError):
    """The ledger or the archive does not match its hashes."""


class BookFullError(BookError):
    """The disk has no room for what was to be kept; the book stays as it was."""


class FetchError(ContestedError):
    """The network, or the publisher behind it, did not deliver."""


class NoNetworkError(FetchError):
    """No connection to the publisher came about: it was never asked."""
