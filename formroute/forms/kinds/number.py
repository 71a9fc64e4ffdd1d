"""Numbers, whole and decimal."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from babel.numbers import format_decimal
from pydantic import model_validator

from formroute.conditions import Moment, Numbers
from formroute.definitions import Place
from formroute.definitions.types import DecimalNumber, WholeNumber
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples, reversed_bounds
from formroute.forms.kinds.reader import Reader, Refusal, refused
from formroute.forms.lookup import Library
from formroute.messages import locale
from formroute.problems import Problem

MOST = 10**15
_PLACES = 10
_DIGITS = 18
_WHOLE = re.compile(rf"[+-]?[0-9]{{1,{_DIGITS}}}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,10})?", re.ASCII)
# A comma is the decimal sign of most languages; before exactly three digits it could be English thousands, so it is
# refused. `1.234` is a decimal number unless a language of the catalogue groups digits so, as German does: then it is.
_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
_POINT_OR_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)
# Groups together with a decimal sign can be nothing else: `1.234,5`, `1,234.5`, `1 234,5` and `1'234.5`.
_GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){1,5},[0-9]{1,10}|(?:,[0-9]{3}){1,5}\.[0-9]{1,10}"
    r"|(?:[ \u00a0\u202f][0-9]{3}){1,5}(?:[.,][0-9]{1,10})?|(?:['’][0-9]{3}){1,5}(?:\.[0-9]{1,10})?)"
)
_BETWEEN = re.compile(r"[ \u00a0\u202f'’]|[.,](?=.*[.,])")
# Groups of a whole number. Spaces and apostrophes are never a decimal sign; points and commas are in some languages.
_WHOLE_IN_GROUPS = re.compile(r"[+-]?[0-9]{1,3}([ \u00a0\u202f'’.,])[0-9]{3}(?:\1[0-9]{3}){0,4}")
_NOT_DIGITS = re.compile(r"[ \u00a0\u202f'’.,]")

_NOT_WHOLE = refused("whole", "Write a whole number in digits, such as 12.")
_NO_NUMBER = refused("number", "Write a number in digits, such as 2.5.")
_IN_GROUPS = "A point or a comma before three digits can be read in two ways. Write thousands without it, such as 1200."
UNCLEAR_GROUPS = {code: refused(code, _IN_GROUPS) for code in ("whole", "number", "money")}
"""Where `1.200` or `1,200` may be thousands in one language of the catalogue and a decimal number in another."""


class BoundedDefinition(FieldDefinition):
    """A number from `min` to `max`, both in."""

    min: Any
    max: Any

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min > self.max:
            raise reversed_bounds(self, "min", "max")
        return self


class IntegerDefinition(BoundedDefinition):
    """A whole number."""

    min: WholeNumber = -MOST
    """The least number that is taken."""

    max: WholeNumber = MOST
    """The greatest number that is taken."""


class GroupedByPoints(IntegerDefinition):
    """A whole number where `1.200` can only be in groups, by the languages of the catalogue."""

    between: ClassVar[str] = "."


class GroupedByCommas(IntegerDefinition):
    """A whole number where `1,200` can only be in groups, by the languages of the catalogue."""

    between: ClassVar[str] = ","


class NumberDefinition(BoundedDefinition):
    """A decimal number."""

    min: DecimalNumber = Decimal(-MOST)
    """The least number that is taken."""

    max: DecimalNumber = Decimal(MOST)
    """The greatest number that is taken."""


class PointedDefinition(NumberDefinition):
    """A decimal number where `1.234` may be a whole one, by the languages of the catalogue."""


def group_by_points(languages: Iterable[str]) -> bool:
    """Whether one of the languages puts points between thousands, as German, Danish and Italian do."""
    return any(_signs(language)["group"] == "." for language in languages)


def only_between_thousands(languages: Iterable[str]) -> str:
    """The point or the comma where a language puts it between thousands and none takes it for a decimal sign."""
    signs = [_signs(language) for language in languages]
    grouping = {sign["group"] for sign in signs} - {sign["decimal"] for sign in signs}
    return next((sign for sign in ".," if sign in grouping), "")


def _signs(language: str) -> Mapping[str, str]:
    known: Mapping[str, str] = locale(language).number_symbols["latn"]
    return known


def _pointed(definition: NumberDefinition, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    return in_shape(PointedDefinition, definition) if group_by_points(library.languages) else definition


def _grouped(definition: IntegerDefinition, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    shapes = {".": GroupedByPoints, ",": GroupedByCommas}
    shape = shapes.get(only_between_thousands(library.languages))
    return in_shape(shape, definition) if shape else definition


def in_shape(shape: type[FieldDefinition], definition: FieldDefinition) -> Any:
    """What was written, read as the languages of the catalogue have it."""
    return shape.model_construct(definition.model_fields_set, **dict(definition))


def whole(definition: Any) -> Reader:
    """The reader of whole numbers from `min` to `max`."""
    low, high, less, more = _bounds(definition)
    between = getattr(definition, "between", "")

    def read(value: Any, _moment: Moment) -> object:
        # Most people type digits alone.
        typed = isinstance(value, str) and value.isdigit() and value.isascii() and len(value) <= _DIGITS
        number = int(value) if typed else _whole(value, between)
        if not isinstance(number, int):
            return number
        return number if low <= number <= high else less if number < low else more

    return read


def _whole(value: Any, between: str) -> int | Refusal:
    """A whole number with a sign or blanks around it, with its thousands in groups, or a JSON number."""
    if isinstance(value, str):
        return _typed_whole(value.strip(), between)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if type(value) is int else _NOT_WHOLE


def _typed_whole(text: str, between: str) -> int | Refusal:
    if _WHOLE.fullmatch(text):
        return int(text)
    grouped = _WHOLE_IN_GROUPS.fullmatch(text)
    if grouped is None:
        return _NOT_WHOLE
    if grouped[1] in ".," and grouped[1] != between:
        return UNCLEAR_GROUPS["whole"]
    return int(_NOT_DIGITS.sub("", text))


def _decimal(definition: NumberDefinition) -> Reader:
    low, high, less, more = _bounds(definition)
    unclear = _POINT_OR_COMMA if isinstance(definition, PointedDefinition) else _COMMA

    def read(value: Any, _moment: Moment) -> object:
        if isinstance(value, str) and unclear.fullmatch(value.strip()):
            return UNCLEAR_GROUPS["number"]
        number = _typed_decimal(value) if isinstance(value, str) else _counted(value)
        if number is None:
            return _NO_NUMBER
        return number if low <= number <= high else less if number < low else more

    return read


def _typed_decimal(text: str) -> Decimal | None:
    """A decimal number in digits, with a point or a comma; what most people type needs no search."""
    if text.isascii() and len(text) <= _PLACES:
        whole, point, part = text.partition(".")
        if whole.isdigit() and (part.isdigit() or not point):
            return Decimal(text)
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = _BETWEEN.sub("", text)
    return Decimal(text.replace(",", ".")) + 0 if _DECIMAL.fullmatch(text) else None  # no minus before nothing


def _counted(value: Any) -> Decimal | None:
    """A JSON number that has no more digits than one could type."""
    number = counted(value)
    return number if number is not None and number == round(number, _PLACES) else None


def counted(value: Any) -> Decimal | None:
    """A JSON number of at most MOST, either way, with the digits that it is written with; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    # Looked at before it is written: Python writes no whole number of thousands of digits.
    return Decimal(str(value)) + 0 if -MOST <= value <= MOST else None  # no minus before nothing


