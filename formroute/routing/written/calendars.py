"""Calendars as the catalogue writes them: whose holidays, which days of every year, which working hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import holidays
from holidays.registry import EntityLoader
from pydantic import AfterValidator, ValidationInfo, field_validator

from formroute.conditions import Calendar, Hours
from formroute.definitions import Definition, Place, hint, meant, suggest, wrong
from formroute.definitions.countries import country_meant
from formroute.definitions.shape import exactly, one_or_more
from formroute.definitions.types import Word, listed, one_of, typed

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\.\.([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_DAY_OF_YEAR = re.compile(r"\d\d-\d\d", re.ASCII)
_LEAP_YEAR = 2024
_COUNTRIES = frozenset(EntityLoader.get_country_codes())


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of a country or a part of it (from the package `holidays`), and days of every year.

    `day in holidays` is exact for every year up to the last one, and safe to ask from several threads.
    """

    country: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)
    every_year: frozenset[tuple[int, int]] = frozenset()

    @property
    def last_year(self) -> int | None:
        """The last year of which the holidays of the country are known; None where no country is named."""
        return None if self.country is None else holidays.country_holidays(self.country, self.subdivision).end_year

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (day.month, day.day) in self.every_year or (
            self.country is not None
            and day in _holidays_of_year(self.country, self.subdivision, self.categories, day.year)
        )


@lru_cache(maxsize=1_000)
def _holidays_of_year(country: str, subdivision: str | None, categories: tuple[str, ...], year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdivision, years=year, categories=categories))


def _hours(value: Any) -> Hours:
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    hours = found and Hours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
    if not hours or hours.opens >= hours.closes:
        raise wrong("R451", instead=_meant(value) if isinstance(value, str) else None)
    return hours


def _meant(text: str) -> str | None:
    """`8:30-16:30`, `8h30 à 16h30` and `8.30 am to 4.30 pm` as `08:30..16:30`."""
    ends = re.split(r"\s*(?:\.\.\.?|-|–|—|\bto\b|\buntil\b|\bà\b|\ba\b)\s*", text.strip().lower())
    times = [meant.time(end) for end in ends]
    opens, closes = times if len(times) == 2 else (None, None)
    return f"{min(opens, closes)}..{max(opens, closes)}" if opens and closes and opens != closes else None


def _day_of_year(value: Any) -> tuple[int, int]:
    is_written = isinstance(value, str) and _DAY_OF_YEAR.fullmatch(value)
    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{value}" if is_written else "")
    except ValueError:
        raise wrong("R452", instead=meant.day_of_year(value) if isinstance(value, str) else None) from None
    return day.month, day.day


def _known(word: str, known: Iterable[str]) -> str:
    """The `word`, which has to be among the `known` ones."""
    words = list(known)
    if word not in words:
        raise wrong("R453", instead=suggest(word, words), word=word, hint=hint(word, words))
    return word


def _days(value: Any) -> Any:
    """A list of days; from one to another is told as the list that is meant."""
    ends = re.split(r"\s*(?:\.\.\.?|-|–|\bto\b|\bà\b)\s*", value.strip().lower()) if isinstance(value, str) else []
    first, last = (end[:3] for end in ends) if len(ends) == 2 else ("", "")
    if first in _WEEK and last in _WEEK:
        days = _WEEK[_WEEK.index(first) : _WEEK.index(last) + 1]
        raise wrong("D130", instead=f"[{', '.join(days)}]")
    return listed(value)


DayOfYear = Annotated[tuple[int, int], typed(_day_of_year, exactly(_DAY_OF_YEAR, "12-25"))]


def _category(word: str, info: ValidationInfo) -> str:
    """One of the sorts of holidays that the calendar's country has."""
    country = (info.data or {}).get("country")
    return _known(word, holidays.country_holidays(country).supported_categories) if country else word


Category = Annotated[Word, AfterValidator(_category)]


class CalendarDefinition(Definition):
    """One calendar of the catalogue; it has business days only where `working_hours` are written."""

    country: Word | None = None
    """Whose holidays, by the country's code: `CA`."""

    subdivision: Word | None = None
    """The part of the country, by its code: `MB`."""

    holidays: Annotated[tuple[Category, ...], typed(listed, one_or_more)] = ("public",)
    """Which of its holidays: `public`, `optional`, `government`."""

    every_year: Annotated[tuple[DayOfYear, ...], typed(listed, one_or_more)] = ()
    """Further closed days, as month and day: `12-25`."""

    working_days: Annotated[tuple[Annotated[str, one_of(*_WEEK)], ...], typed(_days, one_or_more)] = _WEEK[:5]
    """The days on which the city works."""

    working_hours: Annotated[Hours, typed(_hours, exactly(_HOURS, "08:30..16:30"))] | None = None
    """The hours of a working day; without them there are no business days."""

    @field_validator("country")
    @classmethod
    def _known_country(cls, country: str | None) -> str | None:
        if country is not None and country not in _COUNTRIES:
            raise wrong(
                "R453",
                instead=(near := country_meant(country, _COUNTRIES)),
                word=country,
                hint=f"Did you mean `{near}`?" if near else "Write the code of a country, such as `CA`, `DE` or `FR`.",
            )
        return country

    @field_validator("subdivision")
    @classmethod
    def _known_subdivision(cls, subdivision: str | None, info: ValidationInfo) -> str | None:
        if subdivision is None or not (country := info.data.get("country")):
            return subdivision
        try:
            holidays.country_holidays(country, subdivision)
        except NotImplementedError:
            found = holidays.country_holidays(country)
            return _known(subdivision, (*found.subdivisions, *found.subdivisions_aliases))
        return subdivision

    def calendar(self, name: str, zone: ZoneInfo, place: Place | None = None) -> Calendar:
        """The calendar under its name, with its hours read in `zone`."""
        days = tuple(self.working_hours if day in self.working_days else None for day in _WEEK)
        return Calendar(
            name,
            zone,
            Holidays(self.country, self.subdivision, self.holidays, frozenset(self.every_year)),
            days if self.working_hours else (),
            place,
        )
