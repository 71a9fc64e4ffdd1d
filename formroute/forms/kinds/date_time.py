"""Days of the calendar with a time, by the city's clocks."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, tzinfo
from typing import Any

from formroute.conditions import Dates, Instants, Moment
from formroute.forms.kinds.base import Kind, Samples
from formroute.forms.kinds.between import Between, beyond, bounds, days, fixed_bounds, outside, typed_day
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.kinds.time import TimeDefinition, times
from formroute.messages import calendar_day, clock, say

_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?",
    re.ASCII,
)
_EDGES = (MINYEAR, MAXYEAR)  # where another time zone can lie beyond what Python counts
_NO_DATE_TIME = refused("date_time", "Choose a date and a time, such as 2026-03-09 18:30.")
_SKIPPED = refused("date_time", "This time does not exist: the clocks went forward.")


class DateTimeDefinition(Between):
    """A calendar day with a time, in the city's time."""


def _date_time(definition: DateTimeDefinition) -> Reader:
    fixed = fixed_bounds(definition)

    def read(value: Any, moment: Moment) -> object:
        if isinstance(value, str):
            value = _instant(typed_day(value.strip()))
        if not isinstance(value, datetime) or value.year in _EDGES:
            return _NO_DATE_TIME
        if value.tzinfo:
            value = value.astimezone(moment.now.tzinfo).replace(tzinfo=None)
        if not _exists(value, moment.now.tzinfo):
            return _SKIPPED
        first, last = fixed or bounds(definition, moment.now)
        if not first <= value.date() <= last:
            return outside(value.date(), first, last)
        return datetime.combine(value.date(), value.time().replace(fold=0))

    return read


def _instant(text: str) -> datetime | None:
    """A date with a time (ISO 8601), with an offset or without, or None."""
    try:
        return datetime.fromisoformat(text.replace(" ", "T")) if _DATE_TIME.fullmatch(text) else None
    except ValueError:
        return None


def _exists(local: datetime, zone: tzinfo | None) -> bool:
    """Whether the city's clocks ever show this time (PEP 495)."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == local


def _show_date_time(_definition: Any, value: datetime, language: str) -> str:
    return say(language, "{day}, {time}", day=calendar_day(language, value), time=clock(language, value.time()))


def _instants(st: Any, definition: DateTimeDefinition, now: datetime) -> Any:
    """Times that the city's clocks show."""
    at_times = times(st, TimeDefinition.model_construct(), now)
    both = st.builds(datetime.combine, days(st, definition, now), at_times)
    return both.filter(lambda local: local.year not in _EDGES and _exists(local, now.tzinfo))


def _date_time_faults(st: Any, definition: DateTimeDefinition, now: datetime) -> dict[str, Any]:
    no_times = ["2026-03-09", "soon", "2026-03-09T25:00", "0001-01-01T00:00Z", 1767225600]
    return {"date_time": st.sampled_from(no_times), "range": beyond(st, definition, now).map("{}T12:00".format)}


DATE_TIME = Kind(
    "date_time",
    DateTimeDefinition,
    widget="date_time",
    reader=_date_time,
    json_schema=lambda _definition, _language: {"type": "string", "pattern": f"^{_DATE_TIME.pattern}(?![\\s\\S])"},
    domain=lambda definition: Instants(Dates(definition.min, definition.max)),
    show=_show_date_time,
    missing="Choose a date and a time.",
    wider="a day may not exist, or lie before `min` or after `max`; an hour may be one that the clocks leave out",
    datatype="datetime",
    samples=Samples(_instants, _date_time_faults, lambda _d, value: [value.isoformat(" ")]),
)
