"""What lies under a printed map beside the ground: rivers with names, credits with room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from contested import sample
from contested.jobs.map_day import base_map
from contested.render.picture import Stream

if TYPE_CHECKING:
    from contested.jobs.base_layers import BaseLayers
    from contested.render.language import Language
    from contested.render.picture import Attribution, BaseMap


def print_base() -> BaseMap:
    """Return the ground under a map, with the credit that has room under a picture."""
    return replace(base_map(), credit=sample.BASE_MAP_SHORT_CREDIT)


def streams(layers: BaseLayers, words: Language) -> tuple[Stream, ...]:
    """Return the rivers of a book whose names are known, great ones and then the longest first.

    A river without a name in the map's language is drawn and not named: names in the files of
    Natural Earth are often those of another language.
    """
    named: dict[str, list[shapely.Geometry]] = {}
    for name, line in layers.streams.items():
        if name in words.rivers:
            named.setdefault(words.rivers[name], []).append(line)
    broad = set(shapely.to_wkb(shapely.get_parts(layers.great_rivers)).tolist())
    found = [
        Stream(shapely.union_all(lines), name, great=any(_parts(one) & broad for one in lines))
        for name, lines in named.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (not one.great, -round(one.line.length, 6), one.name))
    )


def _parts(line: shapely.Geometry) -> set[bytes]:
    return set(shapely.to_wkb(shapely.get_parts(line)).tolist())


def oblasts(layers: BaseLayers, words: Language) -> dict[str, shapely.Geometry]:
    """Return the oblasts of a book by their names in the map's language."""
    return {words.oblasts.get(name, name): layers.areas[name] for name in sorted(layers.areas)}


def with_credits(source_line: Attribution, layers: BaseLayers) -> Attribution:
    """Return whom a picture credits: the map's source and the layers that the user added."""
    owed = tuple(one.credit for one in layers.files if one.credit)
    return replace(source_line, credits=(*source_line.credits, *owed))
