"""The JSON Schema of the models that documents are read into: what pydantic says of them, in the words of an author."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema
from typing_extensions import override

from formroute.definitions import Definition

_FAR = 10**9


def model_shapes(models: Iterable[type[Definition]]) -> tuple[dict[type[Definition], dict[str, Any]], dict[str, Any]]:
    """A reference to each model's schema, and the definitions that these references name."""
    found, whole = models_json_schema(
        [(model, "validation") for model in dict.fromkeys(models)], schema_generator=_Shapes
    )
    return {model: dict(shape) for (model, _), shape in found.items()}, whole.get("$defs", {})  # type: ignore[misc]


class _Shapes(GenerateJsonSchema):
    """Leaves out what is only true of Python: titles, None, and defaults that nobody writes."""

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    @override
    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        made.pop("title", None)
        return made

    @override
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    @override
    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made, default = self.generate_inner(schema["schema"]), schema.get("default")
        if isinstance(default, bool):
            return {**made, "default": "yes" if default else "no"}
        if isinstance(default, str) or (
            isinstance(default, int) and "integer" in made.get("type", ()) and abs(default) < _FAR
        ):
            return {**made, "default": default}
        return made
