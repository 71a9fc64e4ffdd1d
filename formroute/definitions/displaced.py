"""Keys that stand further in than they should: YAML takes them for keys of what stands above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from formroute.definitions.annotations import inner, is_model, keys, model_at
from formroute.definitions.mended import Path, at
from formroute.definitions.place import Place
from formroute.definitions.source import parse_source
from formroute.definitions.text import MINDED
from formroute.problems import Problem

_MOST_TRIED = 20


class Moved(NamedTuple):
    """What is wrong with the line of a key, and the place of the whole as it reads with that line moved."""

    problem: Problem
    place: Place


def displaced(
    model: type[BaseModel], place: Place, errors: list[ErrorDetails], context: Mapping[str, Any]
) -> Moved | None:
    """The key that is to move out, if there is one with which fewer of these errors are left."""
    if place.source.keys_head_columns:
        return None
    for number, (written, holder) in enumerate(_candidates(model, place.plain(), errors)):
        if number == _MOST_TRIED:
            break
        moved = _moved(place, written, holder)
        if moved is not None and _count(model, moved.place, context) < len(errors):
            return moved
    return None


def _candidates(model: type[BaseModel], data: Any, errors: Iterable[ErrorDetails]) -> Iterator[tuple[Path, Path]]:
    """Where a key stands that is not known there, with the mapping further out that knows it and lacks it."""
    for error in errors:
        way = error["loc"][:-1] if error["loc"][-1:] == ("[key]",) else error["loc"]
        if error["type"] == "missing":
            found = _inside(at(data, way[:-1]), str(way[-1]))
            yield from (((*way[:-1], *deeper), way[:-1]) for deeper in found)
        elif way and isinstance(way[-1], str):
            holders = (way[:cut] for cut in range(len(way) - 2, -1, -1))
            yield from ((way, holder) for holder in holders if _lacks(model, data, holder, way[-1]))


def _lacks(model: type[BaseModel], data: Any, holder: Path, key: str) -> bool:
    """Whether the mapping there should know this key and has none."""
    here = at(data, holder)
    if not isinstance(here, dict) or key in here:
        return False
    try:
        expected = inner(model_at(model, holder))
    except StopIteration:  # the way is one that a short form was read as
        return False
    return is_model(expected) and key in keys(expected)


def _inside(value: Any, key: str, way: Path = ()) -> Iterator[Path]:
    """Every way to a key of this name, but for that at the top."""
    for step, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if step == key and way:
            yield (*way, key)
        yield from _inside(part, key, (*way, step))


def _moved(place: Place, written: Path, holder: Path) -> Moved | None:
    """The whole with the key's line where the keys of `holder` stand; None where nothing can be read then."""
    key = place.at(*written[:-1]).key(str(written[-1]))
    sibling = place.at(*holder).key(next(iter(at(place.plain(), holder)), ""))
    number, column = key.spot.line, sibling.spot.column
    lines = list(place.source.lines)
    if key.spot.column <= column or lines[number][: key.spot.column].strip():
        return None
    lines[number] = " " * column + lines[number].lstrip()
    told: list[Problem] = []
    source = parse_source("\n".join(lines), place.source.file, told)
    if source is None or told:
        return None
    above = next((step for step in reversed(written[:-1]) if isinstance(step, str)), "")
    said = key.problem("Y118", key=written[-1], above=above, sibling=sibling.plain())
    return Moved(replace(said, corrected=lines[number]), Place.of(source).at(*place.way))


def _count(model: type[BaseModel], place: Place, context: Mapping[str, Any]) -> int:
    """How many mistakes there are."""
    try:
        model.model_validate(place.plain(), context={**context, MINDED: []})
    except ValidationError as error:
        return error.error_count()
    return 0
