"""Areas on the map, from GeoJSON (RFC 7946)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons with their holes, as rings of (longitude, latitude) in degrees; known by its file's name."""

    name: str
    rings: tuple[Ring, ...]

    def contains(self, latitude: Decimal | float, longitude: Decimal | float) -> bool:
        """Whether the point lies inside, by the even-odd rule: a hole is outside, an island in it inside."""
        x, y = float(longitude), float(latitude)
        return sum(_crossings(ring, x, y) for ring in self.rings) % 2 == 1


def _crossings(ring: Ring, x: float, y: float) -> int:
    """How many edges of `ring` a line from the point to the east crosses."""
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in itertools.pairwise(ring)
    )
