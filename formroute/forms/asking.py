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

    `missing` is the error without an answer, None where there need be none; `read` is None when nobody answers it;
    `sometimes` has the choices that are not always offered, `row` the questions of its rows.
    """

    field: Field
    missing: FieldError | None
    read: Reader | None
    sometimes: Sometimes
    row: Askings

    @classmethod
    def of(cls, field: Field) -> Asking:
        """What can be known of a field before anything is answered."""
        told = getattr(field.definition, "missing", field.kind.missing)
        missing = wrong(field, Refusal("missing", told)) if field.required else None
        read = field.kind.reader and field.kind.reader(field.definition)
        sometimes = tuple((choice, predicate(offered)) for choice, offered in field.offered.items())
        return cls(field, missing, read, sometimes, Askings.of(field.row))

    @property
    def step(self) -> Step:
        """The field as the judge walks over it."""
        read = None if self.sometimes else self.read
        return self.field.name, unless_always(self.field.visible), read, self


Step = tuple[str, Predicate | None, Reader | None, Asking]
"""The name of a field, when it shows where that is not always, and its reader where an answer is only to be read.

A tuple and nothing else: Python takes one apart three times as fast as one with names.
"""


class Askings(NamedTuple):
    """The fields of a page or of a row, in the order asked, the names of those that always show, and of groups."""

    steps: tuple[Step, ...]
    always: tuple[str, ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> Askings:
        """What can be known of the fields before anything is answered."""
        steps = tuple(Asking.of(field).step for field in fields)
        always = tuple(name for name, visible, _, _ in steps if visible is None)
        return cls(steps, always, tuple(name for name, *_, asking in steps if asking.field.kind.parts))

    @property
    def names(self) -> list[str]:
        """The fields' names."""
        return [name for name, *_ in self.steps]

    @property
    def calculated(self) -> list[str]:
        """The names of those that follow from others."""
        return [name for name, *_, asking in self.steps if asking.field.follows is not None]

    def after(self, name: str) -> set[str]:
        """The names of the fields after one of them."""
        names = self.names
        return set(names[names.index(name) + 1 :])


def author_calls(code: str) -> str:
    """What authors call an error: `required`, `range` or `invalid`."""
    return _AUTHORS.get(code, "invalid")


def wrong(field: Field, refusal: Refusal) -> FieldError:
    """The error beside a field, in the author's words where there are any."""
    words = field.errors.get(author_calls(refusal.code)) if field.errors else None
    if words is None:
        # As `FieldError(…)` makes it, in half the time.
        return tuple.__new__(FieldError, (field.name, refusal.code, refusal.message, refusal.values, None, ""))
    return FieldError(field.name, refusal.code, words)
