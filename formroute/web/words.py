"""Sizes, days and moments as a reader's language writes them."""

from datetime import datetime, tzinfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from formroute.messages import locale

_KILO = 1_000


def file_size(language: str, size: int) -> str:
    """`size` bytes in kB or MB; French writes ko and Mo."""
    byte = "o" if language.startswith("fr") else "B"
    if size < _KILO**2:
        return f"{max(1, round(size / _KILO))} k{byte}"
    return f"{format_decimal(size / _KILO**2, '0.0', locale=locale(language))} M{byte}"


def day(language: str, zone: tzinfo, moment: datetime) -> str:
    """The calendar day of a moment in the city."""
    return format_date(moment.astimezone(zone), "long", locale=locale(language))


def date_time(language: str, zone: tzinfo, moment: datetime) -> str:
    """Day and time of a moment in the city."""
    local = moment.astimezone(zone)
    return f"{day(language, zone, local)}, {format_time(local, 'short', locale=locale(language))}"
