"""Tests on numbers, days and times."""

from __future__ import annotations

from formroute.conditions.answers.domains import Dates, Instants, Now, Numbers, Times
from formroute.conditions.axes.aspects import Holiday, Open, Weekday
from formroute.conditions.axes.calendars import Calendar
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.condition import Condition
from formroute.conditions.reading.comparisons import comparison
from formroute.conditions.reading.operands import shown
from formroute.conditions.reading.vocabulary.kind import NO, ONE, YES, TestKind
from formroute.conditions.reading.written import Written, read_each
from formroute.definitions import hint, suggest
from formroute.definitions.shape import Plain, one_or_more

_DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = {name[:3]: number for number, name in enumerate(_DAYS_OF_WEEK)}
_DAYS = (Dates, Instants, Now)
_DAY: Plain = {"type": "string"}


def _weekday(written: Written) -> Condition:
    return written.test(Values(frozenset(read_each(_day_of_week, written.items()))), Weekday())


def _day_of_week(written: Written) -> int:
    if isinstance(written.raw, str) and written.raw in _WEEK:
        return _WEEK[written.raw]
    word = shown(written.raw)
    near = (suggest(word, (*_WEEK, *_DAYS_OF_WEEK)) or "")[:3]
    days = ", ".join(f"`{day}`" for day in _WEEK)
    fix = f"Did you mean `{near}`? The days are {days}." if near else f"The days are {days}."
    raise written.wrong("C326", instead=near or None, day=word, hint=fix)


def _holiday(written: Written) -> Condition:
    return written.test(YES, Holiday(_calendar(written)))


def _outside_hours(written: Written) -> Condition:
    calendar = _calendar(written)
    if not calendar.hours:
        raise written.wrong("C325", calendar=calendar.name)
    return written.test(NO, Open(calendar))


def _calendar(written: Written) -> Calendar:
    """The calendar of this name."""
    name, calendars = written.raw, written.around.calendars
    if not isinstance(name, str) or name not in calendars:
        word = shown(name)
        raise written.wrong("C315", instead=suggest(word, calendars), calendar=word, hint=hint(word, calendars))
    return calendars[name]


ON_LINES = (
    TestKind("at_least", (Numbers,), comparison(Spans.at_least), ONE, "depth_cm: {at_least: 5}", "it is this or more"),
    TestKind("at_most", (Numbers,), comparison(Spans.at_most), ONE, "depth_cm: {at_most: 10}", "it is this or less"),
    TestKind("more_than", (Numbers,), comparison(Spans.more_than), ONE, "depth_cm: {more_than: 5}", "it is more"),
    TestKind("less_than", (Numbers,), comparison(Spans.less_than), ONE, "depth_cm: {less_than: 10}", "it is less"),
    TestKind(
        "before",
        (*_DAYS, Times),
        comparison(Spans.less_than),
        _DAY,
        "seen_on: {before: 2026-03-01}",
        "the day or time comes before this one",
    ),
    TestKind(
        "after",
        (*_DAYS, Times),
        comparison(Spans.more_than),
        _DAY,
        "seen_on: {after: 10 days ago}",
        "the day or time comes after this one; a day may be `today` or `10 days ago`",
    ),
    TestKind(
        "on_or_before",
        (*_DAYS, Times),
        comparison(Spans.at_most),
        _DAY,
        "seen_on: {on_or_before: today}",
        "it is this day or time, or comes before it",
    ),
    TestKind(
        "on_or_after",
        (*_DAYS, Times),
        comparison(Spans.at_least),
        _DAY,
        "seen_on: {on_or_after: 2026-03-01}",
        "it is this day or time, or comes after it",
    ),
    TestKind(
        "weekday",
        _DAYS,
        _weekday,
        one_or_more({"type": "array", "items": {"enum": list(_WEEK)}}),
        "seen_on: {weekday: [sat, sun]}",
        "the day is one of these",
    ),
    TestKind(
        "holiday",
        _DAYS,
        _holiday,
        ONE,
        "collection_day: {holiday: no_collection}",
        "the day is closed in this calendar of the catalogue",
    ),
    TestKind(
        "after_hours",
        (Instants, Now),
        _outside_hours,
        ONE,
        "received: {after_hours: crews}",
        "it was outside the working hours of this calendar of the catalogue",
    ),
)
