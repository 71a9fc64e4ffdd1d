"""Rows of questions: what is read, what shows in them, and what conditions can say of them."""

from __future__ import annotations

import itertools
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from formroute.conditions import Condition, Moment, Undecided, Witness, compile_condition, find
from formroute.problems import Problem
from formroute.records import Upload
from formroute.testing import Fault, answers, invalid_answers
from tests.conditions.on_questions_alone import place
from tests.forms.made import NOW, check, compiled, field, form_of, page
from tests.forms.test_laws import RAW

ANIMALS = """\
type: repeat
min_items: 1
max_items: 3
fields:
  kind:
    type: choice
    choices: [dog, cat, other]
    label: Kind
  which:
    type: text
    label: Which
    show_when: {kind: other}
  age:
    type: integer
    min: 0
    max: 30
    required: no
    label: Age
  tag:
    type: text
    required: no
    label: Tag
    show_when: {licensed: yes, kind: dog}"""
FORM = form_of(
    page(
        field("licensed", "type: yes_no")
        + field("animals", ANIMALS)
        + field("vet", "type: text\nrequired: no\nshow_when: {animals: {some: {kind: dog}}}")
        + field("many", "type: text\nrequired: no\nshow_when: {animals: {count: {at_least: 2}}}")
    )
)

# What was posted | the canonical rows
ROWS = [
    ([{"kind": "dog"}], ({"kind": "dog"},)),
    ([{"kind": "dog", "age": "3"}, {"kind": "cat", "age": ""}], ({"kind": "dog", "age": 3}, {"kind": "cat"})),
    ([{}, {"kind": "cat"}, {"kind": "", "age": " "}], ({"kind": "cat"},)),
    ([{"kind": "cat", "which": "junk", "tag": "junk", "unknown": 1}], ({"kind": "cat"},)),
    ([{"kind": "other", "which": "A goat"}], ({"kind": "other", "which": "A goat"},)),
    ([{"kind": "dog", "tag": "12"}], ({"kind": "dog", "tag": "12"},)),
    (({"kind": "dog"}, {"which": "junk", "tag": ["junk"]}), ({"kind": "dog"},)),
]


@pytest.mark.parametrize(("posted", "rows"), ROWS)
def test_rows_are_read_each_by_itself(posted: Any, rows: Any) -> None:
    checked = check(FORM, licensed="yes", animals=posted)
    assert checked.errors == ()
    assert checked.answers["animals"] == rows


# What was posted | where the errors are, in which words
WRONG = [
    ([], {"animals": "Add at least one."}),
    ([{}], {"animals": "Add at least one."}),
    ([{"which": "junk"}], {"animals": "Add at least one."}),
    ([{"age": "3"}], {"animals-0.kind": "Choose one of the answers."}),
    (
        [{"kind": "cat"}, {"kind": "bird", "age": "31"}],
        {"animals-1.kind": "Choose one of the answers.", "animals-1.age": "Enter a number from 0 to 30."},
    ),
    ([{}, {"kind": "other"}], {"animals-1.which": "Write an answer."}),
    ([{"kind": "cat"}] * 4, {"animals": "Give at most 3."}),
    ("cat", {"animals": "These answers cannot be read."}),
    (["cat"], {"animals": "These answers cannot be read."}),
    ({"kind": "cat"}, {"animals": "These answers cannot be read."}),
    ([[{"kind": "cat"}]], {"animals": "These answers cannot be read."}),
]


@pytest.mark.parametrize(("posted", "errors"), WRONG)
def test_a_mistake_stands_in_its_row(posted: Any, errors: dict[str, str]) -> None:
    checked = check(FORM, licensed="yes", animals=posted)
    assert {error.at: error.say("en") for error in checked.errors} == errors
    assert "animals" not in checked.answers


