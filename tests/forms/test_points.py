"""Points: a calculated value that is the sum of what each line gives whose condition is met."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Condition, Numbers, Witness, compile_condition, find
from formroute.forms import Form
from formroute.problems import Problem
from tests.conditions.on_questions_alone import place
from tests.forms.made import NOW, check, compiled, form_of, page

LABEL = "  label:\n    en: A\n    fr: A\n"
ASKED = (
    "frozen_before:\n  type: yes_no\n" + LABEL
    + "at_risk:\n  type: choices\n  choices: [baby, elder, ill]\n  required: no\n" + LABEL
    + "hours:\n  type: integer\n  min: 0\n  max: 99\n  required: no\n" + LABEL
)  # fmt: skip
POINTS = """\
score:
  type: calculated
  points:
    - give: 3
      when: {frozen_before: yes}
    - give: 2
      when: {at_risk: {includes: baby}}
    - give: 2
      when: {hours: {more_than: 24}}
    - give: -1
      when: {hours: 0..2}
"""


def scored(points: str = POINTS, more: str = "") -> Form:
    return form_of(page(ASKED + points + more))


FORM = scored()

# answers | the score
SCORES = [
    ({"frozen_before": "no"}, 0),
    ({"frozen_before": "yes"}, 3),
    ({"frozen_before": "yes", "hours": "2"}, 2),
    ({"frozen_before": "no", "hours": "1"}, -1),
    ({"frozen_before": "yes", "at_risk": ["baby", "ill"], "hours": "25"}, 7),
    ({"frozen_before": "no", "hours": "many"}, 0),
    ({"frozen_before": "no", "score": "99"}, 0),
]


@pytest.mark.parametrize(("answers", "score"), SCORES)
def test_it_is_the_sum_of_what_is_met_and_a_blank_answer_gives_nothing(answers: dict[str, str], score: int) -> None:
    checked = check(FORM, **answers)
    assert checked.answers["score"] == score
    assert type(checked.answers["score"]) is int


def test_points_may_be_given_by_feel() -> None:
    form = scored(POINTS.replace("{hours: {more_than: 24}}", "hours > 24 and frozen_before"))
    assert check(form, frozen_before="yes", hours="25").answers["score"] == 5
    assert check(form, frozen_before="yes").answers["score"] == 3


def test_half_points_give_a_decimal_number_and_read_as_one() -> None:
    form = scored(POINTS.replace("give: 3", "give: 0.5"))
    checked = check(form, frozen_before="yes")
    assert checked.answers["score"] == Decimal("0.5")
    assert (form.fields["score"].show(Decimal("0.5"), "en"), form.fields["score"].show(Decimal("0.5"), "fr")) == (
        "0.5",
        "0,5",
    )


def test_the_proof_knows_every_sum_and_no_other() -> None:
    domain = FORM.scope["score"].domain
    assert isinstance(domain, Numbers)
    assert domain.only == (-1, 0, 1, 2, 3, 4, 5, 6, 7)
    assert FORM.scope["score"].always_answered


def condition(text: str) -> tuple[Condition | None, list[Problem]]:
    problems: list[Problem] = []
    at = place(text)
    return compile_condition(at.plain(), at, FORM.scope, problems), problems


# a test on the score | whether answers meet it
REACHED = [
    ("score: 7", True),
    ("score: 6", False),
    ("score: {at_least: 4}\nfrozen_before: no", True),
    ("score: {at_least: 5}\nfrozen_before: no", False),
    ("score: {more_than: 5}\nat_risk: blank", False),
    ("score: 1\nhours: blank", False),
    ("score: -1", True),
    ("score: {less_than: 0}\nhours: {at_least: 3}", False),
]


@pytest.mark.parametrize(("text", "reached"), REACHED)
def test_the_proof_follows_the_points_exactly(text: str, reached: bool) -> None:
    wanted, problems = condition(text)
    assert wanted, problems
    found = find(wanted, FORM.scope)
    assert isinstance(found, Witness) is reached
    assert reached or found is None
    if isinstance(found, Witness):
        posted = {name: value for name, value in found.answers.items() if name != "score"}
        again = FORM.check(posted, now=found.moment.now)
        assert again.answers["score"] == found.answers["score"]
        assert wanted.holds(again.answers, found.moment)


ANSWERS = [dict(zip(("a", "b", "c"), values, strict=True)) for values in itertools.product(("yes", "no", ""), repeat=3)]
GIVES = st.integers(-2, 3)
LINES = st.sampled_from(
    ["{a: yes}", "{b: no}", "{a: no, c: yes}", "{any: [{b: yes}, {c: blank}]}", "{none: [{a: yes}]}"]
)


@given(st.lists(st.tuples(GIVES, LINES), min_size=1, max_size=4), st.integers(-4, 8), st.booleans())
def test_a_score_is_reached_just_when_some_answers_give_it(
    lines: list[tuple[int, str]], total: int, hidden: bool
) -> None:
    asked = "".join(f"{name}:\n  type: yes_no\n  required: no\n{LABEL}" for name in "abc")
    shows = "  show_when: {c: yes}\n" if hidden else ""
    points = "".join(f"    - {{give: {give}, when: {when}}}\n" for give, when in lines)
    form = form_of(page(asked + "score:\n  type: calculated\n" + shows + "  points:\n" + points))
    at = place(f"score: {total}")
    wanted = compile_condition(at.plain(), at, form.scope, [])
    results = {form.check(answers, now=NOW).answers.get("score") for answers in ANSWERS}
    reached = wanted is not None and isinstance(find(wanted, form.scope), Witness)
    assert reached is (total in results) or (wanted is None and results == {total})


# the lines of points | the code and the corrected line
MISTAKES = [
    ("    - {give: 3, when: {frozen_befor: yes}}", "C301", "          - {give: 3, when: {frozen_before: yes}}"),
    ("    - {give: 3, when: {hours: 100}}", "C305", None),
    ("    - {give: 3, when: {later: answered}}", "C302", None),
    ("    - {give: 3, when: hours > many}", "C301", None),
    ("    - {give: 3, when: {}}", "C311", None),
    ("    - {give: many, when: {hours: 1}}", "D116", None),
    ("    - {gives: 3, when: {hours: 1}}", "D101", "          - {give: 3, when: {hours: 1}}"),
    ("    - {when: {hours: 1}}", "D102", None),
    ("    - {give: 3, when: {score: 3}}", "F226", None),
]


@pytest.mark.parametrize(("line", "code", "corrected"), MISTAKES)
def test_a_mistake_is_found_when_the_form_loads(line: str, code: str, corrected: str | None) -> None:
    later = "later:\n  type: text\n" + LABEL
    form, problems = compiled(page(ASKED + "score:\n  type: calculated\n  points:\n" + line + "\n" + later))
    assert form is None
    found = next(problem for problem in problems if problem.code == code)
    assert found.corrected == corrected


def test_points_beside_another_way_or_with_too_many_sums_are_refused() -> None:
    _, problems = compiled(page(ASKED + POINTS + "  gives: integer\n"))
    assert {problem.code for problem in problems if problem.severity == "error"} == {"F217"}
    many = "".join(f"    - {{give: {2**number}, when: {{hours: {number}}}}}\n" for number in range(10))
    _, problems = compiled(page(ASKED + "score:\n  type: calculated\n  points:\n" + many))
    assert {problem.code for problem in problems if problem.severity == "error"} == {"F227"}


def test_what_shows_when_the_score_is_high_shows_then() -> None:
    form = scored(
        more="call:\n  type: notice\n  show_when: {score: {at_least: 5}}\n  text:\n    en: Call.\n    fr: Appelez.\n"
    )
    assert "call" in check(form, frozen_before="yes", at_risk=["baby"]).showing
    assert "call" not in check(form, frozen_before="yes").showing
