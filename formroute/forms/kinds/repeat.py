"""Rows of questions: any number of animals, vehicles, dates."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from formroute.definitions import Text
from formroute.definitions.shape import Shaped, shared
from formroute.definitions.types import WholeNumber, Word
from formroute.forms.kinds.base import FieldDefinition, Kind, reversed_bounds


class RepeatDefinition(FieldDefinition):
    """Rows of questions. Conditions name a row's own questions, or those before the rows."""

    fields: Annotated[dict[Word, Any], Field(min_length=1), Shaped(shared("fields"))]
    """The questions of one row, by name and in order; no repeat and no notice that stops is among them."""

    each: Text | None = None
    """What one row is called; the number of the row stands behind it."""

    min_items: Annotated[WholeNumber, Field(ge=0, le=50)] = 0
    """The least number of rows, where there are any."""

    max_items: Annotated[WholeNumber, Field(ge=1, le=50)] = 10
    """The most rows."""

    @model_validator(mode="after")
    def _ordered(self) -> RepeatDefinition:
        if self.min_items > self.max_items:
            raise reversed_bounds(self, "min_items", "max_items")
        return self

    @property
    def first_rows(self) -> int:
        """How many empty rows stand there before anything is typed."""
        return max(self.min_items, int(self.required))


REPEAT = Kind(
    "repeat",
    RepeatDefinition,
    widget="rows",
    missing="Add at least one.",
    begins=False,
    repeats=True,
    datatype="",
)