def _bounds(definition: Any) -> tuple[Any, Any, Refusal, Refusal]:
    """The least and the greatest number, and how what is less or more is refused."""
    low, high = definition.min, definition.max
    less, more = refused("range", "Enter {min} or more.", min=low), refused("range", "Enter {max} or less.", max=high)
    if low > -MOST and high < MOST:
        less = more = refused("range", "Enter a number from {min} to {max}.", min=low, max=high)
    return low, high, less, more


def _show(_definition: Any, value: Any, language: str) -> str:
    return format_decimal(value, locale=locale(language))


def _decimal_schema(definition: NumberDefinition, _language: str) -> dict[str, Any]:
    """A JSON number, or a string where its exact digits matter: JSON Schema cannot bound the string."""
    pattern = r"^\s*[+-]?[0-9]{1,18}([.,][0-9]{1,10})?\s*$"
    bounds = {"minimum": float(definition.min), "maximum": float(definition.max)}
    return {"type": ["number", "string"], "pattern": pattern, **bounds}


def _wholes(st: Any, definition: Any, _now: datetime) -> Any:
    return st.integers(definition.min, definition.max)


def _decimals(st: Any, definition: NumberDefinition, _now: datetime) -> Any:
    low, high = math.ceil(definition.min), math.floor(definition.max)
    fine = st.decimals(definition.min, definition.max, places=_PLACES).map(Decimal.normalize)
    return st.integers(low, high).map(Decimal) | fine if low <= high else fine


