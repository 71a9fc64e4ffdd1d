"""`if:` on a route: FEEL for what `when` cannot say."""

from __future__ import annotations

from datetime import date

import pytest

from formroute.routing import try_test
from tests.routing.town import codes, compiled, decide, moment, router, submission

WAITED = """\
table: all
forms: [pothole, snow]
routes:
  - route: waited-too-long
    when: {form: pothole, surface: [road, lane]}
    if: today() - seen_on > duration("P30D")
    send_to: parks
    respond_within: 5 business days
  - route: the-rest
    send_to: streets
"""

# What a pothole's answers are | the route that takes it
DECIDED = [
    ({"surface": "road", "seen_on": date(2026, 5, 1)}, "waited-too-long"),
    ({"surface": "road", "seen_on": date(2026, 6, 1)}, "the-rest"),
    ({"surface": "sidewalk", "seen_on": date(2026, 5, 1)}, "the-rest"),
    ({"surface": "road"}, "the-rest"),
]


@pytest.mark.parametrize(("answers", "route"), DECIDED)
def test_a_route_takes_what_meets_when_and_if(answers: dict[str, object], route: str) -> None:
    sent = submission("pothole", {"danger": False, **answers})
    assert decide(router(WAITED), sent).route == route


def test_the_text_stands_in_the_trace_and_in_the_explanation() -> None:
    rules = router(WAITED)
    sent = submission("pothole", {"danger": False, "surface": "road", "seen_on": date(2026, 6, 1)})
    decision = decide(rules, sent)
    assert decision.trace[0].test == 'today() - seen_on > duration("P30D")'
    explained = rules.explain(sent, decision, moment(sent), "en")
    assert explained.lost[0].words == 'today() - seen_on > duration("P30D") (the answer is June 1, 2026)'


MISTAKES = [
    ("if: depht_cm > 3", (6, 9, "C301"), "    if: depth_cm > 3"),
    ("if: depth_cm + 3", (6, 9, "C323"), None),
    ('if: details = "hole"', (6, 9, "R425"), None),
]


@pytest.mark.parametrize(("written", "where", "corrected"), MISTAKES)
def test_a_mistake_in_if_is_found_before_any_answer_exists(
    written: str, where: tuple[int, int, str], corrected: str | None
) -> None:
    table = WAITED.replace('if: today() - seen_on > duration("P30D")', written).replace("form: pothole, ", "")
    _, (found,) = compiled(table)
    assert (found.mark.line, found.mark.column, found.code) == where
    assert found.corrected == corrected


# The condition of the only other route | its `if` | what is found
PROOFS = [
    ("depth_cm: {at_least: 10}", "depth_cm < 10", ["R438"]),
    ("depth_cm: blank", "depth_cm < 10", ["R434"]),
    ("surface: road", "depth_cm < 10", []),
    ("form: pothole", 'form = "pothole" and today() > date("2020-01-01")', ["R438"]),
]


@pytest.mark.parametrize(("when", "text", "found"), PROOFS)
def test_what_feel_says_is_tried_and_never_taken_for_granted(when: str, text: str, found: list[str]) -> None:
    _, problems = compiled(
        f"table: potholes\nforms: [pothole]\nroutes:\n  - route: one\n    when: {{{when}}}\n    if: {text}\n"
        "    send_to: parks\n  - route: rest\n    send_to: streets\n",
        "table: snow\nforms: [snow]\nroutes:\n  - route: all\n    send_to: streets\n",
    )
    assert codes(problems) == found


def test_a_gap_behind_feel_is_found() -> None:
    _, (found,) = compiled(
        "table: potholes\nforms: [pothole]\nroutes:\n  - route: one\n    if: depth_cm < 10\n    send_to: parks\n",
        "table: snow\nforms: [snow]\nroutes:\n  - route: all\n    send_to: streets\n",
    )
    assert found.code == "R431"
    assert "`depth_cm: blank`" in found.what


# What a test of the table answers | what is said of it
LEFT_OUT = [
    ("{surface: road, seen_on: 2026-06-01}", None),
    ("{surface: sidewalk}", None),
    ("{}", "R445"),
]


@pytest.mark.parametrize(("written", "found"), LEFT_OUT)
def test_an_example_may_leave_out_what_feel_cannot_make_different(written: str, found: str | None) -> None:
    example = f"tests:\n  - test: one\n    form: pothole\n    answers: {written}\n    expect: {{route: the-rest}}\n"
    rules = router(WAITED + example)
    (test,) = rules.tests
    given = {"surface": test.answers.get("surface"), "seen_on": date(2026, 6, 1) if "seen_on" in test.answers else None}
    answers = {name: answer for name, answer in given.items() if answer is not None}
    sent = submission("pothole", {"danger": False, **answers} if answers else {"seen_on": date(2026, 5, 1)})
    problem = try_test(rules, test, sent, moment(sent))
    assert (problem and problem.code) == found
