"""The program as a person runs it: arguments in, exit code and text out."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from contested import sample
from contested.cli.main import run
from contested.jobs.ingest import ingest
from contested.jobs.points import ingest_points
from contested.store.book import Book
from worlds import (
    CONTESTED,
    LIBERATED,
    OCCUPIED,
    SINCE_2014,
    box,
    feature,
    file_name,
    map_file,
    polygon,
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def cli(monkeypatch, capsys):
    def call(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["contested", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        code = ended.value.code
        return Ran(int(code or 0), printed.out, printed.err)

    return call


def square(fill, west, south, east, north, name=""):
    return feature(fill, polygon(box(west, south, east, north, steps=8)), name)


@pytest.fixture(scope="session")
def map_folder(tmp_path_factory):
    """Four maps round Pokrovsk: occupied ground moves west; 2023-01-03 and -04 have no map."""
    folder = tmp_path_factory.mktemp("maps")
    for day, edge in ((0, 37.4), (1, 37.3), (4, 37.2), (15, 37.1)):
        content = map_file(
            square(SINCE_2014, 38.0, 48.0, 38.2, 48.5, "ОРДЛО"),
            square(OCCUPIED, edge, 48.0, 38.0, 48.5, "Окуповано /// Occupied"),
            square(CONTESTED, edge - 0.05, 48.0, edge, 48.5, "Unknown status"),
            square(LIBERATED, 36.0, 48.0, 36.2, 48.5, "Звільнено"),
        )
        (folder / file_name(day)).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def world_book(tmp_path_factory, map_folder):
    path = tmp_path_factory.mktemp("books") / "world.book"
    ingest(Book.create(path), "deepstate", [map_folder])
    return path


@pytest.fixture(scope="session")
def points_book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("points")
    (folder / "status.csv").write_bytes(sample.place_status())
    ingest_points(Book.create(folder / "points.book"), [folder / "status.csv"])
    return folder / "points.book"
