"""Charts of figures with matplotlib (extra `charts`): days without a map stay gaps.

Figures are made without `pyplot`: no global state, no window. Save them with
``figure.savefig("chart.svg")`` or show them in a notebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font_names
from matplotlib.ticker import FuncFormatter

from contested.geo.measure import KM_PER_MILE
from contested.render.theme import LIGHT

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDTH_MM, HEIGHT_MM, MM_PER_INCH = 175.0, 95.0, 25.4
FONT = next((name for name in ("Noto Sans",) if name in get_font_names()), "DejaVu Sans")
TITLE_PT, TEXT_PT, NOTE_PT = 11.0, 8.5, 7.0


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What stands under every chart.

    Attributes
    ----------
    maps
        Day or days of the maps, as text.
    """

    source: str
    maps: str
    method: str

    @property
    def text(self) -> str:
        """The line as printed."""
        return (
            f"{self.source}, {self.maps}; as assessed by the source, not independently confirmed. "
            f"{self.method}"
        )


def area_chart(areas: pd.DataFrame, source: SourceLine) -> Figure:
    """Return controlled ground by status over time, in km².

    Parameters
    ----------
    areas
        From `Book.areas`: one row a day; columns the source does not hold are NaN.
    """
    grey = areas["contested_km2"].notna().any()
    ground = "Controlled and contested ground" if grey else "Controlled ground"
    figure, axes = _sheet(f"{ground}, km²", source)
    known = [
        ("controlled_km2", "controlled (all)", LIGHT.front, "-"),
        ("occupied_km2", "occupied", LIGHT.gained, "-"),
        ("held_since_2014_km2", "held since 2014", LIGHT.held_2014_dot, ":"),
        ("contested_km2", "contested or unknown", LIGHT.soft_ink, "--"),
    ]
    for column, name, colour, dash in known:
        if column in areas and areas[column].notna().any():
            axes.plot(areas.index, areas[column], color=colour, linestyle=dash, linewidth=1.3)
            _label_end(axes, areas[column], name, colour)
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    _days(axes)
    return figure


