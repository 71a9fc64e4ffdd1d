"""What is otherwise with the time that a city keeps: clocks, calendars, and who works by which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from formroute.catalog import Catalog
from formroute.conditions import Calendar, Hours
from formroute.conditions.axes.calendars import days_compared
from formroute.definitions import Place
from formroute.review.change import Change

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_DAYS = 4


def calendar_changes(old: Catalog, new: Catalog, on: date | None = None) -> Iterator[Change]:
    """Every difference of clocks and calendars; what is due otherwise for it is told by the regions.

    Of holidays those from the day `on` are named, where there are any.
    """
    for what, place in (*_clocks(old, new), *_calendars(old, new, on)):
        yield Change("departments", "catalog", what, place.mark)


def _clocks(old: Catalog, new: Catalog) -> Iterator[tuple[str, Place]]:
    if old.zone != new.zone:
        what = f"Time is told by the clocks of {new.zone}; before, by those of {old.zone}."
        yield what, new.place["time_zone"]
    before, after = old.router.settings.calendar.name, new.router.settings.calendar.name
    if before != after:
        what = f"Business days and hours are counted by the calendar `{after}`; before, by `{before}`."
        yield what, new.place["calendar"]


def _calendars(old: Catalog, new: Catalog, on: date | None) -> Iterator[tuple[str, Place]]:
    before, after = (catalog.router.settings.around.calendars for catalog in (old, new))
    yield from ((f"The calendar `{name}` is gone.", new.place["calendars"]) for name in before if name not in after)
    for name, calendar in after.items():
        if name not in before:
            yield f"There is a new calendar `{name}`: {_hours(calendar)}.", new.place.at("calendars", name)
        else:
            for clause, key in _calendar(before[name], calendar, on):
                yield f"In the calendar `{name}`, {clause}.", new.place.at("calendars", name, key)


def _calendar(old: Calendar, new: Calendar, on: date | None) -> Iterator[tuple[str, str]]:
    """What is otherwise in one calendar, as clauses, each with the key that says so."""
    if old.hours != new.hours:
        yield f"working hours are {_hours(new)}; before, {_hours(old)}", "working_hours"
    if added := [day for day in days_compared() if new.is_holiday(day) and not old.is_holiday(day)]:
        yield (
            f"{_days(added, on)} {'becomes a holiday' if len(added) == 1 else 'become holidays'}{_past(added, on)}",
            "holidays",
        )
    if gone := [day for day in days_compared() if old.is_holiday(day) and not new.is_holiday(day)]:
        yield (
            f"{_days(gone, on)} {'is no holiday' if len(gone) == 1 else 'are no holidays'} any more{_past(gone, on)}",
            "holidays",
        )
    if old.holidays != new.holidays and not added and not gone:
        first, *_, last = days_compared()
        yield f"holidays are written otherwise, and are the same days from {first.year} to {last.year}", "holidays"


def _hours(calendar: Calendar) -> str:
    """`Monday to Friday 08:30 to 16:30`, days that follow one another and have the same hours together."""
    stretches = [(hours, list(days)) for hours, days in groupby(range(len(calendar.hours)), calendar.hours.__getitem__)]
    return ", ".join(_stretch(hours, days) for hours, days in stretches if hours) or "none"


def _stretch(hours: Hours, days: list[int]) -> str:
    first, last = _WEEK[days[0]], _WEEK[days[-1]]
    named = first if first == last else f"{first} to {last}"
    return f"{named} {hours.opens:%H:%M} to {hours.closes:%H:%M}"


def _days(days: Sequence[date], on: date | None) -> str:
    """The first of these days from a day on or, where all are past, the last."""
    upcoming = [day for day in days if on is None or day >= on]
    named = list(map(str, upcoming or days[-_MOST_DAYS:]))
    return ", ".join(named[:_MOST_DAYS]) + (" and so on" if len(named) > _MOST_DAYS else "")


def _past(days: Sequence[date], on: date | None) -> str:
    return ", which is past" if on is not None and all(day < on for day in days) else ""
