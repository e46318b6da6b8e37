"""Statuses of settlements from hand-written CSV."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import MapFileError
from contested.records import Place, PointStatus, Status
from contested.sources.registry import source
from contested.sources.settlements.parse import CARRIES, parse, snapshot_id, status_on

HEADER = "geonameid,name,lat,lon,population,date,status,layer"
WELL = """\
7,Square,50.0,36.0,1200,2022-04-03,free,all statuses
7,Square,50.0,36.0,1200,2022-05-01,occupied,all statuses
8,"Hill, Upper",48.5,37.5,,2022-04-03,occupied,all statuses
7,Square,50.0,36.0,1200,2022-09-11,liberated,all statuses
"""


def csv_of(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def fault(content: bytes) -> str:
    with pytest.raises(MapFileError) as caught:
        parse(content, "status.csv")
    text = str(caught.value)
    assert text.startswith("status.csv: ")
    assert "\n" not in text
    return text


def row(**changes: str) -> str:
    cells = {
        "geonameid": "7",
        "name": "Square",
        "lat": "50.0",
        "lon": "36.0",
        "population": "1200",
        "date": "2022-04-03",
        "status": "free",
        "layer": "all statuses",
    }
    return ",".join((cells | changes).values())


def test_one_timeline_a_settlement_oldest_status_first() -> None:
    square, hill = parse(csv_of(*WELL.splitlines()), "status.csv")
    assert square.place == Place(
        "geonames:7", "Square", 36.0, 50.0, population=1200, population_source="GeoNames"
    )
    assert [(one.since, one.status) for one in square.statuses] == [
        (date(2022, 4, 3), Status.FREE),
        (date(2022, 5, 1), Status.OCCUPIED),
        (date(2022, 9, 11), Status.LIBERATED),
    ]
    assert hill.place.name == "Hill, Upper"
    assert hill.place.population is None
    assert hill.statuses == (
        PointStatus("geonames:8", date(2022, 4, 3), Status.OCCUPIED, "all statuses"),
    )


def test_rows_may_come_in_any_order() -> None:
    lines = WELL.splitlines()
    turned = {one.place.id: one for one in parse(csv_of(*lines[::-1]), "status.csv")}
    assert turned == {one.place.id: one for one in parse(csv_of(*lines), "status.csv")}


def test_columns_may_come_in_any_order_and_others_are_ignored() -> None:
    header = "extra,layer,status,date,population,lon,lat,name,geonameid"
    content = csv_of("x,all statuses,free,2022-04-03,1200,36.0,50.0,Square,7", header=header)
    assert parse(content, "a") == parse(csv_of(row()), "a")


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_byte_order_mark_and_line_endings(ending: str) -> None:
    text = ("\ufeff" + HEADER + "\n" + WELL).replace("\n", ending)
    assert parse(text.encode(), "a") == parse(csv_of(*WELL.splitlines()), "a")


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2022-04-02", None),
        ("2022-04-03", Status.FREE),
        ("2022-04-30", Status.FREE),
        ("2022-05-01", Status.OCCUPIED),
        ("2022-09-10", Status.OCCUPIED),
        ("2025-01-01", Status.LIBERATED),
    ],
)
def test_status_on_a_day_and_no_statement_before_the_first_row(
    on: str, status: Status | None
) -> None:
    square = parse(csv_of(*WELL.splitlines()), "a")[0]
    found = status_on(square, date.fromisoformat(on))
    assert (found.status if found else None) == status


def test_the_day_of_a_file_is_that_of_its_newest_row() -> None:
    content = csv_of(*WELL.splitlines())
    found = snapshot_id(content, "a")
    assert found.source == "settlements"
    assert found.sha256 == sha256(content).hexdigest()
    assert found.as_of == date(2022, 9, 11)
    assert found.published == datetime(2022, 9, 12, tzinfo=UTC)


def test_what_is_read_is_what_the_source_carries() -> None:
    assert source("settlements").carries == CARRIES


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": "2022-13-01"}, "date '2022-13-01'"),
        ({"date": "2022-02-30"}, "date '2022-02-30'"),
        ({"date": "20220403"}, "date '20220403'"),
        ({"date": "2022-W14-7"}, "date '2022-W14-7'"),
        ({"date": "03.04.2022"}, "date '03.04.2022'"),
        ({"date": ""}, "date ''"),
        ({"status": "freed"}, "status 'freed'"),
        ({"status": "controlled"}, "status 'controlled'"),
        ({"lat": "36.0", "lon": "50.0"}, "lon '50.0'"),
        ({"lat": "nan"}, "lat 'nan'"),
        ({"lon": "inf"}, "lon 'inf'"),
        ({"lon": "east"}, "lon 'east'"),
        ({"lat": "43.9"}, "lat '43.9'"),
        ({"geonameid": "-7"}, "geonameid '-7'"),
        ({"geonameid": "٧"}, "geonameid '٧'"),
        ({"name": ""}, "name is empty"),
        ({"population": "1e3"}, "population '1e3'"),
        ({"layer": ""}, "layer is empty"),
    ],
)
def test_a_fault_is_named_with_its_line(changes: dict[str, str], said: str) -> None:
    text = fault(csv_of(row(date="2022-04-01"), row(**changes)))
    assert "line 3: " in text
    assert said in text
    assert "line 2" not in text


def test_all_faults_of_a_file_are_named_at_once() -> None:
    text = fault(csv_of(row(status="lost", lat="99"), row(), row(date="soon")))
    assert "line 2: lat '99'" in text
    assert "line 2: status 'lost'" in text
    assert "line 4: date 'soon'" in text


def test_of_many_faults_ten_are_named_and_the_rest_counted() -> None:
    text = fault(csv_of(*[row(status="lost", date=f"2022-05-{day:02}") for day in range(1, 26)]))
    assert text.count("'lost'") == 10
    assert text.endswith("; and 15 more faults")


def test_a_repeated_row_names_both_lines() -> None:
    text = fault(csv_of(row(), row(date="2022-05-01"), row(status="occupied")))
    assert "line 4: repeats geonames:7 on 2022-04-03, first given in line 2" in text


def test_a_settlement_described_in_two_ways() -> None:
    text = fault(csv_of(row(), row(date="2022-05-01", lat="49.0")))
    assert "line 3: geonames:7 is described differently" in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "column geonameid, name, lat"),
        (b"\n\n", "column geonameid"),
        (HEADER.encode(), "no rows"),
        (csv_of(row(), header=HEADER.replace(",layer", "")), "column layer missing"),
        (csv_of(row() + ",more"), "line 2: not 8 cells"),
        (csv_of("7,Square"), "line 2: not 8 cells"),
        (b"\xff\xfe" + HEADER.encode("utf-16-le"), "not UTF-8 at byte 0"),
        (csv_of('7,"Square,50.0'), "line 3"),
        (csv_of('7,"Sq"uare,50.0,36.0,1,2022-04-03,free,x'), "line 2"),
        (csv_of("7," + "x" * 200_000), "line 2"),
        (b'{"type": "FeatureCollection"}', "column geonameid"),
    ],
)
def test_not_such_a_file(content: bytes, said: str) -> None:
    assert said in fault(content)


def test_a_file_without_end_is_not_read() -> None:
    assert "larger than 50 MB" in fault(bytes(50_000_001))


def read_or_refused_in_one_line(content: bytes) -> None:
    said = ""
    try:
        parse(content, "any.csv")
    except MapFileError as error:
        said = str(error)
    assert "\n" not in said


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_one_line(content: bytes) -> None:
    read_or_refused_in_one_line(content)


@given(st.lists(st.text(max_size=12), min_size=8, max_size=8))
def test_any_cells_are_read_or_refused_in_one_line(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    read_or_refused_in_one_line(csv_of(quoted))
