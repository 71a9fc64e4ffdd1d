"""Where it is: an address in words, and a point when the browser or a map gives one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from formroute.conditions import Moment, Points
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.number import counted
from formroute.forms.kinds.reader import Refusal, refused
from formroute.records import Location

PARTS = ("address", "latitude", "longitude")
_MOST = 200
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", re.ASCII)
_METRE = Decimal("0.00001")  # five decimals of a degree are about a metre: more would only look exact
_NO_PLACE = refused("location", "Write an address or the nearest intersection.")
_OFF_THE_MAP = refused("location", "The point is not on the map.")


class LocationDefinition(FieldDefinition):
    """An address or a nearby landmark in words, with an optional point."""


def _read(value: Any, _moment: Moment) -> object:
    if isinstance(value, Location):
        return value
    parts = {"address": value} if isinstance(value, str) else value
    if not isinstance(parts, Mapping):
        return _NO_PLACE
    address = _address(parts.get("address"))
    if isinstance(address, Refusal):
        return address
    latitude, longitude = (_degrees(parts.get(name), most) for name, most in (("latitude", 90), ("longitude", 180)))
    if isinstance(latitude, Refusal) or isinstance(longitude, Refusal):
        return _OFF_THE_MAP
    if (latitude is None) != (longitude is None):
        return refused("location", "Give both latitude and longitude, or neither.")
    return Location(address, latitude, longitude) if address or latitude is not None else None


def _address(value: Any) -> str | Refusal:
    if value is None:
        return ""
    if not isinstance(value, str):
        return _NO_PLACE
    text = " ".join(value.split())
    if len(text) > _MOST:
        return refused("too_long", "Write at most {max_length} characters.", max_length=_MOST)
    return text if text.isprintable() else refused("sign", "There is a character here that cannot be used.")


def _degrees(value: Any, most: int) -> Decimal | Refusal | None:
    if value is None or value == "":
        return None
    number = _typed(value) if isinstance(value, str) else counted(value)
    if number is None or abs(number) > most:
        return _OFF_THE_MAP
    return number.quantize(_METRE) + 0  # no minus before nothing


def _typed(text: str) -> Decimal | None:
    return Decimal(text) if _DEGREES.fullmatch(text) else None


def _schema(_definition: Any, _language: str) -> dict[str, Any]:
    degrees = {"type": ["number", "string", "null"]}
    return {
        "type": ["object", "string"],
        "properties": {"address": {"type": ["string", "null"]}, "latitude": degrees, "longitude": degrees},
    }


def _show(_definition: Any, value: Location, _language: str) -> str:
    point = None if value.latitude is None else f"{value.latitude}, {value.longitude}"
    return f"{value.address} ({point})" if value.address and point else value.address or str(point)


def _places(st: Any, _definition: Any, _now: datetime) -> Any:
    letters = st.characters(codec="utf-8", categories=["L", "N", "P"])
    words = st.lists(st.text(letters, min_size=1, max_size=12), min_size=1, max_size=5).map(" ".join)
    points = st.tuples(_angles(st, 90), _angles(st, 180))
    anywhere = st.builds(lambda words, point: Location(words, *point), words | st.just(""), points)
    return st.builds(Location, words) | anywhere


def _angles(st: Any, most: int) -> Any:
    return st.decimals(-most, most, places=5)


def _faults(st: Any, _definition: Any, _now: datetime) -> dict[str, Any]:
    off_map = {"address": "x", "latitude": "91", "longitude": "0"}
    words = {"address": "x", "latitude": "north", "longitude": "west"}
    half = {"address": "x", "latitude": "49.9"}
    return {
        "location": st.sampled_from([5, True, ["x"], {"address": ["x"]}, {"address": {}}, off_map, words, half]),
        "too_long": st.integers(1, 50).map(lambda more: "x" * (_MOST + more)),
        "sign": st.sampled_from(["a\x00b", "a\u202eb"]),
    }


def _in_words(_definition: Any, value: Location) -> tuple[Any, ...]:
    return (f" {value.address}", {"address": value.address}) if value.latitude is None else ()


LOCATION = Kind(
    "location",
    LocationDefinition,
    widget="location",
    reader=lambda _definition: _read,
    json_schema=_schema,
    domain=lambda _definition: Points(),
    show=_show,
    missing="Write an address or the nearest intersection.",
    wider="a point may lie off the map or be half a point, an address may be too long",
    samples=Samples(_places, _faults, _in_words),
)
