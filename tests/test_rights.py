"""What may be done with a source, asked of hand-made sources with known answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import RightsError, UsageError
from contested.records import Permit, Rights, Source, Status, Use
from contested.rights import PUBLISHING, may, permitted, publishable_from

DAY = date(2025, 8, 3)
LATER = date(2025, 9, 1)


def a_source(*allowed: Use, name: str = "river", lineage: str = "river") -> Source:
    return Source(
        name=name,
        title="River map",
        kind="areas",
        lineage=lineage,
        rank=1,
        cadence="daily",
        date_rule="by name",
        credit="River",
        carries=frozenset({Status.OCCUPIED}),
        rights=Rights(
            allowed=frozenset(allowed),
            terms="pictures only",
            terms_url="https://river.example/terms",
            read_on=date(2025, 9, 1),
            ask="the river office",
        ),
        home="https://river.example",
        file_pattern="*.geojson",
    )


def a_permit(**changes: Any) -> Permit:
    given_ = {
        "source": "river",
        "use": Use.PUBLISH_GEOMETRY,
        "by": "the river office",
        "ref": "letter of 2025-08-20",
        "granted_on": date(2025, 8, 20),
    }
    return Permit(**(given_ | changes))


def ask(source: Source, use: Use, **options: Any) -> None:
    may(source, use, **({"permits": (), "on": LATER, "as_of": DAY} | options))


def test_allowed_by_the_terms() -> None:
    ask(a_source(Use.PUBLISH_IMAGE), Use.PUBLISH_IMAGE)


def test_refusal_is_one_line_with_term_and_whom_to_ask() -> None:
    with pytest.raises(RightsError) as caught:
        ask(a_source(Use.PUBLISH_IMAGE), Use.PUBLISH_GEOMETRY)
    text = str(caught.value)
    assert "\n" not in text
    for part in (
        "river",
        "publishing its geometry",
        "pictures only",
        "https://river.example/terms",
        "2025-09-01",
        "ask the river office",
        "contested permit river --use publish_geometry",
    ):
        assert part in text


@pytest.mark.parametrize("use", list(Use))
def test_every_use_is_refused_without_right_and_allowed_with_it(use: Use) -> None:
    with pytest.raises(RightsError):
        ask(a_source(), use)
    ask(a_source(use), use)
    ask(a_source(), use, permits=[a_permit(use=use)])


@pytest.mark.parametrize(
    "changes",
    [{"use": Use.COMMERCIAL}, {"source": "lake"}, {"granted_on": LATER + timedelta(days=1)}],
    ids=["another use", "another source", "not yet granted"],
)
def test_permit_that_does_not_cover(changes: dict[str, Any]) -> None:
    with pytest.raises(RightsError):
        ask(a_source(), Use.PUBLISH_GEOMETRY, permits=[a_permit(**changes)])


def test_permit_holds_from_the_day_it_was_granted() -> None:
    permits = [a_permit(granted_on=LATER)]
    ask(a_source(), Use.PUBLISH_GEOMETRY, permits=permits, on=LATER)
    ask(a_source(), Use.PUBLISH_GEOMETRY, permits=permits, on=datetime(2025, 9, 1, tzinfo=UTC))


def test_permit_for_the_origin_covers_the_mirror_and_not_the_other_way_round() -> None:
    origin, mirror = a_source(), a_source(name="mirror", lineage="river")
    of_origin, of_mirror = a_permit(), a_permit(source="mirror")
    assert permitted(mirror, Use.PUBLISH_GEOMETRY, permits=[of_origin], on=LATER)
    assert not permitted(origin, Use.PUBLISH_GEOMETRY, permits=[of_mirror], on=LATER)


@pytest.mark.parametrize("use", sorted(PUBLISHING))
def test_delay_counts_from_the_end_of_the_day_shown(use: Use) -> None:
    # The map of 3 August may have changed until midnight; 48 h later it is 6 August, 00:00.
    assert publishable_from(DAY, 48) == datetime(2025, 8, 6, tzinfo=UTC)
    source, early = a_source(use), datetime(2025, 8, 5, 23, 59, 59, tzinfo=UTC)
    with pytest.raises(RightsError, match="2025-08-06 00:00 UTC"):
        ask(source, use, on=early)
    ask(source, use, on=early + timedelta(seconds=1))
    ask(source, use, on=date(2025, 8, 6))
    with pytest.raises(RightsError):
        ask(source, use, on=date(2025, 8, 5))


def test_delay_counts_from_the_moment_where_one_is_known() -> None:
    source, noon = a_source(Use.PUBLISH_IMAGE), datetime(2025, 8, 3, 12, tzinfo=UTC)
    ask(source, Use.PUBLISH_IMAGE, as_of=noon, on=noon + timedelta(hours=48))
    with pytest.raises(RightsError):
        ask(source, Use.PUBLISH_IMAGE, as_of=noon, on=noon + timedelta(hours=47, minutes=59))


def test_moments_of_other_time_zones_are_compared_in_utc() -> None:
    source, kyiv = a_source(Use.PUBLISH_IMAGE), timezone(timedelta(hours=3))
    with pytest.raises(RightsError):
        ask(source, Use.PUBLISH_IMAGE, on=datetime(2025, 8, 6, 2, 59, tzinfo=kyiv))
    ask(source, Use.PUBLISH_IMAGE, on=datetime(2025, 8, 6, 3, tzinfo=kyiv))


def test_own_use_knows_no_delay() -> None:
    ask(a_source(Use.STORE), Use.STORE, on=DAY)


def test_a_permit_does_not_lift_the_delay() -> None:
    with pytest.raises(RightsError, match="delay of 48 h"):
        ask(a_source(), Use.PUBLISH_GEOMETRY, permits=[a_permit(granted_on=DAY)], on=DAY)


def test_delay_is_a_setting_but_never_negative() -> None:
    source, next_day = a_source(Use.PUBLISH_IMAGE), date(2025, 8, 4)
    ask(source, Use.PUBLISH_IMAGE, on=next_day, delay_hours=0)
    with pytest.raises(UsageError, match="-1 h"):
        ask(source, Use.PUBLISH_IMAGE, on=next_day, delay_hours=-1)


@given(delay=st.integers(0, 1000), hours=st.integers(0, 2000))
def test_published_is_never_younger_than_the_delay(delay: int, hours: int) -> None:
    shown = datetime(2025, 8, 3, tzinfo=UTC)
    try:
        ask(
            a_source(Use.PUBLISH_IMAGE),
            Use.PUBLISH_IMAGE,
            as_of=shown,
            on=shown + timedelta(hours=hours),
            delay_hours=delay,
        )
    except RightsError:
        assert hours < delay
    else:
        assert hours >= delay
