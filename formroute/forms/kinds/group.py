"""Questions that are asked as one: the fields of a group, and the rows of a matrix.

Each part is a question of its own whose name begins with the group's: `owner.email`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from formroute.conditions import WrittenCondition
from formroute.definitions import Definition, Text, wrong
from formroute.definitions.shape import Shaped, shared
from formroute.definitions.types import Name, OldFieldNames, Word, YesNo, typed
from formroute.forms.kinds.base import Kind, Part
from formroute.forms.kinds.choice import ChoiceDefinition, Choices, Labelled, short_or_long


def _as_written(rows: Any) -> Any:
    return rows


class _Together(Definition):
    """What a group and a matrix share."""

    type: Word
    """What sort of question it is."""

    label: Text
    """What stands above its questions."""

    hint: Text | None = None
    """Help that stands under the label."""

    show_when: WrittenCondition = None
    """When all of it is asked: a condition on earlier questions."""

    was: OldFieldNames = Field(default=(), exclude=True)
    """Its name before, or several: answers to its questions under it are kept."""


class GroupDefinition(_Together):
    """Questions that are asked as one; routes name each of them as `owner.email`."""

    fields: Annotated[dict[Word, Any], Field(min_length=1), Shaped(shared("fields"))]
    """The questions, by name and in order; no group, matrix, repeat or notice is among them."""


class RowDefinition(Labelled):
    """One of the things that are judged."""

    was: OldFieldNames = Field(default=(), exclude=True)
    """Its name before, or several, as routes write it: `service.pace`."""


class MatrixDefinition(_Together):
    """Several things judged on one scale; routes name each row as `service.speed`."""

    rows: Annotated[dict[Name, RowDefinition], Field(min_length=1), typed(_as_written, short_or_long)]
    """What is judged, a text for each name, or a `label` with `was`."""

    scale: Choices
    """The answers, the same for every row."""

    required: YesNo = True
    """`no` if rows may be left blank."""

    private: YesNo = False
    """`yes` for answers that only departments with `private_answers: yes` get."""

    @model_validator(mode="after")
    def _plain(self) -> MatrixDefinition:
        if any(offer.show_when is not None for offer in self.scale.values()):
            raise wrong("F223")
        return self


def _as_choices(definition: MatrixDefinition) -> Mapping[str, Part]:
    """A choice for each row."""
    same: dict[str, Any] = {"required": definition.required, "private": definition.private, "as": "radio"}
    same |= {"type": "choice", "choices": definition.scale}
    return {
        name: Part("choice", ChoiceDefinition.model_construct(label=row.label, was=row.was, **same))
        for name, row in definition.rows.items()
    }


GROUP = Kind(
    "group",
    GroupDefinition,
    widget="group",
    parts=lambda definition: dict.fromkeys(definition.fields),
    datatype="",
)
MATRIX = Kind("matrix", MatrixDefinition, widget="group", parts=_as_choices, datatype="")
