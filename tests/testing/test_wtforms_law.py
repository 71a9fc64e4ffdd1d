"""For every kind: the WTForms class says what the judge says of what a browser posts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from werkzeug.datastructures import MultiDict

from formroute.forms import Field, Form
from formroute.forms.widgets import widget_of
from formroute.records import Upload
from formroute.testing import Fault, invalid_answers, posted_answers
from tests.forms.kinds_asked import ASKED
from tests.forms.made import NOW, one_field
from tests.forms.test_wtforms import Kept, is_posted, posted_of

SOME = settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])  # many faults cannot be posted


@pytest.mark.parametrize("keys", ASKED)
def test_the_class_takes_what_the_judge_takes(keys: str) -> None:
    form = one_field(keys)
    store = Kept()
    made = form.wtforms_class(uploads=store, clock=lambda: NOW)

    @SOME
    @given(posted_answers(form, now=NOW))
    def agree(drawn: dict[str, Any]) -> None:
        filled = made(MultiDict(sent(drawn, store)))
        assert filled.validate(), filled.errors
        assert filled.data == {"answer": form.check(drawn, now=NOW).answers.get("answer")}

    agree()


@pytest.mark.parametrize("keys", ASKED)
def test_the_class_refuses_what_the_judge_refuses_in_the_same_words(keys: str) -> None:
    form = one_field(keys)
    store = Kept()
    made = form.wtforms_class(uploads=store, clock=lambda: NOW)

    @SOME
    @given(invalid_answers(form, now=NOW).filter(lambda fault: can_be_posted(form, fault)))
    def agree(fault: Fault) -> None:
        filled = made(MultiDict(sent(fault.answers, store)))
        assert not filled.validate()
        errors = form.check(fault.answers, now=NOW).errors
        assert errors_of(filled) == {attribute_of(error.at): [error.say("en")] for error in errors}

    agree()


def sent(drawn: dict[str, Any], store: Kept) -> list[tuple[str, Any]]:
    """What a browser sends; of a file that was kept before, its token."""
    store.files.update({upload.token: upload for upload in uploads(drawn)})
    return [pair for name, answer in drawn.items() for pair in posted_of(name, tokens(answer))]


def uploads(drawn: Any) -> Iterator[Upload]:
    if isinstance(drawn, Upload):
        yield drawn
    for part in drawn.values() if isinstance(drawn, dict) else drawn if isinstance(drawn, tuple | list) else ():
        yield from uploads(part)


def attribute_of(box: str) -> str:
    """A box by the attribute of its question: the point of a group in a row is `_`."""
    row, point, part = box.partition(".")
    return row + point + part.replace(".", "_")


def errors_of(filled: Any) -> dict[str, list[str]]:
    """What stands beside each box; for rows, as a FieldList tells it."""
    if not filled.answer.errors or isinstance(filled.answer.errors[0], str):
        return dict(filled.errors)
    rows = enumerate(filled.answer.errors)
    return {f"answer-{number}.{part}": told for number, row in rows for part, told in row.items()}


def tokens(answer: Any) -> Any:
    if isinstance(answer, tuple | list):
        return [tokens(one) for one in answer]
    if isinstance(answer, dict):
        return {part: tokens(one) for part, one in answer.items()}
    if isinstance(answer, Upload):
        return answer.token
    return "" if answer is None else answer


def can_be_posted(form: Form, fault: Fault) -> bool:
    """Whether a browser can send it: texts, and a list of them just where several can be ticked or chosen."""
    answer, asked = tokens(fault.answers.get("answer")), form.fields["answer"]
    if asked.row:
        parts = {part.name: part for part in asked.row}
        return (
            isinstance(answer, list)
            and all(isinstance(row, dict) for row in answer)
            and all(fits(parts[part], one) for row in answer for part, one in row.items())
            and fault.code != "file"
        )
    return fits(asked, answer) and fault.code != "file"


def fits(asked: Field, answer: Any) -> bool:
    several = widget_of(asked).many or asked.kind.name == "file"
    return is_posted(answer) and isinstance(answer, list) is several
