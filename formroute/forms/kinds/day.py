"""Dates, times of day, and both together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Any, Self

from pydantic import Field, PlainSerializer, model_validator

from formroute.conditions import Dates, Instants, Moment, RelativeDay, Times
from formroute.definitions import meant, suggest, wrong
from formroute.definitions.shape import exactly
from formroute.definitions.types import one_of, typed
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples, reversed_bounds
from formroute.forms.kinds.reader import Reader, Refusal, refused
from formroute.messages import calendar_day, clock, say

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", re.ASCII)
_DATE_TIME = re.compile(
    rf"{_DATE}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?", re.ASCII
)
_LONG_AGO = re.compile(r"([0-9]{1,3}) (month|year)s? ago", re.ASCII)
_CALLED = {
    "today": "today",
    "now": "today",
    "aujourd'hui": "today",
    "yesterday": "1 day ago",
    "hier": "1 day ago",
    "tomorrow": "in 1 day",
    "demain": "in 1 day",
    "last week": "1 week ago",
    "next week": "in 1 week",
}
_DAYS = {"month": 30, "year": 365}
_EDGES = (MINYEAR, MAXYEAR)  # where another time zone can lie beyond what Python counts
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_NO_DATE = refused("date", "Write a date that exists, as year-month-day, such as 2026-03-09.")
_NO_DATE_TIME = refused("date_time", "Choose a date and a time, such as 2026-03-09 18:30.")
_SKIPPED = refused("date_time", "This time does not exist: the clocks went forward.")
_NO_TIME = refused("time", "Write a time from 00:00 to 23:59, such as 18:30.")


def _bound(value: Any) -> date | RelativeDay:
    """A day, written `2026-03-01`, `today`, `60 days ago` or `in 2 weeks`."""
    if isinstance(value, date | RelativeDay):
        return value
    day = _day(value) if isinstance(value, str) else None
    relative = RelativeDay.parse(value) if isinstance(value, str) and day is None else None
    if day is None and relative is None:
        raise wrong("F204", instead=_meant_day(value) if isinstance(value, str) else None)
    return day or relative  # type: ignore[return-value]


def _day(text: str) -> date | None:
    """A date written in digits with hyphens, or None: Python reads other ways of ISO 8601 too, weeks and no hyphens."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _meant_day(text: str) -> str | None:
    """The day as an author has to write it: `yesterday` and `2 months ago` are said in days."""
    plain = text.strip().lower()
    if found := _LONG_AGO.fullmatch(plain):
        return f"{int(found[1]) * _DAYS[found[2]]} days ago"
    return meant.day(text) or _CALLED.get(suggest(plain, _CALLED) or "")


def _hour(value: Any) -> time:
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise wrong("F205", instead=meant.time(value) if isinstance(value, str) else None)
    return time.fromisoformat(value)


Day = Annotated[
    date | RelativeDay,
    typed(_bound, {"type": "string", "examples": ["today", "60 days ago", "2026-03-01"]}),
    PlainSerializer(str),
]
Hour = Annotated[time, typed(_hour, exactly(_TIME, "18:30"))]


class _Between(FieldDefinition):
    """Days from `min` to `max`, each fixed or relative to the day of answering."""

    min: Day = _FIRST
    """The first day that is taken: `2026-03-01`, `today`, `60 days ago`, `in 2 weeks`."""

    max: Day = _LAST
    """The last day that is taken, written in the same ways."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        today = date(2000, 1, 1)
        same_sort = type(self.min) is type(self.max)
        if same_sort and on(self.min, today) > on(self.max, today):
            raise reversed_bounds(self, "min", "max")
        return self


class DateDefinition(_Between):
    """A calendar day, picked from a calendar or typed into three boxes; `as` chooses."""

    shown_as: Annotated[str, one_of("boxes", "picker")] | None = Field(default=None, alias="as")
    """Boxes for dates that people know by heart, otherwise a calendar; birthdays have boxes by themselves."""


class DateTimeDefinition(_Between):
    """A calendar day with a time, in the city's time."""


class TimeDefinition(FieldDefinition):
    """A time of day."""

    min: Hour = time(0)
    """The earliest time that is taken."""

    max: Hour = time(23, 59, 59)
    """The latest time that is taken."""


def on(bound: date | RelativeDay, today: date) -> date:
    """The day that a bound means when today is `today`."""
    return bound.on(today) if isinstance(bound, RelativeDay) else bound


def _date(definition: DateDefinition) -> Reader:
    fixed = _fixed(definition)

    def read(value: Any, moment: Moment) -> object:
        if isinstance(value, str):
            day = _day(value.strip())
        elif isinstance(value, Mapping):
            typed = _in_boxes(value)
            return read(typed, moment) if typed else None
        else:
            day = value if isinstance(value, date) and not isinstance(value, datetime) else None
        if day is None:
            return _NO_DATE
        first, last = fixed or _bounds(definition, moment.now)
        return day if first <= day <= last else _outside(day, first, last)

    return read


