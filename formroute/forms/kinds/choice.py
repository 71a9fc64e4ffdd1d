"""Yes or no, one of several answers, and any of several."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic_core import CoreSchema, core_schema

from formroute.conditions import ManyOf, OneOf
from formroute.definitions import Place, Text, wrong
from formroute.definitions.shape import Named, shared
from formroute.definitions.types import Word, one_of, typed
from formroute.forms.kinds.base import FieldDefinition, Kind, labelled, refused, yes_or_no
from formroute.forms.lookup import Library, choices_in
from formroute.problems import Problem

_ANSWERS = {"yes": True, "no": False, True: True, False: False}
_CHOOSE = "Choose one of the answers."


def _choices(value: Any) -> Any:
    """Choices as a mapping; a plain list names answers that read as they are written."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = {item: item for item in value}
    if not isinstance(value, dict) or not value:
        raise wrong("F202")
    return value


Choices = Annotated[Mapping[Word, Text], typed(_choices, shared("choices"))]


class YesNoDefinition(FieldDefinition):
    """Yes or no."""


class ChoiceDefinition(FieldDefinition):
    """One of the answers in `choices` or in the file `choices_from`."""

    choices: Choices | None = None
    """The answers with their texts: the value is what routes test and what is stored."""

    choices_from: Annotated[Word, Named("tables")] | None = None
    """A CSV file with the columns `value` and `label`, or `label.en` and `label.fr`."""

    shown_as: Annotated[str, one_of("radio", "select", "search")] | None = Field(default=None, alias="as")
    """How the choices are shown."""

    @model_validator(mode="after")
    def _one_source(self) -> ChoiceDefinition:
        if (self.choices is None) == (self.choices_from is None):
            raise wrong("F203")
        return self


class ChoicesDefinition(ChoiceDefinition):
    """Any number of the answers in `choices` or in the file `choices_from`."""


def _read_yes_no(value: Any) -> bool:
    answer = _ANSWERS.get(value) if isinstance(value, str | bool) else None
    if answer is None:
        raise refused("yes_no", "Choose yes or no.")
    return answer


def _read_choice(known: frozenset[str], value: Any) -> str:
    if not isinstance(value, str) or value not in known:
        raise refused("choice", _CHOOSE)
    return value


def _read_choices(order: Mapping[str, int], value: Any) -> tuple[str, ...]:
    ticked = [value] if isinstance(value, str) else value
    if not isinstance(ticked, list | tuple) or not all(isinstance(item, str) for item in ticked):
        raise refused("choice", _CHOOSE)
    if any(item and item not in order for item in ticked):
        raise refused("choice", _CHOOSE)
    return tuple(sorted({item for item in ticked if item}, key=order.__getitem__))


def _one(definition: Any) -> CoreSchema:
    known = frozenset(definition.choices)
    return core_schema.no_info_plain_validator_function(functools.partial(_read_choice, known))


def _many(definition: Any) -> CoreSchema:
    order = {value: number for number, value in enumerate(definition.choices)}
    return core_schema.no_info_plain_validator_function(functools.partial(_read_choices, order))


def _from_file(definition: ChoiceDefinition, place: Place, library: Library, problems: list[Problem]) -> Any:
    """The definition with the choices of its file written into it."""
    if definition.choices_from is None:
        return definition
    choices = choices_in(definition.choices_from, place["choices_from"], library, problems)
    return None if choices is None else definition.model_copy(update={"choices": choices, "choices_from": None})


def _one_schema(definition: Any, language: str) -> dict[str, Any]:
    return {"oneOf": [{"const": value, "title": text.inside(language)} for value, text in definition.choices.items()]}


def _many_schema(definition: Any, language: str) -> dict[str, Any]:
    return {"type": "array", "items": _one_schema(definition, language), "minItems": int(definition.required)}


def _show_many(definition: Any, value: tuple[str, ...], language: str) -> str:
    return "; ".join(labelled(definition.choices, item, language) for item in value)


YES_NO = Kind(
    "yes_no",
    YesNoDefinition,
    widget="yes_no",
    reader=lambda _definition: core_schema.no_info_plain_validator_function(_read_yes_no),
    json_schema=lambda _definition, _language: {"type": "boolean"},
    domain=lambda _definition: OneOf((True, False)),
    show=lambda _definition, value, language: yes_or_no(value, language),
    missing="Choose yes or no.",
    datatype="singlevaluelist",
)
CHOICE = Kind(
    "choice",
    ChoiceDefinition,
    widget="choice",
    reader=_one,
    json_schema=_one_schema,
    domain=lambda definition: OneOf(tuple(definition.choices), definition.choices),
    show=lambda definition, value, language: labelled(definition.choices, value, language),
    resolve=_from_file,
    missing=_CHOOSE,
    datatype="singlevaluelist",
)
CHOICES = Kind(
    "choices",
    ChoicesDefinition,
    widget="choices",
    reader=_many,
    json_schema=_many_schema,
    domain=lambda definition: ManyOf(tuple(definition.choices), definition.choices),
    show=_show_many,
    resolve=_from_file,
    missing="Choose at least one answer.",
    datatype="multivaluelist",
)
