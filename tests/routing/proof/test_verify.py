"""What is shown of a table before it goes live, each finding with an example."""

import itertools
from dataclasses import replace
from textwrap import dedent

import pytest

from formroute.conditions import THOROUGH, Bounds, Numbers, OneOf, Texts
from tests.routing.town import FORMS, SETTINGS, compiled, form, question, text

FINDINGS = [
    (
        "a submission without a route",
        "first",
        """\
        - route: deep
          when: {depth_cm: {at_least: 10}}
          send_to: streets
        - route: shallow
          when: {depth_cm: {less_than: 10}}
          send_to: streets
        """,
        ["1 R431 No route of `streets` takes this submission of `pothole`: `depth_cm: blank`."],
    ),
    (
        "no gap: what the form never lets through needs no route",
        "first",
        """\
        - route: safe
          when: {danger: no}
          send_to: streets
        """,
        [],
    ),
    (
        "no gap: every choice has its route",
        "first",
        """\
        - route: driven-on
          when: {surface: [road, lane]}
          send_to: streets
        - route: walked-on
          when: {surface: sidewalk}
          send_to: parks
        """,
        [],
    ),
    (
        "a route behind others, which only together take all of it",
        "first",
        """\
        - route: driven-on
          when: {surface: [road, lane]}
          send_to: streets
        - route: walked-on
          when: {surface: sidewalk}
          send_to: parks
        - route: answered
          when: {depth_cm: answered}
          send_to: streets
        """,
        [
            "11 R433 The route `answered` never wins: what it could take goes to `driven-on` before it, "
            "such as `surface: road`, `depth_cm: 1`."
        ],
    ),
    (
        "routes behind one that takes everything are told once",
        "first",
        """\
        - route: rest
          send_to: streets
        - route: lane
          when: {surface: lane}
          send_to: parks
        - route: road
          when: {surface: road}
          send_to: parks
        """,
        ["7 R440 The route `lane` and 1 after it never win: everything goes to `rest` before them."],
    ),
    (
        "a route that counts only on days that another one takes",
        "first",
        """\
        - route: spring
          effective: {from: 2026-03-01, until: 2026-05-31}
          send_to: streets
        - route: april
          effective: {from: 2026-04-01, until: 2026-04-30}
          send_to: parks
        - route: rest
          send_to: streets
        """,
        ["8 R433 The route `april` never wins: what it could take goes to `spring` before it, such as `received: "],
    ),
    (
        "a gap after the last day of a route",
        "first",
        """\
        - route: spring
          effective: {until: 2026-05-31}
          send_to: streets
        - route: summer
          effective: {from: 2026-06-02}
          send_to: streets
        """,
        [
            "1 R431 No route of `streets` takes this submission of `pothole`: `received: 2026-06-01 12:00`"
            " (in the period from 2026-06-01 until 2026-06-01)."
        ],
    ),
    (
        "a route that nobody can reach: the depth of a sidewalk is not asked",
        "first",
        """\
        - route: deep-sidewalk
          when: {surface: sidewalk, depth_cm: {at_least: 10}}
          send_to: streets
        - route: rest
          send_to: streets
        """,
        ["5 R434 No submission can meet the route `deep-sidewalk`"],
    ),
    (
        "an overlap counts only where one route may be met",
        "first",
        """\
        - route: deep
          when: {depth_cm: {at_least: 10}}
          send_to: streets
        - route: old
          when: {seen_on: {before: 14 days ago}}
          send_to: parks
        - route: rest
          when:
            none:
              - depth_cm: {at_least: 10}
              - seen_on: {before: 14 days ago}
          send_to: parks
        """,
        [],
    ),
    (
        "an overlap under unique",
        "unique",
        """\
        - route: deep
          when: {depth_cm: {at_least: 10}}
          send_to: streets
        - route: lane
          when: {surface: lane}
          send_to: parks
        - route: rest
          when:
            none:
              - depth_cm: {at_least: 10}
              - surface: lane
          send_to: parks
        """,
        ["8 R435 `lane` and `deep` both take this submission of `pothole`: `surface: lane`, `depth_cm: 10`."],
    ),
    (
        "routes that add may overlap and leave gaps, but each must be possible",
        "collect",
        """\
        - route: deep
          when: {depth_cm: {at_least: 10}}
          tags: [deep]
        - route: very-deep
          when: {depth_cm: {at_least: 100}}
          tags: [very-deep]
        - route: deep-sidewalk
          when: {surface: sidewalk, depth_cm: {at_least: 10}}
          tags: [deep]
        """,
        ["11 R434 No submission can meet the route `deep-sidewalk`"],
    ),
]


def table(routes: str, policy: str = "first") -> str:
    return f"table: streets\nforms: [pothole]\npolicy: {policy}\nroutes:\n{dedent(routes)}"


POTHOLE = {"pothole": FORMS["pothole"]}


@pytest.mark.parametrize(
    ("policy", "routes", "findings"), [case[1:] for case in FINDINGS], ids=[case[0] for case in FINDINGS]
)
def test_what_is_found(policy: str, routes: str, findings: list[str]) -> None:
    deciding = [table("- route: rest\n  send_to: streets")] if policy == "collect" else []
    yaml = table(routes, policy).replace("table: streets", "table: notes" if deciding else "table: streets")
    _, problems = compiled(yaml, *deciding, forms=POTHOLE)
    told = [f"{problem.mark.line} {problem.code} {problem.what}" for problem in problems if problem.code >= "R"]
    assert [line[: len(start)] for line, start in zip(told, findings, strict=True)] == findings


