"""Claims from files and fields: what is read, what is refused, whose names never leave."""

from __future__ import annotations

import json
from datetime import date

import pytest

from contested.errors import InputError
from contested.jobs.claim_files import fields_claim, read_claims
from contested.records.claim import Comparator, Kind, Naming

ROW = {
    "id": "a", "type": "distance", "places": [{"name": "Dobropillia", "kind": "PPL"}],
    "quantity": [{"value": 13, "unit": "mile", "comparator": "about"}],
    "attribution": {"naming": "reporter"}, "first6": "one two three four five six seven",
}  # fmt: skip


def written(tmp_path, *rows, name="claims.jsonl"):
    file = tmp_path / name
    file.write_text("\n".join(json.dumps(row) for row in rows))
    return file


def test_json_lines(tmp_path):
    (one,) = read_claims(written(tmp_path, ROW))
    assert one.quote == "one two three four five six"
    quantity = one.claim.quantities[0]
    assert (quantity.comparator, quantity.si_unit) == (Comparator.ABOUT, "km")
    assert quantity.si_value == pytest.approx(20.92, abs=0.01)


def test_csv(tmp_path):
    file = tmp_path / "claims.csv"
    file.write_text(
        "kind,places,value,comparator,bearing,from,to,negated\n"
        'distance,"Dobropillia,Pokrovsk",13mi,about,north,,,\n'
        "change_of_control,Selydove,,,,2024-10-20,2024-10-31,yes\n"
    )
    first, second = (one.claim for one in read_claims(file))
    assert [p.relation for p in first.places] == ["north of", None]
    assert second.time.first == date(2024, 10, 20)
    assert second.negated
    assert first.id != second.id


def test_every_faulty_line_is_named(tmp_path):
    file = written(tmp_path, {**ROW, "type": "gossip"}, ROW, {**ROW, "quantity": [{}]}, ROW)
    with pytest.raises(InputError, match=r"line 1.*line 3.*line 4") as caught:
        read_claims(file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"[1,2", b"\xff\xfe\x00", b'"text"', b"{}"])
def test_what_is_no_claim_file_is_one_line(tmp_path, content):
    file = tmp_path / "claims.jsonl"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_claims(file)
    assert "\n" not in str(caught.value)


def test_a_time_that_ends_before_it_begins_is_refused(tmp_path):
    row = {**ROW, "time": {"start": "2025-08-02", "end": "2025-08-01"}}
    with pytest.raises(InputError, match="before it begins"):
        read_claims(written(tmp_path, row))


@pytest.mark.parametrize(
    ("attribution", "private"),
    [
        ({"naming": "partly named (first name)", "speaker": "Danylo", "role": "gunner, 31"}, True),
        ({"naming": "named", "speaker": "Olha Tester", "role": "resident, 61"}, True),
        ({"naming": "named", "speaker": "Anna Tester", "role": "senior fellow"}, False),
    ],
)
def test_private_persons_leave_as_their_role(tmp_path, attribution, private):
    name = attribution["speaker"]
    row = {**ROW, "attribution": attribution, "subject": name, "first6": f"{name} said it was near"}
    (one,) = read_claims(written(tmp_path, row))
    assert one.claim.attribution.private is private
    text = f"{one.quote} {one.claim.subject} {one.claim.attribution.speaker}"
    assert (name.split()[0] in text) is not private
    if private:
        assert one.claim.attribution.role in {"gunner", "resident"}


@pytest.mark.parametrize(
    ("value", "si", "unit"),
    [("13mi", 20.92, "km"), ("63 km2", 63.0, "km2"), ("1,300 people", 1300, "people"),
     ("33 %", 0.33, "fraction"), ("500 m", 0.5, "km"), ("2", 2, "count")],
)  # fmt: skip
def test_values_with_units(value, si, unit):
    quantity = fields_claim({"kind": "distance", "value": value}).claim.quantities[0]
    assert (quantity.si_value, quantity.si_unit) == (pytest.approx(si, abs=0.01), unit)


@pytest.mark.parametrize("fields", [
    {"kind": "distance", "value": "far"},
    {"kind": "distance", "value": "13 parsecs"},
    {"kind": "rumour"},
    {"kind": "distance", "value": "3km", "comparator": "roughly"},
])  # fmt: skip
def test_fields_that_cannot_be_read_say_which(fields):
    with pytest.raises(ValueError, match=r"parsecs|far|rumour|roughly"):
        fields_claim(fields)


def test_an_outlet_in_its_own_voice_quotes_nobody(tmp_path):
    row = {**ROW, "attribution": {"naming": "reporter", "org": "DeepState Times"}}
    (one,) = read_claims(written(tmp_path, row))
    assert one.claim.attribution.naming is Naming.REPORTER
    assert one.claim.attribution.organisation is None
    assert one.claim.kind is Kind.DISTANCE
