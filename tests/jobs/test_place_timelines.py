"""A settlement by its disc, and every settlement at once."""

import csv
import io

import pytest

from contested.errors import UsageError
from contested.history.reference import ReferenceEngine
from contested.jobs.place_discs import disc_timeline
from contested.jobs.place_panel import HXL, settlements_csv
from contested.records import Place
from worlds import OCCUPIED, box, feature, map_file, polygon, series_of

TOWN = Place("t:town", "Town", 37.0, 48.0, population=10_000, pcode="UA14", admin1="05")
VILLAGE = Place("t:village", "Village", 37.2, 48.0, population=500)
NOWHERE = Place("t:nowhere", "Nowhere", 30.0, 50.0)


def engine():
    """East of 37°E on day 1; all of it from day 2; nothing on day 3; east again on day 4."""
    nothing = map_file(feature(OCCUPIED, polygon(box(30.0, 46.0, 30.1, 46.1))))
    east = map_file(feature(OCCUPIED, polygon(box(37.0, 47.0, 38.0, 49.0))))
    everything = map_file(feature(OCCUPIED, polygon(box(36.0, 47.0, 38.0, 49.0))))
    days = (nothing, east, everything, nothing, east)
    return ReferenceEngine(series_of(*enumerate(days)))


def spans(answer):
    return [(str(row.first), str(row.last)) for row in answer.timeline.timeline]


def test_spells_by_criterion():
    assert spans(disc_timeline(engine(), TOWN, criterion="any")) == [
        ("2023-01-02", "2023-01-04"),
        ("2023-01-05", "None"),
    ]
    assert spans(disc_timeline(engine(), TOWN, criterion="90")) == [("2023-01-03", "2023-01-04")]


def test_first_days_stand_beside_the_timeline():
    reached = {one.criterion: str(one.day) for one in disc_timeline(engine(), TOWN).reached}
    assert reached["any"] == "2023-01-02"
    assert reached["90"] == reached["all"] == "2023-01-03"


def test_sectors_and_radii():
    west = disc_timeline(engine(), TOWN, criterion="any", sector="w")
    assert spans(west) == [("2023-01-03", "2023-01-04")]
    assert "sector w" in west.timeline.method
    assert disc_timeline(engine(), TOWN).radius_km == 2.0
    assert disc_timeline(engine(), VILLAGE).radius_km == 1.0
    assert disc_timeline(engine(), TOWN, radius_km=3.5).radius_km == 3.5
    assert disc_timeline(engine(), NOWHERE).timeline.timeline == []
    with pytest.raises(UsageError, match="criterion"):
        disc_timeline(engine(), TOWN, criterion="some")
    with pytest.raises(UsageError, match="radius"):
        disc_timeline(engine(), TOWN, radius_km=0)


def test_all_settlements_as_csv_with_tags_on_request():
    text, share = settlements_csv(engine(), [TOWN, VILLAGE, NOWHERE])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == tuple(HXL)
    assert {row["name"] for row in rows} == {"Town", "Village", "Nowhere"}
    village = [(r["status"], r["from"], r["to"]) for r in rows if r["place_id"] == "t:village"]
    assert village == [
        ("", "2023-01-01", "2023-01-02"),
        ("occupied", "2023-01-02", "2023-01-04"),
        ("", "2023-01-04", "2023-01-05"),
        ("occupied", "2023-01-05", ""),
    ]
    assert [r["status"] for r in rows if r["name"] == "Nowhere"] == [""]
    assert rows[0]["pcode"] == "UA14"
    assert share.startswith("3 records for the 29,708")
    tagged, _ = settlements_csv(engine(), [TOWN], hxl=True)
    assert tagged.splitlines()[1].startswith("#loc+id,#loc+code+v_pcode,#loc+name")
