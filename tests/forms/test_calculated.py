"""Calculated values: FEEL over earlier answers, typed by `gives`, never from the browser."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from formroute.conditions import Witness, compile_condition, find
from formroute.forms import Form
from formroute.problems import Problem
from tests.conditions.on_questions_alone import place
from tests.forms.made import NOW, check, compiled, form_of, page

LABEL = "  label:\n    en: A\n    fr: A\n"
ASKED = (
    "animals:\n  type: integer\n  min: 0\n  max: 10\n  required: no\n" + LABEL
    + "price:\n  type: number\n  required: no\n" + LABEL
    + "seen_on:\n  type: date\n  required: no\n" + LABEL
)  # fmt: skip


def calculated(value: str, gives: str, more: str = "") -> str:
    return page(ASKED + f"result:\n  type: calculated\n  value: '{value}'\n  gives: {gives}\n" + LABEL + more)


def form(value: str, gives: str) -> Form:
    return form_of(calculated(value, gives))


# value, gives | what the form says for 3 animals at 10.555, seen on 1 March 2026 | in English | in French
RESULTS = [
    ("animals * price", "money", Decimal("31.67"), "$31.67", "31,67\u00a0$"),
    ("price * 100", "money", Decimal("1055.50"), "$1,055.50", "1\u00a0055,50\u00a0$"),
    ("price / animals", "number", Decimal("3.5183333333"), "3.518", "3,518"),
    ("animals * 100", "number", Decimal("300"), "300", "300"),
    ("price", "integer", 11, "11", "11"),
    ('if animals > 2 then "many" else "few"', "text", "many", "many", "many"),
    ("animals > 2", "yes_no", True, "Yes", "Oui"),
    ('seen_on + duration("P30D")', "date", date(2026, 3, 31), "March 31, 2026", "31 mars 2026"),
    ("today()", "date", date(2026, 3, 9), "March 9, 2026", "9 mars 2026"),
]


@pytest.mark.parametrize(("value", "gives", "result", "english", "french"), RESULTS)
def test_a_value_is_reckoned_and_typed(value: str, gives: str, result: object, english: str, french: str) -> None:
    made = form(value, gives)
    checked = check(made, animals="3", price="10.555", seen_on="2026-03-01", result="7")
    assert checked.answers["result"] == result
    assert type(checked.answers["result"]) is type(result)
    assert (made.fields["result"].show(result, "en"), made.fields["result"].show(result, "fr")) == (english, french)


# value, gives | answers that give nothing
BLANK: list[tuple[str, str, dict[str, str]]] = [
    ("animals * price", "money", {"animals": "3"}),
    ("animals * price", "money", {"animals": "3", "price": "much"}),
    ("price / animals", "number", {"animals": "0", "price": "3"}),
    ("price ** 90", "number", {"price": "900"}),
    ('string(if animals > 2 then "" else "few")', "text", {"animals": "3"}),
]


@pytest.mark.parametrize(("value", "gives", "answers"), BLANK)
def test_without_its_answers_or_a_value_it_is_blank_whatever_is_posted(
    value: str, gives: str, answers: dict[str, str]
) -> None:
    assert "result" not in form(value, gives).check({**answers, "result": "7"}, now=NOW).answers


# the keys of the field after its type | the code and the column of the mistake
MISTAKES = [
    ("  value: animls * 2\n  gives: number\n", ("C301", 16)),
    ("  value: result * 2\n  gives: number\n", ("F226", 16)),
    ("  value: later * 2\n  gives: number\n", ("C302", 16)),
    ("  value: animals * 2\n  gives: text\n", ("F218", 16)),
    ("  value: animals * 2\n  gives: muney\n", ("D119", 16)),
    ("  value: animals * 2\n", ("F217", 7)),
    ("  gives: text\n", ("F217", 7)),
]


@pytest.mark.parametrize(("keys", "where"), MISTAKES)
def test_a_mistake_in_a_calculation_is_found_when_the_form_loads(keys: str, where: tuple[str, int]) -> None:
    later = "later:\n  type: integer\n" + LABEL
    made, problems = compiled(page(ASKED + "result:\n  type: calculated\n" + keys + LABEL + later))
    (found,) = [problem for problem in problems if problem.severity == "error"]
    assert made is None
    assert (found.code, found.mark.column) == where


# what is wanted of the result (a product too large for an answer is blank) | whether a submission gives it
WANTED = [
    ("{result: {at_least: 100}}", True),
    ("{result: blank, animals: answered, price: answered}", True),
    ("{result: answered, price: blank}", False),
    ("{result: 0}", True),
]


@pytest.mark.parametrize(("wanted", "exists"), WANTED)
def test_the_proof_never_shows_an_answer_that_the_calculation_does_not_give(wanted: str, exists: bool) -> None:
    made = form("animals * price", "money")
    at = place(wanted)
    problems: list[Problem] = []
    condition = compile_condition(at.plain(), at, made.scope, problems)
    assert condition is not None
    found = find(condition, made.scope)
    assert isinstance(found, Witness) is exists
    if isinstance(found, Witness):
        again = made.check(made.to_json(found.answers), now=found.moment.now).answers
        assert again.get("result") == found.answers.get("result")
        assert condition.holds(again, found.moment)
