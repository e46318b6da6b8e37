"""A gazetteer of a dozen places, so that every answer can be worked out by hand."""

from __future__ import annotations

from contested.places.build import renderings
from contested.places.extent import kind_of
from contested.places.gazetteer import Gazetteer
from contested.places.index import Entry, Form, MemoryIndex
from contested.records import Place, Population


def settlement(
    place_id, name, uk, lon, lat, admin1, population=None, *, country="UA", other=(), former=()
):
    figures = (Population(population, None, "GeoNames, undated"),) if population else ()
    place = Place(
        id=place_id,
        name=name,
        lon=lon,
        lat=lat,
        kind=kind_of(population) if population else "village",
        population=population,
        population_source=figures[0].source if figures else None,
        admin1=admin1,
        country=country,
        populations=figures,
        uncertainty_km=1.0,
        source="test",
    )
    names = {name: Form.OFFICIAL}
    if uk:
        names[uk] = Form.OFFICIAL
    names.update(dict.fromkeys(other, Form.OTHER))
    names.update(dict.fromkeys(former, Form.FORMER))
    return Entry(place, renderings(names))


def area(place_id, kind, names, *, country="UA", admin1=None, lon=37.5, lat=48.0):
    place = Place(place_id, names[0], lon, lat, kind, admin1=admin1, country=country)
    return Entry(place, tuple((name, Form.OFFICIAL) for name in names))


DONETSK_OBLAST = ("Donetsk Oblast", "Donetsk region", "Donetsk", "Донецька область")
KURSK_OBLAST = ("Kursk Oblast", "Kursk region", "Kursk")

ENTRIES = (
    settlement("t:pokrovsk", "Pokrovsk", "Покровськ", 37.177, 48.280, "05", 60_127,
               former=("Krasnoarmiisk",)),
    settlement("t:pokrovsk-yakut", "Pokrovsk", None, 129.139, 61.479, "63", 9_763, country="RU"),
    settlement("t:pokrovske-04", "Pokrovske", "Покровське", 36.24, 47.98, "04", 10_000),
    settlement("t:pokrovske-05", "Pokrovske", "Покровське", 38.14, 48.61, "05", 600),
    settlement("t:kramatorsk", "Kramatorsk", "Краматорськ", 37.568, 48.731, "05", 147_145),
    settlement("t:myrnohrad", "Myrnohrad", "Мирноград", 37.265, 48.310, "05", 46_098),
    settlement("t:lyman-05", "Lyman", "Лиман", 37.808, 48.990, "05", 20_066),
    settlement("t:lyman-07", "Lyman", "Лиман", 36.465, 49.594, "07", 4_008),
    settlement("t:lyman-17", "Lyman", "Лиман", 29.744, 45.673, "17", 1_641),
    settlement("t:kupiansk", "Kupiansk", "Куп'янськ", 37.616, 49.710, "07", 27_169),
    settlement("t:huliaipole", "Huliaipole", "Гуляйполе", 36.256, 47.667, "26", 13_446),
    settlement("t:avdiivka", "Avdiivka", "Авдіївка", 37.750, 48.140, "05", 35_826),
    settlement("t:donetsk", "Donetsk", "Донецьк", 37.803, 48.016, "05", 901_645),
    settlement("t:volodymyr", "Volodymyr", "Володимир", 24.32, 50.84, "24", 38_000),
    settlement("t:azov", "Azov", "Азов", 39.42, 47.11, "61", 80_000, country="RU"),
    settlement("t:kursk", "Kursk", None, 36.19, 51.73, "41", 448_000, country="RU"),
    area("r:05", "region", DONETSK_OBLAST, admin1="05"),
    area("r:41", "region", KURSK_OBLAST, country="RU", admin1="41", lon=36.0, lat=51.5),
    area("r:63", "region", ("Sakha",), country="RU", admin1="63", lon=129.0, lat=62.0),
    area("c:UA", "country", ("Ukraine",), lon=31.0, lat=49.0),
    area("c:RU", "country", ("Russia",), country="RU", lon=60.0, lat=58.0),
    area("s:black", "sea", ("Black Sea",), country="", lon=34.0, lat=43.0),
)  # fmt: skip

NEIGHBOURS = {"UA-05": ["UA-07", "UA-04", "UA-26"]}


def small_gazetteer() -> Gazetteer:
    return Gazetteer(MemoryIndex(ENTRIES), neighbours=NEIGHBOURS)
