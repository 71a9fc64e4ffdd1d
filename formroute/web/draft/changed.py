"""What a resident is told whose form was edited while they were filling it in."""

from __future__ import annotations

from formroute.forms import Checked, Form
from formroute.messages import join, say
from formroute.web.draft.drafts import Draft
from formroute.web.draft.screens import holding


def changed(form: Form, draft: Draft, checked: Checked, language: str) -> str:
    """One sentence; it names the questions that were dealt with and now want another answer."""
    labels = [
        form.fields[error.field].label
        for error in checked.errors
        if draft.raw.get(error.field) or holding(form, {error.field}) in draft.visited
    ]
    if not labels:
        return say(language, "This form was changed since you began it. Your answers still fit.")
    named = join(" · ", (label.inside(language) for label in labels if label))
    return say(language, "This form was changed since you began it. Please look again at: {questions}", questions=named)
