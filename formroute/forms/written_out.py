"""A form's definition as one text, by which its versions are told apart and kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic_core import to_json

from formroute.forms.definition import FormDefinition
from formroute.forms.written_fields import WrittenField, WrittenPage


def written_out(definition: FormDefinition, pages: Iterable[WrittenPage], languages: tuple[str, ...]) -> str:
    """The definition as canonical JSON, with blocks and lists of choices written out."""
    plain = definition.model_dump(mode="json", exclude={"pages", "tests"}, exclude_defaults=True)
    plain["languages"] = list(languages)
    plain["pages"] = [
        {
            **page.definition.model_dump(mode="json", exclude={"fields"}, exclude_defaults=True),
            "fields": {item.name: _dumped(item, page.fields) for item in page.fields if item.group is None},
        }
        for page in pages
    ]
    return to_json(plain).decode()


def _dumped(item: WrittenField, asked: Iterable[WrittenField]) -> dict[str, Any]:
    """A field; one with fields of its own has those as they were read."""
    dumped: dict[str, Any] = item.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if item.row:
        dumped["fields"] = {part.name: _dumped(part, item.row) for part in item.row if part.group is None}
    elif "fields" in dumped:
        parts = [part for part in asked if part.group is not None and part.group.name == item.name]
        dumped["fields"] = {part.name.partition(".")[2]: _dumped(part, ()) for part in parts}
    return {"type": item.kind.name, **dumped}
