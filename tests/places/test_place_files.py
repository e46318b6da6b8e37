"""Files that people add: read whole, or refused whole with every faulty line."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import PlaceFileError
from contested.places.files import read_cod_ab, read_csv, read_geonames
from contested.places.index import Form


def geonames_line(**more):
    fields = [""] * 19
    values = {
        0: "707753", 1: "Horlivka", 2: "Horlivka", 3: "Gorlovka,Горлівка,Горловка",
        4: "48.3336", 5: "38.0925", 6: "P", 7: "PPL", 8: "UA", 10: "05", 14: "239828",
        18: "2024-05-03",
    }  # fmt: skip
    for number, value in {**values, **{int(k[1:]): v for k, v in more.items()}}.items():
        fields[number] = value
    return "\t".join(fields)


def geonames(*lines):
    return "\n".join(lines).encode()


def faults(read, content):
    with pytest.raises(PlaceFileError) as error:
        read(content, "f")
    assert "nothing was added" in str(error.value)
    assert "\n" not in str(error.value)
    return error.value.faults


def test_a_geonames_line_becomes_a_place_with_all_its_names():
    (entry,) = read_geonames(geonames(geonames_line()), "UA.txt")
    place = entry.place
    assert (place.id, place.lon, place.lat, place.admin1) == (
        "geonames:707753",
        38.0925,
        48.3336,
        "05",
    )
    assert (place.kind, place.population) == ("city", 239_828)
    assert place.populations[0].source == "GeoNames, undated (record of 2024-05-03)"
    names = dict(entry.names)
    assert names["Horlivka"] is Form.OFFICIAL
    assert names["Горлівка"] is Form.OFFICIAL
    assert names["Горловка"] is Form.OTHER
    assert names["Gorlovka"] is Form.OTHER


def test_only_populated_places_are_read():
    lines = [geonames_line(), geonames_line(_0="1", _6="H"), geonames_line(_0="2", _7="PPLW")]
    assert len(read_geonames(geonames(*lines), "UA.txt")) == 1
    assert "no populated place" in faults(read_geonames, geonames(lines[1]))[0]


def test_every_faulty_geonames_line_is_named():
    content = geonames(
        geonames_line(),
        geonames_line(_0="2", _4="95"),
        geonames_line(_0="3", _1=""),
        geonames_line(_0="4", _5="east"),
        geonames_line(_0="5", _14="many"),
        geonames_line(),
        "half a line",
    )
    found = faults(read_geonames, content)
    assert [fault.split(":")[0] for fault in found] == [f"line {n}" for n in (2, 3, 4, 5, 6, 7)]
    assert "out of range" in found[0]
    assert "name is empty" in found[1]
    assert "in line 1" in found[4]


def test_another_layout_is_refused():
    assert "19" in faults(read_geonames, b"id,name\n1,Kyiv\n")[0]
    assert "not known" in faults(read_csv, b"city,where\nKyiv,here\n")[0]
    assert "not known" in faults(read_cod_ab, b"a,b,c\n1,2,3\n")[0]


@pytest.mark.parametrize("read", [read_geonames, read_csv, read_cod_ab])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(read, content):
    assert "empty" in faults(read, content)[0]


def test_mixed_encodings_are_named_by_line():
    content = "name,lon,lat\nКиїв,30.5,50.4\n".encode() + "Київ".encode("cp1251") + b",30,50\n"
    assert faults(read_csv, content) == ("line 3: byte 1 is not UTF-8",)
    assert "UTF-16" in faults(read_csv, "name,lon,lat".encode("utf-16"))[0]


def test_a_csv_with_all_columns():
    content = (
        "\ufeffid,name,name_uk,other_names,lon,lat,country,admin1,pcode,population,"
        "population_year,population_source,source\r\n"
        "x:1,Kotlyne,Котлине,Kotlino; Котлино,37.05,48.255,UA,05,UA1416021035,700,2001,"
        '"census, 2001",own survey\r\n'
    ).encode()
    (entry,) = read_csv(content, "mine.csv")
    assert (entry.place.id, entry.place.pcode, entry.place.kind) == (
        "x:1",
        "UA1416021035",
        "village",
    )
    assert entry.place.populations[0].year == 2001
    assert dict(entry.names)["Kotlino"] is Form.OTHER
    assert entry.place.source == "own survey"


def test_faulty_csv_lines_and_quoted_lines_are_counted_rightly():
    content = b'name,lon,lat,population,pcode\n"A\nB",1,2,,UA1\nC,nan,2,,\n,1,2,,\nD,1,2,5,\n'
    found = faults(read_csv, content)
    assert found == (
        "line 4: longitude nan, latitude 2: out of range",
        "line 5: the name is empty",
        "line 6: a population needs population_year and population_source",
    )


def test_cod_ab_by_hdx_names_and_by_plain_ones():
    hdx = "ADM4_PCODE,ADM4_EN,ADM4_UA,ADM3_PCODE\nUA1416021035,Kotlyne,Котлине,UA1416021\n"
    plain = "pcode,name_en,name_uk,hromada_pcode\nUA1416021035,Kotlyne,Котлине,UA1416021\n"
    assert read_cod_ab(hdx.encode(), "a")[0] == read_cod_ab(plain.encode(), "b")[0]
    hromadas = "pcode,name_en,name_uk,raion_pcode,lat,lon\nUA1416021,P,П,UA1416,48.2,37.1\n"
    assert read_cod_ab(hromadas.encode(), "c")[1][0].lat == 48.2


def test_duplicate_and_malformed_pcodes_are_named():
    content = b"pcode,name_en,name_uk,hromada_pcode\nUA1,A,,UA\nUA1,B,,UA\n14,C,,UA\nUA2,,,UA\n"
    found = faults(read_cod_ab, content)
    assert [fault.split(":")[0] for fault in found] == ["line 3", "line 4", "line 5"]
    assert "already, in line 2" in found[0]


def test_the_message_shows_ten_faults_and_keeps_all():
    rows = "".join("x,999,0\n" for _ in range(25))
    with pytest.raises(PlaceFileError, match="and 15 more") as error:
        read_csv(f"name,lon,lat\n{rows}".encode(), "f")
    assert len(error.value.faults) == 25


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    for read in (read_geonames, read_csv, read_cod_ab):
        with contextlib.suppress(PlaceFileError):
            assert read(content, "f")


@given(st.text(max_size=200))
def test_any_text_under_a_good_header_is_read_or_refused(text):
    for header, read in (
        ("name,lon,lat\n", read_csv),
        ("pcode,name_en,name_uk,hromada_pcode\n", read_cod_ab),
    ):
        with contextlib.suppress(PlaceFileError):
            assert read((header + text).encode("utf-8", "replace"), "f")
