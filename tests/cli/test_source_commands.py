"""`sources`, `permit`, `fetch` and `update` as a person or a program calls them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import contested.cli.fetch
import contested.cli.update
from contested.cli.main import main
from contested.errors import ContestedError, UsageError
from contested.jobs.fetch import Network
from contested.jobs.permit import held_permits
from contested.records import EntryKind, Permit, Use
from contested.sources.deepstate_daily.fetch import file_name
from contested.sources.download import Limits
from contested.store.book import Book
from loopback import Answer, Publisher, publishing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2025, 8, 3, 6, tzinfo=UTC)
DAYS = (date(2025, 8, 2), date(2025, 8, 3))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "small.book"
    Book.create(path).close()
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def said(result: Result) -> str:
    """Return the one line with which the program would refuse."""
    assert isinstance(result.exception, ContestedError), result.exception
    text = str(result.exception)
    assert "\n" not in text
    return text


def permit(book: Path, *more: str, source: str = "deepstate") -> Result:
    arguments = ["--use", "publish_geometry", "--by", "DeepState", "--ref", "letter 7"]
    return run("permit", source, "--book", str(book), *arguments, *more)


def test_sources_without_a_book(tmp_path: Path) -> None:
    result = run("sources", "--book", str(tmp_path / "none"))
    assert result.exit_code == 0
    for part in ("deepstate_daily", "settlements", "points", "license-en.html", "geometry"):
        assert part in result.stdout


def test_sources_as_json_with_the_permits_of_a_book(book: Path) -> None:
    permit(book, "--granted-on", "2025-10-02")
    result = run("sources", "--json", "--book", str(book))
    told = {one["name"]: one for one in json.loads(result.stdout)}
    assert list(told) == ["deepstate", "deepstate_daily", "settlements"]
    for name in ("deepstate", "deepstate_daily"):
        assert told[name]["uses"] == {
            "store": "allowed",
            "publish_image": "allowed",
            "publish_geometry": "permitted",
            "publish_aggregate": "allowed",
            "commercial": "ask",
        }
    assert told["deepstate"]["permits"] == [
        {
            "source": "deepstate",
            "use": "publish_geometry",
            "by": "DeepState",
            "ref": "letter 7",
            "granted_on": "2025-10-02",
        }
    ]
    assert told["settlements"]["kind"] == "points"


def test_one_source_in_full(book: Path) -> None:
    result = run("sources", "deepstate_daily", "--book", str(book))
    assert "day D-1" in result.stdout
    assert "controlled" in result.stdout


def test_an_unknown_source() -> None:
    assert "known: deepstate" in said(run("sources", "isw"))


def test_a_permit_is_recorded_and_said(book: Path) -> None:
    result = permit(book, "--granted-on", "2025-10-02")
    assert result.exit_code == 0
    assert "publish_geometry of deepstate recorded, by DeepState" in result.stdout
    assert held_permits(Book.open(book).ledger) == (
        Permit("deepstate", Use.PUBLISH_GEOMETRY, "DeepState", "letter 7", date(2025, 10, 2)),
    )
    assert "nothing new" in permit(book, "--granted-on", "2025-10-02").stdout


def test_a_permit_holds_from_today_unless_said(book: Path) -> None:
    before = datetime.now(UTC).date()
    (told,) = json.loads(permit(book, "--json").stdout)
    assert before <= date.fromisoformat(told["granted_on"]) <= datetime.now(UTC).date()


def test_a_permit_is_withdrawn_and_said(book: Path) -> None:
    permit(book, "--granted-on", "2025-10-02")
    refused = permit(book, "--withdraw", "--granted-on", "2025-10-02")
    assert "--granted-on is no day of a withdrawal" in said(refused)
    result = permit(book, "--withdraw")
    assert "holds no longer (granted on 2025-10-02 by DeepState)" in result.stdout
    assert held_permits(Book.open(book).ledger) == ()
    assert "nothing was withdrawn" in said(permit(book, "--withdraw"))
    permit(book, "--granted-on", "2025-10-02")
    (told,) = json.loads(permit(book, "--withdraw", "--json").stdout)
    assert (told["use"], told["granted_on"]) == ("publish_geometry", "2025-10-02")


def test_a_permit_for_a_mirror_names_who_can_permit(book: Path) -> None:
    result = permit(book, source="deepstate_daily")
    assert "derives from deepstate: only DeepState" in result.stdout


def test_a_permit_without_a_book_or_with_an_unknown_use(tmp_path: Path) -> None:
    assert "there is no book" in said(permit(tmp_path / "none"))
    result = permit(tmp_path, "--use", "sell")
    assert result.exit_code == 2
    assert "'sell' is not one of" in result.output


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    with publishing() as found:
        network = Network(
            base_url=found.url,
            limits=Limits(attempts=1, timeout_s=1),
            pause_s=0,
            now=lambda: NOW,
            sleep=lambda _: None,
        )
        for module, name in ((contested.cli.fetch, "fetch"), (contested.cli.update, "update")):
            monkeypatch.setattr(module, name, partial(getattr(module, name), network=network))
        for number, day in enumerate(DAYS):
            found.will("/" + file_name(day), Answer(200, a_map(number)))
        yield found


def a_map(offset: float) -> bytes:
    west = 35 + offset
    ring = [[west, 48], [west + 1, 48], [west + 1, 49], [west, 49], [west, 48]]
    geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def fetch(book: Path, *more: str) -> Result:
    return run("fetch", "deepstate_daily", "--from", "2025-08-02", "--book", str(book), *more)


def update(book: Path, *more: str) -> Result:
    return run("update", "--from", "2025-08-02", "--book", str(book), *more)


def test_terms_are_shown_and_must_be_accepted_where_nobody_can_be_asked(
    book: Path, publisher: Publisher
) -> None:
    result = fetch(book)
    assert "give --accept-terms" in said(result)
    assert "redistribution of its map data" in result.stderr
    assert result.stdout == ""
    assert publisher.asked == []


def test_fetch_says_what_it_did_and_what_to_do_next(book: Path, publisher: Publisher) -> None:
    result = fetch(book, "--accept-terms")
    assert result.exit_code == 0
    assert "2 files asked for, 2 new, 0 unchanged" in result.stdout
    assert f"contested ingest deepstate_daily {book}/incoming/deepstate_daily" in result.stdout
    again = fetch(book)
    assert "asked less than an hour ago; next at 07:00 UTC" in again.stdout
    assert again.stderr == ""
    assert len(publisher.asked) == 2


def test_fetch_as_json(book: Path, publisher: Publisher) -> None:
    told = json.loads(fetch(book, "--accept-terms", "--json").stdout)
    assert told == {
        "source": "deepstate_daily",
        "asked": 2,
        "new": [str(book / "incoming/deepstate_daily" / file_name(day)) for day in DAYS],
        "unchanged": 0,
        "absent": [],
        "next_at": "2025-08-03T07:00:00Z",
        "too_soon": False,
    }


def test_fetch_of_a_source_without_public_files(book: Path) -> None:
    text = said(run("fetch", "deepstate", "--book", str(book), "--accept-terms"))
    assert "no public files to fetch" in text


def test_update_brings_the_book_up_to_date(book: Path, publisher: Publisher) -> None:
    result = update(book, "--accept-terms")
    assert result.exit_code == 0, result.output
    assert "2 read, 2 new, 0 seen before, 0 quarantined; the book holds 2 maps" in result.stdout
    entries = Book.open(book).ledger.entries(EntryKind.SNAPSHOT)
    assert [entry.body["as_of"] for entry in entries] == [
        (day - timedelta(days=1)).isoformat() for day in DAYS
    ]
    assert len(update(book).stdout.splitlines()) == 1


def test_update_ends_with_code_2_and_a_line_for_a_file_that_cannot_be_read(
    book: Path, publisher: Publisher
) -> None:
    publisher.script["/" + file_name(DAYS[0])].clear()
    publisher.will("/" + file_name(DAYS[0]), Answer(200, b"[]"))
    result = update(book, "--accept-terms")
    assert result.exit_code == 2
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("contested: ")]
    assert file_name(DAYS[0]) in line
    assert "1 new" in result.stdout


def test_update_that_the_publisher_refuses_is_one_line(book: Path, publisher: Publisher) -> None:
    publisher.script.clear()
    publisher.will("/" + file_name(DAYS[0]), Answer(403))
    text = said(update(book, "--accept-terms"))
    assert "403" in text


@pytest.mark.parametrize("name", ["fetch", "update", "permit", "sources"])
def test_help_shows_examples_on_lines_of_their_own(name: str) -> None:
    lines = [line.strip() for line in run(name, "--help").stdout.splitlines()]
    assert any(line.startswith(f"contested {name}") for line in lines)
    assert not any("\\b" in line for line in lines)


def test_a_refusal_in_a_terminal_fetches_nothing(
    book: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contested.cli.fetch, "_somebody_is_there", lambda: True)
    result = CliRunner().invoke(
        main, ["fetch", "deepstate_daily", "--book", str(book)], input="n\n"
    )
    assert isinstance(result.exception, UsageError)
    assert "terms were not accepted" in str(result.exception)
    assert publisher.asked == []
