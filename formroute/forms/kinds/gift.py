"""What a calculated value may be: the words after `gives`, one record each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from formroute.conditions import Dates, Domain, Numbers, OneOf, Texts
from formroute.forms.amount import Amount
from formroute.forms.kinds.base import shown_as_text
from formroute.forms.kinds.choice import YES_NO
from formroute.forms.kinds.date import DATE
from formroute.forms.kinds.number import NUMBER

_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Gift:
    """One sort of value: FEEL's type for it, the answers it can be, how a value becomes one, how a reader sees it.

    `given` gives None for a value that no answer can hold.
    """

    type: str
    domain: Domain
    given: Callable[[Any], object]
    show: Callable[[Any, Any, str], str]


def _rounded(places: int) -> Callable[[Decimal], Decimal | None]:
    """Rounds half up to so many decimals; None for what is too large for an answer."""
    step = Decimal(1).scaleb(-places)
    return lambda value: value.quantize(step, ROUND_HALF_UP) if abs(value) <= _MOST else None


def _number(value: Decimal) -> Decimal | None:
    rounded = _rounded(10)(value)
    return None if rounded is None else rounded.normalize() + 0


def _whole(value: Decimal) -> int | None:
    rounded = _rounded(0)(value)
    return None if rounded is None else int(rounded)


def _show_money(definition: Any, value: Any, language: str) -> str:
    return Amount(value, definition.currency).say(language)


GIFTS: Mapping[str, Gift] = {
    "money": Gift("number", Numbers(-_MOST, _MOST, places=2), _rounded(2), _show_money),
    "number": Gift("number", Numbers(-_MOST, _MOST, places=10), _number, NUMBER.show),
    "integer": Gift("number", Numbers(-_MOST, _MOST, places=0), _whole, NUMBER.show),
    "text": Gift("string", Texts(), str, shown_as_text),
    "yes_no": Gift("boolean", OneOf((True, False)), bool, YES_NO.show),
    "date": Gift("date", Dates(), lambda value: value if isinstance(value, date) else None, DATE.show),
}
