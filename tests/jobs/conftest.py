"""Small map files with known contents, and books to put them into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contested.jobs.limits import MIB, Limits
from contested.jobs.reading import ChildReader
from contested.store.book import Book

FIRST = 1_700_000_000
RED = "#a52714"


def square(west=30.0, south=48.0, side=1.0):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(geometry, fill=RED, name="Окуповано"):
    return {
        "type": "Feature",
        "properties": {"name": name, "fill": fill},
        "geometry": geometry,
    }


def polygon(*rings, fill=RED):
    return feature({"type": "Polygon", "coordinates": list(rings)}, fill)


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def growing_map(step: int) -> bytes:
    """A town that grows a little with every step, beside much ground that never changes."""
    still = [polygon(square(24 + 0.1 * k, 45, 0.05)) for k in range(40)]
    point = feature({"type": "Point", "coordinates": [30, 48]})
    town = polygon(square(30, 48, round(1 + step * 0.001, 7)))
    return collection(*still, point, town)


def write_series(folder: Path, count: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    files = [folder / f"{FIRST + 3600 * step}.geojson" for step in range(count)]
    for step, file in enumerate(files):
        file.write_bytes(growing_map(step))
    return files


@pytest.fixture
def series_of():
    return write_series


@pytest.fixture
def map_of():
    return growing_map


@pytest.fixture
def book(tmp_path):
    book = Book.create(tmp_path / "war.book")
    yield book
    book.close()


@pytest.fixture(scope="session")
def reader():
    """One child for many tests; caps small enough to be met within a second or two."""
    limits = Limits(file_bytes=24 * MIB, memory_bytes=640 * MIB, cpu_seconds=2)
    with ChildReader("deepstate", limits) as child:
        yield child


def state_of(book: Book) -> tuple:
    """Everything of a book that a refused file must not change."""
    return book.ledger.head(), list(book.archive.names()), book.archive.unfinished()


@pytest.fixture
def state():
    return state_of
