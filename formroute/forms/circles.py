"""Fields that depend on each other in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter


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
