"""A form as JSON Schema, for API clients and for agreement tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from formroute.conditions import ALWAYS, All, Condition
from formroute.definitions import Text
from formroute.forms.field import Check, Field, Page
from formroute.forms.schema_conditions import Bounds, Translation, negated, present

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(
    form: str, title: Text, summary: Text, pages: Iterable[Page], checks: Iterable[Check], language: str
) -> dict[str, Any]:
    """Draft 2020-12 of canonical answers: a question that does not show, or has no answer, is left out.

    Unknown properties are allowed, because the judge drops them. What shows, which choices are offered and what must
    hold across answers is said by `if`, `then` and `else`. Where JSON Schema cannot tell a condition (FEEL, texts,
    days), the schema takes more than the judge, and a `$comment` says so.
    """
    fields = [replace(item, visible=_both(page.visible, item.visible)) for page in pages for item in page.fields]
    return {
        "$schema": DIALECT,
        "$id": f"urn:formroute:form:{form}",
        "title": title.inside(language),
        "description": summary.inside(language),
        **_object(fields, tuple(checks), {"form": form}, language),
    }


def _object(
    fields: Sequence[Field], checks: Sequence[Check], known: Mapping[str, str], language: str
) -> dict[str, Any]:
    """The answers to the questions of a form or of a row."""
    asked = [item for item in fields if item.kind.asks]
    translation = Translation(fields, known)
    rules = [*_visibility(asked, translation), *_stops(fields, translation)]
    rules += [*_offers(asked, translation), *_checks(fields, checks, translation)]
    return {
        "type": "object",
        "properties": {item.name: _property(item, language) for item in asked},
        "required": [item.name for item in asked if item.required and item.visible == ALWAYS],
        **({"allOf": rules} if rules else {}),
    }


def _property(item: Field, language: str) -> dict[str, Any]:
    schema = item.kind.json_schema(item.definition, language) if item.kind.json_schema else {}
    if item.row:
        schema = _rows(item, language)
    texts = {"title": item.label, "description": item.hint}
    return {**{key: text.inside(language) for key, text in texts.items() if text is not None}, **schema}


def _rows(item: Field, language: str) -> dict[str, Any]:
    """Rows, in each of which something is answered."""
    row = _object(item.row, (), {}, language)
    if not row["required"]:
        row["anyOf"] = [present(part.name) for part in item.row if part.kind.asks]
    least, most = max(1, item.definition.min_items), item.definition.max_items
    return {"type": "array", "minItems": least, "maxItems": most, "items": row}


def _visibility(asked: Sequence[Field], translation: Translation) -> Iterator[dict[str, Any]]:
    """For questions that show together: where they show, those required are answered; where not, none is."""
    together: dict[Condition, list[Field]] = {}
    for item in asked:
        if item.visible != ALWAYS:
            together.setdefault(item.visible, []).append(item)
    for condition, items in together.items():
        found = translation.bounds(condition)
        required = {"required": [item.name for item in items if item.required]}
        hidden = {"properties": {item.name: False for item in items}}
        if found.is_exact:
            then = {"then": required} if required["required"] else {}
            yield {"if": found.sure, **then, "else": hidden}
            continue
        if found.sure is not False and required["required"]:
            yield {"if": found.sure, "then": required}
        elsewhere = {} if found.possible is True else {"if": found.possible, "else": hidden}
        yield {**elsewhere, "$comment": _wider("these show", [item.name for item in items], condition)}


def _stops(fields: Sequence[Field], translation: Translation) -> Iterator[dict[str, Any]]:
    """A notice that ends the form does not show."""
    for item in fields:
        if item.stops:
            found = translation.bounds(item.visible)
            yield _held(
                Bounds(negated(found.possible), negated(found.sure)), "this ends the form", item.name, item.visible
            )


def _offers(asked: Sequence[Field], translation: Translation) -> Iterator[dict[str, Any]]:
    """A choice is made only where it is offered."""
    for item in asked:
        several = item.kind.name == "choices"
        for value, condition in item.offered.items():
            chosen = present(item.name, {"contains": {"const": value}} if several else {"const": value})
            found = translation.bounds(condition)
            held = _held(found, f"`{value}` is offered", item.name, condition)
            yield held if found.possible is True else {"if": chosen, "then": held}


def _checks(fields: Sequence[Field], checks: Sequence[Check], translation: Translation) -> Iterator[dict[str, Any]]:
    """What must hold across answers, where the question beside which it is told shows."""
    shows = {item.name: item.visible for item in fields}
    for check in checks:
        if not check.warning:
            when, found = translation.bounds(shows[check.at]), translation.bounds(check.require)
            held = _held(found, "this is right", check.at, check.require)
            certain = when.is_exact and when.sure is True
            yield held if certain or found.possible is True else {"if": when.sure, "then": held}


def _held(found: Bounds, what: str, name: str, condition: Condition) -> dict[str, Any]:
    """A schema that a condition holds, as far as it can be said."""
    schema = {} if found.possible is True else found.possible
    said = schema if isinstance(schema, dict) else {"not": {}}
    return said if found.is_exact else {**said, "$comment": _wider(what, [name], condition)}


def _wider(what: str, names: Sequence[str], condition: Condition) -> str:
    told, looked_at = (", ".join(f"`{name}`" for name in part) for part in (names, sorted(condition.fields)))
    return (
        f"Wider than the judge: whether {what} ({told}) follows from {looked_at} in a way that JSON Schema cannot tell."
    )


def _both(first: Condition, second: Condition) -> Condition:
    parts = tuple(part for part in (first, second) if part != ALWAYS)
    return parts[0] if len(parts) == 1 else All(parts)
