"""Paths and filters."""

from decimal import Decimal

from formroute.feel.arithmetic import TABLES as ARITHMETIC
from formroute.feel.errors import NoValue
from formroute.feel.evaluation.closures import Build, Closure, Scope, names_in, weight
from formroute.feel.properties import property_of
from formroute.feel.run import Run
from formroute.feel.signatures import signatures
from formroute.feel.syntax import (
    Between,
    Binary,
    Boolean,
    Call,
    Filter,
    In,
    InstanceOf,
    Name,
    Node,
    Null,
    Path,
    Quantified,
)
from formroute.feel.types import BOOLEAN
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
    is_test = _is_test(node.condition)

    def evaluate(scope: Scope, run: Run) -> Value:
        found = base(scope, run)
        if found is None:
            return run.null(span, NoValue("null has no items", "null"))
        items = found if type(found) is list else [found]
        if not is_test and not ("item" in names or run.has_entry(items, names)):
            return _chosen(items, condition({**scope, "item": None}, run), span, run)
        run.charge(cost * len(items))
        return [item for item in items if condition(_inside(scope, item, names), run) is True]

    return evaluate


def _is_test(node: Node) -> bool:
    """Tell whether a condition is true or false by its form, and so no position."""
    if isinstance(node, Binary):
        return node.operator not in ARITHMETIC
    if isinstance(node, Call) and isinstance(node.function, Name):
        return any(way.result == BOOLEAN for way in signatures().get(node.function.name, ()))
    return isinstance(node, Between | Boolean | In | InstanceOf | Null | Quantified)


def _chosen(items: list[Value], choice: Value, span: tuple[int, int], run: Run) -> Value:
    """Choose the item at a position, or all or none of the items."""
    if type(choice) is Decimal:
        return _item_at(items, choice, span, run)
    if choice is None:
        return run.null(span, NoValue("null is no position", "null"))
    return items if choice is True else []


def _member(value: Value, name: str, span: tuple[int, int], run: Run) -> Value:
    if type(value) is dict and name in value:
        return value[name]
    try:
        return property_of(value, name)
    except NoValue as reason:
        return run.null(span, reason)


def _inside(scope: Scope, item: Value, names: frozenset[str]) -> Scope:
    """Give the scope of a condition: the item, its entries, and what was there before."""
    entries = {name: item[name] for name in names if name in item} if type(item) is dict else {}
    return {**scope, "item": item, **entries}


def _item_at(items: list[Value], position: Decimal, span: tuple[int, int], run: Run) -> Value:
    index = int(position) if abs(position) <= len(items) else 0
    if index and position == index:
        return items[index - 1 if index > 0 else index]
    return run.null(span, NoValue(f"there is no item {position} in a list of {len(items)}"))
