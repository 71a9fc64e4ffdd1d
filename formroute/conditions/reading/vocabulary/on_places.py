"""The test whether a place lies in an area."""

from __future__ import annotations

from formroute.conditions.answers.domains import Points
from formroute.conditions.axes.areas import Area, AreaError
from formroute.conditions.axes.aspects import Inside
from formroute.conditions.condition import Condition
from formroute.conditions.reading.files import read_file
from formroute.conditions.reading.vocabulary.kind import A_FILE, YES, TestKind
from formroute.conditions.reading.written import Written


def _inside(written: Written) -> Condition:
    text = read_file(written)
    try:
        return written.test(YES, Inside(Area.parse(written.raw, text)))
    except AreaError as error:
        raise written.wrong(
            "C317", path=written.raw, reason=str(error), fix="Save the area as GeoJSON, as a Polygon or MultiPolygon."
        ) from None


INSIDE = TestKind(
    "inside",
    (Points,),
    _inside,
    A_FILE,
    "where: {inside: areas/downtown.geojson}",
    "the point lies in this area (GeoJSON)",
)
