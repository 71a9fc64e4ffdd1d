"""Calendars as the catalogue writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from formroute.definitions import Place, parse_source, read
from formroute.problems import Problem
from formroute.routing.written.calendars import CalendarDefinition

WINNIPEG = ZoneInfo("America/Winnipeg")

CITY = """\
country: CA
subdivision: MB
holidays: [public, optional]
working_days: [mon, tue, wed, thu, fri]
working_hours: 08:30..16:30
"""

WRONG = [
    ("country: XX", "R453"),
    ("country: CA\nsubdivision: XX", "R453"),
    ("country: CA\nholidays: [pubic]", "R453"),
    ("working_hours: 08:30", "R451"),
    ("working_hours: 16:30..08:30", "R451"),
    ("working_hours: 08:30..24:00", "R451"),
    ("every_year: [02-30]", "R452"),
    ("every_year: [25-12]", "R452"),
    ("working_days: [monday]", "D119"),
    ("open: 9", "D101"),
]


def load(text: str) -> tuple[CalendarDefinition | None, list[Problem]]:
    problems: list[Problem] = []
    source = parse_source(text, "catalog.yaml", problems)
    assert source
    return read(CalendarDefinition, Place.of(source), problems), problems


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-01-01", False),
        ("2026-02-16", False),  # Louis Riel Day
        ("2026-06-10", True),
        ("2026-06-13", False),  # a Saturday
        ("2026-08-03", False),  # Terry Fox Day
        ("2026-09-30", False),  # National Day for Truth and Reconciliation
        ("2026-11-11", False),
        ("2026-12-24", True),
        ("1500-06-13", True),  # before there was a country
    ],
)
def test_business_days_of_manitoba(day: str, working: bool) -> None:
    definition, problems = load(CITY)
    assert definition
    assert problems == []
    assert bool(definition.calendar("city", WINNIPEG).hours_on(date.fromisoformat(day))) is working


def test_days_of_every_year() -> None:
    definition, _ = load("every_year: [01-01, 02-29, 12-25]")
    assert definition
    calendar = definition.calendar("no_collection", WINNIPEG)
    assert [calendar.is_holiday(date(year, 12, 25)) for year in (1999, 2026)] == [True, True]
    assert calendar.is_holiday(date(2024, 2, 29))
    assert not calendar.is_holiday(date(2026, 3, 1))


def test_a_calendar_without_hours_has_holidays_but_no_business_days() -> None:
    definition, _ = load("country: CA")
    assert definition
    calendar = definition.calendar("days", WINNIPEG)
    assert calendar.is_holiday(date(2026, 7, 1))
    assert not calendar.is_open(datetime(2026, 7, 2, 10, tzinfo=WINNIPEG))


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_is_wrong_is_told(text: str, code: str) -> None:
    definition, problems = load(text)
    assert definition is None
    assert [problem.code for problem in problems] == [code]
