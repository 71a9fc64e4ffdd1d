"""What a resident could answer by mistake, as a test has it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from formroute.conditions import Moment
from formroute.forms import Field, Form
from formroute.forms.asking import author_calls
from formroute.forms.judge import refusal_of
from formroute.forms.trial import posted

_USUAL = ("?", "no", "0", "-1", "1900-01-01", "2999-12-31", "00:00", "23:59")
_FAR = ("1900-01-01 12:00", "2999-12-31 12:00", "0002-01-01", "9998-12-31", "0002-01-01 12:00", "9998-12-31 12:00")


def wrong_answers(form: Form, field: Field, sort: str, moment: Moment) -> Iterator[object]:
    """Answers to a field that are refused as `sort`, a key of its `errors`; none where nothing can be refused so."""
    if sort == "required":
        yield [] if field.kind.repeats or field.kind.widget == "file" else ""
    elif field.kind.repeats:
        yield from [[{}] * (field.definition.max_items + 1)] if sort == "invalid" else []
    else:
        for answer in _mistakes(field):
            raw = posted(form, {field.name: answer})[field.name]
            refusal = refusal_of(field.name, field.kind, field.definition, raw, moment)
            if refusal is not None and author_calls(refusal.code) == sort:
                yield answer


def _mistakes(field: Field) -> Iterator[object]:
    """Something of another sort, what lies out of bounds, and more than is taken."""
    yield from _USUAL
    for bound, step in (("min", -1), ("max", 1)):
        limit = getattr(field.definition, bound, None)
        if isinstance(limit, int | Decimal):
            yield str(limit + step)
    yield from _FAR
    yield "x" * (getattr(field.definition, "max_length", 0) + 1)
    yield [f"{number}.jpg" for number in range(getattr(field.definition, "max_files", 0) + 1)]
