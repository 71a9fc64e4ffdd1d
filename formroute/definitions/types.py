"""The small values that stand in documents, each typed by its place and nothing else."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MINYEAR, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

import phonenumbers
from babel.numbers import list_currencies
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from formroute.definitions import meant
from formroute.definitions.countries import country_meant
from formroute.definitions.shape import ANY_SCALAR, ANYTHING, Named, Shape, exactly, one_or_more, plain_word, shared
from formroute.definitions.suggest import hint, suggest, without_accents
from formroute.definitions.text import free_text
from formroute.definitions.wrong import wrong

_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_MEANT = dict.fromkeys(("y", "on", "oui", "1", "ja"), "yes") | dict.fromkeys(("n", "off", "non", "0", "nein"), "no")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
_FIELD = re.compile(rf"{_NAME.pattern}(?:\.{_NAME.pattern})?", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,62}", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?", re.ASCII)
_BARE_SIZE = re.compile(r"[0-9]{4,9}", re.ASCII)  # fewer bytes are no size: whoever writes 8 means something else
_SIZE = re.compile(r"([0-9]{1,6}) ?(kB|KB|MB)", re.ASCII)
_MOMENT = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", re.ASCII)
_PERIOD = re.compile(r"([0-9]{1,4}) (day|week|month|year)s?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_OTHER_SIZE = re.compile(r"([0-9]{1,6}) ?([km])(?:b|o|io|ib|ega|ilo|egs?|egabytes?|ilobytes?|egaoctets?)?")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_UNITS = {"jours": "day", "jour": "day", "semaines": "week", "semaine": "week", "mois": "month"} | dict.fromkeys(
    ("an", "ans", "année", "années", "yr", "yrs"), "year"
)
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "æ": "ae", "ø": "oe", "œ": "oe"})
_BYTES = {"kB": 1_000, "KB": 1_000, "MB": 1_000_000}


def word(value: Any) -> str:
    """A scalar as it was typed."""
    if not isinstance(value, str) or not value:
        found, advice = _no_word(value)
        alone = value[0] if isinstance(value, list) and len(value) == 1 and value[0].__class__ is str else None
        raise wrong("D131", instead=alone, found=found, hint=advice)
    return str(value)


def _no_word(value: Any) -> tuple[str, str]:
    """What stands where one value is expected, and what to do."""
    if isinstance(value, list):
        return "a list", "Keep one of them."
    if isinstance(value, dict):
        return "keys with values", "Write it behind the colon."
    return "nothing", "Write it behind the colon, or delete the key."


def yes_no(value: Any) -> bool:
    """`yes` or `no`."""
    if value in (True, False):
        return bool(value)
    if not isinstance(value, str) or (answer := _YES_NO.get(value.lower())) is None:
        near = _MEANT.get(value.lower()) or suggest(value, (*_YES_NO,)) if isinstance(value, str) else None
        raise wrong("D114", instead=near)
    return answer


def whole_number(value: Any) -> int:
    """A whole number in ASCII digits."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not _WHOLE.fullmatch(value):
        raise wrong("D115", instead=meant.whole_number(value) if isinstance(value, str) else None)
    return int(value)


def decimal_number(value: Any) -> Decimal:
    """A number in ASCII digits with a point."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise wrong("D116", instead=meant.decimal_number(value) if isinstance(value, str) else None)
    return Decimal(value)


def size(value: Any) -> int:
    """A size in bytes, written `500 kB` or `8 MB` (decimal units, IEC 80000-13); stored forms have it in bytes."""
    if isinstance(value, int) or (isinstance(value, str) and _BARE_SIZE.fullmatch(value)):
        return int(value)
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("D117", instead=_sized(value) if isinstance(value, str) else None)
    return int(found[1]) * _BYTES[found[2]]


def name(value: Any) -> str:
    """The name of a field: a letter, then letters, digits and `_`, so that every language can use it."""
    if not _NAME.fullmatch(word(value)):
        raise wrong("D118", instead=named(value, "_"), name=value, signs="`_`")
    return str(value)


def field_name(value: Any) -> str:
    """The name of a field, or of a field in a group: `owner.email`."""
    if not _FIELD.fullmatch(word(value)):
        raise wrong("D118", instead=named(value, "_"), name=value, signs="`_`")
    return str(value)


def identifier(value: Any) -> str:
    """The name of a form, route, department or page: as a field's, with `-` too."""
    if not _ID.fullmatch(word(value)):
        raise wrong("D118", instead=named(value, "-"), name=value, signs="`_` or `-`")
    return str(value)


