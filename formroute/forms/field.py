"""The parts of a compiled form: fields, the pages they stand on, and checks across them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from formroute.conditions import ALWAYS, Condition, Follows
from formroute.definitions import Place, Text
from formroute.forms.kinds import Kind
from formroute.forms.told import Said, ToldRow, as_text
from formroute.forms.written_fields import WrittenField
from formroute.messages import join, say

_SHARED = frozenset({"label", "hint", "required", "private", "stops", "errors"})


@dataclass(frozen=True, slots=True)
class Field:
    """One question, notice or calculated value; `definition` holds what its author wrote, complete.

    `label` is None for a notice and for a value that is not shown, `private` means that the answer is
    personal and stays out of public output and logs, `stops` marks a notice that ends the form, `follows` is
    what a calculated value comes from, `place` is where it was written. `offered` says when a choice is offered,
    where that is not always. `errors` holds the author's own texts under `required`, `range` and `invalid`, `short`
    the label that stands within its group, `row` the questions of one row of a repeat.
    """

    name: str
    kind: Kind
    definition: Any
    label: Text | None = None
    hint: Text | None = None
    required: bool = False
    private: bool = False
    stops: bool = False
    visible: Condition = ALWAYS
    follows: Follows | None = None
    offered: Mapping[str, Condition] = field(default_factory=dict)
    errors: Mapping[str, Text] = field(default_factory=dict)
    short: Text | None = None
    row: tuple[Field, ...] = ()
    place: Place = field(kw_only=True, compare=False, repr=False)

    @classmethod
    def of(
        cls, written: WrittenField, visible: Condition, follows: Follows | None, offered: Mapping[str, Condition]
    ) -> Self:
        """The field that was read; a key that its kind does not know is at its default."""
        said = vars(written.definition)
        keys = {key: said[key] for key in _SHARED if key in said}
        if not written.kind.asks:
            keys.pop("required", None)
        return cls(
            written.name,
            written.kind,
            written.definition,
            visible=visible,
            follows=follows,
            offered=offered,
            place=written.place,
            **keys,
        )

    def inside(self, group: Text) -> Self:
        """The same as a part of a group, with the group's label before its own."""
        own = self.label or group
        languages = dict.fromkeys((*own.languages, *group.languages))
        label = Text({each: join(" – ", (group.inside(each), own.inside(each))) for each in languages})
        return replace(self, label=label, short=self.label)

    def show(self, value: object, language: str) -> str:
        """A canonical answer as a person reads it."""
        if self.row and isinstance(value, tuple):
            return as_text(self.told(value, language), language)
        return self.kind.show(self.definition, value, language)

    def told(self, rows: object, language: str) -> tuple[ToldRow, ...]:
        """The rows of a repeat as a person reads them; none where there are none."""
        answers = rows if self.row and isinstance(rows, tuple) else ()
        return tuple(
            ToldRow(self.title(number, language), tuple(self._said(row, language)))
            for number, row in enumerate(answers, 1)
        )

    def title(self, number: int, language: str) -> str:
        """What a row is called; they are counted from 1."""
        called: Text = self.definition.each or self.definition.label
        return say(language, "{label} {number}", label=called.inside(language), number=number)

    def _said(self, row: Mapping[str, object], language: str) -> Iterator[Said]:
        for item in self.row:
            if item.name in row and item.label:
                value = row[item.name]
                yield Said(item.name, item.label.inside(language), item.show(value, language), value)


@dataclass(frozen=True, slots=True)
class Page:
    """Fields that are asked together."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    visible: Condition = ALWAYS
    place: Place = field(kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold across answers; the message stands beside the field `at`.

    `warning` is the code of a check that a resident may pass all the same; empty where it must hold.
    """

    require: Condition
    message: Text
    at: str
    place: Place = field(kw_only=True, compare=False, repr=False)
    warning: str = ""
