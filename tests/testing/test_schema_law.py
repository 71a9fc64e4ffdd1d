"""For every kind: the JSON Schema takes what the judge takes or, where the kind says so, more, and never less."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from formroute.catalog import load_catalog
from formroute.forms import KINDS, Form, cell
from formroute.testing import Fault, answers, invalid_answers
from tests.every_kind.samples import every_kind
from tests.forms.kinds_asked import ASKED
from tests.forms.made import NOW, compiled, field, one_field, page
from tests.forms.test_laws import JSON
from tests.testing.test_answers import EVERYTHING, SCHEMAS

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
        checked = form.check(raw, now=NOW)
        if not form.fields["answer"].row or form.to_json(checked.answers) == raw:  # else with rows that do not count
            assert schema.is_valid(raw) is checked.ok
        elif schema.is_valid(raw):
            assert checked.ok

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


def is_exact(form: Form) -> bool:
    """Whether nothing in its schema is wider than the judge."""
    kinds = [item.kind for asked in form.fields.values() for item in (asked, *asked.row)]
    return "$comment" not in json.dumps(form.json_schema()) and not any(kind.wider for kind in kinds)


CITIES = [*every_kind().forms.values(), *load_catalog(SCHEMAS).forms.values(), EVERYTHING]


@pytest.mark.parametrize("form", CITIES, ids=lambda form: form.id)
def test_the_schema_of_a_whole_form_takes_its_answers_and_refuses_its_faults_unless_it_says_why(form: Form) -> None:
    schema = validator(form)
    told = json.dumps(form.json_schema())

    @SOME
    @given(answers(form, now=NOW))
    def takes(drawn: dict[str, Any]) -> None:
        schema.validate(form.to_json(drawn))

    @SOME
    @given(invalid_answers(form, now=NOW))
    def refuses(fault: Fault) -> None:
        asked = form.fields[fault.at.partition("-")[0]]
        parts = {cell(asked.name, 0, part.name).partition(".")[2]: part.kind for part in asked.row}
        kind = parts.get(fault.at.partition(".")[2], asked.kind) if asked.row else asked.kind
        if not kind.wider and "$comment" not in told:
            left_out = {name: answer for name, answer in fault.answers.items() if not is_blank(answer)}
            assert not schema.is_valid(form.to_json(left_out)), fault

    takes()
    refuses()


# Conditions on a choice, a yes or no, a whole number, ticks and rows, as authors write them
TESTS = [
    "c: a", "c: [a, b]", "c: {not: [a]}", "c: blank", "c: answered", "f: yes", "f: {not: [yes]}", "n: 2", "n: 2..4",
    "n: {at_least: 3}", "n: {less_than: 3}", "n: {not: [2]}", "n: blank", "t: {includes: x}", "t: blank",
    "t: {includes_all: [x, y]}", "t: {includes_none: [z]}", "r: {some: {k: a}}", "r: {every: {k: [a, b]}}",
    "r: {not: {some: {k: a}}}", "r: {count: {at_least: 2}}", "r: blank", "w: north", "w: blank",
]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(TESTS).map(lambda test: f"{{{test}}}"),
    lambda inner: st.builds(
        "{{{}: [{}]}}".format,
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3).map(", ".join),
    ),
    max_leaves=4,
)
ASKS = {
    "c": "type: choice\nchoices: [a, b, c]",
    "f": "type: yes_no",
    "n": "type: integer\nmin: 1\nmax: 5",
    "t": "type: choices\nchoices: [x, y, z]",
    "r": "type: repeat\nmax_items: 3\nfields:\n  k: {type: choice, choices: [a, b], label: K}\n"
    "  m: {type: yes_no, label: M, show_when: {k: a}, required: no}",
}
VALUES = {
    "c": st.sampled_from(["a", "b", "c"]),
    "f": st.booleans(),
    "n": st.integers(1, 5),
    "t": st.sampled_from([["x"], ["y"], ["x", "y"], ["z"], ["x", "y", "z"]]),
    "r": st.lists(st.sampled_from([{"k": "a"}, {"k": "a", "m": True}, {"k": "b"}]), min_size=1, max_size=3),
    "g": st.booleans(),
    "h": st.sampled_from(["a", "b"]),
}
WARD = "w:\n  type: calculated\n  lookup: {from: wards.csv, match: {choice: c}, take: ward}\n"


@st.composite
def sources(draw: Any) -> tuple[str, str]:
    """The pages and the rest of forms whose conditions JSON Schema can tell."""
    needed = {name: "" if draw(st.booleans()) else "\nrequired: no" for name in (*ASKS, "g", "h")}
    asked = "".join(field(name, keys + needed[name]) for name, keys in ASKS.items())
    shown = [draw(TREES) for _ in range(3)]
    later = field("g", f"type: yes_no\nshow_when: {shown[0]}{needed['g']}") + field(
        "h", f"type: choice\nchoices:\n  a: {{label: A, show_when: {shown[1]}}}\n  b: B{needed['h']}"
    )
    stop = f"s:\n  type: notice\n  stops: yes\n  text: Stop.\n  show_when: {{all: [{{g: yes}}, {shown[2]}]}}\n"
    check = f"checks:\n  - require: {draw(TREES)}\n    message: No.\n    at: {draw(st.sampled_from(['c', 'g', 'h']))}\n"
    return page(asked + WARD, "first") + page(later + stop, "second"), check


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wards")
    (made / "wards.csv").write_text("choice,ward\na,north\nb,south\nc,\n", "utf-8")
    return made


def test_visibility_offers_and_checks_are_said_exactly(folder: Path) -> None:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(sources(), st.lists(st.fixed_dictionaries({}, optional=VALUES), min_size=20, max_size=20))
    def agree(source: tuple[str, str], documents: list[dict[str, Any]]) -> None:
        form, _ = compiled(source[0], rest=source[1], folder=folder)
        assume(form is not None)
        assert form is not None
        assert is_exact(form)
        schema = validator(form)
        for document in documents:
            checked = form.check(document, now=NOW)
            asked = {name: answer for name, answer in checked.answers.items() if form.fields[name].kind.asks}
            canonical = form.to_json(asked) == document
            assert schema.is_valid(document) is (checked.ok and canonical), (document, schema.schema)

    agree()
