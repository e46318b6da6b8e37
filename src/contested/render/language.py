"""The words of a map in English and in Ukrainian. Frozen; nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from contested.records import Status

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Language:
    """Everything a map says, in one language.

    Attributes
    ----------
    day, short_day
        Templates with ``day``, ``month`` and ``year``.
    countries
        Names of the base map's countries and seas, by their English names.
    assessors
        How a source's own word for itself is written in a sentence.
    roles
        What a credit is for, by its English word: "Map data".
    rivers
        Names of rivers by the names in Natural Earth's files.
    oblasts
        Names of oblasts by their official Ukrainian ones; one that is not here keeps its own.
    mile_forms
        Word for 1, for 2 to 4 (and other fractions), for the rest.
    """

    code: str
    day: str
    short_day: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    months_axis: tuple[str, ...]
    statuses: Mapping[Status, str]
    settlements: Mapping[Status, str]
    conjunction: str
    alternative: str
    ground: str
    assessed: str
    deck: str
    deck_since: str
    not_held: str
    not_held_brief: str
    not_held_entry: str
    gained: str
    lost: str
    unchanged: str
    too_small: str
    ring: str
    points: str
    disclaimer: str
    short_disclaimer: str
    sources: str
    km: str
    mile_forms: tuple[str, str, str]
    countries: Mapping[str, str]
    assessors: Mapping[str, str]
    roles: Mapping[str, str]
    rivers: Mapping[str, str]
    oblasts: Mapping[str, str]
    nothing_here: str
    depth: str
    depth_note: str
    reach_ring: str
    reach_note: str
    front: str
    alt: str
    alt_ground: str
    alt_dots: str
    alt_since: str
    square_miles: str
    held_not: str
    under: str
    over: str
    decimal: str = "."


ENGLISH: Final = Language(
    code="en",
    day="{day} {month} {year}",
    short_day="{day} {month}",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    months_short=(
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
    months_axis=(
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
    statuses={
        Status.OCCUPIED: "occupied since 2022",
        Status.HELD_SINCE_2014: "held by Russia since 2014",
        Status.CONTROLLED: "controlled by Russia",
        Status.CONTESTED: "contested or unknown",
        Status.LIBERATED: "regained by Ukraine",
        Status.UA_HELD_IN_RUSSIA: "held by Ukraine in Russia",
        Status.FREE: "government-controlled",
    },
    settlements={
        Status.OCCUPIED: "occupied",
        Status.HELD_SINCE_2014: "held by Russia since 2014",
        Status.CONTROLLED: "controlled by Russia",
        Status.CONTESTED: "contested or unknown",
        Status.LIBERATED: "regained by Ukraine",
        Status.UA_HELD_IN_RUSSIA: "held by Ukraine in Russia",
        Status.FREE: "government-controlled",
    },
    conjunction="and",
    alternative="or",
    ground="ground “{status}”",
    assessed="As assessed by {title}, map of {day}; not independently confirmed.",
    deck="Control of terrain as assessed by {title}",
    deck_since="Control of terrain as assessed by {title}, and changes since {since}",
    not_held=(
        "Not held: for {day}, {title} carries no {statuses}. "
        "That says nothing about whether there was any."
    ),
    not_held_brief="Not held for this date: {statuses}; there may have been some.",
    not_held_entry="{status}: not held for this date",
    gained="newly occupied since {since}",
    lost="no longer occupied since {since}",
    unchanged="no change of occupied ground here since {since}",
    too_small="too small to see at this scale: {statuses}",
    ring="ring of {sizes} km, as measured",
    points="Settlements are drawn as dots, never as areas.",
    disclaimer=(
        "Borders and place names are drawn and worded for orientation. They express no opinion on "
        "the legal status of any territory or its authorities and imply no endorsement by the "
        "makers of this map. Ukraine is shown within its internationally recognised borders."
    ),
    short_disclaimer=(
        "Borders and names imply no opinion on legal status; Ukraine is shown within its "
        "internationally recognised borders."
    ),
    sources="Sources: {credits}.",
    km="km",
    mile_forms=("mile", "miles", "miles"),
    countries={"Kosovo (UNSCR 1244)": "Kosovo"},
    assessors={"DeepState (daily mirror)": "DeepState"},
    roles={"Map data": "map data", "Daily files": "daily files", "Place names": "place names"},
    rivers={
        "Bug": "Western Bug", "Desna": "Desna", "Dnieper": "Dnipro", "Dniester": "Dnister",
        "Danube": "Danube", "Don": "Don", "Donets": "Siverskyi Donets", "Haryn": "Horyn",
        "Kuban": "Kuban", "Oskol": "Oskil", "Pripyat": "Prypiat", "Prypyat": "Prypiat",
        "Prut": "Prut", "Ros": "Ros", "Seversky Donets": "Siverskyi Donets", "Seym": "Seim",
        "Sluch": "Sluch", "Southern Bug": "Southern Buh", "Styr": "Styr", "Synyukha": "Syniukha",
        "Teteriv": "Teteriv", "Tisa": "Tysa", "Uzh": "Uzh", "Zakhidnyy Buh": "Western Bug",
    },
    oblasts={
        "Івано-Франківська область": "Ivano-Frankivsk Oblast",
        "Автономна Республіка Крим": "Crimea", "Волинська область": "Volyn Oblast",
        "Вінницька область": "Vinnytsia Oblast",
        "Дніпропетровська область": "Dnipropetrovsk Oblast", "Донецька область": "Donetsk Oblast",
        "Житомирська область": "Zhytomyr Oblast", "Закарпатська область": "Zakarpattia Oblast",
        "Запорізька область": "Zaporizhzhia Oblast", "Київська область": "Kyiv Oblast",
        "Кіровоградська область": "Kirovohrad Oblast", "Луганська область": "Luhansk Oblast",
        "Львівська область": "Lviv Oblast", "Миколаївська область": "Mykolaiv Oblast",
        "Одеська область": "Odesa Oblast", "Полтавська область": "Poltava Oblast",
        "Рівненська область": "Rivne Oblast", "Сумська область": "Sumy Oblast",
        "Тернопільська область": "Ternopil Oblast", "Харківська область": "Kharkiv Oblast",
        "Херсонська область": "Kherson Oblast", "Хмельницька область": "Khmelnytskyi Oblast",
        "Черкаська область": "Cherkasy Oblast", "Чернівецька область": "Chernivtsi Oblast",
        "Чернігівська область": "Chernihiv Oblast",
    },
    nothing_here="no ground with a status in this frame",
    depth="{length}",
    depth_note=(
        "salient: {length} from the middle of its mouth to its tip ({low}–{high} km by ruler)"
    ),
    reach_ring="{km} km",
    reach_note="within {km} of occupied ground: about {people} people ({low}–{high})",
    front="front line",
    alt="Map, {km} km wide: {title}, as assessed by {source} on its map of {day}.",
    alt_ground="Ground shown: {statuses}.",
    alt_dots="{count} settlements are shown as dots.",
    alt_since="Changes since {since} are marked.",
    square_miles="sq mi",
    held_not="not held",
    under="under {share}",
    over="over {share}",
)  # fmt: skip

UKRAINIAN: Final = Language(
    code="uk",
    day="{day} {month} {year}",
    short_day="{day} {month}",
    months=(
        "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
        "жовтня", "листопада", "грудня",
    ),
    months_short=(
        "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
        "жовтня", "листопада", "грудня",
    ),
    months_axis=(
        "січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.",
        "лист.", "груд.",
    ),
    statuses={
        Status.OCCUPIED: "окуповано з 2022 року",
        Status.HELD_SINCE_2014: "під контролем Росії з 2014 року",
        Status.CONTROLLED: "під контролем Росії",
        Status.CONTESTED: "спірна або невідома територія",
        Status.LIBERATED: "повернуто Україною",
        Status.UA_HELD_IN_RUSSIA: "під контролем України в Росії",
        Status.FREE: "під контролем уряду",
    },
    settlements={
        Status.OCCUPIED: "окуповано",
        Status.HELD_SINCE_2014: "під контролем Росії з 2014 року",
        Status.CONTROLLED: "під контролем Росії",
        Status.CONTESTED: "спірно або невідомо",
        Status.LIBERATED: "повернуто Україною",
        Status.UA_HELD_IN_RUSSIA: "під контролем України в Росії",
        Status.FREE: "під контролем уряду",
    },
    conjunction="і",
    alternative="або",
    ground="території «{status}»",
    assessed="За оцінкою {title} за {day}; незалежно не підтверджено.",
    deck="Контроль території за оцінкою {title}",
    deck_since="Контроль території за оцінкою {title} та зміни після {since}",
    not_held=(
        "Немає даних: за {day} {title} не показує {statuses}. "
        "Це не означає, що її не було."
    ),
    not_held_brief="За цей день немає даних про {statuses}; така могла бути.",
    not_held_entry="{status}: за цей день немає даних",
    gained="окуповано після {since}",
    lost="більше не окуповано після {since}",
    unchanged="окупована територія тут не змінилася після {since}",
    too_small="замалі для цього масштабу: {statuses}",
    ring="коло {sizes} км, у якому виміряно",
    points="Населені пункти показано точками, а не площами.",
    disclaimer=(
        "Кордони й назви подано для орієнтації. Вони не виражають думки щодо правового статусу "
        "будь-якої території чи її влади. Україну показано в міжнародно визнаних кордонах."
    ),
    short_disclaimer=(
        "Кордони й назви не виражають думки щодо правового статусу; Україну показано в міжнародно "
        "визнаних кордонах."
    ),
    sources="Джерела: {credits}.",
    km="км",
    mile_forms=("миля", "милі", "миль"),
    countries={
        "Belarus": "Білорусь", "Bulgaria": "Болгарія", "Georgia": "Грузія",
        "Hungary": "Угорщина", "Kosovo (UNSCR 1244)": "Косово", "Lithuania": "Литва",
        "Moldova": "Молдова", "Montenegro": "Чорногорія", "Poland": "Польща",
        "Romania": "Румунія", "Russia": "Росія", "Serbia": "Сербія", "Slovakia": "Словаччина",
        "Ukraine": "Україна", "Black Sea": "Чорне море", "Sea of Azov": "Азовське море",
    },
    assessors={
        "DeepState (daily mirror)": "DeepState",
        "DeepState, at settlements’ points": "DeepState (за населеними пунктами)",
    },
    roles={
        "Map data": "дані карти", "Daily files": "щоденні файли", "Place names": "назви місць",
    },
    rivers={
        "Bug": "Західний Буг", "Desna": "Десна", "Dnieper": "Дніпро", "Dniester": "Дністер",
        "Danube": "Дунай", "Don": "Дон", "Donets": "Сіверський Донець", "Haryn": "Горинь",
        "Kuban": "Кубань", "Oskol": "Оскіл", "Pripyat": "Прип’ять", "Prypyat": "Прип’ять",
        "Prut": "Прут", "Ros": "Рось", "Seversky Donets": "Сіверський Донець", "Seym": "Сейм",
        "Sluch": "Случ", "Southern Bug": "Південний Буг", "Styr": "Стир", "Synyukha": "Синюха",
        "Teteriv": "Тетерів", "Tisa": "Тиса", "Uzh": "Уж", "Zakhidnyy Buh": "Західний Буг",
    },
    oblasts={"Автономна Республіка Крим": "Крим"},
    nothing_here="у цьому кадрі немає території зі статусом",
    depth="{length}",
    depth_note=(
        "виступ: {length} від середини горловини до вістря "
        "(за різними мірками {low}–{high} км)"
    ),
    reach_ring="{km} км",
    reach_note="до {km} від окупованої території: близько {people} людей ({low}–{high})",
    front="лінія фронту",
    alt="Карта завширшки {km} км: {title}, за оцінкою {source}, день карти {day}.",
    alt_ground="Показано: {statuses}.",
    alt_dots="Населених пунктів показано точками: {count}.",
    alt_since="Позначено зміни після {since}.",
    square_miles="кв. миль",
    held_not="немає даних",
    under="менш як {share}",
    over="понад {share}",
    decimal=",",
)  # fmt: skip

LANGUAGES: Final = {one.code: one for one in (ENGLISH, UKRAINIAN)}
