"""Groups and matrices: questions asked as one, each with a name of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Witness, find
from formroute.web.draft.screens import screens
from tests.every_kind.samples import every_kind
from tests.forms.made import NOW, check, compiled, field, form_of, page
from tests.forms.test_laws import RAW

TOGETHER = every_kind().forms["together"]
ANSWERS: dict[str, Any] = {
    "owner.name": "Ann", "owner.reach": "email", "owner.email": "ann@example.com", "shared": "no",
    "service.speed": "good", "service.courtesy": "bad",
}  # fmt: skip


def test_each_answer_has_the_name_of_its_group_before_its_own() -> None:
    checked = check(TOGETHER, **ANSWERS)
    assert checked.ok
    assert checked.answers == {**ANSWERS, "shared": False}


def test_a_program_may_send_a_group_as_an_object() -> None:
    nested = {
        "owner": {"name": "Ann", "reach": "email", "email": "ann@example.com", "unknown": 1},
        "shared": False,
        "service": {"speed": "good", "courtesy": "bad"},
    }
    assert check(TOGETHER, **nested) == check(TOGETHER, **ANSWERS)


@pytest.mark.parametrize("group", [None, 1, "x", [], ["owner"], {"name": {"name": "x"}}])
def test_anything_else_in_the_place_of_a_group_is_no_answer(group: object) -> None:
    checked = check(TOGETHER, **{**ANSWERS, "owner": group})
    assert checked.ok


def test_an_error_stands_at_the_question_inside_the_group() -> None:
    checked = check(TOGETHER, **{**ANSWERS, "owner.email": "x", "service.speed": "perfect"})
    assert {error.field for error in checked.errors} == {"owner.email", "service.speed"}


def test_a_group_that_does_not_show_has_no_answers() -> None:
    keeper = {"keeper.name": "Bo", "keeper": {"born": "1990-01-01"}}
    assert check(TOGETHER, **ANSWERS, **keeper) == check(TOGETHER, **ANSWERS)
    shown = check(TOGETHER, **{**ANSWERS, "shared": "yes"}, **keeper)
    assert shown.answers["keeper.name"] == "Bo"


@given(RAW, RAW)
def test_junk_in_a_hidden_group_changes_nothing(name: Any, junk: Any) -> None:
    raw = {**ANSWERS, "keeper.name": name, "keeper": junk, "keeper.born": junk}
    assert TOGETHER.check(raw, now=NOW) == TOGETHER.check(ANSWERS, now=NOW)


@given(st.dictionaries(st.sampled_from([*TOGETHER.fields, "owner.", ".name", "owner.name.x"]), RAW))
def test_answers_are_read_back_to_themselves(raw: dict[str, Any]) -> None:
    checked = TOGETHER.check(raw, now=NOW)
    again = TOGETHER.check(json.loads(json.dumps(TOGETHER.to_json(checked.answers))), now=NOW)
    assert again.answers == checked.answers


def test_outside_its_group_an_answer_is_shown_with_the_label_of_both() -> None:
    shown = TOGETHER.shown(check(TOGETHER, **ANSWERS).answers, "en")
    assert [(label, text) for _, label, text in shown][:2] == [
        ("The owner – Name", "Ann"),
        ("The owner – How can we reach you?", "By e-mail"),
    ]


def test_conditions_feel_and_the_proof_know_the_whole_name() -> None:
    group = (
        "type: group\nfields:\n  age:\n    type: integer\n    label: Age\n"
        "  school:\n    type: text\n    show_when: {child.age: {less_than: 18}}\n    label: School"
    )
    form = form_of(
        page(field("child", group) + field("job", "type: text\nrequired: no\nshow_when: {child.school: blank}")),
        rest="checks:\n  - require: child.age <= 120\n    message: Too old.\n    at: child.age\n",
    )
    assert check(form, **{"child.age": "17"}).showing == {"child", "child.age", "child.school", "job"}
    assert check(form, **{"child.age": "30", "child.school": "x"}).answers == {"child.age": 30}
    assert [error.say("en") for error in check(form, **{"child.age": "121"}).errors] == ["Too old."]
    found = find(form.fields["job"].visible, form.scope, form.always)
    assert isinstance(found, Witness)
    assert found.answers["child.age"] >= 18  # type: ignore[operator]


# The field's keys | the code of the problem
WRONG = [
    ("type: group\nfields:\n  a:\n    type: notice\n    text: x", "F222"),
    ("type: group\nfields:\n  a:\n    type: group\n    label: A\n    fields:\n      b: {type: text, label: B}", "F222"),
    ("type: group\nfields:\n  a-b: {type: text, label: A}", "D118"),
    ("type: group\nfields:\n  a: {type: txt, label: A}", "F213"),
    ("type: group\nfields:\n  a: {type: text}", "D102"),
    ("type: group", "D102"),
    ("type: matrix\nrows: {a: A}\nscale:\n  x:\n    label: X\n    show_when: {b: yes}", "F223"),
]


@pytest.mark.parametrize(("keys", "code"), WRONG)
def test_a_mistake_in_a_group_is_told_at_load(keys: str, code: str) -> None:
    _, problems = compiled(page(field("answer", keys)))
    assert [found.code for found in problems if found.severity == "error"] == [code]


def test_a_group_stays_on_one_screen_where_questions_are_asked_one_at_a_time() -> None:
    found = screens(replace(TOGETHER, ask="one_at_a_time"))
    assert [screen.id for screen in found] == ["owner", "shared", "keeper", "service"]
    assert [item.name for item in found[2].fields] == ["keeper", "keeper.name", "keeper.born"]


def test_the_source_holds_the_whole_group() -> None:
    fields = json.loads(TOGETHER.source)["pages"][0]["fields"]
    assert list(fields) == ["owner", "shared", "keeper", "service"]
    assert fields["owner"]["fields"]["email"]["type"] == "email"
