"""Every mistake in a table is told at its place, all at once."""

from dataclasses import replace
from datetime import time
from textwrap import dedent

import pytest

from formroute.conditions import (
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Numbers,
    OneOf,
    Points,
    RelativeDay,
    Surroundings,
    Texts,
    Times,
)
from formroute.problems import Problem
from formroute.routing import Workbench, compile_router
from formroute.routing.scope import joined_domain
from tests.routing.town import CALENDAR, DEPARTMENTS, FORMS, SETTINGS, codes, compiled, documents, router

REST_OF_SNOW = """\
table: rest
forms: [snow]
routes:
  - route: rest
    send_to: streets
"""

WRONG = [
    (
        "a form that is gone, with the routes and the tests that go with it",
        """\
        table: streets
        forms: [pothole, tree]
        routes:
          - route: fallen
            when: {form: tree}
            send_to: parks
          - route: rest
            send_to: streets
        tests:
          - test: a tree
            form: tree
            answers: {}
            expect: {route: fallen}
        """,
        [(2, "tree", "R411", "take away the routes `fallen` and 1 test that name it too.")],
    ),
    (
        "a form that is not there",
        """\
        table: streets
        forms: [pothole, pot_hole]
        routes:
          - route: rest
            send_to: streets
        """,
        [(2, "pot_hole", "R411", "Did you mean `pothole`?")],
    ),
    (
        "departments and priorities that are not there",
        """\
        table: streets
        forms: [pothole]
        routes:
          - route: deep
            when: {depth_cm: {at_least: 10}}
            send_to: street
            copy_to: [parks, contact-center]
            priority: urgnt
          - route: rest
            send_to: streets
        """,
        [
            (6, "street", "R412", "Did you mean `streets`?"),
            (7, "contact-center", "R412", "Did you mean `contact-centre`?"),
            (8, "urgnt", "R413", "Did you mean `urgent`?"),
        ],
    ),
    (
        "two routes of one name",
        """\
        table: streets
        forms: [pothole]
        routes:
          - route: rest
            when: {surface: road}
            send_to: streets
          - route: rest
            send_to: streets
        """,
        [(7, "rest", "R415", "Give each route of a table a name of its own.")],
    ),
    (
        "a route that sends nowhere, beside a condition that is wrong",
        """\
        table: streets
        forms: [pothole]
        routes:
          - route: deep
            when: {depth_cm: deep, surfase: road}
            priority: high
          - route: rest
            send_to: streets
        """,
        [
            (4, "deep", "R423", "Add a line `send_to: …`."),
            (5, "deep", "C306", "12"),
            (5, "surfase", "C301", "Did you mean `surface`?"),
        ],
    ),
    (
        "a table that adds cannot decide",
        """\
        table: notes
        forms: [pothole]
        policy: collect
        routes:
          - route: all
            send_to: parks
            priority: low
            respond_within: 2 days
          - route: told
            tags: [told]
        """,
        [
            (6, "send_to", "R424", "one that decides"),
            (7, "priority", "R424", "A table that adds has no"),
            (8, "respond_within", "R424", "A table that adds has no"),
        ],
    ),
    (
        "a table of which every route sends decides",
        """\
        table: notes
        forms: [pothole]
        policy: collect
        routes:
          - route: all
            send_to: parks
            priority: low
        """,
        [(3, "collect", "R466", "policy: first")],
    ),
    (
        "a table that decides has no notice",
        """\
        table: streets
        forms: [pothole]
        routes:
          - route: rest
            send_to: streets
            notice:
              en: The streets are closed.
              fr: Les rues sont fermées.
        """,
        [(6, "notice", "R424", "one that decides")],
    ),
    (
        "a name that is two sorts of question",
        """\
        table: streets
        forms: [pothole, snow]
        routes:
          - route: words
            when:
              any:
                - surface: road
                - details: {contains: snow}
            send_to: streets
          - route: rest
            send_to: streets
        """,
        [(8, "details", "R425", "Add `form: pothole`")],
    ),
    (
        "a question of another form of the table",
        """\
        table: streets
        forms: [pothole, snow]
        routes:
          - route: blocked
            when: {form: pothole, blocked: {includes: cars}}
            send_to: streets
          - route: crossing
            when: {form: pothole, surface: crossing}
            send_to: streets
          - route: rest
            send_to: streets
        """,
        [(5, "blocked", "C301", ""), (8, "crossing", "C303", "")],
    ),
    (
        "tests of authors",
        """\
        table: streets
        forms: [pothole, snow]
        routes:
          - route: rest
            send_to: streets
        tests:
          - test: of no form
            answers: {}
            expect: {route: rest}
          - test: of another form
            form: tree
            answers: {}
            expect: {route: rst, send_to: park, priority: hi, copy_to: [park]}
          - test: in another language, by another way
            form: snow
            language: de
            channel: fax
            answers: {}
            expect: {route: rest}
        """,
        [
            (7, "of no form", "R442", "`pothole`, `snow`"),
            (11, "tree", "R443", ""),
            (13, "rst", "R444", "Did you mean `rest`?"),
            (13, "park", "R412", "Did you mean `parks`?"),
            (13, "hi", "R413", ""),
            (13, "park", "R412", ""),
            (16, "de", "D105", ""),
            (17, "fax", "R446", ""),
        ],
    ),
]


