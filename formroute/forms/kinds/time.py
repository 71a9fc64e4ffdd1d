"""Times of day."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Annotated, Any

from formroute.conditions import Moment, Times
from formroute.definitions import meant, wrong
from formroute.definitions.shape import exactly
from formroute.definitions.types import typed
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import Reader, refused
from formroute.messages import clock

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", re.ASCII)
_NO_TIME = refused("time", "Write a time from 00:00 to 23:59, such as 18:30.")


def _hour(value: Any) -> time:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise wrong("F205", instead=meant.time(value) if isinstance(value, str) else None)
    return time.fromisoformat(value)


Hour = Annotated[time, typed(_hour, exactly(_TIME, "18:30"))]


class TimeDefinition(FieldDefinition):
    """A time of day."""

    min: Hour = time(0)
    """The earliest time that is taken."""

    max: Hour = time(23, 59, 59)
    """The latest time that is taken."""


def _time(definition: TimeDefinition) -> Reader:
    low, high = definition.min, definition.max
    outside = refused("range", "Enter a time from {min} to {max}.", min=low, max=high)

    def read(value: Any, _moment: Moment) -> object:
        if isinstance(value, str):
            text = value.strip()
            value = time.fromisoformat(text) if _TIME.fullmatch(text) else None
        if not isinstance(value, time):
            return _NO_TIME
        return value if low <= value <= high else outside

    return read


def times(st: Any, definition: TimeDefinition, _now: datetime) -> Any:
    """Times that the definition lets through, to the second."""
    return st.times(definition.min, definition.max).map(lambda of_day: of_day.replace(microsecond=0))


def _time_faults(st: Any, definition: TimeDefinition, _now: datetime) -> dict[str, Any]:
    faults = {"time": st.sampled_from(["24:00", "noon", "7:30", "12:60", 12])}
    ends = [end.isoformat() for end in (time(0), time(23, 59, 59)) if not definition.min <= end <= definition.max]
    return {**faults, "range": st.sampled_from(ends)} if ends else faults


TIME = Kind(
    "time",
    TimeDefinition,
    widget="time",
    reader=_time,
    json_schema=lambda _definition, _language: {
        "type": "string",
        "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(?![\s\S])",
    },
    domain=lambda definition: Times(definition.min, definition.max),
    show=lambda _definition, value, language: clock(language, value),
    missing="Choose a time.",
    wider="a time may lie before `min` or after `max`",
    samples=Samples(times, _time_faults),
)
