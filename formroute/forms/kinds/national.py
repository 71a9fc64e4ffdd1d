"""What each country writes in its own way: postal codes and licence plates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from formroute.conditions import Moment, Texts
from formroute.definitions import Place
from formroute.definitions.types import Country
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.kinds.text import TRIMMED
from formroute.forms.lookup import Library
from formroute.problems import Problem

_MOST = 29  # characters of a plate as it is typed, with what stands between its letters
_NORTH_AMERICA = ("CA", "MX", "US")
_MARKED = "À-ÖØ-Þà-öø-þČčĆćĐđŠšŽž"  # letters that plates elsewhere have beside A to Z, as in `FÜ-A 1`


class NationalDefinition(FieldDefinition):
    """What is written as one country writes it."""

    country: Country | None = None
    """The country whose way of writing it is, by its code (ISO 3166): the catalogue's unless this is written."""


class PostalCodeDefinition(NationalDefinition):
    """A postal code of the catalogue's country, or of `country`."""


class PlateDefinition(NationalDefinition):
    """A vehicle's licence plate."""


class _Code(NamedTuple):
    """How a country's postal codes are typed, what stands between their parts, and one of them."""

    typed: str
    between: str
    example: str

    def read(self, text: str) -> str | None:
        """The code as it is stored; None where it is none."""
        found = re.fullmatch(self.typed, text, re.ASCII)
        return self.between.join(filter(None, found.groups())).upper() if found else None


def _digits(count: int) -> _Code:
    return _Code(f"([0-9]{{{count}}})", "", "01234567"[:count] if count == 5 else "12345678"[:count])


# Canada Post's addressing guidelines: no D, F, I, O, Q, U, and neither W nor Z first.
_FIRST, _OTHER = "[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]", "[ABCEGHJ-NPRSTV-Zabceghj-nprstv-z]"
_LENGTHS = {
    4: "AT AU BE CH DK HU LI LU NO NZ SI",
    5: "DE EE ES FI FR HR IT MX RS TR UA",
    6: "IN RO SG",
}
_CODES: Mapping[str, _Code] = {
    **{country: _digits(count) for count, countries in _LENGTHS.items() for country in countries.split()},
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), _Code("([0-9]{3}) ?([0-9]{2})", " ", "123 45")),
    "BR": _Code("([0-9]{5})-?([0-9]{3})", "-", "12345-678"),
    "CA": _Code(f"({_FIRST}[0-9]{_OTHER})[ -]?([0-9]{_OTHER}[0-9])", " ", "R3C 1A5"),
    "GB": _Code("([A-Za-z]{1,2}[0-9][A-Za-z0-9]?) ?([0-9][A-Za-z]{2})", " ", "EC1Y 8SY"),
    "IE": _Code("([A-Za-z][0-9][0-9Ww]) ?([A-Za-z0-9]{4})", " ", "A65 F4E2"),
    "JP": _Code("([0-9]{3})-?([0-9]{4})", "-", "154-0023"),
    "NL": _Code("([1-9][0-9]{3}) ?([A-Za-z]{2})", " ", "1234 AB"),
    "PL": _Code("([0-9]{2})-?([0-9]{3})", "-", "00-950"),
    "PT": _Code("([0-9]{4})-?([0-9]{3})", "-", "2725-079"),
    "US": _Code("([0-9]{5})(?:-?([0-9]{4}))?", "-", "95014"),
}
"""By country, as the Unicode CLDR gave them (postalCodeData, release 27)."""


