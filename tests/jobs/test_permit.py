"""Permits and shown terms in a real ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from contested.errors import BookDamagedError, RightsError, UsageError
from contested.jobs.permit import (
    ask,
    held_permits,
    permit_body,
    read_permit,
    record_permits,
    record_terms,
    terms_pending,
    withdraw_permits,
)
from contested.records import Draft, Permit, Use
from contested.rights import may
from contested.sources.registry import source
from contested.store.book import Book
from contested.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)
LETTER = Permit(
    "deepstate", Use.PUBLISH_GEOMETRY, "DeepState", "letter of 2025-10-02", date(2025, 10, 2)
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    Ledger.create(tmp_path / "ledger.sqlite")
    found = Ledger.write(tmp_path / "ledger.sqlite")
    yield found
    found.close()


def record(ledger: Ledger, *uses: Use, **changes: object) -> tuple[Permit, ...]:
    options = {
        "source_name": "deepstate",
        "by": LETTER.by,
        "ref": LETTER.ref,
        "granted_on": LETTER.granted_on,
        "at": NOW,
    }
    return record_permits(ledger, uses=uses or [LETTER.use], **(options | changes))


def test_a_permit_is_read_back_as_it_was_recorded(ledger: Ledger) -> None:
    assert record(ledger) == (LETTER,)
    assert held_permits(ledger) == (LETTER,)
    (entry,) = ledger.entries()
    assert (entry.kind, entry.source, entry.at) == ("permit", "deepstate", NOW)
    assert entry.body == {
        "use": "publish_geometry",
        "by": "DeepState",
        "ref": "letter of 2025-10-02",
        "granted_on": "2025-10-02",
    }


def test_body_and_permit_are_each_others_inverse() -> None:
    assert read_permit("deepstate", permit_body(LETTER)) == LETTER


def test_several_uses_are_several_permits(ledger: Ledger) -> None:
    record(ledger, Use.COMMERCIAL, Use.PUBLISH_GEOMETRY, Use.COMMERCIAL)
    assert [permit.use for permit in held_permits(ledger)] == [
        Use.COMMERCIAL,
        Use.PUBLISH_GEOMETRY,
    ]


def test_the_same_permit_is_recorded_once(ledger: Ledger) -> None:
    record(ledger)
    assert record(ledger) == ()
    assert len(held_permits(ledger)) == 1


def test_a_recorded_permit_opens_what_the_terms_close(ledger: Ledger) -> None:
    record(ledger)
    for name in ("deepstate", "deepstate_daily"):
        may(
            source(name),
            Use.PUBLISH_GEOMETRY,
            permits=held_permits(ledger),
            on=NOW,
            as_of=date(2025, 8, 3),
        )


def withdraw(ledger: Ledger, *uses: Use, **changes: object) -> tuple[Permit, ...]:
    options = {"source_name": "deepstate", "by": "DeepState", "ref": "mail of 2026-05-09"}
    return withdraw_permits(ledger, uses=uses or [LETTER.use], at=NOW, **(options | changes))


def test_a_withdrawn_permit_opens_nothing_and_stays_in_the_ledger(ledger: Ledger) -> None:
    record(ledger, LETTER.use, Use.COMMERCIAL)
    assert withdraw(ledger) == (LETTER,)
    assert [one.use for one in held_permits(ledger)] == [Use.COMMERCIAL]
    kinds = [(entry.kind, entry.body["ref"]) for entry in ledger.entries()]
    assert kinds == [
        ("permit", LETTER.ref), ("permit", LETTER.ref),
        ("permit_withdrawn", "mail of 2026-05-09"),
    ]  # fmt: skip
    with pytest.raises(RightsError):
        may(
            source("deepstate_daily"), LETTER.use, permits=held_permits(ledger), on=NOW,
            as_of=date(2025, 8, 1),
        )  # fmt: skip


def test_the_same_permit_can_be_given_again_after_it_was_withdrawn(ledger: Ledger) -> None:
    record(ledger)
    withdraw(ledger)
    assert record(ledger) == (LETTER,)
    assert held_permits(ledger) == (LETTER,)


def test_what_does_not_stand_cannot_be_withdrawn(ledger: Ledger) -> None:
    record(ledger, Use.COMMERCIAL)
    for wrong in ({"uses": [Use.COMMERCIAL, Use.STORE]}, {"source_name": "deepstate_daily"}):
        with pytest.raises(UsageError, match="nothing was withdrawn"):
            withdraw_permits(
                ledger, **({"source_name": "deepstate", "uses": [Use.COMMERCIAL], "by": "A",
                            "ref": "B", "at": NOW} | wrong),
            )  # fmt: skip
    with pytest.raises(UsageError, match="--ref must say something"):
        withdraw(ledger, Use.COMMERCIAL, ref=" ")
    assert [entry.kind for entry in ledger.entries()] == ["permit"]


def test_ask_puts_the_books_permits_delay_and_clock_to_the_terms(tmp_path: Path) -> None:
    book = Book.create(tmp_path / "small.book")
    options = {"as_of": date(2025, 10, 30), "now": lambda: NOW}
    with pytest.raises(RightsError, match="publishing its geometry"):
        ask(book, source("deepstate"), Use.PUBLISH_GEOMETRY, **options, delay_hours=0)
    with book.writing() as ledger:
        record(ledger)
    ask(book, source("deepstate"), Use.PUBLISH_GEOMETRY, **options, delay_hours=36)
    # 30 October ends 36 h before noon of 1 November.
    with pytest.raises(RightsError, match="delay of 48 h"):
        ask(book, source("deepstate"), Use.PUBLISH_GEOMETRY, **options)
    ask(book, source("deepstate"), Use.PUBLISH_IMAGE, as_of=date(2025, 8, 3))
    book.close()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"by": "  "}, "--by"),
        ({"ref": "\n"}, "--ref"),
        ({"granted_on": date(2025, 11, 2)}, "2025-11-02"),
        ({"source_name": "isw"}, "known: deepstate"),
    ],
)
def test_what_is_no_permit_is_not_recorded(
    ledger: Ledger, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        record(ledger, **changes)
    assert ledger.head()[0] == 0


def test_white_space_of_a_reference_is_collapsed(ledger: Ledger) -> None:
    (permit,) = record(ledger, ref=" letter\n of  2025 ")
    assert permit.ref == "letter of 2025"


@pytest.mark.parametrize(
    "body", [{}, {**permit_body(LETTER), "use": "sell"}, {**permit_body(LETTER), "granted_on": "?"}]
)
def test_an_entry_that_is_no_permit_is_damage(ledger: Ledger, body: dict[str, str]) -> None:
    ledger.append([Draft(kind="permit", at=NOW, body=body, source="deepstate")])
    with pytest.raises(BookDamagedError, match="entry 1"):
        held_permits(ledger)


def test_terms_are_pending_until_shown(ledger: Ledger) -> None:
    daily = source("deepstate_daily")
    assert terms_pending(ledger, daily)
    record_terms(ledger, daily, at=NOW)
    assert not terms_pending(ledger, daily)
    assert terms_pending(ledger, source("deepstate"))


def test_changed_terms_are_shown_again_and_a_second_reading_is_not(ledger: Ledger) -> None:
    daily = source("deepstate_daily")
    record_terms(ledger, daily, at=NOW)
    changed = replace(daily, rights=replace(daily.rights, terms="none of it"))
    reread = replace(daily, rights=replace(daily.rights, read_on=date(2030, 1, 1)))
    assert terms_pending(ledger, changed)
    assert not terms_pending(ledger, reread)
