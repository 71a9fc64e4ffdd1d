"""How far a file is from one that can be read, whoever's conditions and names are wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from formroute.catalog.definition import CatalogDefinition
from formroute.catalog.written import each, tested_in
from formroute.conditions import TREES
from formroute.definitions import Definition
from formroute.definitions.mended import at
from formroute.definitions.outline import UNNAMED
from formroute.definitions.source import parse_once
from formroute.definitions.text import MINDED, Text
from formroute.forms import BlockDefinition, FormDefinition, Kind
from formroute.problems import Problem, Severity
from formroute.routing import DepartmentsDefinition, TableDefinition

MODELS: Mapping[str, type[Definition]] = {
    "form": FormDefinition,
    "block": BlockDefinition,
    "table": TableDefinition,
    "departments": DepartmentsDefinition,
    "catalog": CatalogDefinition,
}
_ASKED_OF_ALL = frozenset({"form", "channel", "language", "received", "now", "any_text", *TREES})


@dataclass(frozen=True, slots=True, order=True)
class Mistakes:
    """How many there are: what stands where it cannot, and texts that lack a language.

    `strange` are the keys among them that mean nothing where they stand.
    """

    errors: int = 0
    untranslated: int = 0
    strange: frozenset[str] = field(default=frozenset(), compare=False)

    def __add__(self, other: Mistakes) -> Mistakes:
        errors, untranslated = self.errors + other.errors, self.untranslated + other.untranslated
        return Mistakes(errors, untranslated, self.strange | other.strange)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file of one sort should look like; `names` are those of all questions that can be read anywhere."""

    model: type[Definition]
    kinds: Mapping[str, Kind]
    languages: tuple[str, ...]
    names: frozenset[str]

    def mistakes(self, text: str, file: str) -> Mistakes | None:
        """Those in a text; None where it is no YAML."""
        told: list[Problem] = []
        source = parse_once(text, file, told)
        if source is None or not isinstance(source.value, dict):
            return None
        found = Mistakes(sum(one.severity is Severity.ERROR for one in told)) + self._of(self.model, source.value)
        fields = [entry for _, page in each(at(source.value, ("pages",))) for entry in each(at(page, ("fields",)))]
        own = self.names | {str(name) for name, _ in fields}
        asked = {key.partition(".")[0] for _, key in tested_in(source.value)}
        found += Mistakes(max(0, len(asked - own - _ASKED_OF_ALL) - (UNNAMED in own)))  # one may be its name
        return sum((self._field(field) for _, field in fields), found)

    def _field(self, raw: Any) -> Mistakes:
        """Those in one question, and in the questions below it."""
        kind = self.kinds.get(str(raw.get("type"))) if isinstance(raw, dict) else None
        if kind is None:
            return Mistakes(1)
        inner = raw["fields"].values() if isinstance(raw.get("fields"), dict) else ()
        return sum(map(self._field, inner), self._of(kind.definition, raw))

    def _of(self, model: type[Definition], raw: Any) -> Mistakes:
        minded: list[Text] = []
        try:
            model.model_validate(raw, context={"languages": self.languages, MINDED: minded})
        except ValidationError as error:
            strange = frozenset(str(one["loc"][-1]) for one in error.errors() if one["type"] == "extra_forbidden")
            return Mistakes(error.error_count(), strange=strange)
        return Mistakes(0, sum(len(text.translations) < len(self.languages) for text in minded))
