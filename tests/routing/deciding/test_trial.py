"""Examples that authors write into a table, tried."""

import pytest

from formroute.conditions import Calculation, Lookup, OneOf, Question
from formroute.conditions.reading.compile_feel import compile_formula
from formroute.definitions import Place, parse_source
from formroute.problems import Problem
from formroute.routing import FormScope, try_test
from tests.routing.town import FORMS, NOON, form, moment, question, router, submission, text

STREETS = """\
table: streets
forms: [pothole]
routes:
  - route: hazard
    when: {surface: [road, lane], depth_cm: {at_least: 10}}
    send_to: streets
    priority: urgent
    respond_within: 2 days
  - route: lane
    when: {surface: lane}
    send_to: parks
    copy_to: [contact-centre]
    tags: [narrow]
    set: {queue: night}
    notify: [foreman@example.org]
  - route: everything-else
    send_to: streets
tests:
  - test: a hole
    received: 2026-06-10 12:00
    answers: {}
    expect: {EXPECT}
"""

NOTES = """\
table: notes
forms: all
policy: collect
routes:
  - route: lane
    when: {surface: lane}
    copy_to: [streets, contact-centre]
    tags: [lane, quiet]
    set: {crew: small, truck: none}
    notify: [lanes@example.org, night@example.org]
  - route: deep
    when: {depth_cm: {at_least: 10}}
    tags: [deep]
    set: {length: long}
tests:
  - test: a hole
    form: pothole
    received: 2026-06-10 12:00
    answers: {}
    expect: {EXPECT}
"""

REST = "table: rest\nforms: all\nroutes:\n  - route: rest\n    send_to: parks\n"

HOLE = {"danger": False, "surface": "lane", "depth_cm": 12}

MET = [
    (STREETS, "route: hazard, send_to: streets, priority: urgent, due: 2026-06-12 12:00, copy_to: [], tags: []"),
    (STREETS, "tags: []"),
    (NOTES, "copy_to: [contact-centre, streets], tags: [quiet, deep, lane]"),
    (STREETS, "set: {}, notify: []"),
    (NOTES, "set: {crew: small, truck: none, length: long}, notify: [night@example.org, lanes@example.org]"),
    (NOTES, "route: deep, send_to: parks, priority: normal"),
]

FAILED = [
    (
        NOTES,
        "set: {length: short}, notify: lanes@example.org",
        "Expected `set: {length: short}` and `notify: [lanes@example.org]`, "
        "but `set: {length: long, crew: small, truck: none}` "
        "and `notify: [lanes@example.org, night@example.org]`. "
        "`lane` won: surface is lane. `deep` won: depth_cm is at least 10.",
    ),
    (
        STREETS,
        "route: lane, send_to: parks, priority: normal",
        "Expected `route: lane` and `send_to: parks` and `priority: normal`, "
        "but `route: hazard` and `send_to: streets` and `priority: urgent`. "
        "`lane` lost: it is met too, but hazard stands before it. "
        "`hazard` won: surface is Road or lane and depth_cm is at least 10.",
    ),
    (
        STREETS,
        "due: 2026-06-12 16:30",
        "Expected `due: 2026-06-12 16:30`, but `due: 2026-06-12 12:00`. "
        "`hazard` won: surface is Road or lane and depth_cm is at least 10.",
    ),
    (
        STREETS,
        "stops: call_911",
        "Expected `stops: call_911`, but `stops: nothing`. "
        "`hazard` won: surface is Road or lane and depth_cm is at least 10.",
    ),
    (
        NOTES,
        "tags: [lane]",
        "Expected `tags: [lane]`, but `tags: [lane, quiet, deep]`. "
        "`lane` won: surface is lane. `deep` won: depth_cm is at least 10.",
    ),
]


def tried(yaml: str, expect: str, answers: dict[str, object], stopped: str | None = None) -> Problem | None:
    tables = [yaml.replace("EXPECT", expect)]
    forms = {"pothole": FORMS["pothole"]}
    found = router(*tables, *([REST] if yaml is NOTES else []), forms=forms)
    (test,) = found.tests
    sent = submission(test.form, answers, test.received or NOON, test.channel, test.language)
    return try_test(found, test, sent, moment(sent), stopped)


