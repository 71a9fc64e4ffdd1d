"""What the forms of one catalogue have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from formroute.conditions import Surroundings
from formroute.forms.kinds import KINDS, Kind
from formroute.forms.lookup import Library

CHANNELS = ("web", "api", "phone", "counter", "chat")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form is compiled in: the catalogue's languages and time zone, its files, calendars and kinds.

    `acknowledge` is the e-mail question whose answer gets letters where a form names no other.
    """

    languages: tuple[str, ...]
    zone: ZoneInfo
    library: Library
    around: Surroundings
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    channels: tuple[str, ...] = CHANNELS
    acknowledge: str | None = None
    ask: str = "page_by_page"
