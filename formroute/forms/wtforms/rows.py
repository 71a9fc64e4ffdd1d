"""Rows of questions as one WTForms field: what a FieldList of FormFields is, with the judge counting and deciding.

A FieldList fails on a key such as `items-²`, and cuts what is over its `max_entries` without a word (WTForms 3.3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import wtforms
from markupsafe import Markup
from wtforms.utils import unset_value

from formroute.conditions import ALWAYS
from formroute.forms import field as forms
from formroute.forms.checked import cell
from formroute.forms.wtforms.attributes import attribute
from formroute.forms.wtforms.fields import AnswerField, field_of, texts_of
from formroute.forms.wtforms.files import Uploads
from formroute.records import Upload, to_json


class RowForm(wtforms.Form):
    """The questions of one row; `shown` are those that show, and `attributes` finds each by its name."""

    attributes: ClassVar[Mapping[str, str]]
    shown: Sequence[wtforms.Field] = ()

    def box(self, part: str) -> Any:
        """The field of a question."""
        return self[self.attributes[part]]

    @property
    def given(self) -> dict[str, Any]:
        """What was typed, for the judge."""
        return {part: self.box(part).given for part in self.attributes}

    @property
    def parts_shown(self) -> list[str]:
        """The names of the questions that show."""
        return [part for part in self.attributes if self.box(part) in self.shown]


class RowsField(AnswerField):
    """Rows, each a `RowForm` in `entries`; `data` is what the judge made of all of them, or None."""

    given: list[Any]
    entries: list[RowForm]

    def __init__(self, *args: Any, row: type[RowForm], asked: forms.Field, each: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.definition, self.each = row, asked.definition, each
        self.always = [part.name for part in asked.row if part.kind.asks and part.visible is ALWAYS]

    def __iter__(self) -> Iterator[RowForm]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the rows that were posted, or else those of before, or else as many blank ones as are begun with."""
        super().process(formdata, data, extra_filters)
        self._draw(self.given or [{} for _ in range(self.definition.first_rows)])

    def process_data(self, value: Any) -> None:
        """Rows from before."""
        self.data = value
        rows = value if isinstance(value, list | tuple) else ()
        self.given = [dict(_as_given(row)) for row in rows if isinstance(row, Mapping)]

    def read(self, formdata: Any) -> list[Any]:
        """What was posted under `animals-0.kind`; of more rows than are taken, one, so that the judge says so."""
        named = re.compile(rf"{re.escape(self.name)}-([0-9]{{1,3}})\.", re.ASCII)
        found = (named.match(key) for key in formdata if isinstance(key, str))
        numbers = sorted({int(each[1]) for each in found if each})[: self.definition.max_items + 1]
        return [self.row(formdata, prefix=f"{self.name}-{number}.").given for number in numbers]

    @property
    def for_judge(self) -> list[dict[str, Any]]:
        """What goes to the judge: files that were refused are taken out of their rows."""
        return [row.given for row in self.entries]

    def append_entry(self) -> None:
        """A blank row at the end, unless there are as many as are taken."""
        if len(self.entries) < self.definition.max_items:
            self._redraw([*self._drawn(), ({}, self.always)])

    def pop_entry(self, number: int) -> None:
        """Without the row of this number, counted from 0."""
        self._redraw([row for at, row in enumerate(self._drawn()) if at != number])

    def box(self, number: int, part: str) -> Any:
        """The field of a question in a row."""
        return self.entries[number].box(part)

    def show(self, showing: Collection[str]) -> None:
        """Remember which questions show in each row."""
        for number, row in enumerate(self.entries):
            parts = (part for part in row.attributes if cell(self.short_name, number, part) in showing)
            row.shown = [row.box(part) for part in parts]

    def pre_validate(self, _form: Any) -> None:
        """Forget the mistakes of before."""
        for row in self.entries:
            for field in row:
                field.errors = []

    def gather(self) -> None:
        """The mistakes in the rows, a mapping for each row, as a FieldList tells them; those of the whole go before."""
        inside: Any = [row.errors for row in self.entries]
        self.errors = self.errors or (inside if any(inside) else [])

    def widget(self, field: RowsField, **kwargs: Any) -> Markup:
        """A fieldset for each row, with the questions that show in it and what is wrong with each."""
        drawn = (
            Markup("<fieldset><legend>{} {}</legend>{}</fieldset>").format(self.each, number, _boxes(row, kwargs))
            for number, row in enumerate(field.entries, 1)
        )
        return Markup("\n").join(drawn)

    def _drawn(self) -> list[tuple[dict[str, Any], list[str]]]:
        """What stands in each row, and which questions show there."""
        return [(row.given, row.parts_shown) for row in self.entries]

    def _redraw(self, rows: list[tuple[dict[str, Any], list[str]]]) -> None:
        self._draw([given for given, _ in rows])
        for row, (_, shown) in zip(self.entries, rows, strict=True):
            row.shown = [row.box(part) for part in shown]

    def _draw(self, rows: list[dict[str, Any]]) -> None:
        self.given = rows
        self.entries = [self._entry(number, row) for number, row in enumerate(rows)]

    def _entry(self, number: int, raw: Mapping[str, Any]) -> RowForm:
        row = self.row(prefix=f"{self.name}-{number}.")
        row.shown = [row.box(part) for part in self.always]
        for part in row.attributes:
            row.box(part).given = raw.get(part, row.box(part).given)
        return row


def _as_given(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The answers of a row as JSON, uploads as they are."""
    for part, answer in row.items():
        files = isinstance(answer, list | tuple) and any(isinstance(one, Upload) for one in answer)
        yield part, list(answer) if files else to_json(answer)


def _boxes(row: RowForm, more: Mapping[str, Any]) -> Markup:
    boxes = (
        Markup("<div>{}{}{}</div>").format(field.label(), field(**more), Markup("").join(_mistakes(field)))
        for field in row.shown
    )
    return Markup("").join(boxes)


def _mistakes(field: wtforms.Field) -> Iterator[Markup]:
    return (Markup("<p>{}</p>").format(error) for error in field.errors)


def rows_of(asked: forms.Field, language: str, uploads: Uploads | None) -> Any:
    """The unbound field of a repeat."""
    row = type(asked.name, (RowForm,), {"__doc__": RowForm.__doc__})
    attributes: dict[str, str] = {}
    for part in (part for part in asked.row if part.kind.asks):
        name = attributes[part.name] = attribute(row, attributes.values(), part.name)
        setattr(row, name, field_of(part, language, uploads, always=False))
    row.attributes = attributes  # type: ignore[attr-defined]
    texts = texts_of(asked, language)
    each = asked.definition.each.inside(language) if asked.definition.each else texts["label"]
    return RowsField(**texts, row=row, asked=asked, each=each)
