"""For every kind: the JSON Schema takes what the judge takes or, where the kind says so, more, and never less."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from formroute.forms import KINDS, Form
from formroute.testing import Fault, answers, invalid_answers
from tests.forms.kinds_asked import ASKED
from tests.forms.made import NOW, one_field
from tests.forms.test_laws import JSON

SAME = [keys for keys in ASKED if not one_field(keys).fields["answer"].kind.wider]
SOME = settings(max_examples=15)


def validator(form: Form) -> jsonschema.Draft202012Validator:
    """As docs/reference/web.md says: with its format checker."""
    schema = form.json_schema("en")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("keys", ASKED)
def test_the_schema_takes_every_answer_that_the_judge_takes(keys: str) -> None:
    form = one_field(keys)
    schema = validator(form)

    @SOME
    @given(answers(form, now=NOW))
    def takes(drawn: dict[str, Any]) -> None:
        schema.validate(form.to_json(drawn))

    takes()


@pytest.mark.parametrize("keys", SAME)
def test_the_schema_of_a_kind_that_does_not_say_that_it_is_wider_takes_nothing_else(keys: str) -> None:
    form = one_field(keys)
    schema, read_as = validator(form), json_types(form)
    texts = st.text(alphabet="aR3 \r\n\t\x00\u00a0\x85\u2028\x1c-ſé", max_size=12)
    values = invalid_answers(form, now=NOW).map(given_to_answer) | texts | st.integers(-9, 300) | JSON

    @settings(max_examples=80)
    @given(values)
    def agree(value: Any) -> None:
        assume(not is_blank(value))  # no answer, which canonical answers leave out
        assume(read_as in (str, None) or not isinstance(value, str))  # what is typed into a box is not canonical
        raw = {"answer": value}
        assert schema.is_valid(raw) is form.check(raw, now=NOW).ok

    agree()


WIDER = [name for name, kind in KINDS.items() if kind.wider]


@pytest.mark.parametrize("name", WIDER)
def test_a_kind_that_says_that_its_schema_is_wider_has_answers_that_only_the_schema_takes(name: str) -> None:
    assert any(is_wider(one_field(keys)) for keys in ASKED if keys.splitlines()[0] == f"type: {name}")


def is_wider(form: Form) -> bool:
    schema = validator(form)
    passed: list[Fault] = []

    @settings(derandomize=True, phases=[Phase.generate])
    @given(invalid_answers(form, now=NOW))
    def look(fault: Fault) -> None:
        if not passed and schema.is_valid(form.to_json(fault.answers)):
            passed.append(fault)

    look()
    return bool(passed)


def json_types(form: Form) -> type | None:
    """What canonical answers are in JSON: texts, or something else."""
    seen: set[type] = set()

    @settings(max_examples=5, derandomize=True)
    @given(answers(form, now=NOW))
    def look(drawn: dict[str, Any]) -> None:
        seen.update(type(value) for value in form.to_json(drawn).values())

    look()
    return next(iter(seen), None)


def given_to_answer(fault: Fault) -> Any:
    return fault.answers.get("answer")


def is_blank(value: object) -> bool:
    return value in (None, [], ()) or (isinstance(value, str) and not value.strip())
