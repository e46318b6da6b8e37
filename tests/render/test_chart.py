"""Small charts: gaps stay gaps, days fall where they belong."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.records import Status
from contested.render.axis import DayAxis, round_ticks, runs
from contested.render.chart import area_chart, count_chart, strip_chart
from contested.render.chart_words import chart_words
from contested.render.figure_charts import draw_months
from contested.render.language import LANGUAGES
from contested.render.paint import Painter
from contested.render.sheet import DaySeries, MonthChange, Timeline, TimelineRow
from contested.render.theme import LIGHT
from contested.render.typeset import text_width
from scenes import DAY, HOSTILE, day_series, timeline

SVG = "{http://www.w3.org/2000/svg}"


def paths(text: str, role: str) -> list[str]:
    root = ET.fromstring(text)  # noqa: S314
    return [p.get("d", "") for p in root.iter(f"{SVG}path") if role in (p.get("class") or "")]


def words(text: str) -> list[str]:
    root = ET.fromstring(text)  # noqa: S314
    return ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]


def test_a_gap_breaks_the_line_and_is_marked() -> None:
    text = area_chart((day_series(),), 600)
    (line,) = paths(text, "s-front")
    assert line.count("M") == 2
    assert [part.count("L") for part in line.split("M")[1:]] == [2, 4]
    assert sum(p.count("v4") for p in paths(text, "s-soft_ink")) == 2
    assert "1,090 km²" in words(text)


def test_a_single_day_between_gaps_is_seen() -> None:
    series = DaySeries(Status.OCCUPIED, (DAY, DAY + timedelta(1)), (5.0, None))
    (line,) = paths(area_chart((series,), 600), "s-front")
    assert line.count("L") == 1


def test_no_days_no_chart() -> None:
    assert area_chart((), 600) == ""
    assert area_chart((DaySeries(Status.OCCUPIED, (), ()),), 600) == ""
    assert area_chart((DaySeries(Status.OCCUPIED, (DAY,), (None,)),), 600) == ""
    assert count_chart((), 600) == ""
    assert strip_chart((), 600) == ""


def test_constant_series_is_drawn() -> None:
    days = (DAY, DAY + timedelta(1))
    assert "NaN" not in area_chart((DaySeries(Status.OCCUPIED, days, (0.0, 0.0)),), 600)
    assert "nan" not in count_chart((DaySeries(Status.OCCUPIED, days, (0.0, 0.0)),), 600)


def test_counts_are_stacked_to_scale_and_named() -> None:
    days = tuple(DAY + timedelta(n) for n in range(4))
    text = count_chart(
        (DaySeries(Status.OCCUPIED, days, (10.0, 10.0, 30.0, 30.0)),
         DaySeries(Status.FREE, days, (30.0, 30.0, 10.0, 10.0))), 720,
    )  # fmt: skip
    assert {"30 occupied", "10 government-controlled"} <= set(words(text))
    (band,) = paths(text, "f-occupied")
    heights = sorted({float(y) for _, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", band)})
    # 180 px high, 172 of them for 40 settlements: 30 end at 180 - 129, 10 at 180 - 43
    assert heights == pytest.approx([51.0, 137.0, 180.0])


def test_strip_lays_statuses_end_to_end() -> None:
    text = strip_chart((timeline(),), 600)
    root = ET.fromstring(text)  # noqa: S314
    row = next(g for g in root.iter(f"{SVG}g") if g.get("id") == "strip-row-0")
    fill = next(r for r in row if r.get("class") == "f-occupied")
    # 66 days, 1 September to 5 November; occupied the last 7; strip from 1 to 598
    assert float(fill.get("x", "0")) == pytest.approx(1 + 597 * 59 / 66, abs=0.1)
    assert float(fill.get("width", "0")) == pytest.approx(597 * 7 / 66, abs=0.1)
    assert sum(p.count("v3") for p in paths(text, "s-soft_ink")) == 1
    assert {"controlled by Russia", "no statement"} <= set(words(text))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_in_strips(name: str) -> None:
    text = strip_chart((timeline(name), timeline("Easton")), 356, prefix=name)
    ET.fromstring(text)  # noqa: S314
    assert "<script" not in text
    assert "<img" not in text


def test_every_status_has_a_paint() -> None:
    rows = tuple(
        TimelineRow(status, DAY + timedelta(n), DAY + timedelta(n), "point")
        for n, status in enumerate(Status)
    )
    one = Timeline(timeline().place, rows, DAY, DAY + timedelta(len(Status) - 1))
    ET.fromstring(strip_chart((one,), 600))  # noqa: S314


@given(st.dates(date(2014, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_ticks_are_few_ordered_and_inside(first: date, days: int) -> None:
    axis = DayAxis(first, first + timedelta(days), 10, 600)
    ticks = axis.ticks()
    at = [x for x, _ in ticks]
    assert len(ticks) <= 7
    assert at == sorted(at)
    assert all(10 <= x < 600 for x in at)


def test_axis_is_linear_in_days() -> None:
    axis = DayAxis(date(2025, 1, 1), date(2025, 1, 10), 0, 100)
    assert axis.x(date(2025, 1, 1)) == 0
    assert axis.x(date(2025, 1, 6)) == pytest.approx(50)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_round_ticks_span_the_values(low: float, span: float) -> None:
    ticks = round_ticks(low, low + span)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + span - 1e-6
    assert 2 <= len(ticks) <= 7


@given(st.lists(st.one_of(st.none(), st.just(1.0)), max_size=40))
def test_runs_are_the_held_days(values: list[float | None]) -> None:
    held = {i for begin, end in runs(values) for i in range(begin, end)}
    assert held == {i for i, value in enumerate(values) if value is not None}
    assert all(values[end : end + 1] in ([], [None]) for _, end in runs(values))


@pytest.mark.parametrize(("language", "width"), [("en", 301.0), ("uk", 301.0), ("uk", 641.0)])
def test_the_key_of_a_chart_is_no_wider_than_the_chart(language: str, width: float) -> None:
    month = MonthChange(date(2024, 1, 1), date(2024, 1, 31), 40.0, 3.0)
    drawing = draw_months((month,), width, Painter(LIGHT, "", language=LANGUAGES[language]))
    root = ET.fromstring(f"<svg>{''.join(drawing.parts)}</svg>")  # noqa: S314
    said = chart_words(LANGUAGES[language])
    ends = {
        t.text: float(t.get("x", 0)) + text_width(t.text or "", float(t.get("font-size", 0)))
        for t in root.iter("text")
        if t.text in {said.taken, said.lost, said.net}
    }
    assert len(ends) == 3
    assert max(ends.values()) <= width
