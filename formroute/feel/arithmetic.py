"""`+ - * / **` and the unary minus: one table per operator, by the types of the operands."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from formroute.feel.durations import YearsMonths, years_months
from formroute.feel.errors import NoValue
from formroute.feel.moments import (
    DAY,
    Date,
    DateTime,
    Time,
    add_months,
    date_of_day,
    day_number,
    from_instant,
    instant,
    join,
    midnight,
    nanosecond,
    second_of_day,
    split,
    time_instant,
    time_of_second,
)
from formroute.feel.numbers import DECIMAL, whole
from formroute.feel.values import Value, kind_of

Operation = Callable[[Value, Value], Value]
_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)


def calculate(operator: str, left: Value, right: Value) -> Value:
    """Apply an arithmetic operator; raises NoValue for operands it has no meaning for and results beyond bounds."""
    operation = TABLES[operator].get((kind_of(left), kind_of(right)))
    if operation is None:
        raise _no_operation(operator, left, right)
    try:
        return operation(left, right)
    except ZeroDivisionError:
        raise NoValue("division by zero") from None
    except (ArithmeticError, ValueError):
        raise NoValue(f"the result of {operator} is not a value that FEEL can hold") from None


def negate(value: Value) -> Value:
    """Give the negative of a number or duration; raises NoValue for anything else."""
    if value is None:
        raise NoValue("null has no negative", "null")
    negative = _NEGATIVES.get(kind_of(value))
    if negative is None:
        raise NoValue(f"a {kind_of(value)} has no negative", "type")
    return negative(value)


def _no_operation(operator: str, left: Value, right: Value) -> NoValue:
    if left is None or right is None:
        return NoValue(f"null is no operand of {operator}", "null")
    return NoValue(f"{operator} has no meaning between a {kind_of(left)} and a {kind_of(right)}", "type")


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return DECIMAL.power(base, exponent) if exponent else Decimal(1)


def _divide(dividend: Decimal, divisor: Decimal) -> Decimal:
    try:
        return DECIMAL.divide(dividend, divisor)
    except InvalidOperation:
        raise ZeroDivisionError from None


def _microseconds(duration: timedelta) -> Decimal:
    return Decimal(duration // _MICROSECOND)


def _stretch(duration: timedelta, factor: Decimal) -> timedelta:
    return timedelta(microseconds=whole(DECIMAL.multiply(_microseconds(duration), factor)))


def _shrink(duration: timedelta, divisor: Decimal) -> timedelta:
    return timedelta(microseconds=whole(_divide(_microseconds(duration), divisor)))


def _stretch_months(duration: YearsMonths, factor: Decimal) -> YearsMonths:
    return years_months(whole(DECIMAL.multiply(Decimal(duration.total), factor)))


def _shrink_months(duration: YearsMonths, divisor: Decimal) -> YearsMonths:
    return years_months(whole(_divide(Decimal(duration.total), divisor)))


def _date_on(date: Date, duration: timedelta) -> Date:
    return date_of_day(day_number(date) + duration // timedelta(days=1))


def _moment_on(moment: DateTime, duration: timedelta) -> DateTime:
    seconds, rest = divmod(duration, _SECOND)
    carry, nano = divmod(nanosecond(split(moment)[1]) + rest.microseconds * 1000, 1_000_000_000)
    return from_instant(instant(moment) + seconds + carry, nano, moment.tzinfo)


def _time_on(time: Time, duration: timedelta) -> Time:
    seconds, rest = divmod(duration, _SECOND)
    carry, nano = divmod(nanosecond(time) + rest.microseconds * 1000, 1_000_000_000)
    return time_of_second((second_of_day(time) + seconds + carry) % DAY, nano, time.tzinfo)


def _date_on_months(date: Date, duration: YearsMonths) -> Date:
    return add_months(date, duration.total)


def _moment_on_months(moment: DateTime, duration: YearsMonths) -> DateTime:
    date, time = split(moment)
    return join(add_months(date, duration.total), time)


def _between_moments(later: DateTime, earlier: DateTime) -> timedelta:
    _same_zoning(later, earlier)
    nanos = nanosecond(split(later)[1]) - nanosecond(split(earlier)[1])
    return timedelta(seconds=instant(later) - instant(earlier), microseconds=nanos // 1000)


def _between_times(later: Time, earlier: Time) -> timedelta:
    _same_zoning(later, earlier)
    nanos = nanosecond(later) - nanosecond(earlier)
    return timedelta(seconds=time_instant(later) - time_instant(earlier), microseconds=nanos // 1000)


def _same_zoning(one: DateTime | Time, other: DateTime | Time) -> None:
    if (one.tzinfo is None) != (other.tzinfo is None):
        raise NoValue("there is no duration between a time with a zone and one without")


def _between_dates(later: Date, earlier: Date) -> timedelta:
    return timedelta(days=day_number(later) - day_number(earlier))


def _both_ways(first: str, second: str, operation: Operation) -> dict[tuple[str, str], Operation]:
    return {(first, second): operation, (second, first): lambda left, right: operation(right, left)}


def _back(operation: Operation) -> Operation:
    return lambda value, duration: operation(value, negate(duration))


_N, _S, _D, _T, _DT = "number", "string", "date", "time", "date and time"
_DAYS, _MONTHS = "days and time duration", "years and months duration"
_ONWARD: dict[tuple[str, str], Operation] = {
    (_D, _DAYS): _date_on,
    (_DT, _DAYS): _moment_on,
    (_T, _DAYS): _time_on,
    (_D, _MONTHS): _date_on_months,
    (_DT, _MONTHS): _moment_on_months,
}
_ADD: dict[tuple[str, str], Operation] = {
    (_N, _N): DECIMAL.add,
    (_S, _S): lambda left, right: left + right,
    (_DAYS, _DAYS): lambda left, right: left + right,
    (_MONTHS, _MONTHS): lambda left, right: years_months(left.total + right.total),
}
for (_moment, _duration), _operation in _ONWARD.items():
    _ADD.update(_both_ways(_moment, _duration, _operation))
_SUBTRACT: dict[tuple[str, str], Operation] = {
    (_N, _N): DECIMAL.subtract,
    (_DAYS, _DAYS): lambda left, right: left - right,
    (_MONTHS, _MONTHS): lambda left, right: years_months(left.total - right.total),
    (_DT, _DT): _between_moments,
    (_D, _D): _between_dates,
    (_T, _T): _between_times,
    (_DT, _D): lambda left, right: _between_moments(left, midnight(right)),
    (_D, _DT): lambda left, right: _between_moments(midnight(left), right),
    **{kinds: _back(operation) for kinds, operation in _ONWARD.items()},
}
_MULTIPLY: dict[tuple[str, str], Operation] = {
    (_N, _N): DECIMAL.multiply,
    **_both_ways(_DAYS, _N, _stretch),
    **_both_ways(_MONTHS, _N, _stretch_months),
}
_DIVIDE: dict[tuple[str, str], Operation] = {
    (_N, _N): _divide,
    (_DAYS, _N): _shrink,
    (_MONTHS, _N): _shrink_months,
    (_DAYS, _DAYS): lambda left, right: _divide(_microseconds(left), _microseconds(right)),
    (_MONTHS, _MONTHS): lambda left, right: _divide(Decimal(left.total), Decimal(right.total)),
}
TABLES: dict[str, dict[tuple[str, str], Operation]] = {
    "+": _ADD,
    "-": _SUBTRACT,
    "*": _MULTIPLY,
    "/": _DIVIDE,
    "**": {(_N, _N): _power},
}
_NEGATIVES: dict[str, Callable[[Value], Value]] = {
    _N: DECIMAL.minus,
    _DAYS: lambda value: -value,
    _MONTHS: lambda value: YearsMonths(-value.total),
}