def one_of(*words: str) -> Typed:
    """One of the listed words."""

    def check(value: Any) -> Any:
        if value not in words:
            near = suggest(value, words) if isinstance(value, str) else None
            shown = value if isinstance(value, str) else "This"
            raise wrong("D119", instead=near, word=shown, hint=hint(str(shown), words))
        return str(value)

    return typed(check, {"enum": list(words)})


def listed(value: Any) -> Any:
    """A list; one value alone is a list of one."""
    if value in ("", []):
        raise wrong("D120")
    if isinstance(value, dict) and not any(value.values()):
        raise wrong("D130", instead=f"[{', '.join(value)}]")
    if isinstance(value, str) and "," in value:
        raise wrong("D130", instead=f"[{value}]")
    return value if isinstance(value, list | tuple) else [value]


def items(value: Any) -> Any:
    """A list of what takes several lines each; one at least."""
    if not isinstance(value, list | tuple):
        raise wrong("D103", what="A list is expected here", fix="Begin each item on a line of its own with `-`")
    if not value:
        raise wrong("D120")
    return value


def some_or_none(value: Any) -> Any:
    """A list that may be empty; one value alone is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _sized(value: str) -> str | None:
    """`8mb`, `8 Mo` and `8 megabytes` as `8 MB`."""
    found = _OTHER_SIZE.fullmatch(value.strip().lower())
    return found and f"{found[1]} {'kB' if found[2] == 'k' else 'MB'}"


def _moment(value: str) -> str | None:
    """`31/12/2026 4 pm` and `2026-12-31T16:00` as `2026-12-31 16:00`."""
    parts = re.split(r"[T,]? |T|, ?", value.strip())
    for cut in range(1, len(parts)):
        on, at = " ".join(parts[:cut]), meant.time(" ".join(parts[cut:]))
        day = on if _DAY.fullmatch(on) else meant.day(on)
        if day and at:
            return f"{day} {at}"
    return None


def _lasting(value: str) -> str | None:
    """`2 yrs`, `2 ans` and `two years` as `2 years`."""
    count, _, unit = value.strip().lower().partition(" ")
    count = str(_NUMBERS.index(count) + 1) if count in _NUMBERS else count
    name = _UNITS.get(unit) or suggest(unit.removesuffix("s"), ("day", "week", "month", "year"))
    written = f"{count} {name}{'' if count == '1' else 's'}"
    return written if name and _PERIOD.fullmatch(written) else None


def named(value: str, joint: str) -> str | None:
    """`value` as a name, its words joined by `joint`; None where no letter is left to begin with."""
    plain = re.sub(r"[^a-z0-9_-]+", joint, without_accents(value.lower().translate(_SPELT))).strip("_-")[:60]
    return plain.replace("-", joint) if plain[:1].isalpha() else None


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """How a value is read, and what an author can write for it as JSON Schema; made by `typed`."""

    reader: Callable[[Any], Any]
    written: Shape

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.reader, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        if callable(self.written):
            return self.written(handler(core))
        is_number = set(self.written.get("type", ())) & {"integer", "number"}
        return {**self.written, **(_bounds(handler(core)) if is_number else {})}


def currency(value: Any) -> str:
    """A currency's code (ISO 4217)."""
    if not isinstance(value, str) or value not in list_currencies("en"):
        near = suggest(value.upper(), list_currencies("en")) if isinstance(value, str) else None
        shown = value if isinstance(value, str) else "This"
        raise wrong("D119", instead=near, word=shown, hint=hint(str(shown).upper(), ("CAD", "USD", "EUR")))
    return str(value)


