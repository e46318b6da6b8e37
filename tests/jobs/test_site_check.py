"""Claims of a checked article as pins: only what was compared, of a settlement, in few words."""

from __future__ import annotations

import json

import pytest

from contested.errors import UsageError
from contested.jobs.site_check import QUOTED_WORDS, page_claims

TOWN = {"name": "Westtown", "kind": "settlement", "role": "place", "lat": 48.2, "lon": 36.2}
REGION = {"name": "West", "kind": "admin", "role": "place", "lat": None, "lon": None}


def claim(number: int, *places, verdict="supported", quote="it fell", days=()):
    return {
        "id": f"{number:012x}",
        "quote": quote,
        "places": list(places),
        "attribution": {"speaker": "Nobody Private", "private": True},
        "verdict": {
            "verdict": verdict,
            "sentence": "It did.",
            "number": "4 km",
            "maps": [{"as_of": day, "shown_as": "a map"} for day in days],
        },
    }


def written(tmp_path, *claims):
    path = tmp_path / "check.json"
    article = {"title": "On the war", "published": "2023-01-04", "sha256": "0" * 64}
    path.write_text(json.dumps({"article": article, "checked": {}, "claims": claims}))
    return path


def test_only_compared_claims_about_a_settlement_become_pins(tmp_path):
    reference = {**TOWN, "role": "reference"}
    path = written(
        tmp_path,
        claim(1, REGION, TOWN),
        claim(2, REGION),
        claim(3, TOWN, verdict="not checkable"),
        claim(4, reference),
    )
    found = page_claims(path)
    assert [pin["id"] for pin in found["pins"]] == ["000000000001"]
    assert found["read"] == 4
    assert found["pins"][0]["at"] == [36.2, 48.2]


def test_who_said_it_is_left_out(tmp_path):
    assert "Nobody" not in json.dumps(page_claims(written(tmp_path, claim(1, TOWN))))


def test_a_long_quote_is_cut(tmp_path):
    found = page_claims(written(tmp_path, claim(1, TOWN, quote="word " * 90)))
    quote = found["pins"][0]["quote"]
    assert quote == "word " * QUOTED_WORDS + "…"


def test_maps_after_publication_are_not_shown_as_its_evidence(tmp_path):
    days = ("2023-01-05", "2023-01-01", "2023-01-03")
    found = page_claims(written(tmp_path, claim(1, TOWN, days=days)))
    assert found["pins"][0]["days"] == ["2023-01-01", "2023-01-03"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"claims": 3}', b"\xff\xfe", b"null"])
def test_a_file_that_is_no_check_is_one_line(tmp_path, content):
    path = tmp_path / "check.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="is not what `contested check") as caught:
        page_claims(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        page_claims(tmp_path / "none.json")
