"""Dates and times as text, in the lexical form of XML Schema and FEEL."""

import re
from datetime import date, datetime, time, timedelta, tzinfo

from formroute.feel.durations import YearsMonths, read_duration, write_duration
from formroute.feel.moments import (
    Date,
    DateTime,
    Time,
    WideDate,
    WideDateTime,
    date_of_day,
    day_number,
    join,
    make_date,
    make_time,
    nanosecond,
    split,
)
from formroute.feel.zones import read_zone, write_zone

_DATE = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-].*|@.*)?", re.ASCII)

Temporal = Date | Time | DateTime | YearsMonths | timedelta


def read_date(text: str) -> Date:
    """Read `2026-03-01`; anything else, or a date that does not exist, is a ValueError."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError
    return make_date(*map(int, match.groups()))


def read_time(text: str) -> Time:
    """Read `10:30:00`, perhaps with fraction and zone; anything else is a ValueError."""
    return _time(text)[0]


def read_date_and_time(text: str) -> DateTime:
    """Read `2026-03-01T10:30:00`, or a date, which means its midnight; anything else is a ValueError."""
    day, separator, clock = text.partition("T")
    if not separator:
        return join(read_date(day), time())
    read, next_day = _time(clock)
    found = read_date(day)
    return join(date_of_day(day_number(found) + 1) if next_day else found, read)


def read_temporal(text: str) -> Temporal:
    """Read what stands after `@`; anything else is a ValueError."""
    if text.lstrip("-").startswith("P"):
        return read_duration(text)
    if "T" in text.partition("@")[0]:
        return read_date_and_time(text)
    return read_time(text) if text[2:3] == ":" else read_date(text)


def write_date(value: Date) -> str:
    """Write a date."""
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def write_time(value: Time) -> str:
    """Write a time of day with its zone."""
    nano = nanosecond(value)
    fraction = f".{nano:09}".rstrip("0") if nano else ""
    return f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}{write_zone(value.tzinfo)}"


def write_date_and_time(value: DateTime) -> str:
    """Write a date and time with its zone."""
    day, clock = split(value)
    return f"{write_date(day)}T{write_time(clock)}"


def write_temporal(value: Temporal) -> str:
    """Write any date, time or duration."""
    if isinstance(value, (datetime, WideDateTime)):
        return write_date_and_time(value)
    if isinstance(value, (date, WideDate)):
        return write_date(value)
    return write_duration(value) if isinstance(value, (YearsMonths, timedelta)) else write_time(value)


def _time(text: str) -> tuple[Time, bool]:
    """Read a time, and whether it is 24:00:00, the midnight of the next day."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError
    hour, minute, second, fraction, zone = match.groups()
    where: tzinfo | None = read_zone(zone) if zone else None
    if (hour, minute, second) == ("24", "00", "00") and not int(fraction or 0):
        return make_time(0, 0, 0, 0, where), True
    return make_time(int(hour), int(minute), int(second), int((fraction or "")[:9].ljust(9, "0")), where), False
