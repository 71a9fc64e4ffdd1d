"""What one sort of field is: everything the product knows of it, in one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field
from pydantic_core import PydanticCustomError

from formroute.conditions import Domain, WrittenCondition
from formroute.definitions import Definition, Place, Text, wrong
from formroute.definitions.types import Name, OldFieldNames, Word, YesNo, one_of
from formroute.forms.kinds.reader import Reader
from formroute.forms.lookup import Library
from formroute.messages import say
from formroute.problems import Problem

if TYPE_CHECKING:  # Hypothesis belongs to tests alone
    from hypothesis.strategies import SearchStrategy

ERRORS = ("required", "range", "invalid")
"""What can be wrong with an answer, as authors say it: none, out of bounds, anything else."""


def reversed_bounds(definition: Definition, least: str, most: str) -> PydanticCustomError:
    """The error that the lower one of two bounds lies above the other; the first one written is told to change."""
    low, high = (_as_written(getattr(definition, key)) for key in (least, most))
    both = {least, most} <= definition.model_fields_set
    at = least if least in definition.model_fields_set else most
    return wrong("F201", instead=high if both else None, at=at, least=least, low=low, most=most, high=high)


def _as_written(bound: object) -> str:
    return bound.isoformat("minutes") if isinstance(bound, time) else str(bound)


class FieldDefinition(Definition):
    """The keys that every field shares; each kind adds its own."""

    type: Word
    """What sort of question it is."""

    label: Text
    """The question."""

    hint: Text | None = None
    """Help that stands under the question."""

    required: YesNo = True
    """`no` if it may be left blank; every question is required unless this is written."""

    private: YesNo = False
    """`yes` for an answer that only departments with `private_answers: yes` get."""

    show_when: WrittenCondition = None
    """When it is asked: a condition on earlier questions. A question that does not show has no answer."""

    default: Any = None
    """The answer that stands there before anything is typed."""

    prefill: Name | None = None
    """A name by which a link may bring a first answer: `?asset=12` for `prefill: asset`."""

    was: OldFieldNames = Field(default=(), exclude=True)
    """Its name before, or several, in a group as routes write it: answers under it are kept."""

    errors: dict[Annotated[str, one_of(*ERRORS)], Text] = Field(default_factory=dict)
    """What a resident reads instead of our own words: a text under `required`, `range` or `invalid`."""


def shown_as_text(_definition: Any, value: Any, _language: str) -> str:
    """An answer that reads as it is."""
    return str(value)


def unchanged(definition: Any, _place: Place, _library: Library, _problems: list[Problem]) -> Any:
    """A definition that needs nothing from other files."""
    return definition


class Part(NamedTuple):
    """One question of a group that its kind makes by itself: the kind's name, and the definition."""

    kind: str
    definition: Definition


@dataclass(frozen=True, slots=True)
class Samples:
    """Answers of a kind for tests, as strategies of Hypothesis; `formroute.testing` makes whole forms of them.

    `answers` are canonical, `faults` raw answers by the code of the one error that refuses them; each function
    is given `hypothesis.strategies`, the definition and the moment of answering in the city. `typed` has what a
    resident may type for a canonical answer beside its plain writing.
    """

    answers: Callable[[Any, Any, datetime], SearchStrategy[Any]]
    faults: Callable[[Any, Any, datetime], Mapping[str, SearchStrategy[Any]]]
    typed: Callable[[Any, Any], Iterable[Any]] = lambda _definition, _value: ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of field; the table `KINDS` holds ours, and a city adds its own (formroute.forms.installed).

    `reader` makes of a definition the function that turns a posted string or a canonical JSON value into the
    canonical answer, or refuses it. `json_schema` describes canonical answers in a
    language: of JSON values, it accepts those that the reader does. Where it is `wider`, this says what it lets pass.
    `resolve` completes a definition from other files. `show` puts an answer into a reader's words.
    `widget` names the template that asks the question, `datatype` is Open311's word for it
    (GeoReport v2, service definition). A kind that does not `ask` has no reader; one that does not
    `begin` takes no answer but the resident's own act. `parts` are the questions of a group by their own names; None
    stands for one that is written under `fields`. One that `repeats` reads rows of its `fields`. `samples` are
    answers for tests.
    """

    name: str
    definition: type[Definition]
    widget: str
    reader: Callable[[Any], Reader] | None = None
    json_schema: Callable[[Any, str], dict[str, Any]] | None = None
    domain: Callable[[Any], Domain | None] = lambda _definition: None
    show: Callable[[Any, Any, str], str] = shown_as_text
    resolve: Callable[[Any, Place, Library, list[Problem]], Any] = unchanged
    missing: str = "Answer this question."
    wider: str = ""
    datatype: str = "string"
    begins: bool = True
    repeats: bool = False
    parts: Callable[[Any], Mapping[str, Part | None]] | None = None
    samples: Samples | None = None

    @property
    def asks(self) -> bool:
        """Whether a resident answers it."""
        return self.reader is not None or self.repeats


def labelled(choices: Mapping[str | bool, Text], value: str, language: str) -> str:
    """The label of a choice, or its value where the form no longer has it."""
    return choices[value].inside(language) if value in choices else value


def yes_or_no(value: bool, language: str) -> str:
    """`Yes` or `No` in the reader's language."""
    return say(language, "Yes") if value else say(language, "No")
