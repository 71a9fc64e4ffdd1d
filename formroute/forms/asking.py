"""A question as the judge meets it: all that the answers do not change is settled beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from formroute.conditions import Predicate, predicate, unless_always
from formroute.forms.checked import FieldError
from formroute.forms.field import Field
from formroute.forms.kinds import Reader, Refusal

# Our codes -> what authors call them in `errors`; every other one is `invalid`.
_AUTHORS = {"missing": "required", "range": "range"}
Sometimes = tuple[tuple[str, Predicate], ...]


class Asking(NamedTuple):
    """One field of a page or of a row.

    `visible` is None when it always shows, `read` when nobody answers it; `sometimes` has the choices that are not
    always offered.
    """

    name: str
    visible: Predicate | None
    read: Reader | None
    sometimes: Sometimes
    rest: Rest

    @classmethod
    def of(cls, field: Field) -> Asking:
        """What can be known of a field before anything is answered."""
        visible = unless_always(field.visible)
        read = field.kind.reader and field.kind.reader(field.definition)
        sometimes = tuple((choice, predicate(offered)) for choice, offered in field.offered.items())
        missing = wrong(field, Refusal("missing", field.kind.missing)) if field.required else None
        return cls(field.name, visible, read, sometimes, Rest(field, missing, askings(field.row)))


class Rest(NamedTuple):
    """What few answers need of a field: the error without one, if it must have one, and the questions of its rows."""

    field: Field
    missing: FieldError | None
    row: tuple[Asking, ...]


def askings(fields: Iterable[Field]) -> tuple[Asking, ...]:
    """The fields in the order asked."""
    return tuple(map(Asking.of, fields))


def wrong(field: Field, refusal: Refusal) -> FieldError:
    """The error beside a field, in the author's words where there are any."""
    words = field.errors.get(_AUTHORS.get(refusal.code, "invalid")) if field.errors else None
    if words is None:
        return FieldError(field.name, refusal.code, refusal.message, refusal.values)
    return FieldError(field.name, refusal.code, words)
