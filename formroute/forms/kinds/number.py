"""Numbers, whole and decimal."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import Any, Self

from babel.numbers import format_decimal
from pydantic import model_validator
from pydantic_core import CoreSchema, core_schema

from formroute.conditions import Numbers
from formroute.definitions import wrong
from formroute.definitions.types import DecimalNumber, WholeNumber
from formroute.forms.kinds.base import FieldDefinition, Kind, refused
from formroute.messages import locale

MOST = 10**15
_PLACES = 10
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
# A comma is the decimal sign of French; before exactly three digits it could be English thousands, so it is refused.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,10}|,(?![0-9]{3}$)[0-9]{1,10})?", re.ASCII)


class BoundedDefinition(FieldDefinition):
    """A number from `min` to `max`, both in."""

    min: Any
    max: Any

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise wrong("F201", low=self.min, high=self.max)
        return self


class IntegerDefinition(BoundedDefinition):
    """A whole number."""

    min: WholeNumber = -MOST
    """The least number that is taken."""

    max: WholeNumber = MOST
    """The greatest number that is taken."""


class NumberDefinition(BoundedDefinition):
    """A decimal number."""

    min: DecimalNumber = Decimal(-MOST)
    """The least number that is taken."""

    max: DecimalNumber = Decimal(MOST)
    """The greatest number that is taken."""


def _read_whole(low: int, high: int, value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not _WHOLE.fullmatch(text):
            raise refused("whole", "Write a whole number in digits, such as 12.")
        value = int(text)
    elif isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int:
        raise refused("whole", "Write a whole number in digits, such as 12.")
    return _within(low, high, value)


def _read_decimal(low: Decimal, high: Decimal, value: Any) -> Any:
    if isinstance(value, str):
        text = value.strip()
        if not _DECIMAL.fullmatch(text):
            raise refused("number", "Write a number in digits, such as 2.5.")
        return _within(low, high, Decimal(text.replace(",", ".")))
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise refused("number", "Write a number in digits, such as 2.5.")
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) > MOST or number != round(number, _PLACES):
        raise refused("number", "Write a number in digits, such as 2.5.")
    return _within(low, high, number)


def _within(low: Any, high: Any, number: Any) -> Any:
    if low <= number <= high:
        return number
    if low > -MOST and high < MOST:
        raise refused("range", "Enter a number from {min} to {max}.", min=low, max=high)
    if number < low:
        raise refused("range", "Enter {min} or more.", min=low)
    raise refused("range", "Enter {max} or less.", max=high)


def whole(definition: Any) -> CoreSchema:
    """The reader of whole numbers from `min` to `max`."""
    return core_schema.no_info_plain_validator_function(functools.partial(_read_whole, definition.min, definition.max))


def _decimal(definition: NumberDefinition) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        functools.partial(_read_decimal, definition.min, definition.max)
    )


def _show(_definition: Any, value: Any, language: str) -> str:
    return format_decimal(value, locale=locale(language))


def _decimal_schema(definition: NumberDefinition, _language: str) -> dict[str, Any]:
    """A JSON number, or a string where its exact digits matter: JSON Schema cannot bound the string."""
    pattern = r"^\s*[+-]?[0-9]{1,18}([.,][0-9]{1,10})?\s*$"
    bounds = {"minimum": float(definition.min), "maximum": float(definition.max)}
    return {"type": ["number", "string"], "pattern": pattern, **bounds}


INTEGER = Kind(
    "integer",
    IntegerDefinition,
    widget="number",
    reader=whole,
    json_schema=lambda d, _language: {"type": "integer", "minimum": d.min, "maximum": d.max},
    domain=lambda d: Numbers(d.min, d.max, places=0),
    show=_show,
    missing="Write a number.",
    datatype="number",
)
NUMBER = Kind(
    "number",
    NumberDefinition,
    widget="number",
    reader=_decimal,
    json_schema=_decimal_schema,
    domain=lambda d: Numbers(d.min, d.max, places=_PLACES),
    show=_show,
    missing="Write a number.",
    exact=False,
    datatype="number",
)