# What was posted | what is right in each row, with the questions that are open there | whether they are counted
BEGUN = [
    ([{"kind": "cat"}, {"kind": "?"}], [({"kind": "cat"}, set()), ({}, {"kind", "which", "age", "tag"})], True),
    ([{"kind": "dog", "age": "31"}, {}], [({"kind": "dog"}, {"age", "tag"})], True),
    ([{"kind": "dog"}] * 4, [({"kind": "dog"}, set())] * 3, False),
    ([{"kind": "dog"}], None, None),
    ([], None, None),
    ("cat", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("posted", "rows", "counted"), BEGUN)
def test_what_is_right_in_rows_is_kept_beside_the_mistake(posted: Any, rows: Any, counted: bool | None) -> None:
    begun = check(FORM, licensed="yes", animals=posted).begun
    assert ([(row.answers, row.open) for row in begun["animals"].rows] if begun else None) == rows
    assert (begun["animals"].counted if begun else None) is counted


def test_rows_that_are_too_few_are_right_each_by_itself() -> None:
    form = form_of(
        page(field("animals", ANIMALS.replace("min_items: 1", "min_items: 2").replace("licensed: yes, ", "")))
    )
    assert check(form, animals=[{"kind": "dog"}]).begun == {"animals": (((({"kind": "dog"}), frozenset()),), False)}


def test_thousands_of_rows_are_refused_at_once() -> None:
    (error,) = check(FORM, licensed="yes", animals=[{"kind": "cat"}] * 100_000).errors
    assert error.say("en") == "Give at most 3."


def test_conditions_look_at_the_own_row_then_outside() -> None:
    rows = [{"kind": "dog", "tag": "1"}, {"kind": "cat", "tag": "2"}]
    assert check(FORM, licensed="yes", animals=rows).answers["animals"] == (
        {"kind": "dog", "tag": "1"},
        {"kind": "cat"},
    )
    assert check(FORM, licensed="no", animals=rows).answers["animals"] == ({"kind": "dog"}, {"kind": "cat"})


def test_a_row_hides_a_question_outside_that_has_the_same_name() -> None:
    inner = (
        "type: repeat\nfields:\n  kind:\n    type: text\n    required: no\n    label: K\n"
        "  more:\n    type: text\n    label: M\n    show_when: {kind: answered}"
    )
    form = form_of(page(field("kind", "type: text") + field("items", inner + "\nrequired: no")))
    assert check(form, kind="outside", items=[{"more": "x"}]).ok
    assert "items" not in check(form, kind="outside", items=[{"more": "x"}]).answers


def test_the_judgement_says_what_shows_in_each_row() -> None:
    checked = check(FORM, licensed="yes", animals=[{"kind": "dog"}, {"kind": "other"}])
    assert {name for name in checked.showing if "-" in name} == {
        "animals-0.kind", "animals-0.age", "animals-0.tag", "animals-1.kind", "animals-1.which", "animals-1.age",
    }  # fmt: skip


@given(st.sampled_from(["dog", "cat"]), RAW, RAW)
def test_junk_in_hidden_questions_of_a_row_changes_nothing(kind: str, junk: Any, more: Any) -> None:
    plain = {"licensed": "no", "animals": [{"kind": kind}]}
    row = {"kind": kind, "which": junk, "tag": more, "unknown": junk}
    assert FORM.check({**plain, "animals": [row]}, now=NOW).answers == FORM.check(plain, now=NOW).answers


@given(st.text(min_size=1, max_size=20))
def test_showing_a_question_of_a_row_again_brings_back_what_was_typed(text: str) -> None:
    typed = {"licensed": "yes", "animals": [{"kind": "other", "which": text}]}
    hidden = FORM.check({**typed, "animals": [{"kind": "cat", "which": text}]}, now=NOW)
    assert hidden.answers["animals"] == ({"kind": "cat"},)
    shown, alone = FORM.check(typed, now=NOW), check(form_of(page(field("t", "type: text"))), t=text)
    assert shown.ok is alone.ok
    assert not shown.ok or shown.answers["animals"][0]["which"] == alone.answers["t"]  # type: ignore[index]


@given(st.lists(st.dictionaries(st.sampled_from(["kind", "which", "age", "tag", "x"]), RAW) | RAW, max_size=5) | RAW)
def test_the_judge_never_raises_on_rows_and_reads_its_own_back(rows: Any) -> None:
    checked = FORM.check({"licensed": "yes", "animals": rows}, now=NOW)
    assert not checked.answers.keys() & {error.field for error in checked.errors}
    again = FORM.check(json.loads(json.dumps(FORM.to_json(checked.answers))), now=NOW)
    assert again.answers == checked.answers
    for error in checked.errors:
        assert error.say("fr")


@given(st.lists(st.dictionaries(st.sampled_from(["kind", "which", "age", "tag"]), st.text(max_size=3)
                                | st.sampled_from(["dog", "cat", "other", "7"])), max_size=3))  # fmt: skip
def test_the_schema_accepts_the_rows_that_the_judge_gives(rows: list[dict[str, str]]) -> None:
    answers = FORM.check({"licensed": "yes", "animals": rows}, now=NOW).answers
    schema = FORM.json_schema("en")
    jsonschema.Draft202012Validator.check_schema(schema)
    part = {**schema, "required": [], "allOf": []}
    jsonschema.Draft202012Validator(part).validate(FORM.to_json(answers))


ROWS_CLASS: Any = FORM.wtforms_class("en", clock=lambda: NOW)


def posted(pairs: dict[str, str]) -> Any:
    return ROWS_CLASS(MultiDict({"licensed": "yes", **pairs}))


def test_a_wtforms_class_has_rows_that_the_judge_counts() -> None:
    form = posted(
        {"animals-0.kind": "dog", "animals-0.age": "3", "animals-7.kind": "other", "animals-7.which": "A goat"}
    )
    assert form.validate(), form.errors
    assert form.data["animals"] == ({"kind": "dog", "age": 3}, {"kind": "other", "which": "A goat"})
    assert [[box.name for box in row.shown] for row in form.animals] == [
        ["animals-0.kind", "animals-0.age", "animals-0.tag"],
        ["animals-1.kind", "animals-1.which", "animals-1.age"],
    ]
    assert 'name="animals-1.which" type="text" value="A goat"' in form.animals()


def test_a_mistake_in_a_row_stands_beside_its_box_in_wtforms() -> None:
    form = posted({"animals-0.kind": "dog", "animals-1.kind": "other", "animals-1.age": "x"})
    assert not form.validate()
    whole = ["Write a whole number in digits, such as 12."]
    assert form.errors == {"animals": [{}, {"which": ["Write an answer."], "age": whole}]}
    assert form.animals.box(1, "age").errors == whole
    assert "<p>Write an answer.</p>" in form.animals()
    assert not form.validate()
    assert form.animals.box(1, "age").errors == whole, "told once"


def test_rows_over_the_most_are_refused_and_never_cut() -> None:
    form = posted({f"animals-{number}.kind": "dog" for number in range(7)})
    assert not form.validate()
    assert form.errors == {"animals": ["Give at most 3."]}
    assert form.data["animals"] is None


@pytest.mark.parametrize(
    "key", ["animals-²", "animals-².kind", "animals-٣.kind", "animals-", "animals-0", "animals--1.kind"]
)
def test_a_key_that_names_no_row_is_no_row(key: str) -> None:
    form = posted({key: "dog"})
    assert not form.validate()
    assert form.errors == {"animals": ["Add at least one."]}


def test_rows_are_added_and_taken_away_without_a_script() -> None:
    form = posted({"animals-0.kind": "dog", "animals-1.kind": "cat"})
    form.animals.append_entry()
    form.animals.append_entry()
    assert [[box.name for box in row.shown] for row in form.animals][2:] == [["animals-2.kind", "animals-2.age"]]
    form.animals.pop_entry(0)
    assert [row.kind.given for row in form.animals] == ["cat", ""]
    assert ROWS_CLASS().animals.entries[0].kind.name == "animals-0.kind", "one blank row to begin with"
    before = ROWS_CLASS(data={"licensed": True, "animals": ({"kind": "cat", "age": 3},)})
    assert before.validate()
    assert 'value="3"' in before.animals()


def test_rows_are_told_one_by_one() -> None:
    answers = check(FORM, licensed="yes", animals=[{"kind": "dog", "age": "3"}, {"kind": "cat"}]).answers
    assert [text for name, _, text in FORM.shown(answers, "en") if name.name == "animals"] == [
        "animals 1\n  Kind: dog\n  Age: 3\nanimals 2\n  Kind: cat"
    ]


def condition(yaml: str) -> Condition:
    problems: list[Problem] = []
    at = place(yaml)
    found = compile_condition(at.plain(), at, FORM.scope, problems)
    assert found is not None, problems
    return found


MOMENT = Moment(NOW)
DOG, CAT, OLD = {"kind": "dog"}, {"kind": "cat"}, {"kind": "dog", "age": 20}

# A condition on the rows | rows that meet it | rows that do not
MET = [
    ("animals: {some: {kind: dog}}", [(DOG,), (CAT, DOG)], [(CAT,), None]),
    ("animals: {every: {kind: dog}}", [(DOG,), (DOG, OLD)], [(CAT, DOG), None]),
    (
        "animals: {some: {kind: dog, age: {at_least: 10}}}",
        [(CAT, OLD)],
        [(DOG,), (CAT,), ({"kind": "cat", "age": 20},)],
    ),
    ("animals: {some: {age: blank}}", [(DOG,), (OLD, CAT)], [(OLD,), None]),
    ("animals: {count: {at_least: 2}}", [(DOG, DOG)], [(DOG,), None]),
    ("animals: {not: {some: {kind: dog}}}", [(CAT,)], [(DOG,), (CAT, DOG), None]),
    ("animals: blank", [None], [(DOG,)]),
    ("animals: answered", [(DOG,)], [None]),
]


@pytest.mark.parametrize(("yaml", "met", "not_met"), MET)
def test_conditions_on_rows(yaml: str, met: list[Any], not_met: list[Any]) -> None:
    asked = condition(yaml) if yaml not in ("animals: blank", "animals: answered") else optional(yaml)
    for rows, expected in [*((rows, True) for rows in met), *((rows, False) for rows in not_met)]:
        assert asked.holds({} if rows is None else {"animals": rows}, MOMENT) is expected


def optional(yaml: str) -> Condition:
    form = form_of(page(field("animals", ANIMALS.replace("licensed: yes, ", "") + "\nrequired: no")))
    at = place(yaml)
    found = compile_condition(at.plain(), at, form.scope, [])
    assert found is not None
    return found


TESTS = [
    "animals: {some: {kind: dog}}",
    "animals: {some: {kind: cat}}",
    "animals: {every: {kind: dog}}",
    "animals: {some: {age: {at_least: 10}}}",
    "animals: {every: {age: {less_than: 10}}}",
    "animals: {count: 1}",
]
SOME_ROWS = [{"kind": kind, **age} for kind in ("dog", "cat", "other") for age in ({}, {"age": 3}, {"age": 20})]


@pytest.mark.parametrize("signs", list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize("chosen", list(itertools.combinations(TESTS, 3)))
def test_the_proof_agrees_with_every_row_tried(chosen: tuple[str, ...], signs: tuple[bool, ...]) -> None:
    """Brute force over one, two and three rows: a witness meets the tests, and "none" means that none does."""
    parts = [f"{'all' if sign else 'none'}:\n      - {test}" for test, sign in zip(chosen, signs, strict=True)]
    asked = condition("all:\n" + "".join(f"  - {part}\n" for part in parts))
    tried = (rows for count in (1, 2, 3) for rows in itertools.combinations_with_replacement(SOME_ROWS, count))
    possible = any(asked.holds({"animals": rows}, MOMENT) for rows in tried)
    found = find(asked, FORM.scope, FORM.always)
    if isinstance(found, Witness):
        assert possible
        assert asked.holds(found.answers, found.moment)
        checked = FORM.check(FORM.to_json(found.answers), now=found.moment.now)
        assert [error for error in checked.errors if error.field == "animals"] == []
    elif not isinstance(found, Undecided):
        assert not possible


def test_a_test_of_a_question_that_looks_outside_the_row_is_undecided() -> None:
    assert isinstance(find(condition("animals: {some: {tag: answered}}"), FORM.scope, FORM.always), Undecided)


TOLD = form_of(
    page(
        field("city", "type: choice\nchoices: [north, south]")
        + field(
            "animals",
            "type: repeat\nfields:\n"
            "  kind: {type: choice, choices: [dog, cat], label: Kind}\n"
            "  age: {type: integer, min: 0, max: 30, required: no, label: Age}\n"
            "  careful:\n    type: notice\n    text: Careful.\n    show_when: {kind: dog, city: north}\n"
            "  points:\n    type: calculated\n    label: Points\n    points:\n"
            "      - {give: 2, when: {kind: dog}}\n      - {give: 1, when: {city: north}}\n"
            "  months: {type: calculated, value: age * 12, gives: integer}\n"
            "  why: {type: text, label: Why, show_when: {months: {at_least: 120}}}",
        )
        + field("more", "type: text\nrequired: no\nshow_when: {animals: {some: {months: {at_least: 200}}}}")
    )
)


def test_a_row_tells_notices_and_values_that_follow_from_it() -> None:
    rows = [{"kind": "dog", "age": "10", "why": "old", "points": 99, "months": "1"}, {}, {"kind": "cat"}]
    checked = check(TOLD, city="north", animals=rows)
    assert checked.ok, checked.errors
    assert checked.answers["animals"] == (
        {"kind": "dog", "age": 10, "points": 3, "months": 120, "why": "old"},
        {"kind": "cat", "points": 1},
    ), "what is calculated makes no row of a blank one, and never comes from outside"
    assert "animals-0.careful" in checked.showing
    assert "animals-2.careful" not in checked.showing
    assert checked.followed == {"animals-0.points": 3, "animals-0.months": 120, "animals-2.points": 1}
    again = check(TOLD, **json.loads(json.dumps(TOLD.to_json(checked.answers))))
    assert again.answers == checked.answers
    (_, _, shown), *_ = [told for told in TOLD.shown(checked.answers, "en") if told[0].name == "animals"]
    assert shown == "animals 1\n  Kind: dog\n  Age: 10\n  Points: 3\n  Why: old\nanimals 2\n  Kind: cat\n  Points: 1"


def test_conditions_about_the_rows_see_what_follows_in_them() -> None:
    assert "more" in check(TOLD, city="south", animals=[{"kind": "cat", "age": 20, "why": "x"}]).showing
    assert "more" not in check(TOLD, city="south", animals=[{"kind": "cat", "age": 2}]).showing


def test_drawn_answers_and_faults_know_what_stands_in_rows() -> None:
    @settings(max_examples=25)
    @given(answers(TOLD, now=NOW), invalid_answers(TOLD, now=NOW))
    def agree(drawn: dict[str, Any], fault: Fault) -> None:
        checked = TOLD.check(drawn, now=NOW)
        assert checked.ok
        jsonschema.Draft202012Validator(TOLD.json_schema()).validate(TOLD.to_json(checked.answers))
        assert [error.at for error in TOLD.check(fault.answers, now=NOW).errors] == [fault.at]

    agree()


# The keys | the code of the problem
MISTAKES = [
    ("type: repeat\nfields:\n  a: {type: text, label: A}\n  b: {type: notice, text: B, stops: yes}", "F235"),
    (
        "type: repeat\nfields:\n  a:\n    type: repeat\n    label: A\n    fields:\n      b: {type: text, label: B}",
        "F238",
    ),
    (
        "type: repeat\nfields:\n  a:\n    type: group\n    label: A\n    fields:\n      b: {type: notice, text: B}",
        "F222",
    ),
    (
        "type: group\nfields:\n  a:\n    type: repeat\n    label: A\n    fields:\n      b: {type: text, label: B}",
        "F238",
    ),
    ("type: repeat\nmin_items: 3\nmax_items: 2\nfields:\n  a: {type: text, label: A}", "F201"),
    ("type: repeat\nmax_items: 51\nfields:\n  a: {type: text, label: A}", "D127"),
    ("type: repeat\nfields:\n  a: {type: text, label: A, show_when: {b: yes}}", "C301"),
    ("type: repeat\nfields:\n  a: {type: text, label: A}\ndefault: x", "F220"),
]


@pytest.mark.parametrize(("keys", "code"), MISTAKES)
def test_a_mistake_in_rows_is_told_at_load(keys: str, code: str) -> None:
    _, problems = compiled(page(field("answer", keys)))
    assert [found.code for found in problems if found.severity == "error"] == [code]


@pytest.mark.parametrize(
    "test",
    ["animals: {some: {kind: bird}}", "animals: {some: {colour: red}}", "animals: dog", "licensed: {some: {a: b}}"],
)
def test_a_condition_on_rows_is_typed(test: str) -> None:
    problems: list[Problem] = []
    at = place(test)
    assert compile_condition(at.plain(), at, FORM.scope, problems) is None
    assert problems


PRIVATE = form_of(page(field("people", "type: repeat\nfields:\n  name: {type: text, label: N, private: yes}")))
REPORT = form_of(
    page(
        field(
            "things",
            "type: repeat\nfields:\n"
            "  photos: {type: file, required: no, max_files: 2, label: P}\n"
            "  finder:\n    type: group\n    label: F\n    fields:\n"
            "      name: {type: text, required: no, label: N}\n"
            "      age: {type: integer, required: no, show_when: {finder.name: answered}, label: A}",
        )
        + field("many", "type: calculated\ngives: yes_no\nvalue: some t in things satisfies count(t.photos) > 1")
        + field("old", "type: calculated\ngives: yes_no\nvalue: some t in things satisfies t.finder.age > 90")
        + field("shot", "type: text\nrequired: no\nshow_when: {things: {some: {photos: {count: 2}}}}")
        + field("known", "type: text\nrequired: no\nshow_when: {things: {every: {finder.name: answered}}}")
    )
)
ONE, TWO = (Upload(f"{number:022}", f"{number}.jpg", "image/jpeg", 1) for number in (1, 2))


def test_rows_with_a_private_question_are_private() -> None:
    assert PRIVATE.fields["people"].private


def test_conditions_and_feel_see_files_and_groups_in_rows() -> None:
    def shows(*things: dict[str, Any]) -> set[str]:
        checked = check(REPORT, things=list(things))
        told = {name for name in ("many", "old") if checked.answers.get(name)}
        return told | set(checked.showing) & {"shot", "known"}

    assert shows({"photos": [ONE]}) == set()
    assert shows({"photos": [ONE, TWO]}) == {"many", "shot"}
    assert shows({"photos": [ONE, TWO], "finder": {"name": "Ann", "age": 91}}) == {"many", "shot", "old", "known"}
    assert shows({"finder.age": 91}, {"photos": [ONE]}) == set(), "it is hidden without a name"


def test_a_group_in_a_row_is_read_nested_and_flat() -> None:
    nested = check(REPORT, things=[{"finder": {"name": "Ann", "age": "3"}}])
    flat = check(REPORT, things=[{"finder.name": "Ann", "finder.age": "3"}])
    assert nested.answers["things"] == flat.answers["things"] == ({"finder.name": "Ann", "finder.age": 3},)
