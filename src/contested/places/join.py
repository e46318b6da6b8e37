"""One place out of two lists: GeoNames says where it is, COD-AB gives its P-code.

The lists share names and the administrative order, but no key. A settlement of COD-AB belongs to
the place of the same name in the same oblast that lies nearest to the centroid of its hromada,
if it is near enough and no other is nearly as near.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from contested.places.build import renderings
from contested.places.index import Entry, Form
from contested.places.relations import rough
from contested.places.spelling import fold
from contested.records import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from contested.places.files import Hromada, PcodeRow

FARTHEST_KM: Final = 40.0
"""Farther from the centroid of its hromada no settlement is taken for the same."""

CLEAR: Final = 1.5
"""A second place must be this many times as far, or which one is meant is not clear."""

_TIE_KM: Final = 1.0
_DEFAULT_KM: Final = 15.0
_LEAST_SAMPLE: Final = 3
_MOST_WITHIN: Final = 0.9


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of a COD-AB list.

    Attributes
    ----------
    entries
        Every settlement of the list: joined to a known place, or at its hromada's centroid.
    joined, placed
        How many of either.
    left_out
        How many have no location at all, because their hromada is not listed.
    conflicts
        What a person should look at, one line each.
    """

    entries: tuple[Entry, ...]
    joined: int
    placed: int
    left_out: int
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    km: float
    form: Form
    row: int
    place_id: str


def join(
    rows: Sequence[PcodeRow],
    hromadas: Iterable[Hromada],
    known: Sequence[Entry],
    oblasts: Mapping[str, str],
) -> Joined:
    """Return COD-AB settlements joined with the places that are known.

    Parameters
    ----------
    known
        Settlements of Ukraine with their names.
    oblasts
        P-code of an oblast (``UA14``) → its code in the gazetteer (``05``).
    """
    centroids = {hromada.pcode: hromada for hromada in hromadas}
    entries = {entry.place.id: entry for entry in known}
    pairs = _pairs(rows, centroids, known, oblasts)
    chosen, conflicts = _assign(pairs, rows, entries)
    reach = _reach_km(rows, centroids, chosen, entries)
    made: list[Entry] = []
    for number, row in enumerate(rows):
        if number in chosen:
            made.append(_with_pcode(entries[chosen[number]], row))
        elif (entry := _at_centroid(row, centroids, reach, oblasts)) is not None:
            made.append(entry)
    placed = len(made) - len(chosen)
    return Joined(tuple(made), len(chosen), placed, len(rows) - len(made), tuple(sorted(conflicts)))


def _pairs(
    rows: Sequence[PcodeRow],
    centroids: Mapping[str, Hromada],
    known: Sequence[Entry],
    oblasts: Mapping[str, str],
) -> list[_Pair]:
    """Return every row with every place of its name in its oblast that is near enough."""
    by_name: dict[tuple[str, str], dict[str, tuple[Form, Place]]] = defaultdict(dict)
    for entry in known:
        for name, form in entry.names:
            key = entry.place.admin1 or "", fold(name)
            held = by_name[key].get(entry.place.id)
            if held is None or form < held[0]:
                by_name[key][entry.place.id] = form, entry.place
    pairs: list[_Pair] = []
    for number, row in enumerate(rows):
        admin1 = oblasts.get(row.pcode[:4], "")
        point = _point(row, centroids)
        named = {
            **by_name.get((admin1, fold(row.name)), {}),
            **by_name.get((admin1, fold(row.name_uk)), {}),
        }
        if point is None:
            continue
        for place_id, (form, place) in named.items():
            km = rough(*point, place.lon, place.lat)[0]
            if km <= FARTHEST_KM:
                pairs.append(_Pair(km, form, number, place_id))
    return pairs


def _point(row: PcodeRow, centroids: Mapping[str, Hromada]) -> tuple[float, float] | None:
    if row.lon is not None and row.lat is not None:
        return row.lon, row.lat
    hromada = centroids.get(row.hromada)
    return (hromada.lon, hromada.lat) if hromada else None


