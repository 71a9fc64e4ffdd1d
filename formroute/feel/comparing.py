"""Equality and order of values, as in tables 53 and 54 of the standard."""

import operator
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from formroute.feel.errors import NoValue
from formroute.feel.moments import DateTime, Time, day_number, instant, nanosecond, split, time_instant
from formroute.feel.run import Run
from formroute.feel.values import Range, Value, kind_of

ORDERS: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_DIRECT = frozenset({Decimal, str, date, timedelta})


def equal(left: Value, right: Value, run: Run) -> bool | None:
    """Tell whether two values are equal; None when they are of different types. Only null equals null."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    compare = _EQUALITIES.get(kind)
    return compare(left, right, run) if compare else bool(left == right)


def same(left: Value, right: Value, run: Run) -> bool:
    """Tell whether two values are equal, where different types simply are not."""
    return equal(left, right, run) is True


def ordered(symbol: str, left: Value, right: Value) -> bool:
    """Compare two values by `<`, `<=`, `>` or `>=`; raises NoValue when they have no order."""
    if type(left) is type(right) and type(left) in _DIRECT:
        return ORDERS[symbol](left, right)
    return ORDERS[symbol](*_keys(left, right))


def before(left: Value, right: Value) -> bool:
    """Tell whether a value comes before another; raises NoValue when they have no order."""
    return ordered("<", left, right)


def inside(value: Value, limits: Range, run: Run) -> bool | None:
    """Tell whether a value lies in a range; raises NoValue when it cannot be compared with the ends."""
    if limits.operator == "..":
        low = ordered(">=" if limits.start_included else ">", value, limits.start)
        high = ordered("<=" if limits.end_included else "<", value, limits.end)
        return low and high
    if limits.operator in ORDERS:
        return ordered(limits.operator, value, limits.start if limits.end is None else limits.end)
    found = equal(value, limits.start, run)
    return found if limits.operator == "=" or found is None else not found


def different_types(left: Value, right: Value) -> NoValue:
    """Say that two values cannot be compared, and why."""
    if left is None or right is None:
        return NoValue("null cannot be compared", "null")
    return NoValue(f"a {kind_of(left)} cannot be compared with a {kind_of(right)}", "type")


def order_key(value: Value) -> tuple[tuple[str, bool], Value]:
    """Give the order a value belongs to, and its place there; raises NoValue when its type has no order."""
    if value is None:
        raise different_types(None, None)
    kind = kind_of(value)
    key = _KEYS.get(kind)
    if key is None:
        raise NoValue(f"a {kind} has no order", "type")
    return (kind, kind in _ZONED and value.tzinfo is not None), key(value)


def _keys(left: Value, right: Value) -> tuple[Value, Value]:
    if left is None or right is None:
        raise different_types(left, right)
    (kind, zoned), one = order_key(left)
    (other_kind, other_zoned), other = order_key(right)
    if kind != other_kind:
        raise different_types(left, right)
    if zoned != other_zoned:
        raise NoValue("a time with a zone cannot be compared with one without")
    return one, other


def _itself(value: Value) -> Value:
    return value


def _moment_key(value: DateTime) -> tuple[int, int]:
    return instant(value), nanosecond(split(value)[1])


def _time_key(value: Time) -> tuple[int, int]:
    return time_instant(value), nanosecond(value)


def _equal_zoned(seconds: Callable[[Value], int]) -> Callable[[Value, Value, Run], bool]:
    def compare(left: Value, right: Value, _: Run) -> bool:
        return (left.tzinfo is None) == (right.tzinfo is None) and seconds(left) == seconds(right)

    return compare


def _equal_lists(left: list[Value], right: list[Value], run: Run) -> bool:
    run.charge(1 + min(len(left), len(right)))
    return len(left) == len(right) and all(same(one, other, run) for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Value], right: dict[str, Value], run: Run) -> bool:
    run.charge(1 + len(left))
    return left.keys() == right.keys() and all(same(value, right[key], run) for key, value in left.items())


def _equal_ranges(left: Range, right: Range, run: Run) -> bool:
    return (left.operator, left.start_included, left.end_included) == (
        right.operator,
        right.start_included,
        right.end_included,
    ) and (same(left.start, right.start, run) and same(left.end, right.end, run))


_ZONED = frozenset({"time", "date and time"})
_KEYS: dict[str, Callable[[Value], Value]] = {
    "number": _itself,
    "string": _itself,
    "date": day_number,
    "time": _time_key,
    "date and time": _moment_key,
    "days and time duration": _itself,
    "years and months duration": _itself,
}
_EQUALITIES: dict[str, Callable[[Value, Value, Run], bool]] = {
    "time": _equal_zoned(time_instant),
    "date and time": _equal_zoned(instant),
    "list": _equal_lists,
    "context": _equal_contexts,
    "range": _equal_ranges,
}
