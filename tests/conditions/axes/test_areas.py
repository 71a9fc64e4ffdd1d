"""Areas: which points lie inside, and which texts are no area."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Area
from formroute.conditions.axes.areas import AreaError

DOWNTOWN = Area.parse(
    "downtown", (Path(__file__).parent.parent / "named_files" / "downtown.geojson").read_text("utf-8")
)
SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]

POINTS = [
    ((49.85, -97.1), True, "in the outline"),
    ((49.9, -97.1), False, "in the hole"),
    ((50.1, -97.1), False, "to the north"),
    ((49.9, -97.3), False, "to the west"),
    ((49.1, -95.2), True, "in the island"),
    ((0.0, 0.0), False, "far away"),
]


@pytest.mark.parametrize(("point", "inside", "where"), POINTS, ids=[row[2] for row in POINTS])
def test_a_point_lies_inside_or_not(point: tuple[float, float], inside: bool, where: str) -> None:
    assert DOWNTOWN.contains(*point) is inside


def test_overlapping_polygons_are_inside_both() -> None:
    area = Area.parse("a", json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}))
    assert area.contains(1, 1)


NO_AREAS = [
    ("", "it is not JSON"),
    ("[" * 100_000, "it is not JSON"),
    ("[]", "it is not GeoJSON"),
    ('{"type": "FeatureCollection", "features": []}', "there is no Polygon or MultiPolygon in it"),
    ('{"type": "FeatureCollection", "features": [3]}', "it is not GeoJSON"),
    ('{"type": "LineString", "coordinates": []}', "a LineString cannot be an area"),
    ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}', "a ring needs four positions or more"),
    ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [0, 2]]]}', "a ring needs four positions or more"),
    ('{"type": "Polygon", "coordinates": [3]}', "its coordinates are not lists of positions"),
    ('{"type": "Polygon", "coordinates": [["a", "b", "c", "a"]]}', "a position is"),
    ('{"type": "Polygon", "coordinates": [[[0, 95], [1, 1], [0, 1], [0, 95]]]}', "a position is"),
    ('{"type": "Polygon", "coordinates": [[[NaN, 0], [1, 1], [0, 1], [NaN, 0]]]}', "a position is"),
]


@pytest.mark.parametrize(("text", "reason"), NO_AREAS, ids=[row[0][:40] for row in NO_AREAS])
def test_a_text_that_is_no_area_says_why(text: str, reason: str) -> None:
    with pytest.raises(AreaError, match=reason):
        Area.parse("a", text)


CORNERS = st.tuples(st.integers(-20, 20), st.integers(-20, 20))
RINGS = st.lists(CORNERS, min_size=3, max_size=8, unique=True).map(lambda corners: [*corners, corners[0]])


@given(RINGS)
def test_every_sample_lies_inside(ring: list[tuple[int, int]]) -> None:
    area = Area.parse("a", json.dumps({"type": "Polygon", "coordinates": [ring]}))
    assert all(area.contains(*point) for point in area.samples())