@pytest.mark.parametrize(("yaml", "expect"), MET)
def test_what_comes_out_as_expected_is_no_problem(yaml: str, expect: str) -> None:
    """Only what is written is compared; copies and tags are those of the test's own table, in any order."""
    assert tried(yaml, expect, HOLE) is None


@pytest.mark.parametrize(("yaml", "expect", "told"), FAILED)
def test_a_failing_test_tells_what_happened_and_which_tests_made_it_so(yaml: str, expect: str, told: str) -> None:
    problem = tried(yaml, expect, HOLE)
    assert problem
    assert (problem.code, f"{problem.what} {problem.fix}") == ("R441", told)
    assert problem.line == f"    expect: {{{expect}}}"


@pytest.mark.parametrize(
    ("expect", "stopped", "told"),
    [
        ("stops: call_911", "call_911", None),
        ("stops: call_911", "private", "Expected `stops: call_911`, but `stops: private`."),
        ("route: hazard", "call_911", "Expected `stops: nothing`, but `stops: call_911`."),
    ],
)
def test_a_form_that_stops(expect: str, stopped: str, told: str | None) -> None:
    problem = tried(STREETS, expect, {"danger": True}, stopped)
    assert (problem and problem.what) == told


LEFT_OUT = [
    ({"danger": False, "surface": "sidewalk"}, "route: everything-else", None),
    ({"danger": False, "surface": "road"}, "route: everything-else", None),
    ({"surface": "sidewalk"}, "route: everything-else", None),
    ({"danger": False}, "route: everything-else", "`surface: lane`"),
]


@pytest.mark.parametrize(("answers", "expect", "told"), LEFT_OUT)
def test_answers_may_be_left_out_that_could_not_change_the_outcome(
    answers: dict[str, object], expect: str, told: str | None
) -> None:
    """An optional question that is left out is blank; one that must be answered could have any answer."""
    problem = tried(STREETS, expect, answers)
    assert (problem and problem.code) == (told and "R445")
    assert (problem and problem.what) == (
        told and f"The answers that the test leaves out could change its result: {told}."
    )


def ward() -> FormScope:
    """An optional neighbourhood, and the ward that follows from it."""
    neighbourhood = question("neighbourhood", OneOf(("centre", "river")), required=False)
    follows = Lookup("neighbourhood", {"centre": "one", "river": "two"})
    return form("pothole", text("Pothole"), neighbourhood, Question("ward", OneOf(("one", "two")), follows=follows))


WARDS = """\
table: streets
forms: [pothole]
routes:
  - route: one
    when: {ward: one}
    send_to: parks
  - route: rest
    send_to: streets
tests:
  - test: nowhere
    answers: {}
    expect: {route: rest}
"""


def test_what_follows_from_an_optional_answer_is_blank_without_it() -> None:
    found = router(WARDS, forms={"pothole": ward()})
    sent = submission("pothole", {})
    assert try_test(found, found.tests[0], sent, moment(sent)) is None


def reckoned_ward() -> FormScope:
    """The same, reckoned in FEEL."""
    neighbourhood = question("neighbourhood", OneOf(("centre", "river")), required=False)
    source = parse_source('value: \'if neighbourhood = "centre" then "one" else "two"\'', "pothole.yaml", [])
    assert source is not None
    place, problems = Place.of(source)["value"], list[Problem]()
    typed = compile_formula(place.plain(), place, {"neighbourhood": neighbourhood}, problems)
    assert typed is not None, problems
    follows = Calculation(typed.formula, str)
    return form("pothole", text("Pothole"), neighbourhood, Question("ward", OneOf(("one", "two")), follows=follows))


def test_what_is_reckoned_from_an_optional_answer_is_blank_without_it() -> None:
    found = router(WARDS, forms={"pothole": reckoned_ward()})
    sent = submission("pothole", {})
    assert try_test(found, found.tests[0], sent, moment(sent)) is None
