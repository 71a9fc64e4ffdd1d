"""What is read of a question: its label, the text of a notice, and its choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from formroute.definitions import Text
from formroute.forms import Field
from formroute.review.rewording import quoted

Fields = Mapping[str, Field]


def said_of(field: Field) -> str:
    """What names a question in a sentence: its text or, where it has none, its sort."""
    text = text_of(field)
    return quoted(text.inside(next(iter(text.languages), ""))) if text else field.kind.name


def text_of(field: Field) -> Text | None:
    """What is read of a field: its label, or the text of a notice."""
    text = field.label or getattr(field.definition, "text", None)
    return text if isinstance(text, Text) else None


def choices_of(field: Field) -> Mapping[str, Text]:
    """What can be chosen, with its labels."""
    labels = getattr(field.definition, "labels", None)
    return {str(value): text for value, text in labels.items()} if isinstance(labels, Mapping) else {}


def inside(text: Text) -> str:
    """A text in its first language."""
    return text.inside(next(iter(text.languages), ""))


def by_name(fields: Iterable[Field]) -> Fields:
    """Questions, such as those in rows, by their names."""
    return {field.name: field for field in fields}
