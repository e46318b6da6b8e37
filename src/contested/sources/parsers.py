"""Which module reads the map files of a source; loaded when it is needed."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Protocol, cast

from contested.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime

    from contested.records import ControlMap, Status

_MODULES = {
    "deepstate": "contested.sources.deepstate.parse",
    "deepstate_daily": "contested.sources.deepstate_daily.parse",
}


class MapParser(Protocol):
    """What a source's ``parse.py`` offers.

    Attributes
    ----------
    RECIPE
        Version of its rules: the same recipe makes the same map of the same bytes.
    CARRIES
        The statuses that the source can show at all.
    """

    SOURCE: str
    RECIPE: str
    CARRIES: frozenset[Status]

    def dates(self, file: str) -> tuple[date, datetime]:
        """Return the day of the map and its time of publication, from the file's name."""
        ...

    def parse(self, content: bytes, file: str, memo: Any = None) -> ControlMap:
        """Read one map file."""
        ...

    def Memo(self) -> Any:  # noqa: N802 (a class of the module)
        """Return an empty memory of what was read before."""
        ...


def map_parser(source: str) -> MapParser:
    """Return the module that reads the map files of a source.

    Raises
    ------
    UsageError
        If no module reads map files of that name.
    """
    if source not in _MODULES:
        known = ", ".join(sorted(_MODULES))
        raise UsageError(f"no reader for map files of {source!r}; there are readers for {known}")
    return cast("MapParser", importlib.import_module(_MODULES[source]))


def is_read(source: str) -> bool:
    """Return whether map files of that source can be read."""
    return source in _MODULES