def _assign(
    pairs: Sequence[_Pair], rows: Sequence[PcodeRow], entries: Mapping[str, Entry]
) -> tuple[dict[int, str], set[str]]:
    """Return row → place, one to one, nearest pairs first, and the pairs that were not clear.

    Official names go before others: a village is not joined by the former name of another.
    """
    rivals: dict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        rivals[f"r{pair.row}"].append(pair)
        rivals[f"p{pair.place_id}"].append(pair)
    chosen: dict[int, str] = {}
    taken: set[str] = set()
    conflicts: set[str] = set()
    for pair in sorted(pairs, key=lambda p: (p.form is not Form.OFFICIAL, p.km, p.row)):
        if pair.row in chosen or pair.place_id in taken:
            continue
        equal = [
            rival
            for rival in (*rivals[f"r{pair.row}"], *rivals[f"p{pair.place_id}"])
            if rival is not pair
            and (rival.form is Form.OFFICIAL) == (pair.form is Form.OFFICIAL)
            and rival.row not in chosen
            and rival.place_id not in taken
            and rival.km <= max(CLEAR * pair.km, pair.km + _TIE_KM)
        ]
        if equal:
            conflicts.add(_conflict(pair, equal, rows, entries))
            continue
        chosen[pair.row] = pair.place_id
        taken.add(pair.place_id)
    return chosen, conflicts


def _conflict(
    pair: _Pair, equal: Sequence[_Pair], rows: Sequence[PcodeRow], entries: Mapping[str, Entry]
) -> str:
    codes = sorted({rows[p.row].pcode for p in (pair, *equal)})
    ids = sorted({p.place_id for p in (pair, *equal)})
    name = entries[pair.place_id].place.name
    return f"{name}: not clear which of {', '.join(codes)} is which of {', '.join(ids)}"


def _reach_km(
    rows: Sequence[PcodeRow],
    centroids: Mapping[str, Hromada],
    chosen: Mapping[int, str],
    entries: Mapping[str, Entry],
) -> dict[str, float]:
    """Return hromada → radius round its centroid that holds nine in ten of its settlements.

    Measured on the settlements that were joined; hromadas with fewer than three take the measure
    of all together, which stands under the empty key.
    """
    apart: dict[str, list[float]] = defaultdict(list)
    for number, place_id in chosen.items():
        hromada = centroids.get(rows[number].hromada)
        if hromada is not None:
            place = entries[place_id].place
            km = rough(hromada.lon, hromada.lat, place.lon, place.lat)[0]
            apart[hromada.pcode].append(km)
            apart[""].append(km)
    reach = {
        pcode: max(float(np.quantile(km, _MOST_WITHIN)), 2.0)
        for pcode, km in apart.items()
        if len(km) >= _LEAST_SAMPLE
    }
    whole = reach.setdefault("", _DEFAULT_KM)
    # The largest settlements lie near the middle: the small ones, placed by this, do not.
    return {pcode: max(km, whole) for pcode, km in reach.items()}


def _with_pcode(entry: Entry, row: PcodeRow) -> Entry:
    names = dict(entry.names)
    for name in (row.name, row.name_uk):
        if name:
            names[name] = Form.OFFICIAL
    return Entry(replace(entry.place, pcode=row.pcode), renderings(names))


def _at_centroid(
    row: PcodeRow,
    centroids: Mapping[str, Hromada],
    reach: Mapping[str, float],
    oblasts: Mapping[str, str],
) -> Entry | None:
    point = _point(row, centroids)
    if point is None:
        return None
    own = row.lon is not None
    radius = 1.0 if own else reach.get(row.hromada, reach[""])
    place = Place(
        id=f"pcode:{row.pcode}",
        name=row.name,
        lon=point[0],
        lat=point[1],
        admin1=oblasts.get(row.pcode[:4]),
        country=row.pcode[:2],
        pcode=row.pcode,
        uncertainty_km=round(radius, 1),
        source="OCHA COD-AB" if own else f"OCHA COD-AB: centroid of hromada {row.hromada}",
    )
    names = {row.name: Form.OFFICIAL}
    if row.name_uk:
        names[row.name_uk] = Form.OFFICIAL
    return Entry(place, renderings(names))
