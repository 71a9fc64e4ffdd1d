"""The parts of a compiled form: fields, the pages they stand on, and checks across them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from formroute.conditions import ALWAYS, Condition, Lookup
from formroute.definitions import Text
from formroute.forms.kinds import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One question, notice or calculated value; `definition` holds what its author wrote, complete."""

    name: str
    kind: Kind
    definition: Any
    visible: Condition = ALWAYS
    lookup: Lookup | None = None

    @property
    def label(self) -> Text | None:
        """The question as a resident reads it; None for a notice and for a value that is not shown."""
        return getattr(self.definition, "label", None)

    @property
    def hint(self) -> Text | None:
        """What helps to answer."""
        return getattr(self.definition, "hint", None)

    @property
    def required(self) -> bool:
        """Whether it has to be answered when it shows."""
        return bool(getattr(self.definition, "required", False))

    @property
    def private(self) -> bool:
        """Whether its answer is personal and stays out of public output and logs."""
        return bool(getattr(self.definition, "private", False))

    @property
    def stops(self) -> bool:
        """Whether it is a notice that ends the form."""
        return bool(getattr(self.definition, "stops", False))

    def show(self, value: object, language: str) -> str:
        """A canonical answer as a person reads it."""
        return self.kind.show(self.definition, value, language)


@dataclass(frozen=True, slots=True)
class Page:
    """Fields that are asked together."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    visible: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold across answers; the message stands beside the field `at`."""

    require: Condition
    message: Text
    at: str
