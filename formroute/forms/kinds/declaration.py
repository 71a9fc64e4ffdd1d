"""What a resident confirms, by a tick or by typing their name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from formroute.conditions import Domain, Moment, OneOf, Texts
from formroute.definitions.types import YesNo
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples, yes_or_no
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.kinds.text import LINE_SAMPLES, one_line, text_faults, text_schema

_NAME = 200
_CONFIRM = "Confirm this to go on."
_UNSIGNED = refused("missing", "Type your full name to confirm this.")


class DeclarationDefinition(FieldDefinition):
    """A statement, the `label`, that has to be confirmed; with `sign` by typing one's name."""

    sign: YesNo = False
    """`yes` if it is signed by typing a name instead of ticked."""

    @property
    def max_length(self) -> int:
        """The most characters of a name."""
        return _NAME

    @property
    def widget(self) -> str:
        """A tick, or a line for a name."""
        return "signature" if self.sign else "tick"

    @property
    def missing(self) -> str:
        """What is said where it is not confirmed."""
        return _UNSIGNED.message if self.sign else _CONFIRM


def _read_tick(value: Any, _moment: Moment) -> object:
    return True if value is True or value == "yes" else refused("declaration", _CONFIRM)


def _reader(definition: DeclarationDefinition) -> Reader:
    return one_line(definition) if definition.sign else _read_tick


def _schema(definition: DeclarationDefinition, language: str) -> dict[str, Any]:
    return text_schema(definition, language) if definition.sign else {"const": True}


def _domain(definition: DeclarationDefinition) -> Domain:
    return Texts(_NAME, own_words=False) if definition.sign else OneOf((True,))


def _confirmed(st: Any, definition: DeclarationDefinition, now: datetime) -> Any:
    return LINE_SAMPLES.answers(st, definition, now) if definition.sign else st.just(True)


def _not_confirmed(st: Any, definition: DeclarationDefinition, now: datetime) -> dict[str, Any]:
    if definition.sign:
        return text_faults(st, definition, now)
    return {"declaration": st.sampled_from([False, "no", "on", 1])}


DECLARATION = Kind(
    "declaration",
    DeclarationDefinition,
    widget="tick",
    reader=_reader,
    json_schema=_schema,
    domain=_domain,
    show=lambda d, value, language: str(value) if d.sign else yes_or_no(value, language),
    missing=_CONFIRM,
    datatype="singlevaluelist",
    begins=False,
    samples=Samples(_confirmed, _not_confirmed),
)
