"""Dates and times on the proleptic Gregorian calendar, also where Python's own end.

Python's `date`, `time` and `datetime` are used whenever they can hold a value; years outside 1 to 9999 and fractions
finer than a microsecond need the wide classes, which have the same attributes and `nanosecond`.
"""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from formroute.feel.zones import offset_seconds

YEARS = range(-999_999_999, 1_000_000_000)
DAY = 86_400
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_PYTHON_YEARS = range(datetime.MINYEAR, datetime.MAXYEAR + 1)
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097


@dataclass(frozen=True, slots=True)
class WideDate:
    """A date before the year 1 or after 9999."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time of day finer than a microsecond."""

    hour: int
    minute: int
    second: int
    nanosecond: int
    tzinfo: datetime.tzinfo | None = None
    fold: int = 0


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time of which Python's classes can hold only one half, or none."""

    date: "Date"
    time: "Time"

    @property
    def tzinfo(self) -> datetime.tzinfo | None:
        """The time's zone."""
        return self.time.tzinfo


Date = datetime.date | WideDate
Time = datetime.time | WideTime
DateTime = datetime.datetime | WideDateTime


def make_date(year: int, month: int, day: int) -> Date:
    """Make a date; one that does not exist is a ValueError."""
    if year in _PYTHON_YEARS:
        return datetime.date(year, month, day)
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= days_in(year, month):
        raise ValueError
    return WideDate(year, month, day)


def make_time(
    hour: int, minute: int, second: int, nanosecond: int = 0, zone: datetime.tzinfo | None = None, fold: int = 0
) -> Time:
    """Make a time of day; one that does not exist is a ValueError.

    `fold` is 1 for the second of an hour that clocks show twice.
    """
    micro, rest = divmod(nanosecond, 1000)
    held = datetime.time(hour, minute, second, micro, zone, fold=fold)
    return WideTime(hour, minute, second, nanosecond, zone, fold) if rest else held


def join(date: Date, time: Time) -> DateTime:
    """Make a date and time."""
    if isinstance(date, datetime.date) and isinstance(time, datetime.time):
        return datetime.datetime.combine(date, time)
    return WideDateTime(date, time)


def split(moment: DateTime) -> tuple[Date, Time]:
    """Take a date and time apart; the time keeps the zone."""
    if isinstance(moment, datetime.datetime):
        return moment.date(), moment.timetz()
    return moment.date, moment.time


def days_in(year: int, month: int) -> int:
    """Count the days of a month."""
    return monthrange(year % _CYCLE_YEARS + _CYCLE_YEARS, month)[1]


def cycle_date(date: Date) -> datetime.date:
    """Give the date of the years 400 to 799 with the same weekday and the same place in its year."""
    return datetime.date(date.year % _CYCLE_YEARS + _CYCLE_YEARS, date.month, date.day)


def day_number(date: Date) -> int:
    """Count the days since 1970-01-01."""
    cycles = date.year // _CYCLE_YEARS - 1
    return cycle_date(date).toordinal() - _EPOCH + cycles * _CYCLE_DAYS


def date_of_day(number: int) -> Date:
    """Give the date so many days after 1970-01-01; one beyond the calendar is a ValueError."""
    cycles, day = divmod(number + _EPOCH - 1, _CYCLE_DAYS)
    same = datetime.date.fromordinal(day + 1)
    return make_date(same.year + cycles * _CYCLE_YEARS, same.month, same.day)


def add_months(date: Date, months: int) -> Date:
    """Go some months on; a day that the month lacks becomes its last."""
    total = date.year * 12 + date.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return make_date(year, month, min(date.day, days_in(year, month)))


def months_between(start: Date, end: Date) -> int:
    """Count the whole months from one date to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    return months + 1 if months < 0 and end.day > start.day else months


def nanosecond(time: Time) -> int:
    """Give the fraction of a time's second."""
    return time.nanosecond if isinstance(time, WideTime) else time.microsecond * 1000


def second_of_day(time: Time) -> int:
    """Count the whole seconds since midnight."""
    return time.hour * 3600 + time.minute * 60 + time.second


def time_of_second(second: int, nano: int, zone: datetime.tzinfo | None, fold: int = 0) -> Time:
    """Give the time of day so many seconds after midnight."""
    minute, second = divmod(second, 60)
    return make_time(minute // 60, minute % 60, second, nano, zone, fold)


def utc_offset(date: Date, time: Time) -> int | None:
    """Give the seconds that a date and time's zone is ahead of UTC; None without zone."""
    if time.tzinfo is None:
        return None
    clock = datetime.time(time.hour, time.minute, time.second, fold=time.fold)
    return offset_seconds(time.tzinfo, datetime.datetime.combine(_zoned_date(date), clock))


def instant(moment: DateTime) -> int:
    """Count the whole seconds since 1970 began, in UTC if the moment has a zone."""
    date, time = split(moment)
    return day_number(date) * DAY + second_of_day(time) - (utc_offset(date, time) or 0)


def from_instant(second: int, nano: int, zone: datetime.tzinfo | None) -> DateTime:
    """Give the date and time of an instant as the clocks of a zone show it."""
    fold = 0
    if zone is not None:
        begun = datetime.datetime.combine(_zoned_date(date_of_day(second // DAY)), datetime.time(tzinfo=zone))
        shown = zone.fromutc(begun + datetime.timedelta(seconds=second % DAY))
        second, fold = second + offset_seconds(zone, shown), shown.fold
    return join(date_of_day(second // DAY), time_of_second(second % DAY, nano, zone, fold))


def time_instant(time: Time) -> int:
    """Count the seconds since midnight, in UTC if the time has a zone; a region counts as on 2000-01-01."""
    return second_of_day(time) - (utc_offset(datetime.date(2000, 1, 1), time) or 0)


def midnight(date: Date) -> DateTime:
    """Give the moment a date begins, in UTC as the standard reads a date."""
    return join(date, datetime.time(tzinfo=datetime.UTC))


def _zoned_date(date: Date) -> datetime.date:
    """Give a date, or for one at or beyond Python's ends another on which clocks show the same."""
    year = date.year if date.year in range(2, 9999) else (2 if date.year < 2 else 2000 + date.year % _CYCLE_YEARS)
    return datetime.date(year, date.month, min(date.day, days_in(year, date.month)))
