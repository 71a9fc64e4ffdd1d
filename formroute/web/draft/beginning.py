"""First answers: what an author wrote as `default`, and what a link brings for questions that allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formroute.conditions import fold
from formroute.forms import Field, Form
from formroute.web.draft.drafts import Draft
from formroute.web.draft.edits import Whole

_LONGEST = 500


def begin(form: Form, draft: Draft, query: Mapping[str, str]) -> Draft:
    """The draft with a first answer wherever there is one and none was given yet."""
    for name, answer in form.renames.carried(dict(_first_answers(form, query))).items():
        if name not in draft.raw:
            draft = draft.edited(name, Whole(answer, first=True))
    return draft


def carried(form: Form, query: Mapping[str, str]) -> dict[str, str]:
    """The part of a query that brings first answers."""
    allowed = {getattr(field.definition, "prefill", None) for field in form.fields.values()}
    return {name: value for name, value in query.items() if name in allowed and len(value) <= _LONGEST}


def _first_answers(form: Form, query: Mapping[str, str]) -> Any:
    brought = carried(form, query)
    for name, field in form.fields.items():
        default, prefill = (getattr(field.definition, key, None) for key in ("default", "prefill"))
        if prefill in brought:
            yield name, _meant(field, brought[prefill])
        elif default is not None:
            yield name, default
        elif field.row and field.definition.first_rows:
            yield name, [{}] * field.definition.first_rows


def _meant(field: Field, text: str) -> str:
    """The choice that has this label in some language; any other text as it is."""
    labels = getattr(field.definition, "labels", {})
    meant = (value for value, label in labels.items() if fold(text) in map(fold, label.translations.values()))
    return text if text in labels else str(next(meant, text))
