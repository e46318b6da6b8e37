"""Steps of a series that are probably faults of the map, not events on the ground.

Method `map_fault/1`: a step of more than 150 km² that the next map takes back, or a step of more
than 2,000 km². Flagged, never corrected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REVERTED_KM2 = 150.0
ALONE_KM2 = 2000.0
BACK = 0.5
"""Share of a step that the next map must take back."""


@dataclass(frozen=True, slots=True)
class ProbableFault:
    """A step from one map to the next that is probably a fault of the map.

    Attributes
    ----------
    index
        Snapshot with which the step came.
    step_km2
        Change from the map before.
    reverted_km2
        What the next map took back; 0 for a step that is only too large.
    """

    index: int
    step_km2: float
    reverted_km2: float


def probable_faults(areas_km2: NDArray[np.float64]) -> list[ProbableFault]:
    """Return the suspicious steps of an area series.

    Parameters
    ----------
    areas_km2
        Area of one status on every snapshot, shape (n,), oldest first; no NaN.
    """
    steps = np.diff(areas_km2)
    if steps.size == 0:
        return []
    after = np.append(steps[1:], 0.0)
    back = np.where(np.sign(after) == -np.sign(steps), np.minimum(abs(after), abs(steps)), 0.0)
    reverts = (abs(steps) > REVERTED_KM2) & (back >= BACK * abs(steps))
    found: list[ProbableFault] = []
    for i in np.flatnonzero(reverts | (abs(steps) > ALONE_KM2)).tolist():
        # A step that only takes back the one before is that one's echo.
        if found and found[-1].index == i and found[-1].reverted_km2:
            continue
        found.append(ProbableFault(i + 1, float(steps[i]), float(back[i]) if reverts[i] else 0.0))
    return found
