"""JSON Schema (draft 2020-12) of the documents that authors write, for the YAML support of their editors.

A schema is wider than `formroute check`: what it refuses, the check refuses too. Names that a catalogue knows
are offered and never demanded, so that a schema does not grow wrong while its author writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from formroute.catalog import CatalogDefinition
from formroute.definitions import Definition
from formroute.definitions.shape import ANY_SCALAR, OFFERS, SHARED, Plain
from formroute.editing.conditions import condition_shapes
from formroute.editing.models import model_shapes
from formroute.editing.offers import Offers
from formroute.forms import KINDS, RESERVED, BlockDefinition, FormDefinition, Kind
from formroute.routing import DepartmentsDefinition, TableDefinition

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: Mapping[str, type[Definition]] = {
    "form": FormDefinition,
    "block": BlockDefinition,
    "table": TableDefinition,
    "departments": DepartmentsDefinition,
    "catalog": CatalogDefinition,
}
_TOLD = {
    "form": "a form: one type of request, as a resident meets it",
    "block": "a block: pages that several forms share",
    "table": "a table of routes",
    "departments": "the departments: who can be sent something, and how",
}
NOTHING_KNOWN = Offers()
_NAME = "^[a-z][a-z0-9_]{0,62}$"
_DEFS = "#/$defs/"


def editor_schema(
    document: str | None = None, offers: Offers = NOTHING_KNOWN, kinds: Mapping[str, Kind] = KINDS
) -> dict[str, Any]:
    """The schema of one sort of document (a key of `DOCUMENTS`), or of all, told apart by their first key."""
    models = [*DOCUMENTS.values(), *(kind.definition for kind in kinds.values())]
    roots, shapes = model_shapes(models)
    fields = {name: roots[kind.definition] for name, kind in kinds.items()}
    shapes |= {**_shared(offers), **_field(kinds, fields), **condition_shapes(offers)}
    root = (
        _any({name: roots[model] for name, model in DOCUMENTS.items()})
        if document is None
        else roots[DOCUMENTS[document]]
    )
    placed = {name: _placed(shape, offers) for name, shape in shapes.items()}
    title = f"formroute: {document or 'a definition'}"
    return {"$schema": DRAFT, "title": title, **root, "$defs": _reachable(root, placed)}


def _any(roots: Mapping[str, Plain]) -> dict[str, Any]:
    """Whichever document has the key by which it is told; the catalogue is the one without."""
    *told, last = roots
    shape: Mapping[str, Any] = roots[last]
    for name in reversed(told):
        shape = {"if": {"required": [name]}, "then": roots[name], "else": shape}
    first = {name: {"description": f"Begins {_TOLD[name]}."} for name in told}
    return {"type": "object", "properties": first, **shape}


def _shared(offers: Offers) -> dict[str, Plain]:
    """The shapes that stand in many places."""
    lines = dict.fromkeys(offers.languages, ANY_SCALAR)
    words = {"type": "array", "items": ANY_SCALAR}
    text = {"description": "A text that residents read: one line for each language of the catalogue."}
    answers = {
        name: {
            "description": told,
        }
        for name, told in offers.names.get("fields", {}).items()
    }
    return {
        "text": {**text, "anyOf": [_map(ANY_SCALAR, lines), ANY_SCALAR]},
        "yes_no": {"anyOf": [{"enum": ["yes", "no"]}, {"type": "boolean"}, _anycase("yes", "no", "true", "false")]},
        "keywords": {"anyOf": [_map(words, dict.fromkeys(lines, words)), words]},
        "answers": {"type": "object", "properties": answers},
        "fields": {
            "type": "object",
            "propertyNames": {"pattern": _NAME, "not": {"enum": sorted(RESERVED)}},
            "additionalProperties": {SHARED: "field"},
        },
    }


def _field(kinds: Mapping[str, Kind], shapes: Mapping[str, Plain]) -> dict[str, Plain]:
    """A field: its `type` says which other keys it has."""
    types = [{"const": name, "description": _said(kinds[name])} for name in kinds]
    cases = [
        {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": shapes[name]} for name in kinds
    ]
    told = {"description": "What sort of question it is.", "anyOf": types}
    return {"field": {"type": "object", "required": ["type"], "properties": {"type": told}, "allOf": cases}}


def _said(kind: Kind) -> str:
    return " ".join((kind.definition.__doc__ or "").split())


def _map(values: Plain, known: Mapping[str, Plain]) -> dict[str, Any]:
    return {"type": "object", "minProperties": 1, "properties": known, "additionalProperties": values}


def _anycase(*words: str) -> Plain:
    either = "|".join("".join(f"[{letter.upper()}{letter}]" for letter in word) for word in words)
    return {"type": "string", "pattern": f"^(?:{either})$"}


def _placed(shape: Any, offers: Offers) -> Any:
    """The shape with references to what is shared, and with the names that can be offered."""
    if isinstance(shape, list):
        return [_placed(part, offers) for part in shape]
    if not isinstance(shape, Mapping):
        return shape
    plain: dict[str, Any] = {key: _placed(part, offers) for key, part in shape.items() if key not in (SHARED, OFFERS)}
    if isinstance(told := plain.get("description"), str):
        plain["markdownDescription"] = told  # the word of VS Code and yaml-language-server; else `…` shows its ticks
    if SHARED in shape:
        return {"$ref": _DEFS + shape[SHARED], **plain}
    known = offers.names.get(shape.get(OFFERS, ""), {})
    return _offered(plain, known) if known else plain


def _offered(shape: dict[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """What the shape takes, the known names offered first."""
    names = [{"const": name, "description": told} if told else {"const": name} for name, told in known.items()]
    told: dict[str, Any] = {key: shape.pop(key) for key in ("description", "markdownDescription") if key in shape}
    return {**told, "anyOf": [*names, shape]}


def _reachable(root: Plain, shapes: Mapping[str, Plain]) -> dict[str, Plain]:
    """The definitions that a schema needs, in the order of their names."""
    needed: set[str] = set()
    waiting = list(_references(root))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _references(shapes[name])
    return {name: shapes[name] for name in sorted(needed)}


def _references(shape: Any) -> Iterable[str]:
    if isinstance(shape, Mapping):
        for key, part in shape.items():
            if key == "$ref":
                yield part.removeprefix(_DEFS)
            else:
                yield from _references(part)
    elif isinstance(shape, list):
        for part in shape:
            yield from _references(part)
