"""The nouns that everything passes around: frozen, nothing computed."""

from contested.records.entry import Draft, Entry, EntryKind
from contested.records.figure import Method, Parameter
from contested.records.maps import (
    Area,
    ControlMap,
    DroppedPart,
    FeatureFlag,
    Polygon,
    RepairedPart,
    Ring,
    Shape,
    SnapshotId,
)
from contested.records.place import DISTRICT, Place, Population
from contested.records.points import PointStatus, PointTimeline
from contested.records.source import Permit, Rights, Source, Use
from contested.records.status import (
    PARTITION_ORDER,
    Holder,
    Status,
    Territory,
)

__all__ = [
    "DISTRICT",
    "PARTITION_ORDER",
    "Area",
    "ControlMap",
    "Draft",
    "DroppedPart",
    "Entry",
    "EntryKind",
    "FeatureFlag",
    "Holder",
    "Method",
    "Parameter",
    "Permit",
    "Place",
    "PointStatus",
    "PointTimeline",
    "Polygon",
    "Population",
    "RepairedPart",
    "Rights",
    "Ring",
    "Shape",
    "SnapshotId",
    "Source",
    "Status",
    "Territory",
    "Use",
]
