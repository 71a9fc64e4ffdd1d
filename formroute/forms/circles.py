"""Fields that depend on each other in a circle."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from graphlib import CycleError, TopologicalSorter
from typing import Any

from formroute.conditions import named_in
from formroute.definitions import Place
from formroute.forms.definition import PageDefinition
from formroute.forms.kinds import CalculatedDefinition
from formroute.forms.written_fields import WrittenField, WrittenPage
from formroute.problems import Problem


def circular(pages: Iterable[WrittenPage], names: Collection[str], problems: list[Problem]) -> set[str]:
    """The fields that depend on each other; each circle is added to `problems` once."""
    written_on = {item.name: (item, page.definition, page.place) for page in pages for item in page.fields}
    needs = {
        name: [needed for raw, _ in _looked_at(*written) for needed in named_in(raw, names)]
        for name, written in written_on.items()
    }
    found: set[str] = set()
    for first, *others in circles(needs):
        path = ", which depends on ".join(f"`{name}`" for name in (*others, first)) if others else "itself"
        nearest = (*others, first)[0]
        says = [place for raw, place in _looked_at(*written_on[first]) if nearest in named_in(raw, names)]
        problems.append(says[-1]().problem("F226", field=first, path=path))
        found.update((first, *others))
    return found


def _looked_at(field: WrittenField, page: PageDefinition, place: Place) -> Iterator[tuple[Any, Callable[[], Place]]]:
    """What may name the fields that a field, or the page it stands on, looks at, each with its place."""
    definition = field.definition
    if page.show_when is not None:
        yield page.show_when, lambda: place["show_when"]
    if definition.show_when is not None:
        yield definition.show_when, lambda: field.place["show_when"]
    if isinstance(definition, CalculatedDefinition):
        yield from ((written, partial(field.place.at, key)) for key, written in definition.looked_at())
    for value, one in field.offers.items():
        if one.show_when is not None:
            yield one.show_when, partial(field.place.at, "choices", value, "show_when")


def circles(needs: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle by the names on it, the first one asked first, each needing the next and the last the first.

    `needs` has, in the order of asking, what every field looks at. A field lies on one circle at most.
    """
    if not _looks_ahead(needs):
        return
    left = dict(needs)
    while circle := _circle(left):
        first = min(circle, key=list(needs).index)
        start = circle.index(first)
        yield (*circle[start:], *circle[:start])
        left = {name: needed for name, needed in left.items() if name not in circle}


def _looks_ahead(needs: Mapping[str, Collection[str]]) -> bool:
    """Whether any of them needs itself or a later one: without that there is no circle."""
    before: set[str] = set()
    for name, needed in needs.items():
        if any(one in needs and one not in before for one in needed):
            return True
        before.add(name)
    return False


def _circle(needs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    among = {name: [one for one in needed if one in needs] for name, needed in needs.items()}
    try:
        TopologicalSorter(among).prepare()
    except CycleError as error:
        return tuple(reversed(error.args[1][1:]))
    return ()
