"""What `catalog.yaml` says: the city, its languages, its calendars, and what holds where nothing else is said."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, PlainSerializer

from formroute.definitions import Definition, Text, hint, suggest, wrong
from formroute.definitions.types import Currency, Id, Ids, Name, Period, Word, listed, typed
from formroute.routing.calendars import CalendarDefinition

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?", re.ASCII)
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
        raise wrong("G507", language=value)
    return value


def _reference(value: Any) -> str:
    if not isinstance(value, str) or not _REFERENCE.fullmatch(value):
        raise wrong("G508")
    return value


Languages = Annotated[tuple[Annotated[str, typed(_language)], ...], typed(listed)]
Zone = Annotated[ZoneInfo, typed(_zone), PlainSerializer(str)]


class DefaultsDefinition(Definition):
    """What a route or a form says when it says nothing."""

    priority: Id | None = None
    keep_for: Period | None = None
    acknowledge: Name | None = None


class CatalogDefinition(Definition):
    """The whole catalogue's own settings; the first language is the default one.

    `reference` is the form of the number that a resident is told: YYYY is the year, the N's a number.
    """

    city: Text
    languages: Languages
    time_zone: Zone
    currency: Currency = "CAD"
    """The currency of amounts (ISO 4217)."""

    reference: Annotated[str, typed(_reference)] = "YYYY-NNNNNN"
    fallback: Id | None = None
    priorities: Ids = ("normal",)
    defaults: DefaultsDefinition = Field(default_factory=DefaultsDefinition)
    calendar: Name | None = None
    calendars: dict[Word, CalendarDefinition] = Field(default_factory=dict)
