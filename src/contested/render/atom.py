"""What changed, as an Atom feed (RFC 4287): an entry a day with a map. Pure.

Identifiers are made from source, scope and day alone, and times are those of the maps: the same
maps give the same bytes, and a reader keeps what it has read.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from contested.render.digest import digest, headline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contested.history.answers import WhatChanged
    from contested.records import Source

ATOM: Final = "http://www.w3.org/2005/Atom"
SPACE: Final[UUID] = uuid5(NAMESPACE_URL, "contested/changes")
"""Names every identifier of a feed. Never change it: readers know entries by theirs."""


def atom_feed(days: Sequence[WhatChanged], source: Source, scope: str | None) -> bytes:
    """Return the feed, newest day first.

    Parameters
    ----------
    days
        One step each, from a map to the last map of the next day that has one; oldest first.
    scope
        In words; `None` for the whole map.
    """
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    where = "" if scope is None else f", {scope}"
    _text(feed, "title", f"What changed on the map{where}: {source.title}")
    _text(feed, "id", identifier(source.name, scope))
    _text(feed, "updated", _time(max(day.published for day in days)))
    author = ET.SubElement(feed, "author")
    _text(author, "name", "contested")
    _text(feed, "rights", f"{source.credit}. {source.rights.terms}")
    _text(feed, "generator", "contested")
    for day in reversed(days):
        _entry(feed, day, source, scope)
    ET.indent(feed)
    text: str = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def identifier(source: str, scope: str | None, day: str = "") -> str:
    """Return the identifier of a feed, or of its entry of a day."""
    return uuid5(SPACE, "\n".join((source, scope or "", day))).urn


def _entry(feed: ET.Element, day: WhatChanged, source: Source, scope: str | None) -> None:
    entry = ET.SubElement(feed, "entry")
    _text(entry, "title", headline(day))
    _text(entry, "id", identifier(source.name, scope, day.as_of.isoformat()))
    _text(entry, "updated", _time(day.published))
    content = ET.SubElement(entry, "content", {"type": "text"})
    content.text = digest(day, source.credit)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
