"""Moments, days said from today, and calendars."""

from datetime import UTC, date, datetime, time

import pytest

from formroute.conditions import Calendar, RelativeDay
from tests.conditions.in_a_city import NO_COLLECTION, WORKING, ZONE, at

DAYS = [
    ("today", "2026-03-07"),
    ("Today ", "2026-03-07"),
    ("1 day ago", "2026-03-06"),
    ("10 days ago", "2026-02-25"),
    ("2 weeks ago", "2026-02-21"),
    ("in 3 days", "2026-03-10"),
    ("in 1 week", "2026-03-14"),
    ("3 days from now", "2026-03-10"),
    ("3 days from today", "2026-03-10"),
    ("0 days ago", "2026-03-07"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_said_from_today(text: str, day: str) -> None:
    relative = RelativeDay.parse(text)
    assert relative is not None
    assert relative.on(date(2026, 3, 7)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["tomorrow", "3 months ago", "1 year ago", "ten days ago", "-3 days ago", "3 days", "", "123456 days ago"]
)
def test_other_texts_are_no_days_said_from_today(text: str) -> None:
    assert RelativeDay.parse(text) is None


@pytest.mark.parametrize("text", ["today", "1 day ago", "10 days ago", "in 1 day", "in 3 days"])
def test_a_day_said_from_today_writes_itself(text: str) -> None:
    assert str(RelativeDay.parse(text)) == text


def test_now_and_received_are_the_same_instant() -> None:
    moment = at("2026-03-07T23:15")
    assert moment.fact("now") == moment.fact("received") == moment.now
    assert moment.fact("form") == "pothole"
    assert moment.fact("surface") is None
    assert moment.today == date(2026, 3, 7)


OPEN = [
    ("2026-03-09T08:29:59", False),
    ("2026-03-09T08:30", True),
    ("2026-03-09T16:29:59", True),
    ("2026-03-09T16:30", False),
    ("2026-03-07T12:00", False),
    ("2026-07-01T12:00", False),
]


@pytest.mark.parametrize(("instant", "is_open"), OPEN)
def test_desks_open_in_the_citys_time(instant: str, is_open: bool) -> None:
    local = datetime.fromisoformat(instant)
    assert WORKING.is_open(local) is is_open
    assert WORKING.is_open(local.replace(tzinfo=ZONE).astimezone(UTC)) is is_open


def test_a_calendar_without_hours_only_names_holidays() -> None:
    assert NO_COLLECTION.is_holiday(date(2026, 12, 25))
    assert NO_COLLECTION.hours_on(date(2026, 12, 24)) is None
    assert WORKING.hours_on(date(2026, 12, 25))
    assert WORKING.hours_on(date(2026, 7, 1)) is None
    assert WORKING.hours_on(date(2026, 3, 9)) == (time(8, 30), time(16, 30))


def test_calendars_of_one_name_are_the_same() -> None:
    assert Calendar("working", ZONE) == WORKING
    assert len({WORKING, NO_COLLECTION, Calendar("working", ZONE)}) == 2
