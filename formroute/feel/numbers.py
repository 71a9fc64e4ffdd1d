"""Numbers: decimals of 34 digits, the standard's decimal128."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from formroute.feel.errors import NoValue

_MOST_DIGITS = 40
DECIMAL = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)
"""Arithmetic as in IEEE 754 decimal128; what has no finite result raises."""


def read_number(text: str) -> Decimal | None:
    """Read a number as FEEL writes it; None when it is beyond 34 digits and 6144 places."""
    try:
        return DECIMAL.create_decimal(text)
    except (InvalidOperation, Overflow):
        return None


def write_number(value: Decimal) -> str:
    """Write a number without exponent, its trailing zeros kept; FEEL has one zero, and it has no sign."""
    return format(value or value.copy_abs(), "f")


def whole(value: Decimal) -> int:
    """Cut a number to its whole part; one of more than forty digits raises NoValue, as nothing counts so far."""
    if value.adjusted() > _MOST_DIGITS:
        raise NoValue("this number is too large to count with")
    return int(value)
