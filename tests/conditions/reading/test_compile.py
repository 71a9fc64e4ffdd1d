"""Every test that an author can write: what it takes, what it leaves, and that blank meets none but `blank`."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from formroute.records import Location, Upload
from tests.conditions.in_a_city import SATURDAY_NIGHT, at, compiled


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(text: str) -> time:
    return time.fromisoformat(text)


def photos(count: int) -> tuple[Upload, ...]:
    return tuple(Upload(str(number), "a.jpg", "image/jpeg", 1) for number in range(count))


def point(latitude: str, longitude: str) -> Location:
    return Location("somewhere", Decimal(latitude), Decimal(longitude))


ON_ANSWERS = [
    # test                                        the answer meets it             it does not
    ("surface: road", ["road"], ["lane", "walk"]),
    ("surface: [road, lane]", ["road", "lane"], ["walk"]),
    ("surface: {not: [road]}", ["lane", "walk"], ["road"]),
    ("surface: {not: road}", ["lane", "walk"], ["road"]),
    ("danger: yes", [True], [False]),
    ("danger: no", [False], [True]),
    ("depth_cm: 5", [5], [4, 6]),
    ("depth_cm: 5..10", [5, 7, 10], [4, 11]),
    ("depth_cm: [1..3, 7, 9..10]", [1, 3, 7, 9], [4, 8, 11]),
    ("depth_cm: {at_least: 5}", [5, 6], [4]),
    ("depth_cm: {at_most: 10}", [10, 9], [11]),
    ("depth_cm: {more_than: 5}", [6], [5, 4]),
    ("depth_cm: {less_than: 10}", [9], [10, 11]),
    ("depth_cm: {at_least: 5, less_than: 10}", [5, 9], [4, 10]),
    ("depth_cm: {not: 5..10}", [4, 11], [5, 10]),
    ("depth_cm: {not: {at_least: 10}}", [9], [10]),
    ("cost: 19.99", [Decimal("19.99")], [Decimal("19.98")]),
    ("cost: {more_than: 19.99}", [Decimal("20.00")], [Decimal("19.99")]),
    ("weight: {at_least: -2.5}", [Decimal("-2.5"), Decimal(0)], [Decimal("-2.6")]),
    ("seen_on: today", [day("2026-03-07")], [day("2026-03-06")]),
    ("seen_on: {after: 10 days ago}", [day("2026-02-26")], [day("2026-02-25")]),
    ("seen_on: {on_or_after: 10 days ago}", [day("2026-02-25")], [day("2026-02-24")]),
    ("seen_on: {before: 1 week ago}", [day("2026-02-27")], [day("2026-02-28")]),
    ("seen_on: 10 days ago..2 days ago", [day("2026-02-25"), day("2026-03-05")], [day("2026-03-06")]),
    ("built: {before: 2026-03-01}", [day("2026-02-28")], [day("2026-03-01")]),
    ("built: {on_or_before: 2026-03-01}", [day("2026-03-01")], [day("2026-03-02")]),
    ("built: 2026-01-01..today", [day("2026-01-01"), day("2026-03-07")], [day("2025-12-31"), day("2026-03-08")]),
    ("built: [today, 2026-01-01]", [day("2026-03-07"), day("2026-01-01")], [day("2026-01-02")]),
    ("built: {not: [today, 2026-01-01]}", [day("2026-01-02")], [day("2026-03-07"), day("2026-01-01")]),
    ("built: {after: in 3 days}", [day("2026-03-11")], [day("2026-03-10")]),
    ("built: {weekday: [sat, sun]}", [day("2026-03-07"), day("2026-03-08")], [day("2026-03-09")]),
    ("built: {holiday: no_collection}", [day("2026-12-25")], [day("2026-12-24")]),
    ("built: {not: {holiday: no_collection}}", [day("2026-12-24")], [day("2026-12-25")]),
    ("collected_at: 22:00..06:00", [clock("22:00"), clock("05:59")], [clock("06:00"), clock("21:59")]),
    ("collected_at: 08:00..12:00", [clock("08:00"), clock("11:59")], [clock("12:00")]),
    ("collected_at: 18:00..24:00", [clock("23:59")], [clock("17:59"), clock("00:00")]),
    ("collected_at: {before: 18:00}", [clock("17:59")], [clock("18:00")]),
    ("collected_at: {on_or_after: 18:00}", [clock("18:00")], [clock("17:59")]),
    ("meeting: {time: 08:00..12:00}", [datetime(2026, 3, 9, 8)], [datetime(2026, 3, 9, 12)]),
    ("meeting: after_hours", [datetime(2026, 3, 7, 9)], [datetime(2026, 3, 9, 9)]),
    ("meeting: 2026-03-09", [datetime(2026, 3, 9, 23)], [datetime(2026, 3, 10)]),
    ("details: {contains: hydro}", ["A HYDRO pole", "hydro"], ["hydrology", "dehydro"]),
    ("details: {contains: [hydro, wire*]}", ["Wires down", "hydro"], ["a rewire"]),
    ("details: {contains: nid de poule}", ["Un nid-de-poule!"], ["nid de la poule"]),
    ("details: {contains: déneigée}", ["pas deneigee", "DÉNEIGÉE"], ["déneigées"]),
    ("details: {not: {contains: hydro}}", ["a wire"], ["hydro"]),
    ("details: {contains_from: marked.txt}", ["a flood"], ["a word"]),
    ("details: {contains_from: words.txt}", ["such a bad word", "rudeness"], ["a word"]),
    ("details: {starts_with: [hydro, gas]}", ["Hydro-line", "Gasworks"], ["a gas smell"]),
    ("details: {matches: '[A-Z]{3} ?[0-9]{3}'}", ["ABC 123"], ["abc 123", "ABC 1234", "ABC 123\n"]),
    ("details: Main Street", ["main street", "Main  Street."], ["Main Street N"]),
    ("needs: {includes: ramp}", [("ramp",), ("lift", "ramp")], [("lift",)]),
    ("needs: {includes: [ramp, lift]}", [("lift",)], [("sign",)]),
    ("needs: {includes_all: [ramp, lift]}", [("ramp", "lift", "sign")], [("ramp",)]),
    ("needs: {includes_none: [ramp, lift]}", [("sign",)], [("ramp", "sign")]),
    ("needs: {count: 2..3}", [("ramp", "lift")], [("ramp",)]),
    ("needs: {includes: ramp, count: 1}", [("ramp",)], [("ramp", "lift"), ("lift",)]),
    ("photos: {count: {at_least: 2}}", [photos(2), photos(3)], [photos(1)]),
    ("where: {inside: downtown.geojson}", [point("49.85", "-97.1")], [point("49.9", "-97.1"), Location("here")]),
    ("where: {not: {inside: downtown.geojson}}", [point("49.9", "-97.1"), Location("here")], [point("49.85", "-97.1")]),
    ("email: answered", ["a@example.org"], []),
]


@pytest.mark.parametrize(("yaml", "met", "not_met"), ON_ANSWERS, ids=[row[0] for row in ON_ANSWERS])
def test_a_test_takes_some_answers_and_leaves_others(yaml: str, met: list[object], not_met: list[object]) -> None:
    condition = compiled(yaml)
    (question,) = condition.fields
    assert [answer for answer in met if not condition.holds({question: answer}, SATURDAY_NIGHT)] == []
    assert [answer for answer in not_met if condition.holds({question: answer}, SATURDAY_NIGHT)] == []


@pytest.mark.parametrize("yaml", [row[0] for row in ON_ANSWERS])
def test_blank_meets_no_test_not_even_a_not(yaml: str) -> None:
    assert not compiled(yaml).holds({}, SATURDAY_NIGHT)


ON_MOMENTS = [
    ("received: after_hours", at("2026-03-09T16:30"), at("2026-03-09T16:29")),
    ("received: after_hours", at("2026-07-01T12:00"), at("2026-07-02T12:00")),
    ("received: {time: 22:00..06:00}", at("2026-03-09T05:59:59"), at("2026-03-09T06:00")),
    ("now: {time: {before: 18:00}}", at("2026-03-09T17:59"), at("2026-03-09T18:00")),
    ("now: {weekday: sat}", at("2026-03-07T00:00"), at("2026-03-08T00:00")),
    ("received: {before: 2026-07-01}", at("2026-06-30T23:59"), at("2026-07-01T00:00")),
    ("form: pothole", at("2026-03-09T05:00"), at("2026-03-09T05:00", form="dog")),
    ("channel: [api]", at("2026-03-09T05:00", channel="api"), at("2026-03-09T05:00")),
    ("language: {not: en}", at("2026-03-09T05:00", language="fr"), at("2026-03-09T05:00")),
]


@pytest.mark.parametrize(("yaml", "met", "not_met"), ON_MOMENTS)
def test_facts_are_tested_like_answers(yaml: str, met: object, not_met: object) -> None:
    condition = compiled(yaml)
    assert condition.holds({}, met)
    assert not condition.holds({}, not_met)


TREES = [
    ({"surface": "road", "danger": True}, "surface: road\ndanger: yes", True),
    ({"surface": "road", "danger": False}, "surface: road\ndanger: yes", False),
    ({"surface": "lane"}, "any:\n  - surface: road\n  - surface: lane", True),
    ({"surface": "lane", "danger": True}, "all:\n  - surface: lane\n  - any: [danger: yes, depth_cm: 3]", True),
    ({"surface": "lane"}, "all:\n  - surface: lane\n  - any: [danger: yes, depth_cm: 3]", False),
    ({"surface": "lane"}, "none:\n  - surface: road\n  - danger: yes", True),
    ({"surface": "lane", "danger": True}, "none:\n  - surface: road\n  - danger: yes", False),
    ({}, "depth_cm: blank", True),
    ({"depth_cm": 3}, "depth_cm: blank", False),
    ({}, "any:\n  - depth_cm: blank\n  - depth_cm: 5..10", True),
    ({}, "none:\n  - depth_cm: answered", True),
]


@pytest.mark.parametrize(("answers", "yaml", "met"), TREES)
def test_conditions_nest(answers: dict[str, object], yaml: str, met: bool) -> None:
    assert compiled(yaml).holds(answers, SATURDAY_NIGHT) is met


def test_keys_of_one_test_become_one_set() -> None:
    assert compiled("depth_cm: {at_least: 5, at_most: 10}") == compiled("depth_cm: 5..10")


def test_equal_sets_compare_equal_however_they_are_written() -> None:
    assert compiled("surface: [lane, road]") == compiled("surface: [road, lane]")
    assert compiled("depth_cm: {not: {less_than: 7}}") == compiled("depth_cm: {at_least: 7}")


def test_a_condition_knows_its_fields() -> None:
    condition = compiled("surface: road\nnone:\n  - danger: yes\n    depth_cm: 5\ndepth_cm: answered\ndanger: no")
    assert condition.fields == {"surface", "danger", "depth_cm"}
