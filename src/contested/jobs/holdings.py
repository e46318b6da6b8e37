"""What a ledger says about one source: which bytes are in, which are quarantined, which repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from contested.errors import BookDamagedError
from contested.records import Draft, Entry, EntryKind, SnapshotId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contested.records import ControlMap
    from contested.store.ledger import Ledger

_KINDS = (EntryKind.SNAPSHOT, EntryKind.SIGHTING, EntryKind.QUARANTINE)


@dataclass(slots=True)
class Holdings:
    """The ledger's last word on every file of a source.

    Attributes
    ----------
    accepted
        By hash: the entry that took the bytes in. A later quarantine (stricter rules) takes them
        out, a later snapshot (better rules) takes them in again.
    quarantined
        By hash: the entry that says why.
    sightings
        Files with the bytes of another one, under a name and time of their own.
    seen
        Hash and file name of everything that an entry names.
    times
        Times of publication of everything that an entry names.
    last_kept
        Hash of the bytes that were archived last.
    """

    source: str
    accepted: dict[str, Entry] = field(default_factory=dict)
    quarantined: dict[str, Entry] = field(default_factory=dict)
    sightings: list[Entry] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    times: set[str] = field(default_factory=set)
    last_kept: str | None = None

    @classmethod
    def of(cls, ledger: Ledger, source: str) -> Self:
        """Read what a ledger says about a source."""
        holdings = cls(source)
        for entry in ledger.entries(*_KINDS, source=source):
            holdings.note(entry)
        return holdings

    def note(self, entry: Entry) -> None:
        """Take an entry into account."""
        if entry.sha256 is None:
            raise BookDamagedError(f"entry {entry.seq} ({entry.kind}) names no bytes")
        self.seen.add((entry.sha256, entry.body["file"]))
        self.times.add(entry.body["published"])
        if entry.kind == EntryKind.SIGHTING:
            self.sightings.append(entry)
            return
        self.accepted.pop(entry.sha256, None)
        self.quarantined.pop(entry.sha256, None)
        into = self.accepted if entry.kind == EntryKind.SNAPSHOT else self.quarantined
        into[entry.sha256] = entry
        self.last_kept = entry.sha256

    def members(self) -> list[Entry]:
        """Return the entries of every snapshot that is in, the repeated ones too, oldest first.

        Where a source has put other bytes in the place of those that it published at the same
        time, the bytes met last count; the earlier ones stay in the archive.
        """
        repeats = [entry for entry in self.sightings if entry.sha256 in self.accepted]
        ordered = sorted([*self.accepted.values(), *repeats], key=lambda entry: entry.seq)
        return list({entry.body["published"]: entry for entry in ordered}.values())

    def snapshots(self) -> list[SnapshotId]:
        """Return which snapshots the members are, each once."""
        return list(dict.fromkeys(map(snapshot_of, self.members())))

    def held_at(self, snapshot: SnapshotId) -> str | None:
        """Return the hash of the bytes that are in at a snapshot's time of publication."""
        published = snapshot.published.isoformat()
        if published not in self.times:
            return None
        return next((e.sha256 for e in self.members() if e.body["published"] == published), None)


def snapshot_of(entry: Entry) -> SnapshotId:
    """Return which snapshot an entry speaks of."""
    body = entry.body
    return SnapshotId(
        str(entry.source),
        str(entry.sha256),
        date.fromisoformat(body["as_of"]),
        datetime.fromisoformat(body["published"]),
    )


def _about(snapshot: SnapshotId, file: str, size: int) -> dict[str, Any]:
    return {
        "file": file,
        "size": size,
        "as_of": snapshot.as_of.isoformat(),
        "published": snapshot.published.isoformat(),
    }


def _draft(kind: EntryKind, snapshot: SnapshotId, at: datetime, body: Mapping[str, Any]) -> Draft:
    return Draft(kind, at, body, source=snapshot.source, sha256=snapshot.sha256)


def sighting(snapshot: SnapshotId, file: str, size: int, at: datetime) -> Draft:
    """Return the entry for bytes that are held already, met under another name."""
    return _draft(EntryKind.SIGHTING, snapshot, at, _about(snapshot, file, size))


def quarantine(
    snapshot: SnapshotId, file: str, size: int, recipe: str, why: str, at: datetime
) -> Draft:
    """Return the entry for bytes that are kept but not understood."""
    body = {**_about(snapshot, file, size), "recipe": recipe, "why": why}
    return _draft(EntryKind.QUARANTINE, snapshot, at, body)


def accepted(
    control: ControlMap,
    file: str,
    size: int,
    recipe: str,
    at: datetime,
    *,
    replaces: str | None = None,
) -> Draft:
    """Return the entry for a map that was read; `replaces` names other bytes of the same time."""
    body = {
        **({} if replaces is None else {"replaces": replaces}),
        **_about(control.snapshot, file, size),
        "recipe": recipe,
        "points_dropped": control.points_dropped,
        "dropped": [
            {"feature": p.feature, "area_km2": p.area_km2, "bounds": list(p.bounds)}
            for p in control.dropped
        ],
        "repaired": [
            {"feature": p.feature, "reason": p.reason, "area_km2": p.area_km2}
            for p in control.repaired
        ],
        "flags": [{"feature": f.feature, "message": f.message} for f in control.flags],
    }
    return _draft(EntryKind.SNAPSHOT, control.snapshot, at, body)
