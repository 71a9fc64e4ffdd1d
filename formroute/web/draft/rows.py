"""Rows in a browser: read from what was posted, added and removed by a button, kept in the draft as a list."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formroute.forms import Checked, Field
from formroute.forms.renames import Renames
from formroute.forms.widgets import widget_of
from formroute.store import Store
from formroute.web.draft.edits import Edit, Rows, Typed
from formroute.web.draft.marks import BLANK, KEY, Marks, mark_of, rows_of
from formroute.web.draft.posting import Posted
from formroute.web.draft.uploads import receive

_ROW = re.compile(r"([a-z][a-z0-9_]*)-([0-9]{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowsOnPage:
    """The rows of a question that a page `called` so; `renames` are those of the questions in them.

    Files are read only with the `store` to keep them in.
    """

    posted: Posted
    field: Field
    called: str
    marks: Marks | None
    renames: Renames
    store: Store | None

    def edit(self, before: object, way: str) -> Rows:
        """What was typed in them, and the row that the button `way` adds or removes."""
        keys = dict(self._keys(before))
        verb, _, what = way.partition(":")
        found = _ROW.fullmatch(what)
        return Rows(
            {key: dict(self._row(f"{self.called}-{number}.")) for number, key in keys.items()},
            remove=keys.get(int(found[2])) if verb == "remove" and found and found[1] == self.called else None,
            add=secrets.token_hex(8) if verb == "add" and what == self.called else None,
            most=self.field.definition.max_items,
        )

    def _keys(self, before: object) -> Iterator[tuple[int, str]]:
        """The rows by their numbers on the page, each with its key."""
        kept = [row[KEY] for row in rows_of(before)]
        rows = (_ROW.fullmatch(row) for row in self.posted.texts.getlist("_row"))
        numbers = {int(row[2]) for row in rows if row is not None and row[1] == self.called}
        for number in sorted(numbers)[: self.field.definition.max_items + 1]:
            known = kept[number] if number < len(kept) else str(number)
            yield number, (self.marks or {}).get(f"{self.called}-{number}", known)

    def _row(self, start: str) -> Iterator[tuple[str, Edit]]:
        asked = set(self.posted.texts.getlist("_asked"))
        for inner in (inner for inner in self.field.row if inner.kind.asks):
            called = self.renames.called(inner.name, asked, start)
            if called is None:
                continue
            if inner.kind.widget != "file":
                yield inner.name, typed(self.renames, inner, start + called, self.posted, self.marks)
            elif self.store is not None:
                yield inner.name, receive(self.store, inner, self.posted, start + called, self.marks)


def typed(renames: Renames, field: Field, box: str, posted: Posted, marks: Marks | None) -> Typed:
    """What was posted in the box of a question, under the choices of today."""
    answer = posted.answer(box, many=widget_of(field).many)
    shown = None if marks is None else marks.get(box, BLANK)
    return Typed(renames.carried({field.name: answer})[field.name], shown, mark_of(answer))


def is_meant(field: Field, way: str) -> bool:
    """Whether a way such as `add:animals` or `remove:animals-2` is about the rows of this question."""
    verb, _, what = way.partition(":")
    found = _ROW.fullmatch(what)
    if verb == "add":
        return what == field.name
    return verb == "remove" and found is not None and found[1] == field.name


def cells_of(fields: Iterable[Field], checked: Checked) -> list[str]:
    """The boxes and notices that show in rows of these fields."""
    inside = {(field.name, inner.name) for field in fields for inner in field.row if inner.follows is None}
    return [name for name in checked.showing if _place(name) in inside]


def followed_in(fields: Iterable[Field], checked: Checked, language: str) -> dict[str, str]:
    """The values with a label that follow from answers in rows of these fields, in words, by their boxes."""
    told = {(field.name, inner.name): inner for field in fields for inner in field.row if inner.label}
    values = ((name, told.get(_place(name)), value) for name, value in checked.followed.items())
    return {name: inner.show(value, language) for name, inner, value in values if inner is not None}


def _place(box: str) -> tuple[str, str]:
    """The repeat and the question of a box in a row: `animals-0.kind` is `kind` of `animals`."""
    row, _, part = box.partition(".")
    return row.rpartition("-")[0], part
