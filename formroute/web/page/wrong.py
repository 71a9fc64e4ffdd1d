"""What is wrong, as a summary tells it: each sentence after the question, and the row, that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from formroute.forms import Field, FieldError, Form
from formroute.messages import join, say

_ENDS = ("?", "!", ".", ":", "…")


class Wrong(NamedTuple):
    """One error or warning: the box it leads to, the sentence beside that box, and the question it is about."""

    field: str
    text: str
    about: str

    @classmethod
    def of(cls, form: Form, error: FieldError, language: str) -> Wrong:
        """The error in the reader's language."""
        about = join(" – ", _names(form.fields[error.field], error, language))
        return cls(error.at, error.say(language), _before_a_sentence(about, language))


def _names(field: Field, error: FieldError, language: str) -> Iterator[str]:
    if error.row is None:
        yield from filter(None, [_label(field, language)])
        return
    yield field.title(error.row + 1, language)
    yield from (_label(inner, language) for inner in field.row if inner.name == error.part and inner.label)


def _label(field: Field, language: str) -> str:
    return field.label.inside(language) if field.label else ""


def _before_a_sentence(about: str, language: str) -> str:
    """With a colon, unless it is a sentence itself."""
    return say(language, "{title}:", title=about) if about and not about.endswith(_ENDS) else about
