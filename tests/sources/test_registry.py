"""The `source.toml` of every source: complete, true to its reader, and refused when broken."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from contested.errors import InputError, RightsError, UsageError
from contested.records import Use
from contested.rights import may
from contested.sources.deepstate import rules
from contested.sources.deepstate_daily import parse as daily
from contested.sources.registry import all_sources, read_source, source

NAMES = [one.name for one in all_sources()]


def toml_of(name: str) -> str:
    path = resources.files("contested.sources").joinpath(name, "source.toml")
    return path.read_text(encoding="utf-8")


def test_the_three_sources_in_order_of_rank() -> None:
    assert NAMES == ["deepstate", "deepstate_daily", "settlements"]


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'isw'; known: deepstate, deepstate_daily, settlements"):
        source("isw")


def test_what_a_source_carries_is_what_its_reader_can_read() -> None:
    assert source("deepstate").carries == rules.CARRIES
    assert source("deepstate_daily").carries == daily.CARRIES


def test_kinds_and_lineage() -> None:
    assert {one.name: one.kind for one in all_sources()} == {
        "deepstate": "areas",
        "deepstate_daily": "areas",
        "settlements": "points",
    }
    assert {one.lineage for one in all_sources()} == {"deepstate"}


def test_a_mirror_grants_no_rights() -> None:
    full, mirror = source("deepstate").rights, source("deepstate_daily").rights
    assert mirror.allowed == full.allowed
    assert (mirror.terms_url, mirror.ask, mirror.read_on) == (
        full.terms_url,
        full.ask,
        full.read_on,
    )


@pytest.mark.parametrize("name", ["deepstate", "deepstate_daily"])
def test_deepstate_own_use_and_credited_pictures_yes_geometry_no(name: str) -> None:
    assert source(name).rights.allowed == {Use.STORE, Use.PUBLISH_IMAGE, Use.PUBLISH_AGGREGATE}
    with pytest.raises(RightsError, match="DEEPSTATEUATECH"):
        may(
            source(name),
            Use.PUBLISH_GEOMETRY,
            permits=(),
            on=date(2026, 1, 1),
            as_of=date(2025, 8, 3),
        )


def test_settlements_allow_every_use_with_both_credits() -> None:
    found = source("settlements")
    assert found.rights.allowed == set(Use)
    credit = " ".join(found.credits)
    assert "DeepState" in credit
    assert "GeoNames" in credit
    assert "CC BY 4.0" in credit


@pytest.mark.parametrize("name", NAMES)
def test_every_source_credits_and_says_what_was_checked(name: str) -> None:
    found = source(name)
    assert found.credit
    assert found.credits
    assert found.rights.checked
    assert found.rights.terms_url.startswith("https://")
    assert found.fetch_url is None or found.fetch_url.startswith("https://")


@pytest.mark.parametrize("name", NAMES)
def test_every_source_has_a_readme(name: str) -> None:
    readme = resources.files("contested.sources").joinpath(name, "README.md")
    text = readme.read_text(encoding="utf-8")
    assert source(name).rights.terms_url in text
    for heading in ("## Files", "## Dates", "## Traps", "## Terms"):
        assert heading in text


def test_all_faults_are_named_at_once() -> None:
    text = toml_of("settlements")
    text = text.replace('kind = "points"', 'kind = "dots"').replace("rank = 9", 'rank = "last"')
    text = text.replace("commercial = true", 'commercial = "yes"')
    text = text.replace('"free"', '"freed"').replace("store = true\n", "")
    with pytest.raises(InputError) as caught:
        read_source("settlements", text)
    for part in ("kind", "rank", "rights.commercial", "'freed'", "rights.store", "of settlements"):
        assert part in str(caught.value)


@pytest.mark.parametrize("key", ["title", "lineage", "date_rule", "file_pattern", "credit"])
def test_a_missing_text_is_named(key: str) -> None:
    lines = [line for line in toml_of("deepstate").splitlines() if not line.startswith(f"{key} =")]
    with pytest.raises(InputError, match=f"{key} must be a text"):
        read_source("deepstate", "\n".join(lines))


@pytest.mark.parametrize("text", ["kind = ", "= 3", "[rights"])
def test_not_toml(text: str) -> None:
    with pytest.raises(InputError, match=r"source\.toml of lake"):
        read_source("lake", text)


def test_without_rights_there_is_no_source() -> None:
    text = toml_of("deepstate").split("[rights]")[0]
    with pytest.raises(InputError, match=r"\[rights\] is missing"):
        read_source("deepstate", text)
