"""From a place in a file to a frozen model, or to every problem with it."""

from __future__ import annotations

import json
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from formroute.definitions.place import Place
from formroute.definitions.prose import Prose, misused
from formroute.definitions.suggest import hint, suggest
from formroute.definitions.text import COLOURED, MINDED, Text, cued, curled, texts, untranslated
from formroute.problems import Problem


class Definition(BaseModel):
    """The base of every model of what an author writes: frozen, and strict about its keys.

    What stands below a key in quotes is what editors and the reference say of it.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )


D = TypeVar("D", bound=Definition)


@dataclass(frozen=True, slots=True)
class Document(Generic[D]):
    """A model together with the place it was read from."""

    model: D
    place: Place


def read(model: type[D], place: Place, problems: list[Problem], languages: tuple[str, ...] = ()) -> D | None:
    """`place` as a `model`; None when it cannot be one, with every reason added to `problems`.

    Texts are checked against the catalogue's `languages`; a missing translation is a warning.
    """
    data = place.plain()
    if not isinstance(data, Mapping):
        problems.append(_no_mapping(place, model))
        return None
    minded: list[Text] = []
    try:
        context = {"languages": languages, MINDED: minded, COLOURED: place.may_name_a_colour}
        definition = model.model_validate(data, context=context)
    except ValidationError as error:
        problems.extend(_problems(model, place, error.errors(include_url=False)))
        return None
    for path, text in texts(definition) if minded else ():
        if len(text.translations) < len(languages):
            problems.extend(untranslated(text, place.at(*path), languages))
        if text.is_curled:
            problems.extend(curled(text, place.at(*path)))
        if text.has_cues:
            problems.extend(cued(text, place.at(*path)))
        if isinstance(text, Prose):
            problems.extend(misused(place.at(*path), text))
    return definition


def _problems(model: type[Definition], place: Place, errors: Iterable[ErrorDetails]) -> Iterator[Problem]:
    for error in errors:
        *above, last = error["loc"] or ("",)
        holder = place.at(*above)
        match error["type"]:
            case "extra_forbidden":
                known = list(_model_at(model, tuple(above)).model_fields)
                yield holder.key(str(last)).problem(
                    "D101", instead=suggest(str(last), known), key=last, hint=hint(str(last), known)
                )
            case "missing":
                yield holder.problem("D102", key=last)
            case "wrong" if last == "[key]":
                yield _said(place.at(*above[:-1]).key(str(above[-1])), error["ctx"])
            case "wrong":
                yield _said(holder[last], error["ctx"])
            case "greater_than_equal" | "less_than_equal" as bound:
                sort, most = ("at least", "ge") if bound.startswith("greater") else ("at most", "le")
                yield holder[last].problem("D127", bound=f"{sort} {error['ctx'][most]}")
            case "model_type" | "dict_type" | "model_attributes_type":
                yield _no_mapping(holder[last], _annotation_at(model, (*above, last)))
            case _:
                yield holder[last].problem("D103", what=error["msg"], fix="See the reference for what stands here")


def _no_mapping(place: Place, annotation: Any) -> Problem:
    """That `key: value` is expected, with the keys; a single word is most likely the one that has to be there."""
    model = _inner(annotation)
    names = "" if _is_model(model) else "Write a name of your choice and below it "
    model = model if _is_model(model) or not get_args(model) else _inner(_element(model))
    if not _is_model(model):
        return place.problem("D113", hint="Write each key on a line of its own.")
    keys = [field.alias or key for key, field in model.model_fields.items()]
    needed = [field.alias or key for key, field in model.model_fields.items() if field.is_required()]
    listed = ", ".join(f"`{key}`" for key in keys[:8])
    value = place.plain()
    instead = f"{{{needed[0]}: {value}}}" if len(needed) == 1 and isinstance(value, str) and value else None
    return place.problem("D113", instead=instead, hint=f"{names or 'Keys here: '}{listed}.")


def _in_lines(found: Problem, place: Place) -> Problem:
    """A text in braces with each language on a line of its own, where all of it stands on one line."""
    key, value = place.own_key, place.plain()
    line = place.source.line(key.spot.line)
    before, brackets = line[: key.spot.column], place.in_brackets()
    if before.strip(" -") or brackets is None or not all(isinstance(text, str) and text for text in value.values()):
        return found
    indent = " " * (len(before) + 2)
    texts = (f"{indent}{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in value.items())
    return replace(found, corrected="\n".join((f"{before}{key.plain()}:", *texts)))


def _said(place: Place, context: Mapping[str, Any]) -> Problem:
    instead = context["instead"]
    if context["code"] == "D110":
        return _in_lines(place.problem("D110"), place)
    if context["quote"]:
        instead, place = json.dumps(place.whole_line(), ensure_ascii=False), place.to_line_end()
    return place.problem(context["code"], instead=instead, **context["values"])


def _model_at(annotation: Any, path: tuple[str | int, ...]) -> type[Definition]:
    """The model that a pydantic error's location lies in."""
    return _inner(_annotation_at(annotation, path))  # type: ignore[no-any-return]


def _annotation_at(annotation: Any, path: tuple[str | int, ...]) -> Any:
    """What is expected at a pydantic error's location."""
    for step in path:
        model = _inner(annotation)
        annotation = model.model_fields[str(step)].annotation if _is_model(model) else _element(model)
    return annotation


def _inner(annotation: Any) -> Any:
    """The annotation without `Annotated` and `| None`."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        annotation = next(part for part in get_args(annotation) if part is not types.NoneType)
    return annotation


def _element(annotation: Any) -> Any:
    return next(part for part in reversed(get_args(annotation)) if part is not Ellipsis)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
