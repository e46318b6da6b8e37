"""Claims given as a file: JSON lines in the format of labelled claims, or CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from contested.errors import InputError
from contested.geo.measure import KM_PER_MILE
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

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LARGEST_BYTES: Final = 20 * 1024 * 1024
MOST_FAULTS: Final = 10
QUOTE_WORDS: Final = 6

TO_SI: Final = {
    "km": ("km", 1.0), "kilometre": ("km", 1.0), "kilometer": ("km", 1.0),
    "mi": ("km", KM_PER_MILE), "mile": ("km", KM_PER_MILE), "miles": ("km", KM_PER_MILE),
    "m": ("km", 0.001), "metre": ("km", 0.001), "meter": ("km", 0.001),
    "km2": ("km2", 1.0), "km²": ("km2", 1.0), "sqmi": ("km2", KM_PER_MILE**2),
    "square_mile": ("km2", KM_PER_MILE**2), "ha": ("km2", 0.01),
    "%": ("fraction", 0.01), "percent": ("fraction", 0.01), "fraction": ("fraction", 1.0),
    "people": ("people", 1.0), "count": ("count", 1.0), "": ("count", 1.0), "ratio": ("ratio", 1.0),
    "day": ("day", 1.0), "week": ("day", 7.0), "month": ("day", 30.44), "year": ("day", 365.0),
}  # fmt: skip
"""Unit as written → SI unit and factor."""

_PRIVATE: Final = re.compile(
    r"\b(civilian|resident|villager|mother|father|pensioner|refugee|displaced|volunteer|soldier|"
    r"sergeant|medic|drone operator|platoon commander|company commander)\b",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(r"\s*([\d.,]+)\s*(?:[-–]\s*([\d.,]+))?\s*([^\d\s].*)?", re.DOTALL)
_EVIDENTIALS: Final = (
    ("according to map", Evidential.ACCORDING_TO_MAP),
    ("could not be", Evidential.NOT_CONFIRMED),
    ("disclaimer", Evidential.DISCLAIMER),
    ("direct quote", Evidential.DIRECT_QUOTE),
    ("claimed", Evidential.CLAIMED),
    ("hedged", Evidential.HEDGED),
    ("analysis", Evidential.ANALYSIS),
    ("confirmed", Evidential.CONFIRMED),
)
BY_FIELDS: Final = Extractor("fields", "1")


@dataclass(frozen=True, slots=True)
class GivenClaim:
    """A claim with what may be quoted of it: at most six words, never a private name."""

    claim: Claim
    quote: str


def read_claims(path: Path) -> tuple[GivenClaim, ...]:
    """Return the claims of a file.

    Raises
    ------
    InputError
        If it is neither; every faulty line is named, up to ten.
    """
    content = _content(path)
    if path.suffix.lower() == ".csv":
        return _gathered(path.name, _csv_rows(content, path.name), csv_claim)
    lines = [line for line in content.splitlines() if line.strip()]
    rows: list[tuple[int, Any]] = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append((number, json.loads(line)))
        except json.JSONDecodeError as error:
            raise InputError(f"{path.name}, line {number}: is not JSON ({error.msg})") from None
    return _gathered(path.name, rows, json_claim)


def _gathered(
    file: str, rows: list[tuple[int, Any]], make: Callable[[Mapping[str, Any]], GivenClaim]
) -> tuple[GivenClaim, ...]:
    found: list[GivenClaim] = []
    faults: list[str] = []
    seen: set[str] = set()
    for number, row in rows:
        try:
            one = make(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(f"line {number}: {_fault(error)}")
            continue
        if one.claim.id in seen:
            faults.append(f"line {number}: the id {one.claim.id!r} is there already")
        seen.add(one.claim.id)
        found.append(one)
    if faults:
        shown = "; ".join(faults[:MOST_FAULTS])
        raise InputError(f"{file}: no claim was checked: {shown}")
    if not found:
        raise InputError(f"{file}: holds no claim")
    return tuple(found)


def _fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the field {error.args[0]!r} is missing"
    return str(error) or "is not a claim"


def json_claim(row: Mapping[str, Any]) -> GivenClaim:
    """Return the claim of one JSON object in the format of labelled claims."""
    attribution = _attribution(row.get("attribution") or {})
    policy = f"{row.get('out_of_scope') or ''} {row.get('how') or ''}"
    claim = Claim(
        id=str(row["id"]),
        span=Span(int(row.get("start") or 0), int(row.get("end") or 0), int(row.get("para") or 0)),
        kind=Kind(str(row["type"])),
        also=tuple(Kind(str(one)) for one in row.get("also") or ()),
        subject=_text(row.get("subject")),
        places=tuple(_place(one) for one in row.get("places") or ()),
        time=_time(row.get("time")),
        quantities=tuple(_quantity(one) for one in row.get("quantity") or ()),
        attribution=attribution,
        evidential=_evidential(str(row.get("evidential") or "")),
        hedges=tuple(str(one) for one in row.get("hedges") or ()),
        negated=bool(row.get("negated", False)),
        conditional=bool(row.get("conditional", False)),
        disclaimed_by=_text(row.get("disclaimed_by")),
        extractor=BY_FIELDS,
        out_of_scope="movements of units" if "out of scope" in policy else None,
    )
    return discreet(claim, str(row.get("first6") or row.get("quote") or ""))


def discreet(claim: Claim, words: str) -> GivenClaim:
    """Return a claim whose private speaker is a role, and a quote without the name."""
    said = claim.attribution
    quote = " ".join(words.split()[:QUOTE_WORDS])
    if not said.private:
        return GivenClaim(claim, quote)
    named = {word.strip(".,") for word in (said.speaker or "").split()}
    if named & {word.strip(".,“”’") for word in quote.split()}:
        quote = ""
    role = (said.role or "a private person").split(",")[0].strip()
    subject = role if claim.subject and named & set(claim.subject.split()) else claim.subject
    hidden = Attribution(
        said.naming, None, role, None, said.channel, said.said_first, said.said_last, private=True
    )
    return GivenClaim(replace(claim, attribution=hidden, subject=subject), quote)


def csv_claim(row: Mapping[str, str]) -> GivenClaim:
    """Return the claim of one CSV row; the columns are those of `fields_claim`."""
    return fields_claim({key: value for key, value in row.items() if value})


def fields_claim(row: Mapping[str, str]) -> GivenClaim:
    """Return the claim of plain fields.

    Parameters
    ----------
    row
        ``kind`` and, as the kind needs: ``id``, ``places`` (separated by commas or semicolons),
        ``relation``, ``bearing``, ``value`` (``13mi``, ``63 km2; 81 km2``), ``comparator``,
        ``subject`` or ``holder``, ``from``, ``to``, ``negated``, ``said_by``, ``quote``, ``also``.

    Raises
    ------
    ValueError
        If a field cannot be read; the message says which.
    """
    kind = _kind(row.get("kind") or row.get("type") or "")
    names = [one.strip() for one in re.split(r"[;,]", row.get("places", "")) if one.strip()]
    relations = [one.strip() or None for one in row.get("relation", "").split(";")]
    relations += [None] * (len(names) - len(relations))
    if row.get("bearing") and names:
        relations[0] = f"{row['bearing']} of" if len(names) > 1 else row["bearing"]
    places = tuple(
        ClaimPlace(name, 0, 0, None, name, "", None, None, "place", relation, None)
        for name, relation in zip(names, relations, strict=False)
    )
    claim = Claim(
        id=row.get("id") or "fields",
        span=Span(0, 0, 0),
        kind=kind,
        also=tuple(_kind(one.strip()) for one in row.get("also", "").split(";") if one.strip()),
        subject=row.get("subject") or row.get("holder"),
        places=places,
        time=_stated(row.get("from"), row.get("to")),
        quantities=tuple(_values(row.get("value", ""), row.get("comparator", "exactly"))),
        attribution=_said_by(row.get("said_by")),
        evidential=Evidential.CLAIMED if row.get("said_by") else Evidential.OWN_VOICE,
        hedges=(),
        negated=row.get("negated", "").lower() in {"1", "yes", "true", "y"},
        conditional=row.get("conditional", "").lower() in {"1", "yes", "true", "y"},
        disclaimed_by=None,
        extractor=BY_FIELDS,
    )
    return GivenClaim(claim, " ".join(row.get("quote", "").split()[:QUOTE_WORDS]))


def _kind(word: str) -> Kind:
    try:
        return Kind(word.strip().lower().replace("-", "_"))
    except ValueError:
        kinds = ", ".join(one.value for one in Kind)
        raise ValueError(f"{word!r} is no kind of claim: use one of {kinds}") from None


def _values(words: str, comparator: str) -> list[Quantity]:
    return [_value(one, comparator) for one in words.split(";") if one.strip()]


def _value(words: str, comparator: str) -> Quantity:
    found = _VALUE.fullmatch(words)
    if not found:
        raise ValueError(f"{words!r} is not a number with a unit, such as 13mi or 63 km2")
    unit = (found[3] or "").strip().lower()
    if unit not in TO_SI:
        raise ValueError(
            f"the unit {unit!r} is not known: use one of {', '.join(filter(None, TO_SI))}"
        )
    si_unit, factor = TO_SI[unit]
    value = _number(found[1])
    high = _number(found[2]) if found[2] else None
    plain = {"mi": "mile", "miles": "mile", "km²": "km2", "%": "fraction", "": "count"}
    shown = plain.get(unit, unit)
    scaled = unit == "%"
    return Quantity(
        0, 0, value * 0.01 if scaled else value, high, shown, _comparator(comparator),
        value * factor, si_unit,
    )  # fmt: skip


def _number(words: str) -> float:
    try:
        return float(words.replace(",", ""))
    except ValueError:
        raise ValueError(f"{words!r} is not a number") from None


def _comparator(word: str) -> Comparator:
    try:
        return Comparator((word or "exactly").strip().lower().replace(" ", "_"))
    except ValueError:
        allowed = ", ".join(one.value for one in Comparator)
        raise ValueError(f"{word!r} is no comparator: use one of {allowed}") from None


def _quantity(row: Mapping[str, Any]) -> Quantity:
    value = float(row["value"])
    unit = str(row.get("unit") or "count")
    si_unit, factor = TO_SI.get(unit, (str(row.get("si_unit") or unit), 1.0))
    si = row.get("si")
    return Quantity(
        start=0,
        end=0,
        value=value,
        high=None if row.get("high") is None else float(row["high"]),
        unit=unit,
        comparator=_comparator(str(row.get("comparator") or "exactly")),
        si_value=value * factor if si is None else float(si),
        si_unit=str(row.get("si_unit") or si_unit),
    )


def _place(row: Mapping[str, Any]) -> ClaimPlace:
    name = str(row["name"])
    lat, lon = row.get("lat"), row.get("lon")
    return ClaimPlace(
        surface=name,
        start=0,
        end=0,
        place_id=_text(row.get("place_id")),
        name=name,
        kind=str(row.get("kind") or ""),
        lat=None if lat is None else float(lat),
        lon=None if lon is None else float(lon),
        role=str(row.get("role") or "place"),
        relation=_text(row.get("relation")),
        uncertainty_km=None,
    )


def _time(row: Mapping[str, Any] | None) -> TimeSpan | None:
    if not row or not row.get("start"):
        return None
    first, last = (
        date.fromisoformat(row["start"]),
        date.fromisoformat(row.get("end") or row["start"]),
    )
    if last < first:
        raise ValueError(f"the time ends ({last}) before it begins ({first})")
    basis = str(row.get("basis") or "explicit")
    return TimeSpan(
        _text(row.get("text")), None, None, first, last, str(row.get("precision") or "day"), basis
    )


def _stated(first: str | None, last: str | None) -> TimeSpan | None:
    if not first and not last:
        return None
    return _time({"text": "stated", "start": first or last, "end": last or first})


def _attribution(row: Mapping[str, Any]) -> Attribution:
    naming = str(row.get("naming") or "reporter").split(" (")[0].strip().replace(" ", "_")
    kind = Naming(naming) if naming in set(Naming) else Naming.UNCLEAR
    role = _text(row.get("role"))
    private = kind is Naming.PARTLY_NAMED or bool(
        kind is Naming.NAMED and role and _PRIVATE.search(role)
    )
    # A day, or two with a stroke between them, as ISO 8601 writes a span.
    said = [date.fromisoformat(one) for one in str(row.get("date_said") or "").split("/") if one]
    # An outlet that speaks in its own voice is no organisation that is quoted.
    organisation = None if kind is Naming.REPORTER else _text(row.get("org"))
    return Attribution(
        kind, _text(row.get("speaker")), role, organisation, _text(row.get("channel")),
        said[0] if said else None, said[-1] if said else None, private,
    )  # fmt: skip


def _said_by(words: str | None) -> Attribution:
    if not words:
        return Attribution(Naming.REPORTER)
    return Attribution(Naming.ORGANISATION, organisation=words)


def _evidential(words: str) -> Evidential:
    plain = words.lower().replace("_", " ")
    return next((one for key, one in _EVIDENTIALS if key in plain), Evidential.OWN_VOICE)


def _text(value: object) -> str | None:
    words = "" if value is None else str(value).strip()
    return words or None


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(f"{path}: is larger than {LARGEST_BYTES // 2**20} MiB")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: is not text in UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None


def _csv_rows(content: str, file: str) -> list[tuple[int, Any]]:
    table = csv.DictReader(io.StringIO(content))
    columns = {(one or "").strip().lower() for one in table.fieldnames or ()}
    if not columns & {"kind", "type"}:
        raise InputError(f"{file}: has no column 'kind'")
    return [
        (number, {"id": f"c{number - 1:03d}", **_filled(row)})
        for number, row in enumerate(table, 2)
    ]


def _filled(row: Mapping[str | None, Any]) -> dict[str, Any]:
    return {(key or "").strip().lower(): value for key, value in row.items() if value}
