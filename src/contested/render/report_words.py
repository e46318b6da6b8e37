"""The words of a report's page and folder in English and in Ukrainian. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested.records import Use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contested.render.language import Language


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Everything a report's page says of its own, in one language.

    Attributes
    ----------
    sections
        Headings by the section's name in the page.
    change_headings, timeline_headings, area_headings, input_headings, method_headings
        Of the tables' columns.
    source_rows
        Credit, lineage, dates, terms, day they were read, what is allowed, whom to ask.
    methods
        What a method is, by its name; a name that is not here keeps its English text.
    no_day, kinds
        What an input is that is of no day: what lies under the map, by kind.
    tables, charts, uses
        What the folder's files hold, by name, kind and ending.
    untranslated
        What of the folder stays English, said in the page; empty in English.
    """

    sections: Mapping[str, str]
    deck: str
    asked: str
    subtitle: str
    all_held: str
    no_shares: str
    ground_measured: str
    share_caption: str
    share_before: str
    share_from: str
    disc: str
    quadrant: str
    quadrants: Mapping[str, str]
    disc_note: str
    no_earlier: str
    span: str
    scope: str
    whole_map: str
    taken: str
    lost: str
    net: str
    change_caption: str
    change_headings: tuple[str, ...]
    no_change: str
    no_statement: str
    no_history: str
    timeline_caption: str
    timeline_headings: tuple[str, ...]
    criteria: Mapping[str, str]
    still: str
    area_caption: str
    area_headings: tuple[str, ...]
    area_note: str
    made: str
    source_rows: tuple[str, ...]
    lineage: str
    nothing: str
    allowed: Mapping[Use, str]
    input_caption: str
    input_headings: tuple[str, ...]
    no_day: str
    kinds: Mapping[str, str]
    method_caption: str
    method_headings: tuple[str, ...]
    methods: Mapping[str, str]
    map_file: str
    uses: Mapping[str, str]
    chart_file: str
    no_chart: str
    charts: Mapping[str, str]
    table_file: str
    tables: Mapping[str, str]
    check_page: str
    check_table: str
    untranslated: str = ""


_ENGLISH: Final = ReportWords(
    sections={
        "files": "In this folder", "place": "The place on that day",
        "changes": "What changed before", "history": "The place’s history",
        "areas": "Area by status", "charts": "Charts", "sources": "Sources and terms",
        "inputs": "Inputs", "methods": "Methods", "not-held": "What is not held",
        "boundaries": "Boundaries",
    },
    deck="as assessed by {title}, map of {day}{asked} · not independently confirmed",
    asked=" (asked for: {day})",
    subtitle="as assessed by {title}",
    all_held="Every status that the source can show on that day is held.",
    no_shares="No shares are held for this place on that day.",
    ground_measured="Ground measured",
    share_caption="Share of the ground by status",
    share_before="; small: on {day}",
    share_from="from {share}",
    disc="{km} km disc",
    quadrant="{km} km disc, {side}",
    quadrants={"ne": "north-east", "se": "south-east", "sw": "south-west", "nw": "north-west"},
    disc_note=(
        "Discs are centred on the place’s point in the gazetteer. Moving the point by a "
        "kilometre moves the shares: they describe this map, not the town’s limits."
    ),
    no_earlier="No earlier map is held to compare with.",
    span="{first} to {last}, {scope}",
    scope="within {km} km of {place}",
    whole_map="the whole map",
    taken="Newly occupied",
    lost="No longer occupied",
    net="Net change",
    change_caption="Ground by status before and after, {span}",
    change_headings=("From", "To", "Area"),
    no_change="No ground changed its status.",
    no_statement="no statement",
    no_history="No history of this place is held.",
    timeline_caption="{place}: status by map day",
    timeline_headings=("Status", "From", "To", "Criterion"),
    criteria={},
    still="still so on the last map",
    area_caption="Area by status on {day}, {scope}",
    area_headings=("Status", "Area", "In square miles"),
    area_note="km² by day; a gap, with a tick under it, is a day without a map.",
    made="Made with contested {version}.",
    source_rows=(
        "Credit", "Lineage", "Dates", "Terms", "Terms read on", "Allowed without asking",
        "For anything else ask",
    ),
    lineage="{lineage}: sources of one lineage are one voice",
    nothing="nothing",
    allowed={
        Use.STORE: "keep",
        Use.PUBLISH_IMAGE: "publish pictures",
        Use.PUBLISH_GEOMETRY: "publish geometry",
        Use.PUBLISH_AGGREGATE: "publish figures",
        Use.COMMERCIAL: "commercial use",
    },
    input_caption="Every file that this page was made from, with the SHA-256 of its bytes",
    input_headings=("File", "Map of", "Source", "SHA-256"),
    no_day="under the map",
    kinds={
        "countries": "coasts and state borders", "gazetteer": "names and points of places",
        "rivers": "rivers", "lakes": "lakes", "roads": "roads", "oblasts": "oblasts",
    },
    method_caption="How the figures are made",
    method_headings=("Figure", "Version", "Method"),
    methods={},
    map_file="locator map, {use}; {name}.json names every input",
    uses={"svg": "to edit", "pdf": "for print", "png": "for screens"},
    chart_file="{words}; {name}.json holds the figures",
    no_chart="no chart of {words}: {error}",
    charts={
        "strips": "the place’s status over time",
        "multiples": "the place on eight dates",
        "changes": "ground newly and no longer occupied, by month",
        "front": "length of the front by ruler",
        "corridor": "width of the place’s corridor",
    },
    table_file="table: {words}",
    tables={
        "areas.csv": "area by status",
        "history.csv": "the place’s statuses with their days",
        "changes.csv": "ground that changed nearby",
        "shares.csv": "shares of the ground measured",
    },
    check_page="the article’s claims compared with dated maps",
    check_table="table: every claim and its verdict",
)  # fmt: skip

