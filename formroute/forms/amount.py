"""Amounts of money as a reader's language writes them."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision

from formroute.messages import locale


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a currency (ISO 4217)."""

    number: Decimal
    currency: str

    def say(self, language: str) -> str:
        """`$12.50` or `12,50 $`, as the currency's own country writes it in that language."""
        return format_currency(self.number, self.currency, locale=at_home(language, self.currency))


@functools.cache
def at_home(language: str, currency: str) -> Locale:
    """The language in the currency's country, where `CAD` is a plain `$`; a code begins with its country's."""
    known = locale(language)
    try:
        return known if known.territory else Locale(known.language, currency[:2])
    except UnknownLocaleError:
        return known


def cents(currency: str) -> int:
    """How many decimals an amount has: 2 for dollars, 0 for yen."""
    return get_currency_precision(currency)


def signs_of(currency: str) -> frozenset[str]:
    """Everything that people write for a currency: `$`, `CA$` and `CAD`."""
    places = [Locale("en"), *(at_home(language, currency) for language in ("en", "fr"))]
    return frozenset({currency, *(place.currency_symbols.get(currency, currency) for place in places)})


def sign_beside(language: str, currency: str) -> tuple[str, str]:
    """What stands before and after a number that is an amount, one of them empty."""
    home = at_home(language, currency)
    sign = home.currency_symbols.get(currency, currency)
    return (sign, "") if home.currency_formats["standard"].pattern.startswith("¤") else ("", sign)
