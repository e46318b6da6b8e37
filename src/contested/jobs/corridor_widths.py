"""Widths of a place's corridor that were measured before, kept in the book by map.

A width follows from the bytes of a map, the rules that read it, the place and the method: a map
that comes later leaves those of all others as they are.
"""

from __future__ import annotations

from hashlib import sha256
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from contested.geo.corridor import METHOD, Corridor, CorridorState, corridor, of_widths
from contested.history.corridors import widths_on
from contested.history.series import RECIPE
from contested.sources.parsers import map_parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from contested.history.series import ControlSeries
    from contested.records import Place
    from contested.store.book import Book

_STATES = tuple(CorridorState)
_ROW = np.dtype([("map", "S64"), ("width", "<f8"), ("second", "<f8"), ("state", "i1")])
"""`second` is NaN where it was not measured, or where the source shows no contested ground."""

_DIGEST = 32

Row = tuple[float, float, CorridorState]
"""Both widths in km and what the first means."""


class CorridorWidths:
    """The widths of one place's corridor on the maps of a series.

    Parameters
    ----------
    book
        Where they are kept; `None` keeps nothing.
    """

    def __init__(
        self, book: Book | None, series: ControlSeries, place: Place, disc_km: float
    ) -> None:
        self._book = book
        self._series = series
        self._place = place
        self._disc_km = disc_km
        where = f"{place.lon:.7f} {place.lat:.7f} {disc_km!r}"
        self._key = f"{'/'.join(METHOD)}+{map_parser(series.source).RECIPE}+{RECIPE}:{where}"
        name = sha256(f"{series.source} {where}".encode()).hexdigest()[:16]
        self._file = f"corridor-{name}"
        self._held = {} if book is None else _unpack(book.derived.kept(self._file, self._key))
        self._is_new = False

    def on_ground(
        self, index: int, controlled: shapely.Geometry, contested: shapely.Geometry | None
    ) -> Corridor:
        """Return the corridor on one map, whose ground in the window is given, degrees."""
        held = self._held.get(self._name(index))
        if held is not None and isnan(held[1]) == (contested is None):
            width, second, state = held
            return of_widths(width, None if contested is None else second, state, self._disc_km)
        place, disc_km = self._place, self._disc_km
        found = corridor(controlled, contested, place.lon, place.lat, disc_km=disc_km)
        self._put(index, found)
        return found

    def where_some_ground_is_left(self, indices: Sequence[int]) -> list[float]:
        """Return the widths on maps, in km, without those that leave the place no ground."""
        missing = [index for index in indices if self._name(index) not in self._held]
        place = self._place
        found = widths_on(
            self._series, place.lon, place.lat, missing, disc_km=self._disc_km, contested=False
        )
        for index, one in found.items():
            self._put(index, one)
        rows = [self._held[self._name(index)] for index in indices]
        return [width for width, _, state in rows if state is not CorridorState.CONTROLLED]

    def keep(self) -> None:
        """Keep what was measured, where the book can be written to."""
        if self._is_new and self._book is not None:
            maps = {snapshot.sha256 for snapshot in self._series.snapshots}
            rows = {name: row for name, row in self._held.items() if name in maps}
            self._book.derived.keep(self._file, self._key, _pack(rows))

    def _name(self, index: int) -> str:
        return self._series.snapshots[index].sha256

    def _put(self, index: int, found: Corridor) -> None:
        second = found.width_contested_closed_km
        self._held[self._name(index)] = (
            found.width_km, nan if second is None else second, found.state
        )  # fmt: skip
        self._is_new = True


def _pack(rows: dict[str, Row]) -> bytes:
    numbered = [
        (name, w, second, _STATES.index(state)) for name, (w, second, state) in rows.items()
    ]
    body = np.array(numbered, dtype=_ROW).tobytes()
    return sha256(body).digest() + body


def _unpack(content: bytes | None) -> dict[str, Row]:
    """Return the rows in a file's bytes; none where they are not what was written."""
    if content is None:
        return {}
    digest, body = content[:_DIGEST], content[_DIGEST:]
    if sha256(body).digest() != digest or len(body) % _ROW.itemsize:
        return {}
    return {
        name.decode(): (width, second, _STATES[state])
        for name, width, second, state in np.frombuffer(body, dtype=_ROW).tolist()
    }
