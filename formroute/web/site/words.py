"""Sizes, days and moments as a reader's language writes them."""

from datetime import datetime, tzinfo

from babel.numbers import format_decimal

from formroute.messages import NO_BREAK, calendar_day, clock, locale, say

_KILO = 1_000


def file_size(language: str, size: int) -> str:
    """`size` bytes in kB or MB; French writes ko and Mo."""
    byte = "o" if language.startswith("fr") else "B"
    if size < _KILO**2:
        return f"{max(1, round(size / _KILO))}{NO_BREAK}k{byte}"
    return f"{format_decimal(size / _KILO**2, '0.0', locale=locale(language))}{NO_BREAK}M{byte}"


def day(language: str, zone: tzinfo, moment: datetime) -> str:
    """The calendar day of a moment in the city."""
    return calendar_day(language, moment.astimezone(zone))


def date_time(language: str, zone: tzinfo, moment: datetime) -> str:
    """Day and time of a moment in the city."""
    local = moment.astimezone(zone)
    return say(language, "{day}, {time}", day=day(language, zone, local), time=clock(language, local.time()))
