"""A form as JSON Schema, for API clients and for agreement tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from formroute.conditions import ALWAYS
from formroute.definitions import Text
from formroute.forms.field import Field, Page

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: str, title: Text, summary: Text, pages: Iterable[Page], language: str) -> dict[str, Any]:
    """Draft 2020-12. Unknown properties are allowed because the judge drops them; a question that shows
    only sometimes is never required here, so there the schema is wider than the judge."""
    asked = [(page, field) for page in pages for field in page.fields if field.kind.asks]
    return {
        "$schema": DIALECT,
        "$id": f"urn:formroute:form:{form}",
        "type": "object",
        "title": title.inside(language),
        "description": summary.inside(language),
        "properties": {field.name: _property(field, language) for _, field in asked},
        "required": [field.name for page, field in asked if field.required and page.visible == field.visible == ALWAYS],
    }


def _property(field: Field, language: str) -> dict[str, Any]:
    schema = field.kind.json_schema(field.definition, language) if field.kind.json_schema else {}
    if field.row:
        schema = _rows(field, language)
    texts = {"title": field.label, "description": field.hint}
    return {**{key: text.inside(language) for key, text in texts.items() if text is not None}, **schema}


def _rows(field: Field, language: str) -> dict[str, Any]:
    """Rows as objects; how many of them the judge counts depends on what shows in them, so this is wider."""
    always = [inner.name for inner in field.row if inner.required and inner.visible == ALWAYS]
    properties = {inner.name: _property(inner, language) for inner in field.row}
    row = {"type": "object", "properties": properties, "required": always}
    return {"type": "array", "maxItems": field.definition.max_items, "items": row}
