"""What an author can write in one place, as JSON Schema (draft 2020-12) for editors.

Editors read YAML 1.2: a bare `5`, `true` or `null` is no text to them, though it is to us. So a text is told by what
it is not; naming these types would make editors offer `true` and `null`. A shape may be wider than what is read, and
never refuses what is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

Plain = Mapping[str, Any]
Shape = Plain | Callable[[dict[str, Any]], dict[str, Any]]

SHARED = "x-shared"
OFFERS = "x-offers"
ANYTHING: Plain = {}
ANY_SCALAR: Plain = {"not": {"type": ["array", "object"]}}


def shared(name: str) -> Plain:
    """The shape `name` that all documents share; whoever assembles them puts it in."""
    return {SHARED: name}


def plain_word(pattern: re.Pattern[str]) -> Plain:
    """A word of this pattern; `true`, `false` and `null` are such words too."""
    return {"not": {"type": ["array", "object", "number"]}, "pattern": f"^(?:{pattern.pattern})$"}


def exactly(pattern: re.Pattern[str], *examples: str) -> Plain:
    """A text of this pattern that no editor takes for anything but a text."""
    return {"type": "string", "pattern": f"^(?:{pattern.pattern})$", "examples": list(examples)}


def one_or_more(several: dict[str, Any]) -> dict[str, Any]:
    """A list that is not empty, or its one item alone."""
    return {"anyOf": [several["items"], {**several, "minItems": 1}]}


def any_number(several: dict[str, Any]) -> dict[str, Any]:
    """A list, or its one item alone."""
    return {"anyOf": [several["items"], several]}


def some(several: dict[str, Any]) -> dict[str, Any]:
    """A list that is not empty."""
    return {**several, "minItems": 1}


@dataclass(frozen=True, slots=True)
class Named:
    """Marks a word as the name of something that a catalogue has, so that an editor can offer those."""

    sort: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), OFFERS: self.sort}


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """Gives what has no model of its own a shape."""

    written: Plain

    def __get_pydantic_json_schema__(self, _core: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.written)
