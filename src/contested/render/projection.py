"""From degrees to pixels: a Lambert conic of the frame's own, true within 0.3 %. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from contested.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from contested.render.picture import Frame

KM_PER_DEGREE = 111.2
WIDEST_KM, NARROWEST_KM = 2600.0, 0.5
MARGIN_KM = 8.0
"""Ground kept beyond the frame, so that lines 3 km inside a border end outside the picture."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """A frame laid on `width` by `height` pixels; y grows downwards."""

    frame: Frame
    transformer: Transformer
    width: float
    height: float
    px_per_km: float

    def points(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels of points in degrees, shape (n, 2)."""
        if len(lonlat) == 0:
            return np.empty((0, 2))
        east, north = self.transformer.transform(lonlat[:, 0], lonlat[:, 1])
        x = np.asarray(east) / 1000 * self.px_per_km + self.width / 2
        y = self.height / 2 - np.asarray(north) / 1000 * self.px_per_km
        return np.column_stack([x, y])

    def degrees(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return degrees of pixels, shape (n, 2)."""
        east = (xy[:, 0] - self.width / 2) / self.px_per_km * 1000
        north = (self.height / 2 - xy[:, 1]) / self.px_per_km * 1000
        lon, lat = self.transformer.transform(east, north, direction="INVERSE")
        return np.column_stack([lon, lat])

    def box(self, margin_px: float = 0.0) -> shapely.Polygon:
        """Return the picture's rectangle in pixels, widened by a margin."""
        m = margin_px
        return shapely.box(-m, -m, self.width + m, self.height + m)

    def bounds(self, margin_px: float) -> tuple[float, float, float, float]:
        """Return west, south, east, north in degrees of the widened rectangle."""
        edge = shapely.get_coordinates(shapely.segmentize(self.box(margin_px), self.width / 16))
        west, south = self.degrees(edge).min(axis=0).tolist()
        east, north = self.degrees(edge).max(axis=0).tolist()
        return west, south, east, north

    def margin(self) -> float:
        """Return how many pixels of ground beyond the picture are kept."""
        return 8.0 + MARGIN_KM * self.px_per_km

    def draw(self, geometry: shapely.Geometry | None, tolerance: float = 0.25) -> shapely.Geometry:
        """Return a geometry in pixels, cut a little outside the picture and thinned.

        Vertices closer to the line than `tolerance` pixels are left out: for the eye only,
        nothing is measured on the result.
        """
        if geometry is None or geometry.is_empty:
            return shapely.GeometryCollection()
        margin = self.margin()
        near = shapely.clip_by_rect(geometry, *self.bounds(margin))
        flat = shapely.transform(near, self.points)
        thin = shapely.simplify(flat, tolerance, preserve_topology=True)
        whole = thin if shapely.is_valid(thin) else shapely.make_valid(thin)
        return shapely.intersection(whole, self.box(margin))


def project(frame: Frame, width: float) -> Projection:
    """Return the projection of a frame on a picture `width` pixels wide.

    Raises
    ------
    UsageError
        If the frame is not on the ground of the base map or has no sensible size.
    """
    sizes = (frame.width_km, frame.height_km)
    if not all(NARROWEST_KM <= size <= WIDEST_KM for size in sizes):
        raise UsageError(
            f"a map of {frame.width_km:g} x {frame.height_km:g} km cannot be drawn: "
            f"both sides must be {NARROWEST_KM:g} to {WIDEST_KM:g} km"
        )
    if not (abs(frame.lon) <= 180 and abs(frame.lat) <= 80):  # noqa: PLR2004
        raise UsageError(f"no map can be centred on {frame.lon:g}, {frame.lat:g}")
    sixth = frame.height_km / KM_PER_DEGREE / 6
    conic = (
        f"+proj=lcc +lat_0={frame.lat} +lon_0={frame.lon} +lat_1={frame.lat - sixth} "
        f"+lat_2={frame.lat + sixth} +ellps=WGS84 +units=m"
    )
    transformer = Transformer.from_crs("+proj=longlat +ellps=WGS84", conic, always_xy=True)
    px_per_km = width / frame.width_km
    return Projection(frame, transformer, width, frame.height_km * px_per_km, px_per_km)


def bounds_of(frame: Frame) -> tuple[float, float, float, float]:
    """Return west, south, east, north in degrees of a frame."""
    return project(frame, 100.0).bounds(0.0)
