"""Drawn answers are what the form takes, canonical and as posted; a drawn fault is the one thing that is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from formroute.catalog import load_catalog
from formroute.forms import Field, Form
from formroute.testing import Fault, answers, invalid_answers, posted_answers
from formroute.testing.material import samples_of
from tests.every_kind.samples import every_kind
from tests.forms.kinds_asked import ASKED
from tests.forms.made import NOW, field, form_of, one_field, page

SOME = settings(max_examples=10)
SCHEMAS = Path(__file__).parent.parent.parent / "schemas"


@pytest.mark.parametrize("keys", ASKED)
def test_answers_to_one_question(keys: str) -> None:
    hold_for(one_field(keys))


def hold_for(form: Form) -> None:
    @SOME
    @given(answers(form, now=NOW))
    def canonical(drawn: dict[str, Any]) -> None:
        checked = form.check(drawn, now=NOW)
        assert checked.ok, checked
        assert asked_in(form.fields.values(), checked.answers) == drawn

    @SOME
    @given(posted_answers(form, now=NOW))
    def posted(drawn: dict[str, Any]) -> None:
        checked = form.check(drawn, now=NOW)
        assert checked.ok, (drawn, checked.errors)

    @SOME
    @given(invalid_answers(form, now=NOW))
    def invalid(fault: Fault) -> None:
        assert [(error.at, error.code) for error in form.check(fault.answers, now=NOW).errors] == [
            (fault.at, fault.code)
        ]

    canonical()
    posted()
    invalid()


FORMS = [*every_kind().forms.values(), *load_catalog(SCHEMAS).forms.values()]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_answers_to_the_forms_of_a_city(form: Form) -> None:
    hold_for(form)


def asked_in(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what follows from them, in rows too."""
    asked = {item.name: item for item in fields if item.kind.asks and item.name in answers}
    rows = {name: tuple(asked_in(item.row, row) for row in answers[name]) for name, item in asked.items() if item.row}
    return {name: answers[name] for name in asked} | rows


EVERYTHING = form_of(
    page(
        field("danger", "type: yes_no")
        + "call:\n  type: notice\n  stops: yes\n  text: Stop.\n  show_when: {danger: yes}\n"
        + field("ward", "type: choice\nchoices: [north, south, east]")
        + field("plate", "type: plate\nrequired: no")
        + field("wanted", "type: text\nshow_when: {plate: [ABC123]}")
        + field("when", "type: date\nmax: today")
        + field("late", "type: text\nshow_when: {when: {before: 90 days ago}}"),
        "first",
    ),
    page(
        field("how", "type: choice\nchoices:\n  plough:\n    label: Plough\n    show_when: {ward: north}\n  sand: Sand")
        + "score:\n  type: calculated\n  points:\n"
        + "    - {give: 2, when: {ward: north}}\n    - {give: 3, when: {how: sand}}\n"
        + field("why", "type: long_text\nshow_when: {score: {at_least: 5}}")
        + field("owner", "type: group\nfields:\n  name: {type: text, label: A}\n"
                "  mail: {type: email, required: no, label: B}")
        + field("service", "type: matrix\nrows: {speed: Speed, care: Care}\nscale: {bad: Bad, good: Good}")
        + field("wide", "type: integer\nmin: 1\nmax: 1000000")
        + field("long", "type: integer\nmin: 1\nmax: 1000000")
        + field(
            "dogs",
            "type: repeat\nrequired: no\nfields:\n  name: {type: text, label: Name, required: no}\n"
            "  ward: {type: choice, choices: [same, other], label: Ward}\n"
            "  tag: {type: integer, min: 1, label: Tag, show_when: {ward: other, danger: no}}",
        )
        + field("many", "type: text\nshow_when: {dogs: {some: {tag: {at_least: 100}}}}"),
        "second",
    ),
    rest="""\
    checks:
      - require: {any: [{owner.mail: answered}, {plate: answered}]}
        message: Give one.
        at: owner.mail
      - require: wide > long
        message: Wider.
        at: wide
    """,
)  # fmt: skip


def test_answers_to_a_form_with_everything() -> None:
    hold_for(EVERYTHING)


def test_answers_reach_every_question_and_faults_every_sort() -> None:
    shown: set[str] = set()
    codes: set[str] = set()

    @settings(max_examples=200, derandomize=True)
    @given(answers(EVERYTHING, now=NOW), invalid_answers(EVERYTHING, now=NOW))
    def collect(drawn: dict[str, Any], fault: Fault) -> None:
        shown.update(EVERYTHING.check(drawn, now=NOW).answers)
        codes.add(fault.code)

    collect()
    assert shown == {
        name for name, item in EVERYTHING.fields.items() if item.kind.name not in ("notice", "group", "matrix")
    }
    assert codes >= {"missing", "check", "choice"}
    assert len(codes) > 5


def test_a_kind_without_samples_says_so() -> None:
    form = one_field("type: text")
    bare = replace(form.fields["answer"].kind, samples=None)
    with pytest.raises(ValueError, match="the kind `text` has no `samples`"):
        samples_of(replace(form.fields["answer"], kind=bare))


def test_only_this_room_needs_hypothesis() -> None:
    script = "import sys; sys.modules['hypothesis'] = None; import formroute.forms"
    subprocess.run([sys.executable, "-c", script], check=True)
