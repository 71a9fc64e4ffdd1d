"""What is known of documents while they cannot be read."""

from collections.abc import Iterator
from typing import Any

from formroute.catalog.shape import MODELS
from formroute.definitions.outline import KEYS
from formroute.editing.models import model_shapes


def properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from properties(part)


def test_every_key_of_every_document_is_known() -> None:
    _, shapes = model_shapes(MODELS.values())
    assert set(properties(shapes)) - KEYS == set()
