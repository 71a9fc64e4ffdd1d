"""Yes or no, one of several answers, and any of several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from formroute.conditions import ManyOf, Moment, OneOf, WrittenCondition
from formroute.definitions import Definition, Place, Text, wrong
from formroute.definitions.shape import ANY_SCALAR, Named, shared
from formroute.definitions.types import Word, Words, one_of, typed
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples, labelled, yes_or_no
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.lookup import Library, choices_in
from formroute.messages import join
from formroute.problems import Problem

CHOOSE = "Choose one of the answers."
_WORD = re.compile(r"[\w-]+(?: [\w-]+)*")
_YES_NO = {"yes": True, "no": False}
_NEITHER = refused("yes_no", "Choose yes or no.")
_NO_CHOICE = refused("choice", CHOOSE)


class Labelled(Definition):
    """Something that is its text alone, or a `label` with more."""

    label: Text
    """What a resident reads."""

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, value: Any) -> Any:
        return value if isinstance(value, Labelled) or _is_long(value) else {"label": value}

    @model_serializer(mode="wrap")
    def _shortest(self, write: SerializerFunctionWrapHandler) -> Any:
        written = write(self)
        return written["label"] if written.keys() == {"label"} else written


class OfferDefinition(Labelled):
    """One answer to choose."""

    show_when: WrittenCondition = None
    """When it is offered: a condition on earlier questions."""

    was: Words = Field(default=(), exclude=True)
    """Its value before, or several: who chose that has chosen this."""


def _is_long(value: Any) -> bool:
    return isinstance(value, dict) and "label" in value


def _choices(value: Any) -> Any:
    """Choices as a mapping; a plain list names answers that read as they are written."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = {item: item for item in value}
    if not isinstance(value, dict) or not value:
        raise wrong("F202", instead=_listed(value))
    return value


def _listed(value: Any) -> str | None:
    """`broken, dirty, gone` as a list."""
    words = [word.strip() for word in re.split("[,;]", value)] if isinstance(value, str) else []
    return f"[{', '.join(words)}]" if len(words) > 1 and all(map(_WORD.fullmatch, words)) else None


def _written(long: dict[str, Any]) -> dict[str, Any]:
    """Each choice as a text or in its long form, or a list of words."""
    words = {"type": "array", "items": ANY_SCALAR, "minItems": 1}
    return {"anyOf": [short_or_long(long), words]}


def short_or_long(long: dict[str, Any]) -> dict[str, Any]:
    """A mapping whose every value is a text or has the long form."""
    if "patternProperties" in long:
        named = {pattern: _short_or(value) for pattern, value in long["patternProperties"].items()}
        return {**long, "minProperties": 1, "patternProperties": named}
    return {**long, "minProperties": 1, "additionalProperties": _short_or(long["additionalProperties"])}


def _short_or(long: Any) -> dict[str, Any]:
    return {"anyOf": [shared("text"), long]}


Choices = Annotated[Mapping[Word, OfferDefinition], typed(_choices, _written)]


class YesNoDefinition(FieldDefinition):
    """Yes or no."""


