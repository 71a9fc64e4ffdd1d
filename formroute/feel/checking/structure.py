"""Types of names, lists, contexts, paths, filters, loops and `if`."""

from collections.abc import Iterator

from formroute.feel.checking.environment import Environment, Infer, described, suggestion, written
from formroute.feel.evaluation.closures import names_in
from formroute.feel.properties import PROPERTIES
from formroute.feel.signatures import signatures
from formroute.feel.syntax import Context, Each, Filter, For, If, Input, Listing, Name, Node, Path, Quantified
from formroute.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DAYS,
    MISTAKEN,
    NULL,
    NUMBER,
    STRING,
    Type,
    common,
    context_of,
    item_of,
    list_of,
)

_PROPERTY_TYPES = {"timezone": STRING, "time offset": DAYS, "start included": BOOLEAN, "end included": BOOLEAN}


def name(node: Name, environment: Environment, infer: Infer) -> Type:  # noqa: ARG001
    """Infer a variable."""
    if node.name in environment.names:
        return environment.names[node.name]
    if node.name in signatures():
        return Type("function")
    if not environment.open:
        near = suggestion(node.name, environment.names)
        environment.report(node.span, "name", f"nothing is called {node.name!r}{near}")
        return MISTAKEN
    return ANY


def input_value(node: Input, environment: Environment, infer: Infer) -> Type:  # noqa: ARG001
    """Infer `?`."""
    return environment.names.get("?", ANY)


def listing(node: Listing, environment: Environment, infer: Infer) -> Type:
    """Infer `[a, b]`."""
    return list_of(common([infer(item, environment) for item in node.items]))


def context(node: Context, environment: Environment, infer: Infer) -> Type:
    """Infer `{key: value}`, each entry in sight of those before it."""
    entries: dict[str, Type] = {}
    for entry in node.entries:
        if entry.key in entries:
            environment.report(entry.span, "value", f"the key {entry.key!r} is given twice")
        entries[entry.key] = infer(entry.value, environment.within(entries))
    return context_of(entries)


def path(node: Path, environment: Environment, infer: Infer) -> Type:
    """Infer `base.name`; of a list, a list."""
    base = infer(node.base, environment)
    member = _member(node, item_of(base), environment)
    return list_of(member) if base.name == "list" else member


def selection(node: Filter, environment: Environment, infer: Infer) -> Type:
    """Infer `base[condition]`: an item for a number, the list of some items for a boolean."""
    base = infer(node.base, environment)
    item = item_of(base)
    opened = item in (ANY, MISTAKEN, Type("context"))
    entries = dict(zip(item.keys, item.arguments, strict=True)) if item.name == "context" else {}
    condition = infer(node.condition, environment.within({"item": item, **entries}, opened=opened))
    if condition == NUMBER:
        if not names_in(node.condition).isdisjoint({"item", *entries}):
            return environment.wrong(node.condition, "a position must be the same for all items")
        return item
    environment.wants(node.condition, condition, BOOLEAN, "what selects items")
    return list_of(item)


def condition(node: If, environment: Environment, infer: Infer) -> Type:
    """Infer `if … then … else …`."""
    environment.wants(node.condition, infer(node.condition, environment), BOOLEAN, "the condition of an if")
    return common([infer(node.yes, environment), infer(node.no, environment)])


def loop(node: For, environment: Environment, infer: Infer) -> Type:
    """Infer `for … return …`."""
    inner = _inside(node.iterators, environment, infer).within({"partial": list_of(ANY)})
    return list_of(infer(node.body, inner))


def quantified(node: Quantified, environment: Environment, infer: Infer) -> Type:
    """Infer `some … satisfies …` and `every …`."""
    inner = _inside(node.iterators, environment, infer)
    environment.wants(node.condition, infer(node.condition, inner), BOOLEAN, "what items satisfy")
    return BOOLEAN


def _inside(iterators: tuple[Each, ...], environment: Environment, infer: Infer) -> Environment:
    for each in iterators:
        environment = environment.within({each.name: _turn(each, environment, infer)})
    return environment


def _turn(each: Each, environment: Environment, infer: Infer) -> Type:
    """Infer what the variable of a loop is in each turn."""
    domain = infer(each.domain, environment)
    if each.last is None:
        if domain.name == "range":
            return _countable(each.domain, domain.arguments[0] if domain.arguments else ANY, environment)
        if domain == NULL:
            environment.report(each.domain.span, "null", "a loop over null gives null")
        return item_of(domain)
    last = infer(each.last, environment)
    environment.wants(each.last, last, domain, "the other end of the loop")
    return _countable(each.domain, domain, environment)


def _countable(node: Node, type_: Type, environment: Environment) -> Type:
    if type_ in (NUMBER, DATE, MISTAKEN):
        return type_
    return environment.wrong(node, f"a loop counts numbers or dates, {described(type_)}")


def _member(node: Path, base: Type, environment: Environment) -> Type:
    known = dict(_members(base))
    if node.name in known:
        return known[node.name]
    if base in (ANY, MISTAKEN) or base == Type("context"):
        return base if base == MISTAKEN else ANY
    near = suggestion(node.name, known)
    environment.report(node.span, "name", f"a {written(base)} has no {node.name!r}{near}")
    return MISTAKEN


def _members(base: Type) -> Iterator[tuple[str, Type]]:
    if base.name == "context":
        yield from zip(base.keys, base.arguments, strict=True)
    ends = base.arguments[0] if base.name == "range" and base.arguments else NUMBER
    for member in PROPERTIES.get(base.name, {}):
        yield member, _PROPERTY_TYPES.get(member, ends)
