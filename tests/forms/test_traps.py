"""What pydantic, WTForms and jsonschema take, cut or trip over, each beside what the judge says of the same answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import jsonschema
import pydantic
import pytest
import wtforms
from pydantic import TypeAdapter
from pydantic_core import SchemaError
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, FieldList, IntegerField, StringField
from wtforms.validators import NumberRange, Regexp

from formroute.forms import Form
from tests.forms.made import check, compiled, field, form_of, one_field, page
from tests.forms.test_wtforms import opened

PLATE = one_field("type: text\npattern: '[A-Z]{3}'")
TWO_AT_MOST = form_of(
    page(field("items", "type: repeat\nmax_items: 2\nfields:\n  name:\n    type: text\n    label: Name"))
)


def peer(asked: Any, *posted: tuple[str, str]) -> wtforms.Form:
    """A form that asks one question as WTForms alone would, under the name that was posted."""
    name = posted[0][0].partition("-")[0]
    return type("Peer", (wtforms.Form,), {name: asked})(MultiDict(posted))


def refused(form: Form, answer: object) -> bool:
    return not check(form, answer=answer).ok and not opened(form, [("answer", answer)]).validate()


def test_pydantic_reads_seconds_since_1970_as_a_day() -> None:
    assert TypeAdapter(date).validate_python("1772928000") == date(2026, 3, 8)
    assert refused(one_field("type: date"), "1772928000")


@pytest.mark.parametrize(("written", "integer"), [("3.0", 3), ("1_000", 1000)])
def test_pydantic_reads_as_an_integer_what_nobody_would_write_as_one(written: str, integer: int) -> None:
    assert TypeAdapter(int).validate_python(written) == integer
    assert refused(one_field("type: integer"), written)


def test_pydantic_faults_what_need_not_be_answered_and_is_empty() -> None:
    with pytest.raises(pydantic.ValidationError):
        TypeAdapter(int | None).validate_python("")
    assert check(one_field("type: integer\nrequired: no"), answer="").ok


def test_pydantic_trips_over_a_pattern_that_looks_ahead_and_an_author_is_told_where_it_stands() -> None:
    with pytest.raises(SchemaError, match="look-around"):
        TypeAdapter(Annotated[str, pydantic.Field(pattern="(?=A)[A-Z]{3}")])
    _, problems = compiled(page(field("plate", "type: text\npattern: '(?=A)[A-Z]{3}'")))
    assert [problem.code for problem in problems if problem.severity == "error"] == ["C313"]


@pytest.mark.parametrize("written", ["1_000", "١٢٣"])
def test_wtforms_reads_as_an_integer_what_python_does(written: str) -> None:
    assert peer(IntegerField(), ("answer", written)).validate()
    assert refused(one_field("type: integer"), written)


def test_wtforms_trips_over_a_number_that_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="signaling NaN"):
        peer(DecimalField(validators=[NumberRange(max=5)]), ("answer", "sNaN")).validate()
    assert refused(one_field("type: number\nmax: 5"), "sNaN")


def test_wtforms_trips_over_a_row_that_has_no_number() -> None:
    with pytest.raises(ValueError, match="²"):
        peer(FieldList(StringField()), ("items-²", "x"))
    assert opened(TWO_AT_MOST, [("items-²", "x"), ("items-².name", "x"), ("items-0.name", "tap")]).validate()


def test_wtforms_drops_the_rows_that_are_too_many_without_a_word() -> None:
    posted = [(f"items-{number}", "tap") for number in range(3)]
    cut = peer(FieldList(StringField(), max_entries=2), *posted)
    assert cut.validate()
    assert cut["items"].data == ["tap", "tap"]
    kept = opened(TWO_AT_MOST, [(f"items-{number}.name", "tap") for number in range(3)])
    assert not kept.validate()
    assert len(kept["items"].given) == 3


def test_a_dollar_lets_a_line_end_pass_in_wtforms_and_jsonschema() -> None:
    assert peer(StringField(validators=[Regexp("^[A-Z]{3}$")]), ("answer", "ABC\n")).validate()
    jsonschema.validate("ABC\n", {"pattern": "^[A-Z]{3}$"})
    schema = PLATE.json_schema("en")
    assert check(PLATE, answer="ABC\n").answers == {"answer": "ABC"}, "blanks around an answer are no part of it"
    assert refused(PLATE, "ABC\nD")
    assert not jsonschema.Draft202012Validator(schema).is_valid({"answer": "ABC\nD"})