class ChoicesDefinition(FieldDefinition):
    """Any number of the answers in `choices` or in the file `choices_from`."""

    choices: Choices | None = None
    """The answers with their texts: the value is what routes test and what is stored."""

    choices_from: Annotated[Word, Named("tables")] | None = None
    """A CSV file with the columns `value` and `label`, or `label.en` and `label.fr`; `was` has values of before."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.choices is None) == (self.choices_from is None):
            raise wrong("F203")
        return self

    @property
    def labels(self) -> Mapping[str | bool, Text]:
        """What a resident reads for each answer."""
        return {value: offer.label for value, offer in (self.choices or {}).items()}


class ChoiceDefinition(ChoicesDefinition):
    """One of the answers in `choices` or in the file `choices_from`."""

    shown_as: Annotated[str, one_of("radio", "select", "search")] | None = Field(default=None, alias="as")
    """How the choices are shown."""


def _read_yes_no(value: Any, _moment: Moment) -> object:
    if isinstance(value, str):
        return _YES_NO.get(value, _NEITHER)
    return value if isinstance(value, bool) else _NEITHER


def _one(definition: Any) -> Reader:
    known = frozenset(definition.choices)
    return lambda value, _moment: value if isinstance(value, str) and value in known else _NO_CHOICE


def _many(definition: Any) -> Reader:
    order = {value: number for number, value in enumerate(definition.choices)}

    def read(value: Any, _moment: Moment) -> object:
        ticked = [value] if isinstance(value, str) else value
        if not isinstance(ticked, list | tuple) or not all(isinstance(item, str) for item in ticked):
            return _NO_CHOICE
        if any(item and item not in order for item in ticked):
            return _NO_CHOICE
        return tuple(sorted({item for item in ticked if item}, key=order.__getitem__)) or None

    return read


def _from_file(definition: ChoicesDefinition, place: Place, library: Library, problems: list[Problem]) -> Any:
    """The definition with the choices of its file written into it."""
    if definition.choices_from is None:
        return definition
    choices = choices_in(definition.choices_from, place["choices_from"], library, problems)
    if choices is None:
        return None
    offers = {value: OfferDefinition(label=listed.label, was=listed.was) for value, listed in choices.items()}
    return definition.model_copy(update={"choices": offers, "choices_from": None})


def _one_schema(definition: Any, language: str) -> dict[str, Any]:
    return {"oneOf": [{"const": value, "title": text.inside(language)} for value, text in definition.labels.items()]}


def _many_schema(definition: Any, language: str) -> dict[str, Any]:
    return {"type": "array", "items": _one_schema(definition, language), "minItems": 1}


def _show_many(definition: Any, value: tuple[str, ...], language: str) -> str:
    return join("; ", (labelled(definition.labels, item, language) for item in value))


def _some(st: Any, definition: Any, _now: datetime) -> Any:
    """One or more of the answers, in the order in which they are offered."""
    order = list(definition.choices)
    return st.sets(st.sampled_from(order), min_size=1).map(lambda chosen: tuple(sorted(chosen, key=order.index)))


def _no_choice(st: Any, definition: Any, _now: datetime) -> dict[str, Any]:
    unknown = st.text("abc", min_size=1).filter(lambda text: text not in definition.choices)
    return {"choice": unknown | st.lists(unknown, min_size=1, max_size=2)}


YES_NO = Kind(
    "yes_no",
    YesNoDefinition,
    widget="yes_no",
    reader=lambda _definition: _read_yes_no,
    json_schema=lambda _definition, _language: {"type": "boolean"},
    domain=lambda _definition: OneOf((True, False)),
    show=lambda _definition, value, language: yes_or_no(value, language),
    missing="Choose yes or no.",
    datatype="singlevaluelist",
    samples=Samples(
        lambda st, _definition, _now: st.booleans(),
        lambda st, _definition, _now: {"yes_no": st.sampled_from(["maybe", "YES", "on", 1, 0, ["yes"]])},
    ),
)
CHOICE = Kind(
    "choice",
    ChoiceDefinition,
    widget="choice",
    reader=_one,
    json_schema=_one_schema,
    domain=lambda definition: OneOf(tuple(definition.choices), definition.labels),
    show=lambda definition, value, language: labelled(definition.labels, value, language),
    resolve=_from_file,
    missing=CHOOSE,
    datatype="singlevaluelist",
    samples=Samples(lambda st, definition, _now: st.sampled_from(list(definition.choices)), _no_choice),
)
CHOICES = Kind(
    "choices",
    ChoicesDefinition,
    widget="choices",
    reader=_many,
    json_schema=_many_schema,
    domain=lambda definition: ManyOf(tuple(definition.choices), definition.labels),
    show=_show_many,
    resolve=_from_file,
    missing="Choose at least one answer.",
    datatype="multivaluelist",
    samples=Samples(_some, _no_choice),
)
