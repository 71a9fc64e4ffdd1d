"""Choices that are offered only sometimes, first answers, authors' own words, and warnings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions import Found, Witness, compile_condition, find
from formroute.forms import Form
from tests.conditions.on_questions_alone import place
from tests.forms.made import NOW, check, compiled, field, form_of, page

REPAIR = form_of(
    page(
        field("surface", "type: choice\nchoices: [road, lane]")
        + field(
            "wanted",
            """\
type: choice
choices:
  patch: Patch it
  plough:
    label:
      en: Plough it
      fr: Déneiger
    show_when: {surface: lane}""",
        )
        + field(
            "extras",
            """\
type: choices
required: no
choices:
  sand: Sand it
  grade:
    label: Grade it
    show_when: {surface: lane}""",
        )
    )
)


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"surface": "lane", "wanted": "plough"}, {}),
        ({"surface": "road", "wanted": "plough"}, {"wanted": "Choose one of the answers."}),
        ({"surface": "road", "wanted": "patch", "extras": ["sand"]}, {}),
        ({"surface": "road", "wanted": "patch", "extras": ["sand", "grade"]}, {"extras": "Choose one of the answers."}),
        ({"wanted": "plough"}, {"surface": "Choose one of the answers.", "wanted": "Choose one of the answers."}),
    ],
)
def test_only_a_choice_that_is_offered_is_taken(answers: dict[str, Any], errors: dict[str, str]) -> None:
    checked = check(REPAIR, **answers)
    assert {error.field: error.say("en") for error in checked.errors} == errors


def test_the_judgement_says_which_choices_are_withheld() -> None:
    assert check(REPAIR, surface="road").withheld == {"wanted": {"plough"}, "extras": {"grade"}}
    assert check(REPAIR, surface="lane").withheld == {"wanted": set(), "extras": set()}


def meets(form: Form, when: str) -> Found | None:
    at = place(when)
    condition = compile_condition(at.plain(), at, form.scope, [])
    assert condition is not None
    return find(condition, form.scope, form.always)


@pytest.mark.parametrize("choice", ["wanted: plough", "extras: {includes: grade}"])
def test_the_proof_knows_when_a_choice_is_offered(choice: str) -> None:
    assert isinstance(meets(REPAIR, f"surface: lane\n{choice}"), Witness)
    assert meets(REPAIR, f"surface: road\n{choice}") is None


@given(st.sampled_from(["road", "lane", "x", None]), st.sampled_from(["patch", "plough", "x"]), st.lists(
    st.sampled_from(["sand", "grade"])))  # fmt: skip
def test_what_is_accepted_is_accepted_again_and_meets_what_always_holds(
    surface: str | None, wanted: str, extras: list[str]
) -> None:
    checked = check(REPAIR, surface=surface, wanted=wanted, extras=extras)
    again = REPAIR.check(REPAIR.to_json(checked.answers), now=NOW)
    assert again.answers == checked.answers


def test_a_choice_alone_is_written_short_in_the_source() -> None:
    choices = json.loads(REPAIR.source)["pages"][0]["fields"]["wanted"]["choices"]
    assert choices["patch"] == {"en": "Patch it"}
    assert choices["plough"]["show_when"] == {"surface": "lane"}


OWN_WORDS = """\
type: integer
min: 1
max: 9
errors:
  required:
    en: Say how many.
    fr: Dites combien.
  range:
    en: Between one and nine.
    fr: De un à neuf."""


@pytest.mark.parametrize(
    ("given", "english", "french"),
    [
        (None, "Say how many.", "Dites combien."),
        ("12", "Between one and nine.", "De un à neuf."),
        ("x", "Write a whole number in digits, such as 12.", "Écrivez un nombre entier en chiffres, par exemple 12."),
    ],
)
def test_an_author_can_word_what_is_wrong(given: str | None, english: str, french: str) -> None:
    checked = check(form_of(page(field("animals", OWN_WORDS))), animals=given)
    assert [(error.say("en"), error.say("fr")) for error in checked.errors] == [(english, french)]


CAREFUL = form_of(
    page(field("depth", "type: integer") + field("width", "type: integer\nrequired: no")),
    rest="""\
    checks:
      - warn: {depth: {at_least: 100}}
        message:
          en: Is it really that deep?
          fr: Est-ce vraiment si profond?
        at: depth
      - warn: depth > width
        message: Deeper than wide?
        at: width
    """,
)


@pytest.mark.parametrize(
    ("answers", "warnings"),
    [
        ({"depth": "99"}, []),
        ({"depth": "100"}, [("depth", "warning_1", "Is it really that deep?")]),
        ({"depth": "9", "width": "3"}, [("width", "warning_2", "Deeper than wide?")]),
        ({"depth": "x", "width": "3"}, []),
    ],
)
def test_a_warning_blocks_nothing(answers: dict[str, str], warnings: list[tuple[str, str, str]]) -> None:
    checked = check(CAREFUL, **answers)
    assert [(each.field, each.code, each.say("en")) for each in checked.warnings] == warnings
    assert checked.ok is (answers["depth"] != "x")


# The field's keys | the code | what the message says
WRONG = [
    ("type: integer\nmax: 5\ndefault: 6", "F221", "Enter 5 or less."),
    ("type: choice\nchoices: [a]\ndefault: b", "F221", "Choose one of the answers."),
    ("type: declaration\ndefault: yes", "F220", "declaration"),
    ("type: file\nprefill: photo", "F220", "file"),
    ("type: text\nerrors:\n  requird: x", "D119", "requird"),
    ("type: choice\nchoices:\n  a:\n    label: A\n    show_when: {later: yes}", "C301", "later"),
]


@pytest.mark.parametrize(("keys", "code", "said"), WRONG)
def test_a_mistake_is_told_at_load(keys: str, code: str, said: str) -> None:
    _, problems = compiled(page(field("answer", keys)))
    (problem,) = [found for found in problems if found.severity == "error"]
    assert problem.code == code
    assert said in problem.what


def test_a_check_must_or_may() -> None:
    rest = "checks:\n  - message: x\n    at: answer\n"
    _, problems = compiled(page(field("answer", "type: text")), rest=rest)
    assert [found.code for found in problems if found.severity == "error"] == ["F219"]
