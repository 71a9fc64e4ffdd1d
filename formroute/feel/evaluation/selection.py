"""Paths and filters."""

from decimal import Decimal

from formroute.feel.errors import NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, names_in, weight
from formroute.feel.properties import property_of
from formroute.feel.run import Run
from formroute.feel.syntax import Filter, Negate, Number, Path
from formroute.feel.values import Value


def path(node: Path, build: Build) -> Closure:
    """Build `base.name`; on a list, one value per item."""
    base, name, span = build(node.base), node.name, node.span

    def evaluate(scope: Scope, run: Run) -> Value:
        value = base(scope, run)
        if type(value) is list:
            run.charge(len(value))
            return [_member(item, name, span, run) for item in value]
        return _member(value, name, span, run)

    return evaluate


def selection(node: Filter, build: Build) -> Closure:
    """Build `base[condition]`: the item at a position, or the items that meet a condition."""
    base, condition, span = build(node.base), build(node.condition), node.span
    names, cost = names_in(node.condition), weight(node.condition)
    is_position = isinstance(node.condition, Number | Negate)

    def evaluate(scope: Scope, run: Run) -> Value:
        items = _as_list(base(scope, run))
        if not items and is_position:
            return _item_at(items, Decimal(1), span, run)
        chosen: list[Value] = []
        for item in items:
            run.charge(cost)
            found = condition(_inside(scope, item, names), run)
            if type(found) is Decimal:
                return _item_at(items, found, span, run)
            if found is True:
                chosen.append(item)
        return chosen

    return evaluate


def _member(value: Value, name: str, span: tuple[int, int], run: Run) -> Value:
    if type(value) is dict and name in value:
        return value[name]
    try:
        return property_of(value, name)
    except NoValue as reason:
        return run.null(span, reason)


def _as_list(value: Value) -> list[Value]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def _inside(scope: Scope, item: Value, names: frozenset[str]) -> Scope:
    """Give the scope of a condition: the item, its entries, and what was there before."""
    entries = {name: item[name] for name in names if name in item} if type(item) is dict else {}
    return {**scope, "item": item, **entries}


def _item_at(items: list[Value], position: Decimal, span: tuple[int, int], run: Run) -> Value:
    index = int(position) if abs(position) <= len(items) else 0
    if index and position == index:
        return items[index - 1 if index > 0 else index]
    return run.null(span, NoValue(f"there is no item {position} in a list of {len(items)}"))
