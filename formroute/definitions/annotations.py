"""What a model expects at a way into it, as its annotations say."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from formroute.definitions.text import Text


def model_at(annotation: Any, path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that a pydantic error's location lies in."""
    return inner(annotation_at(annotation, path))  # type: ignore[no-any-return]


def annotation_at(annotation: Any, path: tuple[str | int, ...]) -> Any:
    """What is expected at a pydantic error's location."""
    for step in path:
        model = inner(annotation)
        annotation = field_of(model, str(step)).annotation if is_model(model) else element(model)
    return annotation


def field_of(model: type[BaseModel], key: str) -> FieldInfo:
    """What stands behind a key as authors write it."""
    return next(field for name, field in model.model_fields.items() if key in (field.alias, name))


def inner(annotation: Any) -> Any:
    """The annotation without `Annotated` and `| None`."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not types.NoneType)
    return annotation


def element(annotation: Any) -> Any:
    """What is expected of each item or value."""
    return next(part for part in reversed(get_args(annotation)) if part is not Ellipsis)


def keys(model: type[BaseModel]) -> list[str]:
    """The keys of a model as authors write them."""
    return [field.alias or key for key, field in model.model_fields.items()]


def is_text(annotation: Any) -> bool:
    """Whether it is a text that residents read."""
    expected = inner(annotation)
    return isinstance(expected, type) and issubclass(expected, Text)


def is_model(annotation: Any) -> bool:
    """Whether it is a model with keys of its own."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
