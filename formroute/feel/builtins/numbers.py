"""10.3.4.5: numbers."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from formroute.feel.builtins.tables import Table
from formroute.feel.errors import NoValue
from formroute.feel.numbers import DECIMAL, whole
from formroute.feel.run import Run

_SCALES = range(-6111, 6177)
_FUNCTION_STEPS = 100
_EVEN_FROM = 40


def rounding(mode: str) -> Callable[[Decimal, Decimal | None], Decimal]:
    """Give the function that rounds in one way to a number of digits after the point."""

    def rounded(number: Decimal, scale: Decimal | None) -> Decimal:
        digits = 0 if scale is None else whole(scale)
        if digits not in _SCALES:
            raise NoValue(f"the scale lies between {_SCALES[0]} and {_SCALES[-1]}")
        if number.as_tuple().exponent >= -digits:  # type: ignore[operator]  # numbers are finite
            return number
        return number.quantize(Decimal((0, (1,), -digits)), mode, DECIMAL) or Decimal(0)

    return rounded


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Give what remains of a division, with the sign of the divisor."""
    if not divisor:
        raise NoValue("division by zero")
    rest = DECIMAL.remainder(dividend, divisor)
    return DECIMAL.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def square_root(run: Run, number: Decimal) -> Decimal:
    """Give the square root of a number that is not negative."""
    run.charge(_FUNCTION_STEPS)
    return DECIMAL.sqrt(number)


def logarithm(run: Run, number: Decimal) -> Decimal:
    """Give the natural logarithm of a positive number."""
    run.charge(_FUNCTION_STEPS)
    if number <= 0:
        raise NoValue("only a positive number has a logarithm")
    return DECIMAL.ln(number)


def exponential(run: Run, number: Decimal) -> Decimal:
    """Give e to a power."""
    run.charge(_FUNCTION_STEPS)
    return DECIMAL.exp(number)


def is_odd(number: Decimal) -> bool:
    """Tell whether a whole number is odd."""
    return _parity(number) == 1


def is_even(number: Decimal) -> bool:
    """Tell whether a whole number is even."""
    return _parity(number) == 0


def _parity(number: Decimal) -> int | None:
    """Give what a division by two leaves of a whole number; none ends in a digit that 34 digits cannot reach."""
    if number.adjusted() > _EVEN_FROM:
        return 0
    return int(number) % 2 if number == int(number) else None


FUNCTIONS: Table = {
    "decimal": rounding(ROUND_HALF_EVEN),
    "floor": rounding(ROUND_FLOOR),
    "ceiling": rounding(ROUND_CEILING),
    "round up": rounding(ROUND_UP),
    "round down": rounding(ROUND_DOWN),
    "round half up": rounding(ROUND_HALF_UP),
    "round half down": rounding(ROUND_HALF_DOWN),
    "abs": (DECIMAL.abs, lambda months: type(months)(abs(months.total)), abs),
    "modulo": modulo,
    "odd": is_odd,
    "even": is_even,
}
RUN_FUNCTIONS: Table = {"sqrt": square_root, "log": logarithm, "exp": exponential}
