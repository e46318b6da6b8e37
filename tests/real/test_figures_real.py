"""The reference values of METHODS.md, measured on the real series."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
import shapely

from contested import sample
from contested.geo.advance import advance
from contested.geo.corridor import CorridorState, corridor
from contested.geo.enclosure import enclosure
from contested.geo.front import front_line, front_trend, implied_rulers
from contested.geo.geojson import as_shapely
from contested.geo.measure import KM_PER_MILE, WGS84
from contested.geo.reach import distances, reach
from contested.geo.salient import Side, residues, salients
from contested.geo.salient_ground import front_ground
from contested.history.calendar import MapCalendar
from contested.history.measure import CONTROLLED
from contested.history.rank import fallen
from contested.history.reference import ReferenceEngine
from contested.history.vintage import quoted_area, vintage
from contested.places.extent import disc_radius_km
from contested.records import Status
from real_series import SHARED

pytestmark = pytest.mark.real

FIGURES = SHARED / "data/reference/figures.json"
PLACES = {
    "Bakhmut": (37.99620, 48.59560),
    "Avdiivka": (37.74940, 48.13970),
    "Vuhledar": (37.24970, 47.77920),
    "Myrnohrad": (37.264, 48.290),
    "Kramatorsk": (37.55630, 48.72300),
}
TWELVE = (
    "2022-06-20", "2022-09-20", "2022-11-12", "2023-03-04", "2023-06-20", "2023-09-15",
    "2024-01-31", "2024-08-20", "2025-01-15", "2025-06-10", "file 2025-08-12", "file 2025-11-06",
)  # fmt: skip


def figures(prefix):
    if not FIGURES.is_file():
        return []
    held = json.loads(FIGURES.read_text())["figures"]
    return [pytest.param(f, id=f["id"]) for f in held if f["id"].startswith(prefix)]


@pytest.fixture(scope="module")
def ground(full_series, daily_series):
    """Ground by status of the last map of a day, or of a daily file."""
    known = {}

    def of(day):
        if day not in known:
            series = daily_series if day.startswith("file ") else full_series
            asked = date.fromisoformat(day.removeprefix("file "))
            if series is daily_series:
                asked = date.fromordinal(asked.toordinal() - 1)
            index = MapCalendar(series.source, series.snapshots).on(asked)
            parts = {}
            for shape, status, _ in series.areas(index):
                measured = shape.polygons if shape.repaired is None else shape.repaired
                parts.setdefault(status, []).extend(as_shapely(p) for p in measured)
            known[day] = {status: shapely.union_all(p) for status, p in parts.items()}
        return known[day]

    return of


def controlled(ground, day):
    held = (Status.OCCUPIED, Status.HELD_SINCE_2014, Status.CONTROLLED)
    return shapely.union_all([shape for status, shape in ground(day).items() if status in held])


@pytest.fixture(scope="module")
def border():
    """The outline of the shared boundary file: what the reference was measured with."""
    document = json.loads((SHARED / "data/boundaries/ua_oblasts.geojson").read_text())
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in document["features"]]
    return shapely.union_all(shapely.make_valid(np.array(shapes)))


@pytest.fixture(scope="module")
def water():
    """Lakes, reservoirs and limans of Natural Earth, as a user would add them."""
    lakes = json.loads((SHARED / "data/base/lakes.geojson").read_text())["features"]
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in lakes]
    return shapely.union_all(shapely.make_valid(np.array(shapes)))


@pytest.mark.parametrize("figure", figures("front_length."))
def test_length_curve(figure, ground, border):
    metres = float(figure["id"].split(".")[1].removeprefix("dp"))
    held = controlled(ground, f"file {figure['date']}")
    (found,) = front_line(held, border, tolerances_m=[metres]).tolerances
    assert found.main_km == pytest.approx(figure["value"]["main_piece_km"], rel=0.01)
    assert found.all_km == pytest.approx(figure["value"]["all_pieces_km"], rel=0.01)
    (shipped,) = front_line(held, sample.outline(), tolerances_m=[metres]).tolerances
    assert shipped.main_km == pytest.approx(figure["value"]["main_piece_km"], rel=0.02)


def test_750_miles_are_measured_with_a_ruler_of_350_or_850_m(ground, border):
    found = implied_rulers(controlled(ground, "file 2025-11-06"), border, 750 * KM_PER_MILE)
    assert (found.main.ruler_m, found.all.ruler_m) == (350, 850)
    assert found.all.fits_m[1] <= 1000


@pytest.mark.parametrize("day", ["2022-04-03", "2022-06-20", "2022-11-12", "2023-03-04"])
def test_both_engines_draw_the_same_front(day, full_series, ground):
    # Projected partitions of these days touch themselves; an overlay on them would fail.
    engine = ReferenceEngine(full_series)
    index = MapCalendar(full_series.source, full_series.snapshots).on(date.fromisoformat(day))
    held = engine.ground(index)
    plain = shapely.union_all([held[s] for s in CONTROLLED if s in held])
    one, other = (
        front_line(area, sample.outline(), tolerances_m=(0.0, 500.0))
        for area in (plain, controlled(ground, day))
    )
    for length, checked in zip(one.tolerances, other.tolerances, strict=True):
        assert length.main_km == pytest.approx(checked.main_km, rel=1e-5)
        assert length.all_km == pytest.approx(checked.all_km, rel=5e-4)
    later = shapely.union(plain, shapely.box(33.0, 49.9, 33.2, 50.0))
    assert advance(plain, later).new_km2 > 0


def test_the_front_grew_at_every_ruler(ground, border):
    before = front_line(controlled(ground, "2022-12-04"), border)
    after = front_line(controlled(ground, "file 2025-11-06"), border)
    trend = front_trend(before, after)
    grown = {change.m: change.main_percent for change in trend.changes}
    assert grown[0] == pytest.approx(48, abs=1)
    assert grown[500] == pytest.approx(43, abs=1)
    assert grown[10_000] == pytest.approx(17, abs=1)
    assert trend.main_sign_agrees


@pytest.mark.parametrize("figure", figures("salient.dobropillia"))
def test_newly_taken_ground_at_dobropillia(figure, ground):
    after, before = figure["date"].split(" vs ")
    found = advance(
        controlled(ground, f"file {before}"),
        controlled(ground, f"file {after}"),
        near=(37.225, 48.5),
        within_km=18,
    )
    assert found.depth_km == pytest.approx(figure["value"]["max_adv_km"], abs=0.1)
    assert found.bearing_deg == pytest.approx(figure["value"]["az"], abs=1.5)


@pytest.mark.parametrize(
    ("place", "day", "width_km", "contested_closed_km"),
    [
        ("Bakhmut", "2023-03-04", 4.0, 2.6),
        ("Avdiivka", "2024-02-10", 4.3, 3.9),
        ("Vuhledar", "file 2024-09-25", 6.4, None),
        ("Myrnohrad", "file 2025-11-06", 8.6, None),
        ("Kramatorsk", "file 2025-11-06", 13.2, None),
    ],
)
def test_corridors(place, day, width_km, contested_closed_km, ground):
    contested = ground(day).get(Status.CONTESTED)
    found = corridor(controlled(ground, day), contested, *PLACES[place])
    assert found.width_km == pytest.approx(width_km, abs=0.8)
    if contested_closed_km is None:
        assert found.width_contested_closed_km is None
    else:
        assert found.width_contested_closed_km == pytest.approx(contested_closed_km, abs=0.8)
    assert (found.state is CorridorState.OPEN) == (place == "Kramatorsk")


@pytest.mark.parametrize("figure", figures("enclosure."))
def test_enclosure(figure, ground):
    held = controlled(ground, f"file {figure['date']}")
    for within, key in ((10, "blocked10"), (20, "blocked20"), (30, "blocked30")):
        found = enclosure(held, None, *PLACES["Myrnohrad"], within_km=within)
        assert found.enclosure == pytest.approx(figure["value"][key], abs=0.02)
    found = enclosure(held, None, *PLACES["Myrnohrad"])
    assert found.open_sector_deg == pytest.approx(figure["value"]["open_deg20"], abs=1)
    assert found.meaningful


def test_reach(ground, settlements):
    found = reach(distances(controlled(ground, "file 2025-11-06"), settlements))
    people = [ring.people / 1000 for ring in found.rings]
    assert people == pytest.approx([204, 785, 1469, 4100], rel=0.03)


@pytest.fixture(scope="module")
def settlements():
    from contested.jobs.place_panel import settlements_of
    from contested.jobs.places import open_gazetteer

    return settlements_of(open_gazetteer())


def front_cells(ground, day, outline, water):
    return front_ground(
        controlled(ground, day),
        outline,
        sample.countries()["Russia"],
        water=water,
        held_by_ukraine=ground(day).get(Status.UA_HELD_IN_RUSSIA),
    )


EPISODES = [
    ("Dobropillia", "file 2025-08-12", Side.ATTACKER, (37.26, 48.53), 18.7),
    ("Severodonetsk–Lysychansk", "2022-06-20", Side.DEFENDER, (38.55, 48.91), 25.3),
    ("Avdiivka", "2024-01-31", Side.DEFENDER, (37.78, 48.14), 11.2),
    ("Ocheretyne", "2024-04-25", Side.ATTACKER, (37.60, 48.25), 5.9),
    ("Kurakhove", "2024-11-15", Side.DEFENDER, (37.41, 47.90), 13.2),
    ("Velyka Novosilka", "file 2025-01-20", Side.DEFENDER, (36.84, 47.82), 5.0),
    ("Pokrovsk–Myrnohrad", "file 2025-11-06", Side.DEFENDER, (37.37, 48.31), 12.8),
    ("Kupiansk", "file 2025-11-06", Side.ATTACKER, (37.60, 49.70), 10.5),
]


@pytest.mark.parametrize(("name", "day", "side", "tip", "depth_km"), EPISODES)
def test_salient_episodes(name, day, side, tip, depth_km, ground, border, water):
    found = salients(front_cells(ground, day, border, water), [side]).salients
    here = [one for one in found if WGS84.inv(*one.tip, *tip)[2] < 8000]
    assert here, f"{name} is not found"
    assert min(abs(one.depth_km / depth_km - 1) for one in here) <= 0.15


def test_dobropillia_at_other_radii(ground, border, water):
    cells = front_cells(ground, "file 2025-08-12", border, water)
    here = [
        one
        for one in residues(cells, Side.ATTACKER, [1.0, 3.0])
        if WGS84.inv(*one.path[-1], 37.25, 48.53)[2] < 6000 and one.depth_km > 4
    ]
    by_radius = {r: sorted(o.depth_km for o in here if o.radius_km == r) for r in (1.0, 3.0)}
    assert by_radius[1.0] == pytest.approx([6.7, 8.0], rel=0.15)
    assert by_radius[3.0] == pytest.approx([13.7], rel=0.15)
    kept = salients(cells, [Side.ATTACKER]).salients[0]
    assert (kept.radius_km, len(kept.prongs)) == (6.0, 2)
    assert kept.mouth_km == pytest.approx(8.1, rel=0.15)


def test_never_more_than_sixteen_salients(ground, border, water):
    """First tier, both sides, on twelve dates spread over the history."""
    counts = []
    for day in TWELVE:
        found = salients(front_cells(ground, day, border, water)).salients
        counts.append(sum(one.tier != "borderline" for one in found))
    assert max(counts) <= 16
    assert np.median(counts) <= 8
    assert counts[TWELVE.index("2022-11-12")] == 1


def test_the_shipped_water_is_enough(ground):
    """With the shipped outline and lakes alone, as the command measures."""
    counts = []
    for day in TWELVE:
        lakes = sample.water(date.fromisoformat(day.removeprefix("file ")))
        found = salients(front_cells(ground, day, sample.outline(), lakes)).salients
        counts.append(sum(one.tier != "borderline" for one in found))
        # No reservoir and no strip of river: nothing of the first tier is 30 km deep.
        assert all(one.depth_km < 30 for one in found)
    assert max(counts) <= 16
    assert np.median(counts) <= 8


def test_without_the_water_rule_reservoirs_score_first(ground, border):
    first = salients(front_cells(ground, "2022-06-20", border, None)).salients[0]
    assert first.depth_km > 50
    assert 46 < first.tip[1] < 48


def test_a_figure_of_63_km2_near_sudzha(full_series):
    held, unknown = quoted_area("ua_held_in_russia", "63km2"), quoted_area("contested", "81km2")
    alone = vintage(full_series, [held], 35.18, 51.11)
    assert [str(m.snapshot.as_of) for m in alone.matches] == [f"2025-04-0{n}" for n in range(2, 7)]
    both = vintage(full_series, [held, unknown], 35.18, 51.11)
    assert [str(m.snapshot.as_of) for m in both.matches] == [f"2025-04-0{n}" for n in range(3, 7)]
    left = sorted(round(one.km2, 1) for one in both.left_out)
    assert left == pytest.approx([9.5, 11.4], abs=0.05)
    assert all(abs(one.lon - 34.29) < 0.03 for one in both.left_out)


def test_pokrovsk_fell_by_its_criterion(daily_series, settlements):
    first = {
        name: fallen(
            daily_series,
            [place for place in settlements if place.id == "geonames:704422"],
            date(2025, 10, 1),
            criterion=name,
            radius_km=disc_radius_km,
            most=1,
        ).rows
        for name in ("any", "half", "90")
    }
    assert first["any"][0].place.name == "Pokrovsk"
    assert str(first["any"][0].snapshot.as_of) == "2025-10-29"
    assert first["any"][0].share == pytest.approx(0.016, abs=0.001)
    assert str(first["half"][0].snapshot.as_of) == "2025-11-24"
    assert first["half"][0].share == pytest.approx(0.504, abs=0.001)
    assert first["90"] == ()
