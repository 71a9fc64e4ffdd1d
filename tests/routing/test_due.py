"""Until when a department has to answer, by the calendar of Winnipeg."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.routing.due import reckon
from formroute.routing.written.calendars import CalendarDefinition
from formroute.routing.written.duration import Duration, Unit

WINNIPEG = ZoneInfo("America/Winnipeg")
CITY = CalendarDefinition.model_validate(
    {
        "country": "CA",
        "subdivision": "MB",
        "holidays": ["public", "optional"],
        "working_days": ["mon", "tue", "wed", "thu", "fri"],
        "working_hours": "08:30..16:30",
    }
).calendar("city", WINNIPEG)

DUE = [
    ("in working hours, to the end of the day", "2026-06-10 10:00", "1 business day", "2026-06-11 16:30"),
    ("before the desks open", "2026-06-10 06:00", "1 business day", "2026-06-11 16:30"),
    ("when they open", "2026-06-10 08:30", "1 business day", "2026-06-11 16:30"),
    ("in the last minute", "2026-06-10 16:29", "1 business day", "2026-06-11 16:30"),
    ("at closing time it is too late", "2026-06-10 16:30", "1 business day", "2026-06-12 16:30"),
    ("over a weekend", "2026-06-12 10:00", "1 business day", "2026-06-15 16:30"),
    ("on a Saturday", "2026-06-13 10:00", "1 business day", "2026-06-16 16:30"),
    ("on Friday evening", "2026-06-12 23:59", "2 business days", "2026-06-17 16:30"),
    ("a working week", "2026-06-10 10:00", "5 business days", "2026-06-17 16:30"),
    ("over Good Friday", "2026-04-02 10:00", "1 business day", "2026-04-06 16:30"),
    ("on Louis Riel Day", "2026-02-16 11:00", "1 business day", "2026-02-18 16:30"),
    ("over Remembrance Day", "2026-11-10 17:00", "1 business day", "2026-11-13 16:30"),
    ("over Christmas and Boxing Day observed", "2026-12-24 12:00", "1 business day", "2026-12-29 16:30"),
    ("into the new year", "2026-12-31 12:00", "1 business day", "2027-01-04 16:30"),
    ("over the change to summer time", "2026-03-06 10:00", "1 business day", "2026-03-09 16:30"),
    ("days keep the time of day", "2026-03-07 23:15", "2 days", "2026-03-09 23:15"),
    ("days count holidays and weekends", "2026-12-24 12:00", "2 days", "2026-12-26 12:00"),
    ("weeks keep it too", "2026-03-01 09:00", "2 weeks", "2026-03-15 09:00"),
    ("a time that the clocks skip", "2026-03-07 02:30", "1 day", "2026-03-08 03:30"),
    ("business hours, the desks open", "2026-06-10 10:00", "4 business hours", "2026-06-10 14:00"),
    ("business hours to the minute of closing", "2026-06-10 12:30", "4 business hours", "2026-06-10 16:30"),
    ("business hours into the next day", "2026-06-10 15:00", "4 business hours", "2026-06-11 11:00"),
    ("business hours from the next opening", "2026-06-10 20:00", "4 business hours", "2026-06-11 12:30"),
    ("business hours over a weekend and a holiday", "2026-04-02 15:30", "2 business hours", "2026-04-06 09:30"),
    ("business hours of more than a day", "2026-06-10 08:30", "9 business hours", "2026-06-11 09:30"),
    ("hours elapse in spring", "2026-03-08 01:00", "4 hours", "2026-03-08 06:00"),
    ("hours elapse in autumn", "2026-11-01 00:30", "4 hours", "2026-11-01 03:30"),
]


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=WINNIPEG)


@pytest.mark.parametrize(("when", "received", "duration", "due"), DUE, ids=[case[0] for case in DUE])
def test_the_due_moment(when: str, received: str, duration: str, due: str) -> None:
    found = reckon(local(received).astimezone(UTC), read(duration), CITY)
    assert f"{found.at:%Y-%m-%d %H:%M}" == due
    assert found.at.tzinfo == WINNIPEG


def test_it_is_explained_in_english_and_french() -> None:
    """Where the counting began, and which holidays it passed over."""
    due = reckon(local("2026-04-02 18:00"), read("2 business days"), CITY)
    assert due.in_words("en") == (
        "Wednesday, April 8, 2026 at 16:30: 2 business days, counted from Monday, April 6, 2026 at 08:30, "
        "holidays left out: Friday, April 3, 2026"
    )
    assert due.in_words("fr") == (
        "mercredi 8 avril 2026 à 16\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}: 2 jours ouvrables, "
        "à compter du lundi 6 avril 2026 à 8\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30, "
        "jours fériés exclus\N{NO-BREAK SPACE}: vendredi 3 avril 2026"
    )


def test_another_language_writes_the_day_as_it_does() -> None:
    due = reckon(local("2026-06-10 10:00"), read("2 hours"), CITY)
    assert [due.in_words(language).partition(" at ")[0] for language in ("de", "da")] == [
        "Mittwoch, 10. Juni 2026",
        "onsdag den 10. juni 2026",
    ]


def test_a_language_without_rules_for_dates_gets_english_ones() -> None:
    due = reckon(local("2026-06-10 10:00"), read("2 hours"), CITY)
    assert due.in_words("cr").startswith("Wednesday, June 10, 2026 at 12:00: 2 hours")


def test_a_holiday_on_a_weekend_is_not_told() -> None:
    """Only days that would otherwise have been worked were passed over: Boxing Day 2026 is a Saturday."""
    due = reckon(local("2026-12-24 12:00"), read("1 business day"), CITY)
    assert due.passed_over == (date(2026, 12, 25), date(2026, 12, 28))


moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(WINNIPEG))
counts = st.integers(1, 30)


@given(moments, counts, st.sampled_from(Unit))
def test_a_due_moment_is_never_before_the_receiving(received: datetime, count: int, unit: Unit) -> None:
    assert reckon(received, Duration(count, unit), CITY).at.astimezone(UTC) > received.astimezone(UTC)


@given(moments, counts)
def test_business_days_end_when_the_desks_close(received: datetime, count: int) -> None:
    """Between the receiving and the due moment lie so many working days, or one more when it began after hours."""
    due = reckon(received, Duration(count, Unit.BUSINESS_DAY), CITY)
    assert not CITY.is_open(due.at)
    assert CITY.is_open(due.at - timedelta(seconds=1))
    days = [received.date() + timedelta(days=n) for n in range((due.at.date() - received.date()).days + 1)]
    assert sum(CITY.hours_on(day) is not None for day in days) - count in (1, 2)


@given(moments, counts)
def test_business_hours_are_hours_in_which_the_desks_are_open(received: datetime, count: int) -> None:
    due = reckon(received, Duration(count, Unit.BUSINESS_HOUR), CITY)
    minute = timedelta(minutes=1)
    begin = received.astimezone(UTC)
    minutes = int((due.at.astimezone(UTC) - begin) / minute)
    step = max(1, minutes // 2000)
    open_for = sum(CITY.is_open(begin + minute * number) for number in range(0, minutes, step)) * step
    assert abs(open_for - count * 60) <= step * (2 + minutes / 60 / 24 * 2)
    assert CITY.is_open(due.at - timedelta(seconds=1))


@given(moments, st.timedeltas(timedelta(0), timedelta(days=40)), counts)
def test_who_writes_later_never_waits_less_long(received: datetime, later: timedelta, count: int) -> None:
    """By business days; by business hours too."""
    duration = Duration(count, Unit.BUSINESS_DAY if count % 2 else Unit.BUSINESS_HOUR)
    assert reckon(received, duration, CITY).at <= reckon(received + later, duration, CITY).at


def read(text: str) -> Duration:
    duration = Duration.parse(text)
    assert duration
    return duration
