"""Departments with hours of their own, and those that stand in for others."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from formroute.conditions import Calendar, Hours, Moment, Surroundings
from formroute.definitions import Document, read
from formroute.problems import Problem
from formroute.routing import Department, DepartmentsDefinition, Router, Workbench, compile_departments, compile_router
from formroute.routing.department import who_takes
from tests.routing.town import CALENDAR, FORMS, NOON, SETTINGS, ZONE, codes, decide, documents, place, submission

CREWS = Calendar("crews", ZONE, hours=(Hours(time(6), time(22)),) * 7)
NO_HOURS = Calendar("no_collection", ZONE)
CALENDARS = {calendar.name: calendar for calendar in (CALENDAR, CREWS, NO_HOURS)}

TOWN = """\
departments:
  plough:
    name: Ploughs
    calendar: crews
    effective: {from: 2026-11-01, until: 2027-04-15}
    fallback: streets
    deliver: [{desk: {}}]
  streets:
    name: Streets
    deliver: [{desk: {}}]
"""

SNOW = """\
table: snow
forms: [snow]
routes:
  - route: snow
    send_to: plough
    respond_within: 4 business hours
"""

COPIES = """\
table: copies
forms: [snow]
policy: collect
routes:
  - route: copies
    copy_to: [streets, plough]
"""


def departments(yaml: str) -> tuple[dict[str, Department], list[Problem]]:
    problems: list[Problem] = []
    at = place(yaml, "departments.yaml")
    model = read(DepartmentsDefinition, at, problems)
    assert model, problems
    return compile_departments([Document(model, at)], problems, CALENDARS), problems


def routed(yaml: str = TOWN, table: str = SNOW) -> tuple[Router, list[Problem]]:
    town, problems = departments(yaml)
    around = Surroundings(CALENDARS, CALENDAR)
    snow = {"snow": FORMS["snow"]}
    tables = documents(table, COPIES)
    return compile_router(tables, Workbench(town, snow, replace(SETTINGS, around=around), problems)), problems


DAYS = [
    ("2026-10-31 23:59", "streets", ("handed-over",), ()),
    ("2026-11-01 00:00", "plough", (), ("streets",)),
    ("2027-04-15 23:59", "plough", (), ("streets",)),
    ("2027-04-16 00:00", "streets", ("handed-over",), ()),
]


@pytest.mark.parametrize(("received", "send_to", "tags", "copies"), DAYS)
def test_on_other_days_the_fallback_gets_it(
    received: str, send_to: str, tags: tuple[str, ...], copies: tuple[str, ...]
) -> None:
    """Copies too; who handles it gets none."""
    router, problems = routed()
    assert problems == []
    at = datetime.strptime(received, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    decision = decide(router, submission("snow", {"surface": "road", "depth_cm": 5}, at))
    assert (decision.route, decision.send_to, decision.tags, decision.copy_to) == ("snow", send_to, tags, copies)


@pytest.mark.parametrize(
    ("received", "due"), [("2026-12-05 20:00", "2026-12-06 08:00"), ("2026-10-03 20:00", "2026-10-05 12:30")]
)
def test_time_is_counted_by_the_hours_of_who_handles_it(received: str, due: str) -> None:
    """Crews work from 6 to 22 on all days, the desks of the city on working days only."""
    at, until = (datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE) for text in (received, due))
    assert decide(routed()[0], submission("snow", {"surface": "road", "depth_cm": 5}, at)).due == until


WRONG = [
    ("fallback: streets", "fallback: street", "R412"),
    ("    fallback: streets\n", "", "R419"),
    ("    effective: {from: 2026-11-01, until: 2027-04-15}\n", "", "R427"),
    ("calendar: crews", "calendar: crew", "R418"),
    ("calendar: crews", "calendar: no_collection", "R417"),
]


@pytest.mark.parametrize(("right", "wrong", "code"), WRONG)
def test_what_is_wrong_with_a_department_is_told(right: str, wrong: str, code: str) -> None:
    assert right in TOWN
    assert codes(routed(TOWN.replace(right, wrong))[1]) == [code]


def test_departments_must_not_hand_over_in_a_circle() -> None:
    circle = TOWN.replace("Streets\n", "Streets\n    effective: {until: 2026-12-31}\n    fallback: plough\n")
    town, problems = departments(circle)
    assert codes(problems) == ["R420", "R420"]
    assert "plough → streets → plough" in problems[0].what
    assert who_takes("elsewhere", Moment(NOON), town) == "elsewhere"


AFTER_HOURS = """\
table: snow
forms: [snow]
routes:
  - route: on-call
    when: {received: {after_hours: crews}}
    send_to: streets
  - route: snow
    send_to: plough
"""


@pytest.mark.parametrize(("received", "route"), [("2026-12-05 21:59", "snow"), ("2026-12-05 22:00", "on-call")])
def test_after_hours_may_mean_those_of_a_calendar(received: str, route: str) -> None:
    router, problems = routed(table=AFTER_HOURS)
    assert problems == []
    at = datetime.strptime(received, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    assert decide(router, submission("snow", {"surface": "road", "depth_cm": 5}, at)).route == route


@pytest.mark.parametrize(("calendar", "code"), [("crew", "C315"), ("no_collection", "C325")])
def test_such_a_calendar_must_have_hours(calendar: str, code: str) -> None:
    assert code in codes(routed(table=AFTER_HOURS.replace("crews", calendar))[1])
