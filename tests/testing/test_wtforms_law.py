"""For every kind: the WTForms class says what the judge says of what a browser posts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from werkzeug.datastructures import MultiDict

from formroute.forms import Form
from formroute.forms.widgets import widget_of
from formroute.records import Upload
from formroute.testing import Fault, invalid_answers, posted_answers
from tests.forms.kinds_asked import ASKED
from tests.forms.made import NOW, one_field
from tests.forms.test_wtforms import Kept, is_posted, posted_of

SOME = settings(max_examples=15)


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
        assert errors_of(filled) == {error.at: [error.say("en")] for error in form.check(fault.answers, now=NOW).errors}

    agree()


def sent(drawn: dict[str, Any], store: Kept) -> list[tuple[str, Any]]:
    """What a browser sends; of a file that was kept before, its token."""
    uploads = [upload for answer in drawn.values() if isinstance(answer, tuple | list) for upload in answer]
    store.files.update({upload.token: upload for upload in uploads if isinstance(upload, Upload)})
    return [pair for name, answer in drawn.items() for pair in posted_of(name, tokens(answer))]


def errors_of(filled: Any) -> dict[str, list[str]]:
    """What stands beside each box; for rows, as a FieldList tells it."""
    if not filled.answer.errors or isinstance(filled.answer.errors[0], str):
        return dict(filled.errors)
    rows = enumerate(filled.answer.errors)
    return {f"answer-{number}.{part}": told for number, row in rows for part, told in row.items()}


def tokens(answer: Any) -> Any:
    if isinstance(answer, tuple | list):
        return [one.token if isinstance(one, Upload) else one for one in answer]
    return "" if answer is None else answer


def can_be_posted(form: Form, fault: Fault) -> bool:
    """Whether a browser can send it: texts, and a list of them just where several can be ticked or chosen."""
    answer, asked = tokens(fault.answers.get("answer")), form.fields["answer"]
    if asked.row:
        return isinstance(answer, list | tuple) and all(map(row_can_be_posted, answer))
    several = widget_of(asked).many or asked.kind.name == "file"
    return is_posted(answer) and isinstance(answer, list) is several and fault.code != "file"


def row_can_be_posted(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(answer, str | int) for answer in row.values())
