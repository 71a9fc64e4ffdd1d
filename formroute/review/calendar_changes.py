"""What is otherwise with the time that a city keeps: clocks, calendars, and who works by which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from formroute.catalog import Catalog
from formroute.conditions import Calendar, Hours
from formroute.conditions.axes.calendars import days_compared
from formroute.review.change import Change

_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SINCE = date(2026, 1, 1)
_MOST_DAYS = 4


def calendar_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    """Every difference of clocks and calendars; what is due otherwise for it is told by the regions."""
    what = [*_clocks(old, new), *_calendars(old, new)]
    return (Change("departments", "catalog", sentence) for sentence in what)


def _clocks(old: Catalog, new: Catalog) -> Iterator[str]:
    if old.zone != new.zone:
        yield f"Time is told by the clocks of {new.zone}; before, by those of {old.zone}."
    before, after = old.router.settings.calendar.name, new.router.settings.calendar.name
    if before != after:
        yield f"Business days and hours are counted by the calendar `{after}`; before, by `{before}`."


def _calendars(old: Catalog, new: Catalog) -> Iterator[str]:
    before, after = (catalog.router.settings.around.calendars for catalog in (old, new))
    yield from (f"The calendar `{name}` is gone." for name in before if name not in after)
    for name, calendar in after.items():
        if name not in before:
            yield f"There is a new calendar `{name}`: {_hours(calendar)}."
        else:
            yield from (f"In the calendar `{name}`, {clause}." for clause in _calendar(before[name], calendar))


def _calendar(old: Calendar, new: Calendar) -> Iterator[str]:
    if old.hours != new.hours:
        yield f"working hours are {_hours(new)}; before, {_hours(old)}"
    if added := [day for day in days_compared() if new.is_holiday(day) and not old.is_holiday(day)]:
        yield f"{_days(added)} become holidays"
    if gone := [day for day in days_compared() if old.is_holiday(day) and not new.is_holiday(day)]:
        yield f"{_days(gone)} are no holidays any more"
    if old.holidays != new.holidays and not added and not gone:
        first, *_, last = days_compared()
        yield f"holidays are written otherwise, and are the same days from {first.year} to {last.year}"


def _hours(calendar: Calendar) -> str:
    """`Monday to Friday 08:30 to 16:30`, days that follow one another and have the same hours together."""
    stretches = [(hours, list(days)) for hours, days in groupby(range(len(calendar.hours)), calendar.hours.__getitem__)]
    return ", ".join(_stretch(hours, days) for hours, days in stretches if hours) or "none"


def _stretch(hours: Hours, days: list[int]) -> str:
    first, last = _WEEK[days[0]], _WEEK[days[-1]]
    named = first if first == last else f"{first} to {last}"
    return f"{named} {hours.opens:%H:%M} to {hours.closes:%H:%M}"


def _days(days: Iterable[date]) -> str:
    """The first of these days from this year on."""
    named = [str(day) for day in days if day >= _SINCE] or [str(day) for day in days]
    return ", ".join(named[:_MOST_DAYS]) + (" and so on" if len(named) > _MOST_DAYS else "")
