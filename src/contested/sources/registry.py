"""Every known source, read from the `source.toml` in its folder."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from contested.errors import InputError, UsageError
from contested.records import Rights, Source, Status, Use

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = frozenset({"areas", "points"})
_TEXTS = (
    "title",
    "assessed_by",
    "lineage",
    "cadence",
    "date_rule",
    "home",
    "file_pattern",
    "credit",
)
_RIGHTS_TEXTS = ("terms", "terms_url", "ask", "checked")


def source(name: str) -> Source:
    """Return a source by its name.

    Raises
    ------
    UsageError
        If there is no such source; the known names are listed.
    """
    known = {one.name: one for one in all_sources()}
    if name not in known:
        raise UsageError(f"no source {name!r}; known: {', '.join(known)}")
    return known[name]


@cache
def all_sources() -> tuple[Source, ...]:
    """Return every known source, in order of rank."""
    texts = {
        folder.name: folder.joinpath("source.toml").read_text(encoding="utf-8")
        for folder in resources.files("contested.sources").iterdir()
        if folder.is_dir() and folder.joinpath("source.toml").is_file()
    }
    read = [read_source(name, text) for name, text in texts.items()]
    return tuple(sorted(read, key=lambda one: (one.rank, one.name)))


def read_source(name: str, text: str) -> Source:
    """Read one `source.toml`.

    Raises
    ------
    InputError
        If it is not TOML or fields are missing or wrong; all of them are named at once.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"source.toml of {name}: {error}") from error
    if faults := _faults(table):
        raise InputError(f"source.toml of {name}: {'; '.join(faults)}")
    fetch_url = table.get("fetch_url")
    return Source(
        name=name,
        title=table["title"],
        assessed_by=table["assessed_by"],
        kind=table["kind"],
        lineage=table["lineage"],
        rank=table["rank"],
        cadence=table["cadence"],
        date_rule=table["date_rule"],
        credit=table["credit"],
        credits=tuple(table["credits"]),
        carries=frozenset(Status(word) for word in table["carries"]),
        rights=_rights(table["rights"]),
        home=table["home"],
        file_pattern=table["file_pattern"],
        fetch_url=None if fetch_url is None else str(fetch_url),
    )


def _rights(table: Mapping[str, object]) -> Rights:
    read_on = table["read_on"]
    if not isinstance(read_on, date):  # checked by _faults; tells the type checker
        raise InputError("rights.read_on is not a date")
    texts = {key: str(table[key]) for key in _RIGHTS_TEXTS}
    allowed = frozenset(use for use in Use if table[use.value] is True)
    return Rights(allowed=allowed, read_on=read_on, **texts)


def _faults(table: Mapping[str, object]) -> list[str]:
    """Return everything that is wrong with a source's table, in words."""
    faults = [f"{key} must be a text" for key in _TEXTS if not _text(table.get(key))]
    if table.get("kind") not in KINDS:
        faults.append("kind must be areas or points")
    if type(table.get("rank")) is not int:
        faults.append("rank must be a whole number")
    faults += [f"{key} must list texts" for key in ("carries", "credits") if not _texts(table, key)]
    carries = table.get("carries")
    if isinstance(carries, list):
        known = {status.value for status in Status}
        faults += [f"carries names no status {word!r}" for word in carries if word not in known]
    rights = table.get("rights")
    return faults + (
        _rights_faults(rights) if isinstance(rights, dict) else ["[rights] is missing"]
    )


def _rights_faults(rights: Mapping[str, object]) -> list[str]:
    faults = [f"rights.{key} must be a text" for key in _RIGHTS_TEXTS if not _text(rights.get(key))]
    faults += [
        f"rights.{use.value} must be true or false"
        for use in Use
        if not isinstance(rights.get(use.value), bool)
    ]
    if type(rights.get("read_on")) is not date:
        faults.append("rights.read_on must be a date")
    return faults


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(table: Mapping[str, object], key: str) -> bool:
    value = table.get(key)
    return isinstance(value, list) and bool(value) and all(_text(item) for item in value)