def test_with_a_fallback_a_gap_is_a_warning_that_names_it() -> None:
    yaml = table("- route: lane\n  when: {surface: lane}\n  send_to: streets")
    _, problems = compiled(yaml, forms=POTHOLE, settings=replace(SETTINGS, fallback="contact-centre"))
    assert [(problem.code, problem.severity) for problem in problems] == [("R432", "warning")]
    assert "so it goes to `contact-centre`: `surface: road`." in problems[0].what


@pytest.mark.parametrize(
    ("places", "low", "high", "answer", "advised"),
    [
        (10, 4, 5, "4.1", " `width` takes fractions too: begin with `more_than: 4`, or give it `type: integer`."),
        (2, 4, 5, "4.01", " `width` takes fractions too: begin with `more_than: 4`, or give it `type: integer`."),
        (10, 4, 6, "5", ""),
        (10, "4.5", 5, "4.6", ""),
        (0, 4, 6, "5", ""),
    ],
)
def test_a_gap_between_whole_numbers_is_shown_by_a_short_one(
    places: int, low: object, high: object, answer: str, advised: str
) -> None:
    asked = form("hole", text("Hole"), question("width", Numbers(0, 50, places=places)))
    yaml = table(
        f"""\
        - route: narrow
          when: {{width: {{at_most: {low}}}}}
          send_to: streets
        - route: wide
          when: {{width: {{at_least: {high}}}}}
          send_to: streets
        """
    ).replace("pothole", "hole")
    (found,) = compiled(yaml, forms={"hole": asked})[1]
    assert found.what == f"No route of `streets` takes this submission of `hole`: `width: {answer}`."
    assert found.fix == f"Add a route for it, or a last route without `when`.{advised}"


DOUBTFUL = form("plate", text("Plate"), question("plate", Texts(special=True)))


@pytest.mark.parametrize(("fallback", "expected"), [(None, ["R436", "R438"]), ("streets", ["R437", "R438"])])
def test_what_cannot_be_shown_is_told(fallback: str | None, expected: list[str]) -> None:
    """No text can be made up that the question surely takes: not decided is an error where nothing catches it."""
    yaml = table("- route: winter\n  when: {plate: {contains: winter}}\n  send_to: streets")
    _, problems = compiled(
        yaml.replace("pothole", "plate"), forms={"plate": DOUBTFUL}, settings=replace(SETTINGS, fallback=fallback)
    )
    assert sorted(problem.code for problem in problems) == expected


def test_an_overlap_that_cannot_be_ruled_out_is_told() -> None:
    yaml = table(
        "- route: winter\n  when: {plate: {contains: winter}}\n  send_to: streets\n"
        "- route: summer\n  when: {plate: {contains: summer}}\n  send_to: streets\n",
        "unique",
    )
    _, problems = compiled(
        yaml.replace("pothole", "plate"), forms={"plate": DOUBTFUL}, settings=replace(SETTINGS, fallback="streets")
    )
    (told,) = [problem for problem in problems if problem.code == "R450"]
    assert told.is_undecided
    assert told.mark.line == 8
    assert "two routes, `summer` and one of these: `winter`." in told.what


def test_several_findings_come_together_and_one_example_for_each_form() -> None:
    yaml = """\
table: streets
forms: all
routes:
  - route: lane
    when: {form: pothole, surface: lane}
    send_to: streets
  - route: again
    when: {form: pothole, surface: lane, depth_cm: answered}
    send_to: streets
"""
    _, problems = compiled(yaml)
    assert sorted((problem.code, problem.mark.line) for problem in problems) == [("R431", 1), ("R431", 1), ("R433", 7)]
    gaps = [problem.what for problem in problems if problem.code == "R431"]
    assert ["`pothole`: " in gaps[0], "`snow`: any answers." in gaps[1]] == [True, True]


HOLES = tuple(f"h{number}" for number in range(7))
NAMES = [f"p{number}" for number in range(8)]
CROWD = form("crowd", text("Crowd"), *(question(name, OneOf(HOLES)) for name in NAMES))
# Eight pigeons in seven holes: the first route takes each arrangement that has two in one hole.
PIGEONS = (
    "table: crowd\nforms: [crowd]\nroutes:\n"
    "  - route: together\n    when:\n      any:\n"
    + "".join(
        f"        - {{{one}: {hole}, {other}: {hole}}}\n"
        for one, other in itertools.combinations(NAMES, 2)
        for hole in HOLES
    )
    + "    send_to: streets\n"
    "  - route: alone\n    when: {p0: h0}\n    send_to: streets\n"
    "  - route: rest\n    send_to: streets\n"
)


def test_a_search_that_is_given_up_is_told_once_and_the_check_ends() -> None:
    _, problems = compiled(PIGEONS, forms={"crowd": CROWD}, bounds=Bounds(steps=20, looks=0))
    assert [(problem.code, problem.mark.line) for problem in problems] == [("R439", 1)]
    assert "`alone` and `rest` of `crowd`" in problems[0].what
    assert problems[0].is_undecided


def test_a_thorough_search_is_not_given_up() -> None:
    surveyed = replace(THOROUGH, steps=5, steps_before_survey=0, fewest_steps=5)
    for bounds, codes in (THOROUGH, ["R440"]), (surveyed, ["R433", "R433"]):
        _, problems = compiled(PIGEONS, forms={"crowd": CROWD}, bounds=bounds)
        assert [problem.code for problem in problems] == codes
