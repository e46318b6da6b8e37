"""The words of charts in English and in Ukrainian. Frozen; nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from contested.render.language import Language


@dataclass(frozen=True, slots=True)
class ChartWords:
    """Everything a chart says, in one language; templates name what is put in."""

    span: str
    source: str
    area_title: str
    area_deck: str
    area_method: str
    area_label: str
    changes_title: str
    changes_deck: str
    changes_method: str
    changes_label: str
    taken: str
    lost: str
    net: str
    strips_title: str
    strips_deck: str
    strips_method: str
    strips_label: str
    no_statement: str
    front_title: str
    front_deck: str
    front_method: str
    front_label: str
    all_pieces: str
    main_line: str
    as_drawn: str
    curve: str
    curve_ends: str
    metres: str
    corridor_title: str
    corridor_deck: str
    corridor_method: str
    corridor_label: str
    corridor_none: str
    corridor_open: str
    on_the_map: str
    contested_closed: str
    multiples_deck: str
    multiples_label: str


_ENGLISH: Final = ChartWords(
    span="{first} to {last}",
    source="As assessed by {title}; not independently confirmed. {method} Sources: {credits}.",
    area_title="Area by status",
    area_deck="km² by day, {span}; a gap with a tick is a day without a map",
    area_method="Exact partition of every map, geodesic area on WGS84.",
    area_label="Area by day from {first} to {last}: {statuses}",
    changes_title="Ground newly and no longer occupied by month",
    changes_deck="km², {span}; net {net}",
    changes_method="Each month: the last maps at or before its beginning and its end compared.",
    changes_label="Ground newly and no longer occupied by month, {first} to {last}; net {net}",
    taken="newly occupied",
    lost="no longer occupied",
    net="net change",
    strips_title="{names}: status over time",
    strips_deck="status of each place’s point on every map; a tick is a day without a map",
    strips_method="Days are map days.",
    strips_label="Statuses of {names}, {first} to {last}",
    no_statement="no statement",
    front_title="Length of the front, {day}",
    front_deck="km by the length of the ruler: a coarser ruler cuts corners",
    front_method=(
        "Method {method}: edge of controlled ground over 3 km inside Ukraine, "
        "Douglas–Peucker tolerances."
    ),
    front_label="Length of the front by ruler, from as drawn to {ruler}: {ends}",
    all_pieces="all pieces",
    main_line="main line",
    as_drawn="as drawn",
    curve="{words}: {km} km as drawn",
    curve_ends="{words} {first} to {last} km",
    metres="m",
    corridor_title="Corridor of {place}",
    corridor_deck="km by day, {span}; a gap with a tick is a day without a map",
    corridor_method=(
        "Width of the shortest line on the map that would part the place’s disc from ground "
        "30 km away. No statement on supply or encirclement."
    ),
    corridor_label="Width of the corridor of {place} by day, {first} to {last}: {low} to {high} km",
    corridor_none="No map to measure the corridor of {place} on",
    corridor_open="open: the figure ends at {km} km",
    on_the_map="width on the map",
    contested_closed="contested ground counted as closed",
    multiples_deck="{count} maps, each {km} km wide; nothing is implied for the days between",
    multiples_label="{title}: {count} maps, {first} to {last}, each {km} km wide",
)

_UKRAINIAN: Final = ChartWords(
    span="{first} – {last}",
    source="За оцінкою {title}; незалежно не підтверджено. {method} Джерела: {credits}.",
    area_title="Площа за статусом",
    area_deck="км² за днями, {span}; розрив із рискою — день без карти",
    area_method="Точний поділ кожної карти, геодезична площа на WGS84.",
    area_label="Площа за днями, {first} – {last}: {statuses}",
    changes_title="Окупована й більше не окупована територія за місяцями",
    changes_deck="км², {span}; разом {net}",
    changes_method="Для кожного місяця порівняно останні карти на його початок і кінець.",
    changes_label="Окупована й більше не окупована територія, {first} – {last}; разом {net}",
    taken="окуповано",
    lost="більше не окуповано",
    net="різниця",
    strips_title="{names}: статус у часі",
    strips_deck="статус точки населеного пункту на кожній карті; риска — день без карти",
    strips_method="Дні — це дні карт.",
    strips_label="Статуси: {names}, {first} – {last}",
    no_statement="без статусу на карті",
    front_title="Довжина фронту, {day}",
    front_deck="км залежно від довжини лінійки: грубіша лінійка зрізає кути",
    front_method=(
        "Метод {method}: межа контрольованої території далі 3 км від кордону України, "
        "допуски Дугласа — Пекера."
    ),
    front_label="Довжина фронту за лінійкою, від накресленої до {ruler}: {ends}",
    all_pieces="усі частини",
    main_line="основна лінія",
    as_drawn="як на карті",
    curve="{words}: {km} км як на карті",
    curve_ends="{words} від {first} до {last} км",
    metres="м",
    corridor_title="Коридор: {place}",
    corridor_deck="км за днями, {span}; розрив із рискою — день без карти",
    corridor_method=(
        "Довжина найкоротшої лінії на карті, що відрізала б околицю населеного пункту від "
        "території за 30 км. Про постачання чи оточення це нічого не каже."
    ),
    corridor_label="Ширина коридору за днями ({place}), {first} – {last}: від {low} до {high} км",
    corridor_none="Немає карти, щоб виміряти коридор ({place})",
    corridor_open="відкрито: виміряно до {km} км",
    on_the_map="ширина на карті",
    contested_closed="спірна територія як закрита",
    multiples_deck="Карт: {count}, кожна завширшки {km} км; про дні між ними не сказано нічого",
    multiples_label="{title}: карт {count}, {first} – {last}, кожна завширшки {km} км",
)

_BY_CODE: Final = {"en": _ENGLISH, "uk": _UKRAINIAN}


def chart_words(language: Language) -> ChartWords:
    """Return the words of charts in a language."""
    return _BY_CODE[language.code]