_UKRAINIAN: Final = ReportWords(
    sections={
        "files": "У цій теці", "place": "Населений пункт цього дня",
        "changes": "Що змінилося перед тим", "history": "Історія населеного пункту",
        "areas": "Площа за статусом", "charts": "Графіки", "sources": "Джерела й умови",
        "inputs": "Вхідні файли", "methods": "Методи", "not-held": "Чого немає в даних",
        "boundaries": "Кордони",
    },
    deck="за оцінкою {title}, карта за {day}{asked} · незалежно не підтверджено",
    asked=" (запитано: {day})",
    subtitle="за оцінкою {title}",
    all_held="Є всі статуси, які джерело може показати за цей день.",
    no_shares="Часток для цього населеного пункту за цей день немає.",
    ground_measured="Виміряна територія",
    share_caption="Частка території за статусом",
    share_before="; дрібно: {day}",
    share_from="було {share}",
    disc="круг радіусом {km} км",
    quadrant="круг радіусом {km} км, {side}",
    quadrants={
        "ne": "північний схід", "se": "південний схід", "sw": "південний захід",
        "nw": "північний захід",
    },
    disc_note=(
        "Центр круга — точка населеного пункту в покажчику. Якщо зсунути її на кілометр, "
        "зміняться й частки: вони описують цю карту, а не межі міста."
    ),
    no_earlier="Давнішої карти для порівняння немає.",
    span="{first} – {last}, {scope}",
    scope="до {km} км від точки «{place}»",
    whole_map="уся карта",
    taken="Окуповано за цей час",
    lost="Більше не окуповано",
    net="Різниця",
    change_caption="Територія за статусом до і після, {span}",
    change_headings=("Було", "Стало", "Площа"),
    no_change="Статус території не змінився.",
    no_statement="без статусу на карті",
    no_history="Історії цього населеного пункту немає.",
    timeline_caption="{place}: статус за днями карт",
    timeline_headings=("Статус", "Від", "До", "Критерій"),
    criteria={"point": "точка"},
    still="так само на останній карті",
    area_caption="Площа за статусом, {day}, {scope}",
    area_headings=("Статус", "Площа", "У квадратних милях"),
    area_note="км² за днями; розрив із рискою під ним — день без карти.",
    made="Зроблено програмою contested {version}.",
    source_rows=(
        "Як посилатися", "Походження", "Дати", "Умови", "Умови прочитано",
        "Дозволено без запиту", "Про решту питати",
    ),
    lineage="{lineage}: джерела одного походження — один голос",
    nothing="нічого",
    allowed={
        Use.STORE: "зберігати",
        Use.PUBLISH_IMAGE: "публікувати зображення",
        Use.PUBLISH_GEOMETRY: "публікувати геометрію",
        Use.PUBLISH_AGGREGATE: "публікувати цифри",
        Use.COMMERCIAL: "комерційне використання",
    },
    input_caption="Усі файли, з яких зроблено цю сторінку, із SHA-256 їхнього вмісту",
    input_headings=("Файл", "Карта за", "Джерело", "SHA-256"),
    no_day="основа карти",
    kinds={
        "countries": "узбережжя й державні кордони", "gazetteer": "назви й точки населених пунктів",
        "rivers": "річки", "lakes": "озера", "roads": "дороги", "oblasts": "області",
    },
    method_caption="Як обчислено цифри",
    method_headings=("Показник", "Версія", "Метод"),
    methods={
        "area": (
            "Точний поділ карти за статусом у сталому порядку, геодезична площа на WGS84."
        ),
        "changes": (
            "Територія, статус якої на двох картах різний; смуги, вужчі за 1 м, — "
            "це перемальовування."
        ),
        "share": "Частка геодезичного круга або його чверті, яку займає статус.",
        "timeline": (
            "Статус точки населеного пункту з покажчика на кожній карті; дні — це дні карт."
        ),
    },
    map_file="карта місцевості, {use}; {name}.json називає всі вхідні файли",
    uses={"svg": "для редагування", "pdf": "для друку", "png": "для екрана"},
    chart_file="{words}; цифри — у {name}.json",
    no_chart="немає графіка «{words}»: {error}",
    charts={
        "strips": "статус населеного пункту в часі",
        "multiples": "населений пункт за вісьмома датами",
        "changes": "окупована й більше не окупована територія за місяцями",
        "front": "довжина фронту за лінійкою",
        "corridor": "ширина коридору до населеного пункту",
    },
    table_file="таблиця: {words}",
    tables={
        "areas.csv": "площа за статусом",
        "history.csv": "статуси населеного пункту з їхніми днями",
        "changes.csv": "територія поруч, статус якої змінився",
        "shares.csv": "частки виміряної території",
    },
    check_page="твердження статті, порівняні з датованими картами (англійською)",
    check_table="таблиця: кожне твердження і висновок про нього (англійською)",
    untranslated=(
        "Англійською лишаються: назви, умови й дати джерел, ключі методів, повідомлення про "
        "відсутні графіки, стовпці таблиць CSV, файли JSON і перевірка статті."
    ),
)  # fmt: skip

_BY_CODE: Final = {"en": _ENGLISH, "uk": _UKRAINIAN}


def report_words(language: Language) -> ReportWords:
    """Return the words of reports in a language."""
    return _BY_CODE[language.code]