@pytest.mark.parametrize(("yaml", "expected"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_told_at_its_place(yaml: str, expected: list[tuple[int, str, str, str]]) -> None:
    """Line, the word that is underlined, the code, and a part of what to do."""
    _, problems = compiled(dedent(yaml), REST_OF_SNOW)
    told = sorted(
        (problem for problem in problems if problem.code not in {"R421", "R422"}), key=lambda problem: problem.mark
    )
    assert [(problem.mark.line, underlined(problem), problem.code) for problem in told] == [
        case[:3] for case in expected
    ]
    assert [fix in problem.fix for problem, (*_, fix) in zip(told, expected, strict=True)] == [True] * len(expected)


def underlined(problem: Problem) -> str:
    start = problem.mark.column - 1
    return problem.line[start : start + problem.width]


@pytest.mark.parametrize("name", ["a_first_by_name", "z_last_by_name"])
def test_a_forgotten_policy_is_one_mistake(name: str) -> None:
    """`policy: collect` was meant: that routes send nowhere and that they leave a gap follows from it."""
    route = "  - route: deep\n    when: {depth_cm: {at_least: 10}}\n    tags: [deep]\n"
    hints = f"table: {name}\nforms: [pothole]\nroutes:\n{route}"
    rest = "table: main\nforms: all\nroutes:\n  - route: rest\n    send_to: streets\n"
    _, problems = compiled(hints, rest)
    assert [(one.code, one.line) for one in problems] == [("R466", f"table: {name}")]
    assert problems[0].corrected == f"table: {name}\npolicy: collect"


SERVED = [
    ("no table", ["forms: [pothole]"], ["snow.yaml:1:7 R421"]),
    ("two tables", ["forms: [pothole, snow]", "forms: [snow]"], ["1.yaml:2:9 R422"]),
    ("one for all, and one more", ["forms: all", "forms: [snow]"], ["1.yaml:2:9 R422"]),
    ("one and one", ["forms: [pothole]", "forms: [snow]"], []),
    ("one for all", ["forms: all"], []),
    ("tables that add do not count", ["forms: [pothole]", "forms: all\npolicy: collect"], ["snow.yaml:1:7 R421"]),
]


@pytest.mark.parametrize(("tables", "expected"), [case[1:] for case in SERVED], ids=[case[0] for case in SERVED])
def test_every_form_is_decided_by_exactly_one_table(tables: list[str], expected: list[str]) -> None:
    yaml = [f"table: t{number}\n{head}\nroutes:\n  - route: rest\n" for number, head in enumerate(tables)]
    yaml = [one if "collect" in one else one + "    send_to: streets\n" for one in yaml]
    _, problems = compiled(*yaml)
    assert [f"{problem.mark} {problem.code}" for problem in problems] == expected


def test_two_tables_of_one_name() -> None:
    _, problems = compiled(REST_OF_SNOW, REST_OF_SNOW.replace("snow", "pothole"))
    assert [f"{problem.mark} {problem.code}" for problem in problems] == ["1.yaml:1:8 R414"]
    assert "0.yaml" in problems[0].what


def test_business_days_need_working_hours() -> None:
    days = replace(CALENDAR, hours=())
    settings = replace(SETTINGS, around=Surroundings({"city": days}, days))
    yaml = "table: all\nforms: all\nroutes:\n  - route: rest\n    send_to: streets\n    respond_within: {}\n"
    _, problems = compiled(yaml.format("5 business days"), settings=settings)
    assert codes(problems) == ["R417"]
    assert router(yaml.format("5 days"), settings=settings).plans.keys() == FORMS.keys()


UNREAD = [
    ("form", "table: t\nforms: [pothole, snow, tree]\nroutes:\n  - route: a\n    when: {form: tree, age: old}\n"),
    ("form", "table: t\nforms: all\nroutes:\n  - route: a\n    when: {age: old}\n"),
    ("form", "table: t\nforms: [snow, pothole, x]\nroutes:\n  - route: a\n    when: {form: {not: [x]}, age: old}\n"),
    (
        "form",
        "table: t\nforms: all\nroutes:\n  - route: a\n    send_to: streets\n"
        "    copy_by: {from: ages.csv, match: {age: age}, take: desk}\n",
    ),
    ("departments", "table: t\nforms: all\nroutes:\n  - route: a\n    send_to: forestry\n"),
    ("table", "table: t\nforms: [pothole]\nroutes:\n  - route: a\n"),
]


@pytest.mark.parametrize(("sort", "yaml"), UNREAD)
def test_nothing_is_said_of_names_that_may_stand_in_an_unread_file(sort: str, yaml: str) -> None:
    yaml = yaml if "send_to" in yaml else f"{yaml}    send_to: streets\n"
    problems: list[Problem] = []
    compile_router(documents(yaml), Workbench(DEPARTMENTS, FORMS, SETTINGS, problems, unread={sort}))
    assert problems == []
    compile_router(documents(yaml), Workbench(DEPARTMENTS, FORMS, SETTINGS, problems))
    assert problems != []


def test_a_route_of_a_form_that_could_not_be_read_may_be_reached() -> None:
    problems: list[Problem] = []
    yaml = "table: t\nforms: [tree]\nroutes:\n  - route: rest\n    send_to: streets\n"
    compile_router(documents(yaml), Workbench(DEPARTMENTS, FORMS, SETTINGS, problems, unread={"form", "table"}))
    assert problems == []


SORTS: list[tuple[Domain, Domain, Domain | None]] = [
    (OneOf(("a", "b")), OneOf(("b", "c")), OneOf(("a", "b", "c"))),
    (OneOf((True, False)), OneOf((True, False)), OneOf((True, False))),
    (OneOf((True, False)), OneOf(("yes", "no")), None),
    (ManyOf(("a",)), ManyOf(("b",)), ManyOf(("a", "b"))),
    (ManyOf(("a",)), OneOf(("a",)), None),
    (Numbers(1, 5, 0), Numbers(3, 9, 0), Numbers(1, 9, 0)),
    (Numbers(1, 5, 0), Numbers(None, 9, 0), Numbers(None, 9, 0)),
    (Numbers(1, 5, 0), Numbers(1, 5, 2), None),
    (Dates(RelativeDay(9), RelativeDay(0)), Dates(RelativeDay(5), RelativeDay(0)), Dates(None, RelativeDay(0))),
    (Instants(Dates(None, RelativeDay(0))), Instants(), Instants()),
    (Times(time(8), time(16)), Times(time(9), None), Times(time(8), None)),
    (Texts(10), Texts(20), Texts(20)),
    (Texts(10), Texts(), Texts()),
    (Texts(10), Points(), None),
    (Points(), Points(), Points()),
    (Files(3), Files(1), Files(3)),
]


@pytest.mark.parametrize(("one", "other", "joined"), SORTS)
def test_questions_of_one_name_and_sort_are_joined(one: Domain, other: Domain, joined: Domain | None) -> None:
    """A table for several forms may ask for what any of them can answer."""
    assert joined_domain(one, other) == joined
    assert (joined_domain(other, one) is None) == (joined is None)
