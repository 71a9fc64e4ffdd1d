"""Amounts of money."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from formroute.conditions import Moment, Numbers
from formroute.definitions import Place
from formroute.definitions.types import Currency, DecimalNumber
from formroute.forms.amount import Amount, cents, sign_beside, signs_of
from formroute.forms.kinds.base import Kind, Samples
from formroute.forms.kinds.number import (
    MOST,
    UNCLEAR_GROUPS,
    BoundedDefinition,
    counted,
    in_shape,
    only_between_thousands,
    out_of_bounds,
)
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.lookup import Library
from formroute.problems import Problem

_SPACE = "[ \u00a0\u202f]"  # French groups digits with spaces that do not break
# English `1,200.50`, French `1 200,50`, German `1.200,50`, Swiss `1'200.50`, and each without groups. Cents never have
# three digits, so `1,200` is clear; `1.200` is where a language of the catalogue groups digits so.
_AMOUNT = re.compile(
    rf"([+-]?)(?:([0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}})(?:\.([0-9]{{1,2}}))?"
    rf"|([0-9]{{1,3}}(?:\.[0-9]{{3}}){{1,5}})(?:,([0-9]{{1,2}}))"
    rf"|([0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}){{1,5}}|[0-9]{{1,3}}(?:['’][0-9]{{3}}){{1,5}}|[0-9]{{1,16}})"
    rf"(?:[.,]([0-9]{{1,2}}))?)",
    re.ASCII,
)
_POINTS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}", re.ASCII)
_NO_AMOUNT = refused("money", "Write an amount in digits, such as 12.50.")


class MoneyDefinition(BoundedDefinition):
    """An amount from `min` to `max`, both in, in the catalogue's currency or in `currency`."""

    min: DecimalNumber = Decimal(0)
    """The smallest amount, 0 unless this is written."""

    max: DecimalNumber = Decimal(MOST)
    """The largest amount."""

    currency: Currency | None = None
    """A code of ISO 4217 such as `USD`; the catalogue's currency unless this is written."""

    def signs(self, language: str) -> tuple[str, str]:
        """What stands before and after the box."""
        return sign_beside(language, str(self.currency))


class MoneyGroupedByPoints(MoneyDefinition):
    """An amount where `1.200` can only be in groups, by the languages of the catalogue."""


def _at_home(definition: MoneyDefinition, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    stated = definition.model_copy(update={"currency": definition.currency or library.currency})
    return in_shape(MoneyGroupedByPoints, stated) if only_between_thousands(library.languages) == "." else stated


def _reader(definition: MoneyDefinition) -> Reader:
    bounded, places = _bounded(definition), cents(str(definition.currency))
    step = Decimal(1).scaleb(-places)
    grouped = isinstance(definition, MoneyGroupedByPoints)
    either = "|".join(sorted(map(re.escape, signs_of(str(definition.currency))), key=len, reverse=True))
    signs = re.compile(rf"^\s*(?:{either})|(?:{either})\s*$")

    def read(value: Any, _moment: Moment) -> object:
        typed = signs.sub("", value).strip() if isinstance(value, str) else ""
        if _POINTS.fullmatch(typed):
            if not grouped:
                return UNCLEAR_GROUPS["money"]
            typed = typed.replace(".", "")
        number = _typed(typed) if isinstance(value, str) else counted(value)
        if number is None or abs(number) > MOST or number != round(number, places):
            return _NO_AMOUNT
        return bounded(number.quantize(step))

    return read


def _typed(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    whole = re.sub(rf"{_SPACE}|[,.'’]", "", found[2] or found[4] or found[6])
    return Decimal(f"{found[1]}{whole}.{found[3] or found[5] or found[7] or 0}")


def _bounded(definition: MoneyDefinition) -> Callable[[Decimal], object]:
    low, high = (Amount(bound, str(definition.currency)) for bound in (definition.min, definition.max))
    less, more = refused("range", "Enter {min} or more.", min=low), refused("range", "Enter {max} or less.", max=high)

    def bounded(number: Decimal) -> object:
        if low.number <= number <= high.number:
            return number + 0  # no minus before nothing
        return more if high.number < MOST and number > high.number else less

    return bounded


def _schema(definition: MoneyDefinition, _language: str) -> dict[str, Any]:
    """Text, so that no cent is lost on the way, or a JSON number; JSON Schema cannot bound the text."""
    pattern = rf"^[+-]?[0-9]{{1,16}}(\.[0-9]{{1,{max(1, cents(str(definition.currency)))}}})?$(?!\n)"
    return {
        "type": ["string", "number"],
        "pattern": pattern,
        "minimum": float(definition.min),
        "maximum": float(definition.max),
    }


def _in_cents(definition: MoneyDefinition) -> tuple[int, int, int]:
    """The least and the greatest amount in the currency's smallest coin, and how many places that has."""
    places = cents(str(definition.currency))
    return math.ceil(definition.min.scaleb(places)), math.floor(definition.max.scaleb(places)), places


def _amounts(st: Any, definition: MoneyDefinition, _now: datetime) -> Any:
    low, high, places = _in_cents(definition)
    return st.integers(low, high).map(lambda coins: Decimal(coins).scaleb(-places))


def _faults(st: Any, definition: MoneyDefinition, _now: datetime) -> dict[str, Any]:
    low, high, places = _in_cents(definition)
    beyond = out_of_bounds(st, low, high, MOST * 10**places)
    amounts = {code: coins.map(lambda count: str(Decimal(count).scaleb(-places))) for code, coins in beyond.items()}
    return {"money": st.sampled_from(["x", "12.5050", "1,20,0", "1,200,50", "$", "١٢", True, [1]]), **amounts}


def _with_sign(definition: MoneyDefinition, value: Decimal) -> tuple[str, ...]:
    """With the currency's code, and with the spaces and the comma of French."""
    french = f"{value:,}".replace(",", "\u202f").replace(".", ",")
    return f"{definition.currency} {value}", f"{value:,}", f"{french}\u00a0{definition.currency}"


MONEY = Kind(
    "money",
    MoneyDefinition,
    widget="money",
    reader=_reader,
    json_schema=_schema,
    domain=lambda d: Numbers(d.min, d.max, places=cents(str(d.currency))),
    show=lambda d, value, language: Amount(value, str(d.currency)).say(language),
    resolve=_at_home,
    missing="Write an amount.",
    wider="an amount that is sent as text may lie beyond `min` and `max`, a JSON number may have too many decimals",
    datatype="number",
    samples=Samples(_amounts, _faults, _with_sign),
)