def out_of_bounds(st: Any, low: int, high: int, furthest: int) -> dict[str, Any]:
    """Whole numbers beyond each bound that is nearer than `furthest`; without one, nothing is out of bounds."""
    sides = ((high < furthest, high + 1, high + 1_000), (low > -furthest, low - 1_000, low - 1))
    beyond = [st.integers(first, last) for bounded, first, last in sides if bounded]
    return {"range": st.one_of(beyond)} if beyond else {}


def _whole_faults(st: Any, definition: Any, _now: datetime) -> dict[str, Any]:
    wrong = st.sampled_from(["x", "1_000", "١٢٣", "3.0", "1e3", 2.5, True, [1]])
    return {"whole": wrong, **out_of_bounds(st, definition.min, definition.max, MOST)}


def _decimal_faults(st: Any, definition: NumberDefinition, _now: datetime) -> dict[str, Any]:
    beyond = out_of_bounds(st, math.floor(definition.min), math.ceil(definition.max), MOST)
    return {"number": st.sampled_from(["x", "1,200", "1_000", "sNaN", "Infinity", 1e18, True, [1]]), **beyond}


def _signed(_definition: Any, value: int) -> tuple[str, ...]:
    return (f" {value}", f"{value:+}")


def _with_comma(_definition: Any, value: Decimal) -> tuple[str, ...]:
    """As French writes it; a comma before three digits could be English thousands."""
    text = format(value, "f")
    return () if len(text.partition(".")[2]) == 3 else (text.replace(".", ","),)


WHOLE_SAMPLES = Samples(_wholes, _whole_faults, _signed)
"""Whole numbers from `min` to `max`."""

INTEGER = Kind(
    "integer",
    IntegerDefinition,
    widget="number",
    reader=whole,
    json_schema=lambda d, _language: {"type": "integer", "minimum": d.min, "maximum": d.max},
    domain=lambda d: Numbers(d.min, d.max, places=0),
    show=_show,
    resolve=_grouped,
    missing="Write a number.",
    datatype="number",
    samples=WHOLE_SAMPLES,
)
NUMBER = Kind(
    "number",
    NumberDefinition,
    widget="number",
    reader=_decimal,
    json_schema=_decimal_schema,
    domain=lambda d: Numbers(d.min, d.max, places=_PLACES),
    show=_show,
    resolve=_pointed,
    missing="Write a number.",
    wider="a number that is sent as text may lie beyond `min` and `max`",
    datatype="number",
    samples=Samples(_decimals, _decimal_faults, _with_comma),
)
