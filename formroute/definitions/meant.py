"""Numbers, days and times as people write them, in the way that they are written here; None where it is not certain."""

from __future__ import annotations

import re
from datetime import date

from babel import Locale

_BEFORE = re.compile(r"[~$€]?\s?(-?[0-9][0-9 ,.\u00a0\u202f']*?)[.,]?(?:\s*[^\W\d]\D*|\s*[%$€])?", re.ASCII)
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[,.' ]?[0-9]{3})*", re.ASCII)
_DECIMAL = re.compile(r"(-?[0-9]+)(?:[.,]([0-9]+))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_TWO_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:.h]\s*(\d{2}))?\s*h?(?:\s*([ap])\.?\s?m\.?)?", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_NOON = 12
_MONTHS = {
    words[:length]: number
    for language in ("en", "fr")
    for number, name in Locale(language).months["format"]["wide"].items()
    for words in [name.casefold()]
    for length in range(3, len(words) + 1)
    if words[:length] not in ("jui",)  # juin and juillet
}


def whole_number(text: str) -> str | None:
    """`500 characters`, `1,000` and `500.0` as digits."""
    number = _number(text).removesuffix(".0").removesuffix(".00")
    return re.sub("[,.' ]", "", number) if _THOUSANDS.fullmatch(number) else None


def decimal_number(text: str) -> str | None:
    """`2,5` and `3 cm` with a point and without a unit."""
    found = _DECIMAL.fullmatch(_number(text))
    if found and "," in found[0] and len(found[2]) == 3:
        return None
    return found and (f"{found[1]}.{found[2]}" if found[2] else found[1])


def day(text: str) -> str | None:
    """`31/12/2026`, `2026/12/31` and `Dec 31, 2026` as `2026-12-31`."""
    plain = text.strip()
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(*found.groups())
    if found := _YEAR_LAST.fullmatch(plain):
        one, other, year = found.groups()
        ways = {_day(year, other, one), _day(year, one, other)} - {None}
        return ways.pop() if len(ways) == 1 else None
    month, rest = _month(plain)
    numbers = sorted(rest, key=len)
    return _day(numbers[1], month, numbers[0]) if month and len(numbers) == 2 and len(numbers[1]) == 4 else None


def day_of_year(text: str) -> str | None:
    """`25 December`, `2026-12-25` and `25-12` as `12-25`."""
    whole = day(text) or (text.strip() if _YEAR_FIRST.fullmatch(text.strip()) else None)
    month, rest = _month(text)
    parts = _TWO_NUMBERS.fullmatch(text.strip())
    ways = {_day("2024", *parts.groups()), _day("2024", *reversed(parts.groups()))} - {None} if parts else set()
    whole = whole or (ways.pop() if len(ways) == 1 else None)
    found = whole or (_day("2024", month, rest[0]) if month and len(rest) == 1 else None)
    return found and found[5:]


def time(text: str) -> str | None:
    """`8:30`, `8h30` and `4 pm` as `08:30` and `16:00`."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None or not (found[2] or found[3] or "h" in found[0]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % _NOON + (_NOON if found[3] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _number(text: str) -> str:
    """The one number in a text."""
    found = _BEFORE.fullmatch(text.strip())
    return found[1].replace("\u00a0", " ").replace("\u202f", " ").strip() if found else ""


def _month(text: str) -> tuple[str | None, list[str]]:
    """The month that a text names, and the numbers in it; neither where something else is in it."""
    words = [word.casefold() for word in _WORD.findall(text)]
    numbers = [re.sub(r"\D", "", word) for word in words if word[0].isdigit()]
    names = [word for word in words if not word[0].isdigit() and word not in ("st", "nd", "rd", "th", "er", "le", "of")]
    month = _MONTHS.get(names[0]) if len(names) == 1 else None
    return (str(month), numbers) if month else (None, [])


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