def change_chart(months: pd.DataFrame, source: SourceLine) -> Figure:
    """Return gain, loss and net change of controlled ground by month, in km².

    Parameters
    ----------
    months
        Index of month ends; columns ``gained_km2`` and ``lost_km2``, both 0 or more.
    """
    figure, axes = _sheet("Change of controlled ground by month, km²", source)
    place = np.arange(len(months))
    gained, lost = months["gained_km2"], months["lost_km2"]
    axes.bar(place, gained, color=LIGHT.gained, width=0.8, label="gained by Russia")
    axes.bar(place, -lost, color=LIGHT.regained, width=0.8, label="regained by Ukraine")
    axes.plot(
        place, gained - lost, "o", color=LIGHT.ink, markersize=3.5, label="net",
        markerfacecolor=LIGHT.card,
    )  # fmt: skip
    axes.axhline(0, color=LIGHT.ink, linewidth=0.8)
    every = max(1, len(months) // 12)
    axes.set_xticks(place[::every], [f"{day:%b}\n{day:%Y}" for day in months.index[::every]])
    # Above the axes: inside, a high month would stand behind the words.
    axes.legend(
        frameon=False, prop={"family": FONT, "size": TEXT_PT}, loc="lower left",
        bbox_to_anchor=(0.0, 1.0), borderaxespad=0.2, ncols=3,
    )  # fmt: skip
    axes.margins(x=0.01)
    return figure


def length_chart(lengths: pd.DataFrame, source: SourceLine) -> Figure:
    """Return the front's length by ruler, km on the left and miles on the right.

    Parameters
    ----------
    lengths
        From `front_lengths`: index the tolerance in m, columns ``main_km`` and ``all_km``.
    """
    figure, axes = _sheet("Length of the front by ruler, km (right: miles)", source)
    place = np.arange(len(lengths))
    for column, name, colour, above in (
        ("all_km", "all pieces", LIGHT.soft_ink, True),
        ("main_km", "main line", LIGHT.front, False),
    ):
        axes.plot(place, lengths[column], "o-", color=colour, markersize=4, linewidth=1.4)
        for at, value in zip(place, lengths[column], strict=True):
            _write(
                axes,
                f"{value:,.0f}",
                (float(at), float(value)),
                colour,
                6 if above else -13,
                NOTE_PT,
            )
        end = (float(place[-1]), float(lengths[column].iloc[-1]))
        _write(axes, name, end, colour, 17 if above else -27, TEXT_PT)
    axes.set_xticks(place, [_ruler(m) for m in lengths.index])
    axes.set_ylim(0, float(lengths["all_km"].max()) * 1.12)
    to_miles: Any = (lambda km: km / KM_PER_MILE, lambda miles: miles * KM_PER_MILE)
    miles = axes.secondary_yaxis("right", functions=to_miles)
    miles.tick_params(labelsize=TEXT_PT, labelfontfamily=FONT, colors=LIGHT.soft_ink, length=0)
    miles.spines["right"].set_visible(False)
    return figure


def corridor_chart(corridor: pd.DataFrame, place: str, source: SourceLine) -> Figure:
    """Return a place's corridor by day; days without a map are shaded.

    Parameters
    ----------
    corridor
        From `corridor_days`: one row a day, NaN without a map.
    """
    figure, axes = _sheet(f"{place}: corridor, km", source)
    width, second = corridor["width_km"], corridor["width_contested_closed_km"]
    axes.step(corridor.index, width, where="post", color=LIGHT.front, linewidth=1.4)
    if second.notna().any():
        axes.fill_between(
            corridor.index, second, width, step="post", color=LIGHT.held_2014, alpha=0.45,
            linewidth=0,
        )  # fmt: skip
    note = ["grey: no map"] if width.isna().any() else []
    note += ["band: contested ground counted as closed"] if second.notna().any() else []
    axes.set_title(
        " · ".join([*note, "13.2 km: open"]), fontsize=TEXT_PT, loc="right",
        color=LIGHT.soft_ink, fontfamily=FONT,
    )  # fmt: skip
    _shade_gaps(axes, width)
    axes.set_ylim(0, 14)
    axes.margins(x=0)
    _days(axes)
    return figure


def _sheet(title: str, source: SourceLine) -> tuple[Figure, Axes]:
    figure = Figure(
        figsize=(WIDTH_MM / MM_PER_INCH, HEIGHT_MM / MM_PER_INCH),
        facecolor=LIGHT.card,
        layout="constrained",
    )
    axes = figure.subplots()
    figure.suptitle(title, x=0.01, ha="left", fontsize=TITLE_PT, fontfamily=FONT, color=LIGHT.ink)
    figure.supxlabel(
        source.text, x=0.01, ha="left", fontsize=NOTE_PT, fontfamily=FONT, color=LIGHT.soft_ink
    )
    axes.set_facecolor(LIGHT.card)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LIGHT.soft_ink)
    axes.grid(axis="y", color=LIGHT.rule, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=TEXT_PT, labelfontfamily=FONT, colors=LIGHT.soft_ink, length=0)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    return figure, axes


def _days(axes: Axes) -> None:
    locator = AutoDateLocator(minticks=4, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _label_end(axes: Axes, values: pd.Series[float], name: str, colour: str) -> None:
    last = values.dropna()
    axes.annotate(
        f"{name} {last.iloc[-1]:,.0f}", (last.index[-1], last.iloc[-1]), (-4, 5),
        textcoords="offset points", ha="right", fontsize=TEXT_PT, color=colour, fontfamily=FONT,
    )  # fmt: skip


def _write(
    axes: Axes, text: str, at: tuple[float, float], colour: str, up: float, size: float
) -> None:
    """Write a text `up` points above a point of the chart."""
    axes.annotate(
        text, at, (0, up), textcoords="offset points", ha="center", fontsize=size,
        color=colour, fontfamily=FONT,
    )  # fmt: skip


def _shade_gaps(axes: Axes, values: pd.Series[float]) -> None:
    """Shade runs of days without a map."""
    missing = values.isna().to_numpy()
    edges = np.flatnonzero(np.diff(missing.astype(np.int8), prepend=0, append=0))
    step = values.index[1] - values.index[0] if len(values) > 1 else None
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        last = values.index[end - 1] if step is None else values.index[end - 1] + step
        axes.axvspan(values.index[begin], last, color=LIGHT.rule, alpha=0.8, linewidth=0)


def _ruler(metres: float) -> str:
    if metres == 0:
        return "as drawn"
    return f"{metres:,.0f} m" if metres < 1000 else f"{metres / 1000:g} km"  # noqa: PLR2004
