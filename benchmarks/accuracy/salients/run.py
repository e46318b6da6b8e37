"""How steady salients are: found again under a cell of noise, and on the map a week later.

Run it on a book that holds the full series::

    python benchmarks/accuracy/salients/run.py war.book

A salient of the first tier is found again where the other map lists one of the same side, at any
tier, that shares half of the smaller one's cells. Four kinds of noise of one cell (seed 1):

ragged
    Every cell of either side that touches the other changes sides with probability one half,
    each for itself.
drawn
    As another hand would draw the line: for stretches of some 5 km it lies a cell further out, a
    cell further in, or where it was, a third of the line each.
grown, shrunk
    Controlled ground is a cell wider everywhere, or a cell narrower.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import binary_dilation, gaussian_filter

from contested import sample
from contested.geo.salient import Salient, Tier, salients
from contested.geo.salient_ground import FrontGround, front_ground
from contested.history.measure import calendar
from contested.jobs.engines import open_engine
from contested.jobs.map_ground import ground_of
from contested.store.book import Book

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.geo.raster import Grid

DAYS = (
    "2022-06-20", "2022-09-20", "2022-11-12", "2023-03-04", "2023-06-20", "2023-09-15",
    "2024-01-31", "2024-08-20", "2025-01-15", "2025-04-15", "2025-06-10", "2025-07-20",
)  # fmt: skip
DRAWN_KM = 5.0
AROUND = np.ones((3, 3), dtype=bool)


def moved(cells: FrontGround, out: NDArray[np.bool_], back: NDArray[np.bool_]) -> FrontGround:
    """Return the cells with the edge a cell further out or back, where these masks say so."""
    to_controlled = cells.free & binary_dilation(cells.controlled, AROUND) & out
    to_free = cells.controlled & binary_dilation(cells.free, AROUND) & back
    return replace(
        cells,
        controlled=(cells.controlled | to_controlled) & ~to_free,
        attacker=(cells.attacker | to_controlled) & ~to_free,
        free=(cells.free | to_free) & ~to_controlled,
    )


def noises(cells: FrontGround, random: np.random.Generator) -> dict[str, FrontGround]:
    """Return the cells under each kind of noise."""
    shape = cells.free.shape
    flips = random.random(shape) < 0.5
    field = gaussian_filter(random.standard_normal(shape), DRAWN_KM * 1000 / cells.grid.cell_m / 2)
    low, high = np.quantile(field, (1 / 3, 2 / 3))
    everywhere, nowhere = np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    return {
        "ragged": moved(cells, flips, flips),
        "drawn": moved(cells, field > high, field < low),
        "grown": moved(cells, everywhere, nowhere),
        "shrunk": moved(cells, nowhere, everywhere),
    }


def first_tier(found: tuple[Salient, ...]) -> list[Salient]:
    """Return the salients that are not borderline."""
    return [one for one in found if one.tier is not Tier.BORDERLINE]


def again(one: Salient, grid: Grid, others: tuple[Salient, ...], their_grid: Grid) -> bool:
    """Return whether a salient is listed among others: half of the smaller one is shared."""
    here = places(one, grid)
    return any(
        2 * len(here & (there := places(other, their_grid))) >= min(len(here), len(there))
        for other in others
        if other.side is one.side
    )


def places(one: Salient, grid: Grid) -> set[tuple[int, int]]:
    """Return the cells of a salient, counted from the plane's origin."""
    row, column = np.divmod(one.cells, grid.columns)
    south, west = round(grid.south_m / grid.cell_m), round(grid.west_m / grid.cell_m)
    return set(zip((row + south).tolist(), (column + west).tolist(), strict=True))


def main() -> None:
    """Print, by day and in all, how many were found again."""
    engine = open_engine(Book.open(Path(sys.argv[1])), "deepstate")
    days = calendar(engine)
    random = np.random.default_rng(1)
    russia = sample.countries()["Russia"]

    def cells_on(day: date) -> FrontGround:
        ground = ground_of(engine, days.at_or_before(day))
        return front_ground(
            ground.controlled, sample.outline(), russia,
            water=sample.water(day), held_by_ukraine=ground.held_by_ukraine,
        )  # fmt: skip

    total, kept = 0, Counter[str]()
    for text in DAYS:
        day = date.fromisoformat(text)
        cells = cells_on(day)
        here = first_tier(salients(cells).salients)
        compared = noises(cells, random) | {"a week later": cells_on(day + timedelta(days=7))}
        counts = {}
        for name, other in compared.items():
            listed = salients(other).salients
            counts[name] = sum(again(one, cells.grid, listed, other.grid) for one in here)
        total += len(here)
        kept.update(counts)
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        print(f"{day}: {len(here)} of the first tier, found again: {told}", flush=True)
    print(f"{total} in all: " + ", ".join(f"{n} {c / total:.0%}" for n, c in kept.items()))


if __name__ == "__main__":
    main()
