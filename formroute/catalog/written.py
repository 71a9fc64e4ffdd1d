"""What files say as plain mappings and lists, before anything of it is known to be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from formroute.conditions import TREES

_CONDITIONS = frozenset({"when", "show_when", "require", "warn", "answers"})


def tested_in(value: Any) -> Iterator[tuple[Any, str]]:
    """Every mapping of questions to what is asked of or answered to them, with each of its questions."""
    for mapping in mappings_in(value):
        for key in _CONDITIONS & mapping.keys():
            yield from _in_condition(mapping[key])


def _in_condition(condition: Any) -> Iterator[tuple[Any, str]]:
    for key, part in condition.items() if isinstance(condition, dict) else ():
        if key in TREES:
            for _, inner in each(part):
                yield from _in_condition(inner)
        else:
            yield condition, key


def mappings_in(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in it, with itself."""
    if isinstance(value, dict):
        yield value
    for _, part in each(value):
        yield from mappings_in(part)


def each(value: Any) -> Iterable[tuple[Any, Any]]:
    """The entries or items of a value, with the step to each."""
    return value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