def country(value: Any) -> str:
    """A country's code (ISO 3166)."""
    if value not in phonenumbers.SUPPORTED_REGIONS:
        near = country_meant(value, phonenumbers.SUPPORTED_REGIONS) if isinstance(value, str) else None
        advice = f"Did you mean `{near}`?" if near else "Write the code of a country, such as `CA`, `DE` or `FR`."
        raise wrong("D119", instead=near, word=value if isinstance(value, str) else "This", hint=advice)
    return str(value)


def _bounds(shape: Mapping[str, Any]) -> dict[str, Any]:
    """The bounds of a number, which pydantic leaves in its own words behind a reader."""
    known = (("minimum", "ge"), ("maximum", "le"))
    return {word: shape[theirs] for word, theirs in known if theirs in shape}


def typed(reader: Callable[[Any], Any], written: Shape = ANYTHING) -> Typed:
    """The pydantic metadata that reads a value with `reader`.

    `written` is the JSON Schema of what can be written, or makes it of the schema of what comes after; it may
    be wider than `reader` but never refuse what `reader` takes.
    """
    return Typed(reader, written)


Word = Annotated[str, typed(word, ANY_SCALAR)]
Sentence = Annotated[str, typed(free_text, ANY_SCALAR)]
YesNo = Annotated[bool, typed(yes_no, shared("yes_no"))]
WholeNumber = Annotated[int, typed(whole_number, {"type": ["integer", "string"], "pattern": f"^{_WHOLE.pattern}$"})]
DecimalNumber = Annotated[
    Decimal, typed(decimal_number, {"type": ["number", "string"], "pattern": f"^{_DECIMAL.pattern}$"})
]
Size = Annotated[int, typed(size, exactly(_SIZE, "8 MB", "500 kB"))]
Name = Annotated[str, typed(name, plain_word(_NAME))]
FieldName = Annotated[str, typed(field_name, plain_word(_FIELD)), Named("fields")]
Id = Annotated[str, typed(identifier, plain_word(_ID))]
Reference = Annotated[str, typed(word, plain_word(_ID))]
"""The identifier of something that stands elsewhere: whoever knows what there is says whether it is one."""
Ids = Annotated[tuple[Id, ...], typed(listed, one_or_more)]
OldFieldNames = Annotated[tuple[Annotated[str, typed(field_name, plain_word(_FIELD))], ...], typed(listed, one_or_more)]
Currency = Annotated[str, typed(currency, lambda _: {"enum": sorted(list_currencies("en"))})]
Country = Annotated[str, typed(country, lambda _: {"enum": sorted(phonenumbers.SUPPORTED_REGIONS)})]
Words = Annotated[tuple[Word, ...], typed(listed, one_or_more)]


def local_moment(value: Any) -> datetime:
    """A date and a time as the city's clocks show them, without a zone."""
    if isinstance(value, datetime):
        return value
    is_written = isinstance(value, str) and _MOMENT.fullmatch(value)
    try:
        return datetime.strptime(value if is_written else "", "%Y-%m-%d %H:%M")
    except ValueError:
        raise wrong("D126", instead=_moment(value) if isinstance(value, str) else None) from None


LocalMoment = Annotated[datetime, typed(local_moment, exactly(_MOMENT, "2026-03-07 23:15"))]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of calendar time: `2 years`, `18 months`, `90 days`."""

    count: int
    unit: str

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(exactly(_PERIOD, "2 years", "18 months", "90 days"))

    @classmethod
    def _read(cls, value: Any) -> Period:
        if isinstance(value, Period):
            return value
        found = _PERIOD.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise wrong("D125", instead=_lasting(value) if isinstance(value, str) else None)
        return cls(int(found[1]), found[2])

    def before(self, moment: datetime) -> datetime:
        """The moment so long before; where a month is too short, its last day."""
        if self.unit in ("day", "week"):
            return moment - timedelta(days=self.count * (7 if self.unit == "week" else 1))
        months = moment.year * 12 + moment.month - 1 - self.count * (12 if self.unit == "year" else 1)
        year, month = max(months // 12, MINYEAR), months % 12 + 1
        return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"
