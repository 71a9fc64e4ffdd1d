"""Areas on the map, from GeoJSON (RFC 7946)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]
_MOST_PARALLELS = 50
_NARROWEST = 1e-9  # degrees: a tenth of a millimetre, above what floats round


class AreaError(ValueError):
    """A text that is no area: the message says why."""


@dataclass(frozen=True, slots=True)
class Area:
    """Polygons, each an outline and its holes, as rings of (longitude, latitude) in degrees.

    Two areas of one name, the file's, are the same area.
    """

    name: str
    polygons: tuple[Polygon, ...] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, name: str, text: str) -> Area:
        """The polygons of a GeoJSON text, of all features together; raises `AreaError`."""
        try:
            geojson = json.loads(text)
        except (ValueError, RecursionError):
            raise AreaError("it is not JSON") from None
        polygons = tuple(_polygons(geojson))
        if not polygons:
            raise AreaError("there is no Polygon or MultiPolygon in it")
        return cls(name, polygons)

    def contains(self, latitude: Decimal | float, longitude: Decimal | float) -> bool:
        """Whether the point lies inside one of the polygons and not in a hole of it (even-odd rule)."""
        x, y = float(longitude), float(latitude)
        return any(sum(_crossings(ring, x, y) for ring in rings) % 2 == 1 for rings in self.polygons)

    def samples(self) -> Iterator[tuple[float, float]]:
        """Points (latitude, longitude) spread over it, taken on parallels between its corners."""
        for rings in self.polygons:
            heights = sorted({y for ring in rings for _, y in ring})
            step = max(1, len(heights) // _MOST_PARALLELS)
            for south, north in itertools.pairwise([*heights[:-1:step], heights[-1]]):
                y = (south + north) / 2
                edges = sorted(x for ring in rings for x in _crossed_at(ring, y))
                pairs = zip(edges[::2], edges[1::2], strict=False)
                yield from ((y, (west + east) / 2) for west, east in pairs if east - west > _NARROWEST)


def _crossings(ring: Ring, x: float, y: float) -> int:
    """How many edges of `ring` a line from the point to the east crosses."""
    return sum(x < crossed for crossed in _crossed_at(ring, y))


def _crossed_at(ring: Ring, y: float) -> Iterator[float]:
    """The longitudes at which the edges of `ring` cross a parallel."""
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y):
            yield x1 + (y - y1) / (y2 - y1) * (x2 - x1)


def _polygons(geojson: Any) -> Iterator[Polygon]:
    match geojson:
        case {"type": "FeatureCollection", "features": list(features)}:
            for feature in features:
                yield from _polygons(feature)
        case {"type": "Feature", "geometry": dict(geometry)}:
            yield from _polygons(geometry)
        case {"type": "Polygon", "coordinates": list(rings)}:
            yield tuple(map(_ring, rings))
        case {"type": "MultiPolygon", "coordinates": list(polygons)}:
            for polygon in polygons:
                yield tuple(map(_ring, _listed(polygon)))
        case {"type": str(kind)}:
            raise AreaError(f"a {kind[:40]} cannot be an area")
        case _:
            raise AreaError("it is not GeoJSON")


def _ring(positions: Any) -> Ring:
    ring = tuple(map(_position, _listed(positions)))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise AreaError("a ring needs four positions or more, the last equal to the first")
    return ring


def _position(position: Any) -> tuple[float, float]:
    match position:
        case [int() | float() as longitude, int() | float() as latitude, *_]:
            if -180 <= longitude <= 180 and -90 <= latitude <= 90:
                return float(longitude), float(latitude)
    raise AreaError("a position is `[longitude, latitude]` in degrees")


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise AreaError("its coordinates are not lists of positions")
    return value
