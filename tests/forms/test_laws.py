"""What holds for every form and every answer, shown on generated input."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.numbers import times
from tests.forms.made import NOW, field, form_of, page
from tests.forms.test_judge import POTHOLE

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.sampled_from(
        ["yes", "no", "road", "lane", "12", "1_0", "2026-03-09", "\ud800", "٣", "sNaN", "a@b.ca", "\n", "1e9"]
    )
)
RAW = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)
JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)
EVERY_KIND = form_of(
    page(
        "".join(
            field(f"f_{kind}", f"type: {kind}{more}\nrequired: no")
            for kind, more in {
                "text": "", "long_text": "", "address": "", "integer": "\nmin: 1\nmax: 9", "number": "", "yes_no": "",
                "choice": "\nchoices: [road, lane]", "choices": "\nchoices: [road, lane]", "date": "\nmax: today",
                "time": "", "money": "", "url": "", "declaration": "", "date_time": "",
                "rating": "\nlowest: bad\nhighest: good", "email": "",
                "phone": "", "postal_code": "", "plate": "", "location": "", "file": "",
            }.items()
        )
    )
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(list(EVERY_KIND.fields)) | st.text(), RAW))
def test_the_judge_never_raises_and_reads_its_own_answers_back(raw: dict[str, Any]) -> None:
    checked = EVERY_KIND.check(raw, now=NOW)
    assert not checked.answers.keys() & {error.field for error in checked.errors}
    again = EVERY_KIND.check(json.loads(json.dumps(EVERY_KIND.to_json(checked.answers))), now=NOW)
    assert again.answers == checked.answers
    assert again.errors == ()


@pytest.mark.parametrize("blank", [None, "", " ", "\t\r\n", "\x1c\x85", "\u00a0\u2028\u3000", [], ()])
def test_blanks_alone_are_no_answer_of_any_kind(blank: Any) -> None:
    checked = EVERY_KIND.check(dict.fromkeys(EVERY_KIND.fields, blank), now=NOW)
    assert (checked.answers, checked.errors) == ({}, ())


def test_a_judgement_cannot_be_changed() -> None:
    checked = POTHOLE.check({}, now=NOW)
    for record, name in ((checked, "errors"), (checked.errors[0], "code")):
        with pytest.raises(AttributeError):
            setattr(record, name, ())


PLAIN = {"danger": "no", "surface": "sidewalk", "phone": "204-555-0123"}


@settings(max_examples=times(100, 10_000))
@given(RAW, RAW, st.text(), RAW)
def test_junk_in_hidden_calculated_and_unknown_fields_changes_nothing(
    depth: Any, lights: Any, unknown: str, junk: Any
) -> None:
    raw = {unknown: junk, **PLAIN, "depth": depth, "lights": lights, "call_911": junk, "careful": junk}
    assert POTHOLE.check(raw, now=NOW) == POTHOLE.check(PLAIN, now=NOW)


@given(st.sampled_from(["road", "lane"]), st.integers(1, 99), RAW)
def test_showing_a_question_again_brings_back_what_was_typed(surface: str, depth: int, junk: Any) -> None:
    typed = {**PLAIN, "surface": surface, "depth": depth}
    hidden = POTHOLE.check({**typed, "surface": "sidewalk"}, now=NOW)
    shown = POTHOLE.check(typed, now=NOW)
    assert "depth" not in hidden.answers
    assert shown.answers["depth"] == depth


@given(st.permutations([*PLAIN.items(), ("depth", "12"), ("lights", "yes")]))
def test_the_order_in_which_answers_are_posted_changes_nothing(items: list[tuple[str, str]]) -> None:
    assert POTHOLE.check(dict(items), now=NOW) == POTHOLE.check(dict(sorted(items)), now=NOW)


@given(st.dictionaries(st.sampled_from(list(EVERY_KIND.fields)), RAW))
def test_every_schema_accepts_the_answers_that_the_judge_gives(raw: dict[str, Any]) -> None:
    checked = EVERY_KIND.check(raw, now=NOW)
    jsonschema.Draft202012Validator(EVERY_KIND.json_schema("fr")).validate(EVERY_KIND.to_json(checked.answers))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_schema_is_itself_valid(language: str) -> None:
    for form in (EVERY_KIND, POTHOLE):
        jsonschema.Draft202012Validator.check_schema(form.json_schema(language))
