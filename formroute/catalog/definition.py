"""What `catalog.yaml` says: the city, its languages, its calendars, and what holds where nothing else is said."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from pydantic import Field, PlainSerializer

from formroute.catalog.group import GroupDefinition
from formroute.definitions import Definition, Text, hint, suggest, wrong
from formroute.definitions.shape import Named, exactly, one_or_more
from formroute.definitions.types import Country, Currency, Id, Ids, Period, Reference, Word, listed, typed
from formroute.forms.definition import Ask
from formroute.routing.written.calendars import CalendarDefinition

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?", re.ASCII)
_NEIGHBOURS = ("de", "es", "it", "nl", "pt", "pl", "da", "sv", "nb", "fi")  # not all: each is a file to be read
_REFERENCE = re.compile(r"[A-Z0-9-]*(YYYY)?[A-Z0-9-]*(N{4,10})", re.ASCII)


def _zone(value: Any) -> ZoneInfo:
    zones = available_timezones()
    if not isinstance(value, str) or value not in zones:
        near = suggest(str(value), zones)
        raise wrong(
            "G506", instead=near, zone=value, hint=hint(str(value), zones) if near else "Write `America/Winnipeg`."
        )
    return ZoneInfo(value)


def _language(value: Any) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        shown = value if isinstance(value, str) else next(iter(value), "") if isinstance(value, dict) else "This"
        raise wrong("G507", instead=_code(value), language=shown)
    return value


def _code(value: Any) -> str | None:
    """The code of a language that is called by its name, or that stands before its name: `en: English`."""
    if isinstance(value, dict):
        return next((str(code) for code in value if _LANGUAGE.fullmatch(str(code))), None)
    if not isinstance(value, str):
        return None
    if _LANGUAGE.fullmatch(value.lower()):
        return value.lower()
    names = [Locale(language).languages for language in ("en", "fr")]
    called = (code for known in names for code, name in known.items() if name.casefold() == value.casefold())
    return next(called, None) or _called_by_itself(value.casefold())


def _called_by_itself(name: str) -> str | None:
    """The code of a language of many towns that is called so in that language: `deutsch`."""
    return next((code for code in _NEIGHBOURS if Locale(code).languages[code].casefold() == name), None)


def written_languages(data: Any) -> tuple[str, ...]:
    """The languages that the catalogue's file means, whatever else is wrong with it."""
    written = data.get("languages") if isinstance(data, dict) else None
    if isinstance(written, str):
        written = written.strip("[]").split(",")
    words = written if isinstance(written, list | dict) else ()
    codes = ((word.strip() if isinstance(word, str) else word) for word in words)
    known = (word if isinstance(word, str) and _LANGUAGE.fullmatch(word) else _code(word) for word in codes)
    return tuple(code for code in known if code)


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise wrong("G508", instead=_pattern_of(value) if isinstance(value, str) else None)
    return value


def _pattern_of(reference: str) -> str | None:
    """`WPG-2026-0001` as `WPG-YYYY-NNNN`."""
    plain = re.sub(r"(19|20)[0-9]{2}(?=[^0-9])", "YYYY", reference.upper(), count=1)
    pattern = re.sub(r"[0-9]{4,10}$", lambda found: "N" * len(found[0]), plain)
    return pattern if pattern != reference and _REFERENCE.fullmatch(pattern) else None


Language = Annotated[str, typed(_language, exactly(_LANGUAGE, "en", "fr"))]
Languages = Annotated[tuple[Language, ...], typed(listed, one_or_more)]
Zone = Annotated[ZoneInfo, typed(_zone, lambda _: {"enum": sorted(available_timezones())}), PlainSerializer(str)]


class DefaultsDefinition(Definition):
    """What a route or a form says when it says nothing."""

    priority: Annotated[Reference, Named("priorities")] | None = None
    """The priority of a route that names none."""

    keep_for: Period | None = None
    """How long submissions of a form are kept that does not say."""

    come_back: Period = Period(14, "day")
    """How long a link works by which a resident comes back to a form that is not sent yet."""

    ask: Ask = "page_by_page"
    """How much of a form is asked at once that does not say: `one_at_a_time`, `page_by_page` or `all_at_once`."""

    acknowledge: Annotated[Reference, Named("fields")] | None = None
    """The question whose address is told that a submission was received, in forms that do not say."""


class CatalogDefinition(Definition):
    """What holds for all forms and routes of a city."""

    city: Text
    """The city's name."""

    languages: Languages
    """The languages of every text; the first is the default."""

    time_zone: Zone
    """By its name in the time zone database, such as `America/Winnipeg`."""

    currency: Currency = "CAD"
    """The currency of amounts (ISO 4217)."""

    country: Country | None = None
    """The country whose telephone numbers, postal codes and licence plates are asked for (ISO 3166)."""

    reference: Annotated[str, typed(_reference, exactly(_REFERENCE, "WPG-YYYY-NNNNNN"))] = "YYYY-NNNNNN"
    """The reference that a resident is told: `YYYY` is the year, each `N` (four or more) a random letter or digit."""

    fallback: Annotated[Reference, Named("departments")] | None = None
    """The department that gets what no route takes; such a submission has the tag `unrouted`."""

    priorities: Ids = ("normal",)
    """The priorities, most pressing first."""

    defaults: DefaultsDefinition = Field(default_factory=DefaultsDefinition)
    """The `priority` of a route and the `keep_for` of a form that say nothing."""

    groups: dict[Id, GroupDefinition] = Field(default_factory=dict)
    """The headings of the front page by name, in their order, each with its forms; the others come last."""

    calendar: Annotated[Reference, Named("calendars")] | None = None
    """The calendar that counts business days and working hours."""

    calendars: dict[Word, CalendarDefinition] = Field(default_factory=dict)
    """Calendars by name."""

    @property
    def home(self) -> str:
        """The country: that of the calendar unless it is written, Canada where neither says."""
        known = self.calendars.get(self.calendar or "")
        return self.country or (known and known.country) or "CA"
