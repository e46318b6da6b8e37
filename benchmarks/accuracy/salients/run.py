"""How steady salients are: found again under a cell of noise, and on the map a week later.

Run it on a book that holds the full series::

    python benchmarks/accuracy/salients/run.py war.book

A salient of the first tier is found again where the other map lists one of the same side, at any
tier, that shares half of the smaller one's cells. Noise: every cell of either side that touches
the other changes sides with probability one half (seed 1).
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.ndimage import binary_dilation

from contested import sample
from contested.geo.salient import Salient, Tier, salients
from contested.geo.salient_ground import FrontGround, front_ground
from contested.history.measure import calendar
from contested.jobs.engines import open_engine
from contested.jobs.figures import ground_of
from contested.store.book import Book

if TYPE_CHECKING:
    from contested.geo.raster import Grid

DAYS = (
    "2022-06-20", "2022-09-20", "2022-11-12", "2023-03-04", "2023-06-20", "2023-09-15",
    "2024-01-31", "2024-08-20", "2025-01-15", "2025-04-15", "2025-06-10", "2025-07-20",
)  # fmt: skip
AROUND = np.ones((3, 3), dtype=bool)


def noisy(cells: FrontGround, random: np.random.Generator) -> FrontGround:
    """Return the cells with a cell of noise along every edge between the two sides."""
    taken = cells.free & binary_dilation(cells.controlled, AROUND)
    given = cells.controlled & binary_dilation(cells.free, AROUND)
    flips = random.random(cells.free.shape) < 0.5
    to_controlled, to_free = taken & flips, given & flips
    return replace(
        cells,
        controlled=(cells.controlled | to_controlled) & ~to_free,
        attacker=(cells.attacker | to_controlled) & ~to_free,
        free=(cells.free | to_free) & ~to_controlled,
    )


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

    rows = []
    for text in DAYS:
        day = date.fromisoformat(text)
        cells = cells_on(day)
        here = first_tier(salients(cells).salients)
        week = cells_on(day + timedelta(days=7))
        compared = (noisy(cells, random), week)
        listed = [(salients(other).salients, other.grid) for other in compared]
        counts = [sum(again(one, cells.grid, *other) for one in here) for other in listed]
        rows.append((len(here), *counts))
        print(
            f"{day}: {len(here)} of the first tier, with noise {counts[0]}, later {counts[1]}",
            flush=True,
        )
    total, noise, later = np.array(rows).sum(axis=0).tolist()
    print(f"{total} in all: {noise / total:.0%} with noise, {later / total:.0%} a week later")


if __name__ == "__main__":
    main()
