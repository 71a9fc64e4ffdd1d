"""What stands after the dot of a date, time, duration or range."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from formroute.feel.errors import NoValue
from formroute.feel.moments import Date, DateTime, Time, cycle_date, nanosecond, split, utc_offset
from formroute.feel.values import Value, kind_of
from formroute.feel.zones import region_name

Property = Callable[[Any], Value]
_SECOND = timedelta(seconds=1)


def property_of(value: Value, name: str) -> Value:
    """Give a property of a value; raises NoValue when it has none of that name."""
    if value is None:
        raise NoValue(f"null has no {name!r}", "null")
    kind = kind_of(value)
    found = PROPERTIES.get(kind, {}).get(name)
    if found is None:
        raise NoValue(f"a {kind} has no {name!r}", "name")
    return found(value)


def _second(time: Time) -> Decimal:
    nano = nanosecond(time)
    return Decimal(time.second) + Decimal(nano).scaleb(-9) if nano else Decimal(time.second)


def _moment_offset(moment: DateTime) -> timedelta | None:
    seconds = utc_offset(*split(moment))
    return None if seconds is None else timedelta(seconds=seconds)


def _time_offset(time: Time) -> timedelta | None:
    """Give what a time is ahead of UTC; a region with summer time has no single offset."""
    return None if time.tzinfo is None else time.tzinfo.utcoffset(None)


def _zone(value: Time | DateTime) -> str | None:
    return region_name(value.tzinfo)


def _whole(part: Callable[[timedelta], int]) -> Property:
    """Give a property that is negative in a negative duration."""

    def read(value: timedelta) -> Decimal:
        return Decimal(part(value) if value >= timedelta(0) else -part(-value))

    return read


def _seconds(value: timedelta) -> Decimal:
    rest = abs(value) % timedelta(minutes=1)
    seconds = (
        Decimal(rest.seconds) + Decimal(rest.microseconds).scaleb(-6) if rest.microseconds else Decimal(rest.seconds)
    )
    return -seconds if value < timedelta(0) else seconds


def _of_moment(half: int, properties: dict[str, Property]) -> dict[str, Property]:
    return {name: _of_half(half, read) for name, read in properties.items()}


def _of_half(half: int, read: Property) -> Property:
    return lambda moment: read(split(moment)[half])


_DATE: dict[str, Property] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(_weekday(value)),
}
_TIME: dict[str, Property] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": _second,
}
_DAYS: dict[str, Property] = {
    "days": _whole(lambda value: value.days),
    "hours": _whole(lambda value: value.seconds // 3600),
    "minutes": _whole(lambda value: value.seconds // 60 % 60),
    "seconds": _seconds,
}
_MONTHS: dict[str, Property] = {
    "years": lambda value: Decimal(value.years),
    "months": lambda value: Decimal(value.months),
}
_RANGE: dict[str, Property] = {
    "start": lambda value: value.start,
    "end": lambda value: value.end,
    "start included": lambda value: value.start_included,
    "end included": lambda value: value.end_included,
}
PROPERTIES: dict[str, dict[str, Property]] = {
    "date": _DATE,
    "time": {**_TIME, "time offset": _time_offset, "timezone": _zone},
    "date and time": {
        **_of_moment(0, _DATE),
        **_of_moment(1, _TIME),
        "time offset": _moment_offset,
        "timezone": _zone,
    },
    "days and time duration": _DAYS,
    "years and months duration": _MONTHS,
    "range": _RANGE,
}


def _weekday(date: Date) -> int:
    return cycle_date(date).isoweekday()
