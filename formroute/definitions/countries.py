"""Which country is meant by a name in place of its code: `Deutschland` for `DE`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from babel import Locale
from babel.core import get_global

from formroute.definitions.suggest import suggest, without_accents

_OUR_LANGUAGES = ("en", "fr")
_MORE_LANGUAGES = "de es it nl pt da sv nb fi pl cs sk sl hr hu ro et lv lt is ga ca eu el bg uk tr"
_LANGUAGES = (*_OUR_LANGUAGES, *_MORE_LANGUAGES.split())
"""Those in which a clerk may call it; each is looked at only where none before it has the name."""


def country_meant(name: str, known: Collection[str]) -> str | None:
    """The code, among the `known` ones (ISO 3166), of the country that `name` means; None where none is near.

    A name may be in another language, or a code of three letters; one with a slip is looked for in our languages.
    """
    exact = (code for code in _called(name) if code in known)
    return next(exact, None) or _nearly(name, known)


def _called(name: str) -> Iterator[str]:
    yield name.upper()
    yield from get_global("territory_aliases").get(name.upper(), ())  # `DEU` and `UK`
    typed = _folded(name)
    for language in _LANGUAGES:
        yield from (code for code, called in Locale(language).territories.items() if _folded(called) == typed)


def _nearly(name: str, known: Collection[str]) -> str | None:
    names = [Locale(language).territories for language in _OUR_LANGUAGES]
    codes = {called: code for territories in names for code, called in territories.items() if code in known}
    near = suggest(name, codes)
    return codes[near] if near and near[:3].casefold() == name[:3].casefold() else None


def _folded(name: str) -> str:
    return without_accents(name.casefold())