def _in_boxes(boxes: Mapping[str, Any]) -> str:
    """Year, month and day as typed into three boxes, written as ISO 8601 says; empty when all are blank."""
    year, month, day = typed = [_in_box(boxes.get(part) or "") for part in ("year", "month", "day")]
    return f"{year}-{month:0>2}-{day:0>2}" if any(typed) else ""


def _in_box(value: Any) -> str:
    """What was typed into one box; what is neither a text nor part of a date is written so that it is none."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and 0 <= value <= MAXYEAR else "?"


def _date_time(definition: DateTimeDefinition) -> Reader:
    fixed = _fixed(definition)

    def read(value: Any, moment: Moment) -> object:
        if isinstance(value, str):
            value = _instant(value.strip())
        if not isinstance(value, datetime) or value.year in _EDGES:
            return _NO_DATE_TIME
        if value.tzinfo:
            value = value.astimezone(moment.now.tzinfo).replace(tzinfo=None)
        if not _exists(value, moment.now.tzinfo):
            return _SKIPPED
        first, last = fixed or _bounds(definition, moment.now)
        if not first <= value.date() <= last:
            return _outside(value.date(), first, last)
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


def _fixed(definition: _Between) -> tuple[date, date] | None:
    """The first and the last day, where neither depends on today."""
    first, last = definition.min, definition.max
    return None if isinstance(first, RelativeDay) or isinstance(last, RelativeDay) else (first, last)


def _bounds(definition: _Between, now: datetime) -> tuple[date, date]:
    """The first and the last day, as seen from today."""
    return on(definition.min, now.date()), on(definition.max, now.date())


def _outside(day: date, first: date, last: date) -> Refusal:
    if day < first:
        return refused("range", "Enter {day} or a later date.", day=first)
    return refused("range", "Enter {day} or an earlier date.", day=last)


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


def _show_date_time(_definition: Any, value: datetime, language: str) -> str:
    return say(language, "{day}, {time}", day=calendar_day(language, value), time=clock(language, value.time()))


def _days(st: Any, definition: _Between, now: datetime) -> Any:
    first, last = _bounds(definition, now)
    return st.dates(first, last) if first <= last else st.nothing()


def _beyond(st: Any, definition: _Between, now: datetime) -> Any:
    """Days before the first and after the last, written as ISO 8601 says."""
    first, last = _bounds(definition, now)
    far = st.integers(1, 1_000).map(timedelta)
    return (far.map(lambda days: first - days) | far.map(lambda days: last + days)).map(date.isoformat)


def _times(st: Any, definition: TimeDefinition, _now: datetime) -> Any:
    return st.times(definition.min, definition.max).map(lambda of_day: of_day.replace(microsecond=0))


def _instants(st: Any, definition: DateTimeDefinition, now: datetime) -> Any:
    """Times that the city's clocks show."""
    at_times = _times(st, TimeDefinition.model_construct(), now)
    both = st.builds(datetime.combine, _days(st, definition, now), at_times)
    return both.filter(lambda local: local.year not in _EDGES and _exists(local, now.tzinfo))


def _date_faults(st: Any, definition: DateDefinition, now: datetime) -> dict[str, Any]:
    no_days = ["2026-02-30", "soon", "1767225600", 1767225600, {"year": "2026", "month": "2", "day": "30"}]
    return {"date": st.sampled_from(no_days), "range": _beyond(st, definition, now)}


def _date_time_faults(st: Any, definition: DateTimeDefinition, now: datetime) -> dict[str, Any]:
    no_times = ["2026-03-09", "soon", "2026-03-09T25:00", "0001-01-01T00:00Z", 1767225600]
    return {"date_time": st.sampled_from(no_times), "range": _beyond(st, definition, now).map("{}T12:00".format)}


def _time_faults(st: Any, definition: TimeDefinition, _now: datetime) -> dict[str, Any]:
    faults = {"time": st.sampled_from(["24:00", "noon", "7:30", "12:60", 12])}
    ends = [end.isoformat() for end in (time(0), time(23, 59, 59)) if not definition.min <= end <= definition.max]
    return {**faults, "range": st.sampled_from(ends)} if ends else faults


DATE = Kind(
    "date",
    DateDefinition,
    widget="date",
    reader=_date,
    json_schema=lambda _definition, _language: {
        "type": "string",
        "format": "date",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\s\S])",
    },
    domain=lambda definition: Dates(definition.min, definition.max),
    show=lambda _definition, value, language: calendar_day(language, value),
    missing="Choose a date.",
    wider="a day may lie before `min` or after `max`",
    datatype="datetime",
    samples=Samples(
        _days,
        _date_faults,
        lambda _d, value: [{"year": str(value.year), "month": str(value.month), "day": str(value.day)}],
    ),
)
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
    samples=Samples(_times, _time_faults),
)
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
