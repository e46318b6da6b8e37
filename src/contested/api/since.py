"""What changed between two maps, as Python shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.jobs.figure_frames import changed_places_frame
from contested.render.digest import digest
from contested.sources.registry import source as named_source

if TYPE_CHECKING:
    import geopandas as gpd

    from contested.history.answers import WhatChanged


class SinceThen:
    """What changed between two maps: `facts` as the command's JSON has them, words, a frame."""

    def __init__(self, facts: WhatChanged) -> None:
        self.facts = facts

    @property
    def digest(self) -> str:
        """The changes as a paragraph."""
        return digest(self.facts, named_source(self.facts.source).credit)

    def settlements(self) -> gpd.GeoDataFrame:
        """Return the settlements that both maps show otherwise, at their points."""
        return changed_places_frame(self.facts)

    def __repr__(self) -> str:
        return self.digest
