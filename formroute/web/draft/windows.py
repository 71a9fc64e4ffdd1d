"""What is told where two windows on one draft changed the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from formroute.conditions import Moment
from formroute.forms import Field, FieldError, Form, answer_alone
from formroute.web.draft.edits import Other

OTHERWISE = "In another window you gave a different answer: “{answer}”. What is here now counts."
STILL_HERE = (
    "This was changed or removed in another window. It is still here: check it, and remove it if you do not want it."
)
CODE = "elsewhere"


def told(form: Form, others: Mapping[str, Sequence[Other]], now: datetime, language: str) -> Iterator[FieldError]:
    """A sentence beside each answer that another window changed too."""
    moment = Moment(now.astimezone(form.zone), {"form": form.id, "channel": "web", "language": language})
    for name, found in others.items():
        field = form.fields[name]
        yield from (_sentence(field, other, moment, language) for other in found)


def _sentence(field: Field, other: Other, moment: Moment, language: str) -> FieldError:
    if other.raw is None:
        return FieldError(field.name, CODE, STILL_HERE, {}, other.row, other.part)
    asked = next((inner for inner in field.row if inner.name == other.part), field)
    values = {"answer": _in_words(asked, other.raw, moment, language)}
    return FieldError(field.name, CODE, OTHERWISE, values, other.row, other.part)


def _in_words(field: Field, raw: object, moment: Moment, language: str) -> str:
    """An answer as a person reads it; one that the form refuses as it was typed."""
    answer = answer_alone(field, raw, moment)
    if answer is not None:
        return field.show(answer, language)
    match raw:
        case Mapping():
            return " ".join(str(part) for part in raw.values() if part)
        case list() | tuple():
            return "; ".join(map(str, raw))
    return str(raw)
