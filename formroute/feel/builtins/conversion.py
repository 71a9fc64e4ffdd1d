"""10.3.4.1: from texts and parts to values."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from formroute.feel.builtins.contexts import from_entries
from formroute.feel.builtins.tables import Table
from formroute.feel.comparing import ordered
from formroute.feel.durations import Duration, YearsMonths, read_duration
from formroute.feel.errors import FeelError, NoValue
from formroute.feel.iso import read_date, read_date_and_time, read_temporal, read_time
from formroute.feel.moments import Date, DateTime, Time, join, make_date, make_time, months_between, split
from formroute.feel.numbers import read_number, whole
from formroute.feel.parser import parse
from formroute.feel.syntax import At, Call, Interval, Name, Node, Number, String
from formroute.feel.values import Range, Value
from formroute.feel.writing import to_string
from formroute.feel.zones import offset_zone

Made = TypeVar("Made")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NANOSECONDS = 1_000_000_000


def date_from_text(text: str) -> Date:
    """Read a date."""
    return _read("date", read_date, text)


def date_from_moment(moment: DateTime) -> Date:
    """Take the date of a date and time."""
    return split(moment)[0]


def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Date:
    """Make a date of three whole numbers."""
    return _made("date", make_date, *_whole(year, month, day))


def time_from_text(text: str) -> Time:
    """Read a time."""
    return _read("time", read_time, text)


def time_from_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None) -> Time:
    """Make a time; the second may have a fraction."""
    seconds = whole(second)
    zone = None if offset is None else _made("zone", offset_zone, round(offset.total_seconds()))
    nano = int((second - seconds) * _NANOSECONDS)
    return _made("time", make_time, *_whole(hour, minute), seconds, nano, zone)


def moment_from_text(text: str) -> DateTime:
    """Read a date and time."""
    return _read("date and time", read_date_and_time, text)


def moment_from_moment(moment: DateTime, time: Time) -> DateTime:
    """Put another time on the date of a date and time."""
    return join(split(moment)[0], time)


def number_from_text(text: str, grouping: str | None, decimal: str | None) -> Decimal:
    """Read a number with the separators of a language."""
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", "."):
        raise NoValue("the separators of a number are space, comma and period")
    if grouping is not None and grouping == (decimal or "."):
        raise NoValue("the two separators of a number must differ")
    plain = text.replace(grouping or "", "") if grouping else text
    if decimal == ",":
        plain = plain.replace(".", "?").replace(",", ".")
    found = read_number(plain) if _NUMBER.fullmatch(plain) else None
    if found is None:
        raise NoValue(f"{text!r} is no number")
    return found


def duration_from_text(text: str) -> Duration:
    """Read a duration of either sort."""
    return _read("duration", read_duration, text)


def months_from_moments(start: DateTime, end: DateTime) -> YearsMonths:
    """Give the whole months between two dates."""
    return YearsMonths(months_between(split(start)[0], split(end)[0]))


def range_from_text(text: str) -> Range:
    """Read a range whose ends are written out."""
    try:
        tree = parse(text)
    except FeelError:
        tree = None
    if not isinstance(tree, Interval):
        raise NoValue(f"{text!r} is no range")
    low, high = _end(tree.low), _end(tree.high)
    if not ordered("<=", low, high):
        raise NoValue("the ends of this range are the wrong way round")
    return Range(low, high, tree.low_included, tree.high_included)


def _end(node: Node) -> Value:
    if isinstance(node, Number | String):
        return node.value
    if isinstance(node, At):
        return _read("date, time or duration", read_temporal, node.text)
    if isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in _READERS:
        arguments = [argument.value for argument in node.arguments]
        if len(arguments) == 1 and isinstance(arguments[0], String):
            return _READERS[node.function.name](arguments[0].value)
    raise NoValue("the ends of a range in a text are literals")


def _read(kind: str, read: Callable[[str], Made], text: str) -> Made:
    try:
        return read(text)
    except ValueError:
        raise NoValue(f"{text!r} is no {kind}") from None


def _made(kind: str, make: Callable[..., Made], *parts: Value) -> Made:
    try:
        return make(*parts)
    except (ValueError, OverflowError):
        raise NoValue(f"there is no such {kind}") from None


def _whole(*numbers: Decimal) -> tuple[int, ...]:
    if any(number != whole(number) for number in numbers):
        raise NoValue("the parts of a date or time are whole numbers")
    return tuple(whole(number) for number in numbers)


_READERS: dict[str, Callable[[str], Value]] = {
    "date": date_from_text,
    "time": time_from_text,
    "date and time": moment_from_text,
    "duration": duration_from_text,
}
FUNCTIONS: Table = {
    "date": (date_from_text, date_from_moment, date_from_parts),
    "date and time": (moment_from_text, join, moment_from_moment),
    "time": (time_from_text, lambda time: time, lambda moment: split(moment)[1], time_from_parts),
    "number": number_from_text,
    "duration": duration_from_text,
    "years and months duration": months_from_moments,
    "context": from_entries,
    "range": range_from_text,
}
RUN_FUNCTIONS: Table = {"string": lambda run, value: to_string(value, run)}
