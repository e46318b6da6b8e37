"""Charts say what their frames say: read back from the axes, not from pixels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("matplotlib")

from contested.render.charts_mpl import (
    SourceLine,
    area_chart,
    change_chart,
    corridor_chart,
    length_chart,
)

LINE = SourceLine("DeepState", "maps of 2023", "test/1")
DAYS = pd.date_range("2023-01-01", periods=6)


def texts(figure):
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text)]


def test_every_chart_names_source_maps_and_method():
    assert LINE.text in texts(area_chart(pd.DataFrame({"contested_km2": [1.0]}, DAYS[:1]), LINE))
    assert "not independently confirmed" in LINE.text


def test_areas_leave_days_without_a_map_open():
    frame = pd.DataFrame({"occupied_km2": [1, 2, np.nan, 4, 5, 6], "contested_km2": np.nan}, DAYS)
    figure = area_chart(frame, LINE)
    (line,) = figure.axes[0].lines
    assert np.isnan(line.get_ydata()).tolist() == [False, False, True, False, False, False]
    assert "Controlled ground, km²" in texts(figure)
    assert not any("contested" in text for text in texts(figure))


def test_change_by_month():
    frame = pd.DataFrame({"gained_km2": [10.0, 30], "lost_km2": [4.0, 50]}, DAYS[:2])
    axes = change_chart(frame, LINE).axes[0]
    assert [bar.get_height() for bar in axes.patches] == [10, 30, -4, -50]
    assert axes.lines[0].get_ydata().tolist() == [6, -20]


def test_length_by_ruler_in_km_and_miles():
    frame = pd.DataFrame({"main_km": [1200.0, 900], "all_km": [1300.0, 950]}, [0.0, 5000.0])
    figure = length_chart(frame, LINE)
    figure.draw_without_rendering()
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == ["as drawn", "5 km"]
    assert {"1,200", "950", "main line", "all pieces"} <= set(texts(figure))
    (miles,) = figure.axes[0].child_axes
    assert miles.get_ylim()[1] == pytest.approx(figure.axes[0].get_ylim()[1] / 1.609344)


def test_a_corridor_shades_the_days_without_a_map():
    width = [13.2, 8, np.nan, np.nan, 6, 5]
    frame = pd.DataFrame({"width_km": width, "width_contested_closed_km": np.nan}, DAYS)
    figure = corridor_chart(frame, "Bakhmut", LINE)
    (gap,) = figure.axes[0].patches
    assert gap.get_width() == pytest.approx(2)
    assert "grey: no map · 13.2 km: open" in texts(figure)


def test_a_corridor_without_gaps_has_no_shade():
    frame = pd.DataFrame({"width_km": 8.0, "width_contested_closed_km": 7.0}, DAYS)
    figure = corridor_chart(frame, "Bakhmut", LINE)
    assert len(figure.axes[0].patches) == 0
    assert len(figure.axes[0].collections) == 1
