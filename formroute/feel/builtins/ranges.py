"""10.3.4.7: how points and ranges lie to each other.

Each end is an edge: its value's place in the order, and a nudge inward when the end is left out. Every relation is then
a comparison of edges.
"""

from collections.abc import Callable

from formroute.feel.builtins.tables import Table
from formroute.feel.comparing import different_types, order_key
from formroute.feel.errors import NoValue
from formroute.feel.values import Range, Value

Edge = tuple[object, ...]
Span = tuple[Edge, Edge]
Relation = Callable[[Span, Span], bool]
_BEGINNING: Edge = (-1,)
_END: Edge = (1,)


def relation(holds: Relation) -> Callable[[Value, Value], bool]:
    """Give the function that tells whether a relation holds between two points or ranges."""

    def check(first: Value, second: Value) -> bool:
        orders = {order_key(value)[0] for value in (*_values(first), *_values(second))}
        if len(orders) > 1:
            raise different_types(_values(first)[0], _values(second)[0])
        return holds(_edges(first), _edges(second))

    return check


def turned(holds: Relation) -> Relation:
    """Give a relation with its sides exchanged."""
    return lambda first, second: holds(second, first)


def _before(first: Span, second: Span) -> bool:
    return first[1] < second[0]


def _meets(first: Span, second: Span) -> bool:
    return first[1] == second[0]


def _overlaps(first: Span, second: Span) -> bool:
    return first[1] >= second[0] and first[0] <= second[1]


def _overlaps_before(first: Span, second: Span) -> bool:
    return first[0] < second[0] <= first[1] <= second[1]


def _finishes(first: Span, second: Span) -> bool:
    return first[1] == second[1] and first[0] >= second[0]


def _during(first: Span, second: Span) -> bool:
    return second[0] <= first[0] and first[1] <= second[1]


def _starts(first: Span, second: Span) -> bool:
    return first[0] == second[0] and first[1] <= second[1]


def _coincides(first: Span, second: Span) -> bool:
    return first == second


def _values(value: Value) -> list[Value]:
    """Give the ends of a range, or a point."""
    if not isinstance(value, Range):
        return [value]
    ends = [value.start, value.end]
    if value.operator == ".." and None in ends:
        raise NoValue("a range with null as an end has no place", "null")
    return [end for end in ends if end is not None] or [None]


def _edges(value: Value) -> Span:
    if not isinstance(value, Range):
        return (0, order_key(value)[1], 0), (0, order_key(value)[1], 0)
    low = _BEGINNING if value.start is None else (0, order_key(value.start)[1], int(not value.start_included))
    high = _END if value.end is None else (0, order_key(value.end)[1], -int(not value.end_included))
    return low, high


FUNCTIONS: Table = {
    "before": relation(_before),
    "after": relation(turned(_before)),
    "meets": relation(_meets),
    "met by": relation(turned(_meets)),
    "overlaps": relation(_overlaps),
    "overlaps before": relation(_overlaps_before),
    "overlaps after": relation(turned(_overlaps_before)),
    "finishes": relation(_finishes),
    "finished by": relation(turned(_finishes)),
    "includes": relation(turned(_during)),
    "during": relation(_during),
    "starts": relation(_starts),
    "started by": relation(turned(_starts)),
    "coincides": relation(_coincides),
}
RUN_FUNCTIONS: Table = {}
