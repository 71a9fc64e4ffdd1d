"""The values of FEEL: Python's own where they exist, small frozen classes where they do not."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from formroute.feel.durations import YearsMonths
from formroute.feel.errors import LimitReached
from formroute.feel.limits import LIMITS
from formroute.feel.moments import WideDate, WideDateTime, WideTime
from formroute.feel.syntax import TypeName

Value = Any
"""None, bool, Decimal, str, a date, time or duration, list, dict with text keys, Range or Function."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values between two ends, or, with an operator such as `<`, on one side of an end.

    `operator` is `..`, `=`, `!=`, `<`, `<=`, `>` or `>=`. An end that is not there is None and not included.
    """

    start: Value
    end: Value
    start_included: bool
    end_included: bool
    operator: str = ".."


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function written in FEEL or built in; only an expression calls it."""

    parameters: tuple[str, ...]
    call: Callable[..., Value] = field(repr=False)
    types: tuple[TypeName, ...] = ()
    result: TypeName = field(default=TypeName("Any"))


KINDS: dict[type, str] = {
    type(None): "Null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime.date: "date",
    WideDate: "date",
    datetime.time: "time",
    WideTime: "time",
    datetime.datetime: "date and time",
    WideDateTime: "date and time",
    datetime.timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}
_SIMPLE = frozenset(KINDS) - {list, dict, Decimal}
_HOLDING = (Mapping, list, tuple, set, frozenset)
Known = dict[int, tuple[object, Value]]
"""What was converted so far, by identity: a list that stands in many places is converted once."""


def kind_of(value: Value) -> str:
    """Name the type of a value, without what it holds."""
    return KINDS[type(value)]


def adopt(value: object, nesting: int = LIMITS.nesting) -> Value:
    """Make a value of the caller a value of FEEL: exact types, integers as decimals, tuples as lists.

    Raises TypeError for what FEEL has no value for, ValueError for a number that is not finite, and LimitReached for
    lists and contexts inside each other on more than `nesting` levels.
    """
    return _adopted(value, nesting, {})


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} is no number in FEEL")
    return Decimal(value) if type(value) is not Decimal else value


def _exact_datetime(value: datetime.datetime) -> datetime.datetime:
    return datetime.datetime.combine(_exact_date(value.date()), value.timetz())


def _exact_date(value: datetime.date) -> datetime.date:
    return datetime.date(value.year, value.month, value.day)


def _exact_time(value: datetime.time) -> datetime.time:
    return datetime.time(value.hour, value.minute, value.second, value.microsecond, value.tzinfo, fold=value.fold)


def _exact_timedelta(value: datetime.timedelta) -> datetime.timedelta:
    return datetime.timedelta(value.days, value.seconds, value.microseconds)


def _adopted(value: object, levels: int, known: Known) -> Value:
    if type(value) in _SIMPLE:
        return value
    for kind, convert in _CONVERSIONS:
        if isinstance(value, kind):
            return convert(value)
    if not isinstance(value, _HOLDING):
        raise TypeError(f"FEEL has no value for a {type(value).__name__}")
    if not levels:
        raise LimitReached("a value is nested too deep, or holds itself")
    if id(value) not in known:
        known[id(value)] = value, _contents(value, levels - 1, known)
    return known[id(value)][1]


def _contents(value: Any, levels: int, known: Known) -> Value:
    if isinstance(value, Mapping):
        return {str(key): _adopted(item, levels, known) for key, item in value.items()}
    items = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
    return [_adopted(item, levels, known) for item in items]


_CONVERSIONS: tuple[tuple[type, Callable[[Any], Value]], ...] = (
    (Decimal, _finite),
    (str, str),
    (int, Decimal),
    (float, lambda value: _finite(Decimal(repr(value)))),
    (datetime.datetime, _exact_datetime),
    (datetime.date, _exact_date),
    (datetime.time, _exact_time),
    (datetime.timedelta, _exact_timedelta),
)
