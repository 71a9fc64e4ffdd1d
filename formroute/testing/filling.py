"""Filling in a form as a resident would: question by question, each as the judge says that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from formroute.forms import Field, cell
from formroute.forms.judge import refusal_of
from formroute.records import NOTHING
from formroute.testing.material import Material

Draw = Callable[[st.SearchStrategy[Any]], Any]
_NONE = frozenset[str]()
_ROWS_MORE = 3  # than the fewest: more of the same would only be slow


@dataclass(slots=True)
class Filling:
    """One set of answers on its way. `wanted` has answers by their boxes, None for those that stay blank, and
    the number of rows; what it does not name is drawn. `loosely` draws which of them are followed.
    `planted` are raw answers that stand in their boxes whatever they are.
    """

    draw: Draw
    material: Material
    wanted: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    loosely: bool = False
    planted: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    given: dict[str, Any] = field(default_factory=dict)

    def fill(self) -> dict[str, Any]:
        """Every question that shows with the answers before it."""
        for item in self.material.form.fields.values():
            if not item.kind.asks or not self.shows(item.name):
                continue
            if item.name in self.planted:
                self.given[item.name] = self.planted[item.name]
            elif item.row:
                self.rows(item)
            else:
                self.box(item, item.name, self.given)
        return self.given

    def shows(self, box: str) -> bool:
        """Whether a box shows with the answers so far."""
        return box in self.material.judged(self.given).showing

    def rows(self, item: Field) -> None:
        """Rows of which each has an answer."""
        rows = self.given[item.name] = [{} for _ in range(self.count(item))]
        for number, row in enumerate(rows):
            asked = [(part, cell(item.name, number, part.name)) for part in item.row if part.kind.asks]
            for part, box in asked:
                if self.shows(box):
                    self.box(part, box, row)
            if not row and (showing := [(part, box) for part, box in asked if self.shows(box)]):
                self.box(*showing[0], row, must=True)
        if not any(rows):
            del self.given[item.name]

    def count(self, item: Field) -> int:
        """How many rows there are."""
        if item.name in self.wanted and (not self.loosely or self.draw(st.booleans())):
            return int(self.wanted[item.name])
        least = max(1, item.definition.min_items)
        counts = st.integers(least, min(item.definition.max_items, least + _ROWS_MORE))
        return int(self.draw(counts if item.required else st.just(0) | counts))

    def box(self, item: Field, box: str, into: dict[str, Any], *, must: bool = False) -> None:
        """The answer to one question, or none where it may be blank."""
        if box in self.planted:
            into[item.name] = self.planted[box]
            return
        withheld = self.material.judged(self.given).withheld.get(box, _NONE) if item.offered else _NONE
        needed = item.required or must
        if box in self.wanted and (not self.loosely or self.draw(st.booleans())):
            answer = self.wanted[box]
            if answer is None and not needed:
                return
            if answer is not None and self.takes(item, answer, withheld):
                into[item.name] = answer
                return
        drawn = self.material.answers(item, withheld)
        if not drawn.is_empty and (needed or self.draw(st.booleans())):
            into[item.name] = self.draw(drawn)

    def takes(self, item: Field, answer: Any, withheld: frozenset[str]) -> bool:
        """Whether a question would take this answer now."""
        chosen = answer if isinstance(answer, tuple) else (answer,)
        refusal = refusal_of(item.name, item.kind, item.definition, answer, self.material.moment)
        return refusal is None and not any(one in withheld for one in chosen if isinstance(one, str))