def in_country(definition: Any, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    """The definition with the catalogue's country where it names none."""
    return definition.model_copy(update={"country": definition.country or library.country})


def _with_codes(definition: Any, place: Place, library: Library, problems: list[Problem]) -> Any:
    """The same, for a country whose postal codes are known."""
    found = in_country(definition, place, library, problems)
    if found.country not in _CODES:
        problems.append(place["type"].problem("F257", country=found.country))
        return definition.model_copy(update={"country": "CA"})
    return found


def _code(definition: PostalCodeDefinition) -> _Code:
    return _CODES[str(definition.country)]


def _postal_code(definition: PostalCodeDefinition) -> Reader:
    code = _code(definition)
    no_code = refused("postal_code", "Write a postal code such as {example}.", example=code.example)

    def read(value: Any, _moment: Moment) -> object:
        return (code.read(value.strip()) if isinstance(value, str) else None) or no_code

    return read


def _letters(definition: PlateDefinition) -> str:
    """The letters and digits of a plate, with what may stand between them."""
    more = "" if definition.country in _NORTH_AMERICA else _MARKED
    return rf"(?:[ -]*[A-Za-z0-9{more}]){{2,8}}[ -]*"


_LONGEST_PLATE = 10  # eight letters and digits, and two signs between them
_GERMAN_PLATE = re.compile(r"([A-ZÄÖÜ]{1,3})[ -]+([A-Z]{1,2})[ -]*([0-9]{1,4}[EH]?)")
"""District, letters, digits: `L-AB 123` is of Leipzig and `LA-B 123` of Landshut, two vehicles with the same signs."""


def _plate(definition: PlateDefinition) -> Reader:
    letters = re.compile(_letters(definition), re.ASCII)
    parted = _GERMAN_PLATE if definition.country == "DE" else None

    def read(value: Any, _moment: Moment) -> object:
        text = value.strip() if isinstance(value, str) and len(value) <= _MOST else ""
        if not letters.fullmatch(text):
            return refused("plate", "Write the plate's letters and digits, such as ABC 123.")
        if parted is not None and (parts := parted.fullmatch(text.upper())):
            return "{}-{} {}".format(*parts.groups())
        return re.sub(r"[ -]", "", text).upper()

    return read


def _whole(pattern: str) -> str:
    """The pattern for a whole text with blanks around it; `$` alone would let a line end pass."""
    return rf"^{TRIMMED}*(?:{pattern}){TRIMMED}*(?![\s\S])"


def _codes(st: Any, definition: PostalCodeDefinition, _now: Any) -> Any:
    """Codes as they are stored."""
    code = _code(definition)
    return st.from_regex(re.compile(code.typed, re.ASCII), fullmatch=True).map(code.read)


def _wrong(code: str, *texts: Any) -> Any:
    return lambda st, _definition, _now: {code: st.sampled_from([*texts, 5, ["x"]])}


POSTAL_CODE = Kind(
    "postal_code",
    PostalCodeDefinition,
    widget="text",
    reader=_postal_code,
    json_schema=lambda definition, _language: {"type": "string", "pattern": _whole(_code(definition).typed)},
    domain=lambda definition: Texts(10, special=True, examples=(_code(definition).example,)),
    resolve=_with_codes,
    missing="Write a postal code.",
    samples=Samples(
        _codes,
        _wrong("postal_code", "D3C 1A5", "R3C 1A", "R3C  1A5", "902", "R3C 1A5\n2"),
        lambda _definition, value: (value.lower(), value.replace(" ", ""), f" {value} "),
    ),
)
PLATE = Kind(
    "plate",
    PlateDefinition,
    widget="plate",
    reader=_plate,
    json_schema=lambda definition, _language: {
        "type": "string",
        "maxLength": _MOST,
        "pattern": _whole(_letters(definition)),
    },
    domain=lambda _definition: Texts(_LONGEST_PLATE, special=True, examples=("ABC123",)),
    resolve=in_country,
    missing="Write the licence plate.",
    samples=Samples(
        lambda st, _definition, _now: st.from_regex("[A-Z0-9]{2,8}", fullmatch=True),
        _wrong("plate", "A$C", "A", "ABCDEFGHI", "ABC_123"),
        lambda _definition, value: (value.lower(), f" {value[:2]} {value[2:]} ", f"{value[:1]}-{value[1:]}"),
    ),
)
