"""10.3.4.4: lists."""

from collections.abc import Callable
from decimal import Decimal
from itertools import chain

from formroute.feel.builtins.tables import Table
from formroute.feel.comparing import ordered, same
from formroute.feel.errors import NoValue
from formroute.feel.numbers import DECIMAL, whole
from formroute.feel.run import Run
from formroute.feel.values import Function, Value

Items = list[Value]


def extreme(symbol: str) -> Callable[[Items], Value]:
    """Give the function that finds the item that is `<` or `>` all others."""

    def find(items: Items) -> Value:
        found, *rest = _some(items)
        ordered(symbol, found, found)
        for item in rest:
            if ordered(symbol, item, found):
                found = item
        return found

    return find


def total(items: Items) -> Decimal:
    """Add numbers."""
    result = Decimal(0)
    for number in _numbers(_some(items)):
        result = DECIMAL.add(result, number)
    return result


def product(items: Items) -> Decimal:
    """Multiply numbers."""
    result = Decimal(1)
    for number in _numbers(_some(items)):
        result = DECIMAL.multiply(result, number)
    return result


def mean(items: Items) -> Decimal:
    """Give the average."""
    return DECIMAL.divide(total(items), Decimal(len(items)))


def median(items: Items) -> Decimal:
    """Give the middle number, or the average of the two in the middle."""
    numbers = sorted(_numbers(_some(items)))
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else mean(numbers[middle - 1 : middle + 1])


def deviation(items: Items) -> Decimal:
    """Give the standard deviation of a sample of at least two numbers."""
    average = mean(items)
    if len(items) < 2:
        raise NoValue("a standard deviation needs two numbers")
    squares = total([DECIMAL.power(DECIMAL.subtract(number, average), 2) for number in items])
    return DECIMAL.sqrt(DECIMAL.divide(squares, Decimal(len(items) - 1)))


def mode(items: Items) -> Items:
    """Give the numbers that occur most often, in order."""
    counts: dict[Decimal, int] = {}
    for number in _numbers(items):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


def every(items: Items) -> bool | None:
    """Give the and of booleans."""
    return _logic(items, decisive=False)


def some(items: Items) -> bool | None:
    """Give the or of booleans."""
    return _logic(items, decisive=True)


def sublist(items: Items, start: Decimal, length: Decimal | None) -> Items:
    """Give the items from a position, counted from 1, or from the end if it is negative."""
    begin = _index(items, start)
    end = len(items) if length is None else begin + whole(length)
    if not begin <= end <= len(items):
        raise NoValue(f"a list of {len(items)} items has no such part")
    return items[begin:end]


def insert_before(items: Items, position: Decimal, item: Value) -> Items:
    """Give the list with an item put before a position."""
    index = _index(items, position)
    return [*items[:index], item, *items[index:]]


def remove(items: Items, position: Decimal) -> Items:
    """Give the list without the item at a position."""
    index = _index(items, position)
    return [*items[:index], *items[index + 1 :]]


def replace_at(_: Run, items: Items, position: Decimal, item: Value) -> Items:
    """Give the list with another item at a position."""
    index = _index(items, position)
    return [*items[:index], item, *items[index + 1 :]]


def replace_where(run: Run, items: Items, match: Function, item: Value) -> Items:
    """Give the list with another item wherever a function of both says so."""
    return [item if _agrees(run, match, old, item) else old for old in items]


def contains(run: Run, items: Items, element: Value) -> bool:
    """Tell whether an item equals a value."""
    return any(same(item, element, run) for item in items)


def index_of(run: Run, items: Items, match: Value) -> Items:
    """Give the positions of the items that equal a value."""
    return [Decimal(position) for position, item in enumerate(items, 1) if same(item, match, run)]


def distinct(run: Run, items: Items) -> Items:
    """Give the list without repetitions."""
    kept: Items = []
    for item in items:
        run.charge(1 + len(kept) // 4)
        if not contains(run, kept, item):
            kept.append(item)
    return kept


def union(run: Run, *lists: Items) -> Items:
    """Give the items of all lists, without repetitions."""
    return distinct(run, concatenate(*lists))


def concatenate(*lists: Items) -> Items:
    """Give the items of all lists."""
    return list(chain.from_iterable(lists))


def flatten(run: Run, items: Items) -> Items:
    """Give the items of a list and of the lists in it, however deep."""
    flat: Items = []
    waiting = items[::-1]
    while waiting:
        run.charge(1)
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        else:
            flat.append(item)
    return flat


def _agrees(run: Run, match: Function, old: Value, new: Value) -> bool:
    found = match.call(run, [old, new], ())
    if not isinstance(found, bool):
        raise NoValue("the function that finds what to replace gives no boolean", "type")
    return found


def _index(items: Items, position: Decimal) -> int:
    place = whole(position)
    if not 1 <= abs(place) <= len(items):
        raise NoValue(f"there is no position {position} in a list of {len(items)}")
    return place - 1 if place > 0 else len(items) + place


def _some(items: Items) -> Items:
    if not items:
        raise NoValue("an empty list has no such value")
    return items


def _numbers(items: Items) -> list[Decimal]:
    if not all(isinstance(item, Decimal) for item in items):
        raise NoValue("an item of this list is no number", "null" if None in items else "type")
    return items


def _logic(items: Items, *, decisive: bool) -> bool | None:
    if any(item is not None and not isinstance(item, bool) for item in items):
        raise NoValue("an item of this list is no boolean", "type")
    if decisive in items:
        return decisive
    return None if None in items else not decisive


FUNCTIONS: Table = {
    "count": lambda items: Decimal(len(items)),
    "min": extreme("<"),
    "max": extreme(">"),
    "sum": total,
    "mean": mean,
    "all": every,
    "any": some,
    "sublist": sublist,
    "append": lambda items, *more: [*items, *more],
    "concatenate": concatenate,
    "insert before": insert_before,
    "remove": remove,
    "reverse": lambda items: items[::-1],
    "product": product,
    "median": median,
    "stddev": deviation,
    "mode": mode,
}
RUN_FUNCTIONS: Table = {
    "list contains": contains,
    "list replace": (replace_at, replace_where),
    "index of": index_of,
    "union": union,
    "distinct values": distinct,
    "flatten": flatten,
}
