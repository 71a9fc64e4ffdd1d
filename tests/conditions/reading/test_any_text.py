"""`any_text`: one test on whatever a resident writes in own words, wherever it stands in the form."""

from __future__ import annotations

from typing import Any

import pytest

from formroute.conditions import Condition, Witness, compile_condition, find
from formroute.problems import Problem
from tests.conditions.on_questions_alone import MOMENT, place
from tests.forms.made import check, compiled, field, form_of, page

ROWS = """\
type: repeat
required: no
fields:
  name: {type: text, label: Name}
  age: {type: integer, label: Age}"""
FORM = form_of(
    page(
        field("where", "type: address\nrequired: no")
        + field("what", "type: text\nrequired: no")
        + field("details", "type: long_text\nrequired: no")
        + field("animals", ROWS)
        + field("mail", "type: email\nrequired: no")
        + field("depth", "type: integer\nrequired: no")
        + field("copy", "type: calculated\nvalue: '\"hydro \" + details'\ngives: text")
    )
)


def condition(yaml: str) -> tuple[Condition | None, list[Problem]]:
    problems: list[Problem] = []
    at = place(yaml)
    return compile_condition(at.plain(), at, FORM.scope, problems), problems


# What was answered | whether `any_text: {contains: [hydro]}` is met
ANSWERS: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"what": "A Hydro pole"}, True),
    ({"where": "12 Hydro Street"}, False),
    ({"details": "A pole.\nOf hydro, I think."}, True),
    ({"details": "A pole."}, False),
    ({"animals": [{"name": "Rex", "age": "3"}, {"name": "Hydro", "age": "4"}]}, True),
    ({"mail": "hydro@example.com"}, False),
    ({"what": "A pole", "details": "Hydro"}, True),
]


@pytest.mark.parametrize(("given", "met"), ANSWERS)
def test_one_text_that_meets_the_test_is_enough(given: dict[str, Any], met: bool) -> None:
    found, problems = condition("any_text: {contains: [hydro]}")
    checked = check(FORM, **given)
    assert found is not None, problems
    assert checked.ok, checked.errors
    assert found.holds(checked.answers, MOMENT) is met
    assert found.fields == {"what", "details", "animals"}


def test_an_example_of_it_is_an_answer_that_the_form_takes() -> None:
    found, _ = condition("none:\n  - any_text: {contains: [hydro]}\n  - details: blank\nany_text: {contains: [gas]}")
    assert found is not None
    witness = find(found, FORM.scope, FORM.always)
    assert isinstance(witness, Witness)
    assert found.holds(form_answers(dict(witness.answers)), MOMENT)


def form_answers(answers: dict[str, Any]) -> Any:
    checked = check(FORM, **FORM.to_json(answers))
    assert checked.ok, checked.errors
    return checked.answers


@pytest.mark.parametrize("test", ["contains: [hydro]", "starts_with: [hydro, gas]"])
def test_that_no_text_says_so_is_met_without_any_text_and_without_a_warning(test: str) -> None:
    found, problems = condition(f"none:\n  - any_text: {{{test}}}")
    assert problems == []
    assert found is not None
    assert found.holds({}, MOMENT)


# What is written | the code and the column
MISTAKES = [
    ("any_text: hydro", "C329", 11),
    ("any_text: answered", "C329", 11),
    ("any_text: {includes: hydro}", "C304", 12),
    ("any_txt: {contains: hydro}", "C301", 1),
]


@pytest.mark.parametrize(("yaml", "code", "column"), MISTAKES)
def test_a_mistake_is_told_once_however_many_texts_there_are(yaml: str, code: str, column: int) -> None:
    found, problems = condition(yaml)
    assert found is None
    assert [(problem.code, problem.mark.column) for problem in problems] == [(code, column)]


def test_where_no_text_is_asked_for_before_it_there_is_nothing_to_look_at() -> None:
    shown = field("smell", "type: yes_no\nshow_when: {any_text: {contains: gas}}")
    _, problems = compiled(page(shown + field("details", "type: text")))
    assert [problem.code for problem in problems if problem.severity == "error"] == ["C330"]


def test_no_question_can_have_its_name() -> None:
    _, problems = compiled(page(field("any_text", "type: text")))
    assert [problem.code for problem in problems if problem.severity == "error"] == ["F212"]
