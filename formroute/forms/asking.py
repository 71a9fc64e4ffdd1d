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
        return cls(field.name, visible, read, sometimes, Rest(field, missing, Askings.of(field.row)))


class Rest(NamedTuple):
    """What few answers need of a field: the error without one, if it must have one, and the questions of its rows."""

    field: Field
    missing: FieldError | None
    row: Askings


class Askings(NamedTuple):
    """The fields of a page or of a row, in the order asked, and the names of those that always show."""

    fields: tuple[Asking, ...]
    always: tuple[str, ...]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> Askings:
        """What can be known of the fields before anything is answered."""
        asked = tuple(map(Asking.of, fields))
        return cls(asked, tuple(asking.name for asking in asked if asking.visible is None))

    def after(self, name: str) -> set[str]:
        """The names of the fields after one of them."""
        names = [asking.name for asking in self.fields]
        return set(names[names.index(name) + 1 :])


def wrong(field: Field, refusal: Refusal) -> FieldError:
    """The error beside a field, in the author's words where there are any."""
    words = field.errors.get(_AUTHORS.get(refusal.code, "invalid")) if field.errors else None
    if words is None:
        return FieldError(field.name, refusal.code, refusal.message, refusal.values)
    return FieldError(field.name, refusal.code, words)
