"""Claims, places and facts made by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from contested.checks.case import Case
from contested.checks.needs import SharesFound
from contested.records import Place
from contested.records.claim import (
    Attribution,
    Claim,
    ClaimPlace,
    Comparator,
    Evidential,
    Extractor,
    Kind,
    Naming,
    Quantity,
    Span,
    TimeSpan,
)
from contested.records.verdict import MapUsed

PUBLISHED = date(2025, 11, 6)
TOWN = Place("geonames:1", "Town", 37.0, 48.0, "town", 20_000, admin1="05")
OTHER = Place("geonames:2", "Other", 37.0, 48.2, "town", 9_000, admin1="05")
REGION = Place("iso:UA-14", "Region", 37.5, 48.0, "region", admin1="05")


def said(place: Place, relation: str | None = None) -> ClaimPlace:
    return ClaimPlace(
        place.name, 0, 0, place.id, place.name, "PPL", place.lat, place.lon, "place", relation, None
    )


def claim_of(kind: Kind, *places: ClaimPlace, subject=None, negated=False, first=None, last=None,
             basis="explicit", quantities=(), also=(), **fields) -> Claim:  # fmt: skip
    time = None
    if first is not None:
        time = TimeSpan("then", None, None, first, last or first, "day", basis)
    return Claim(
        id="c1", span=Span(0, 0, 0), kind=kind, also=also, subject=subject, places=places,
        time=time, quantities=tuple(quantities), attribution=Attribution(Naming.REPORTER),
        evidential=Evidential.OWN_VOICE, hedges=(), negated=negated,
        conditional=fields.get("conditional", False), disclaimed_by=None,
        extractor=Extractor("test", "1"), out_of_scope=fields.get("out_of_scope"),
    )  # fmt: skip


def case_of(claim: Claim, *places: Place | None, words=None, known=PUBLISHED) -> Case:
    return Case(claim, places, PUBLISHED, known, words)


def number(value, unit="km", comparator="about", si=None, si_unit=None) -> Quantity:
    return Quantity(0, 0, value, None, unit, Comparator(comparator), si or value, si_unit or unit)


def maps(first: date, count: int) -> tuple[MapUsed, ...]:
    return tuple(
        MapUsed("deepstate", "deepstate", first + timedelta(days=n), f"{n:064x}", "DeepState’s map")
        for n in range(count)
    )


def shares(first: date, controlled, contested=None) -> SharesFound:
    values = np.array(controlled, dtype=float)
    other = None if contested is None else np.array(contested, dtype=float)
    return SharesFound(maps(first, len(values)), values, other)
