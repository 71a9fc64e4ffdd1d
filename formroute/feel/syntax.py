"""The tree of an expression: frozen nodes that know the place they came from, and compare without it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of a tree; `span` is its start and end offset in the text."""

    span: Span = field(default=(0, 0), compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as written, rounded to 34 digits."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class String(Node):
    """A text between double quotes, escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Null(Node):
    """`null`."""


@dataclass(frozen=True, slots=True)
class At(Node):
    """A date, time, date and time or duration: `@"2026-03-01"`."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or a function."""

    name: str


@dataclass(frozen=True, slots=True)
class Input(Node):
    """`?`: the value that a unary test is about."""


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-operand`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """Two operands of `+ - * / ** = != < <= > >= and or`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class UnaryTest(Node):
    """`< 10`, `= "a"`: a comparison that lacks its left side."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in (tests)`: one test that holds is enough."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """A cell of a decision table; no test at all is `-`, which everything meets."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[low..high]`; a round or turned bracket leaves its end out."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """One `key: value` of a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Context(Node):
    """`{key: value, …}`; an entry sees the entries before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`base.name`."""

    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[condition]`: the items that meet it, or the item at a position counted from 1."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Argument(Node):
    """An argument of a call, by position (no name) or by name."""

    name: str | None
    value: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """`function(arguments)`."""

    function: Node
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then yes else no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Each(Node):
    """`name in domain`, or `name in domain..last`."""

    name: str
    domain: Node
    last: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs, y in ys return body`."""

    iterators: tuple[Each, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in xs satisfies condition`, or `every`."""

    every: bool
    iterators: tuple[Each, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """A type as written: `number`, `list<string>`, `context<a: number>`, `function<number>->string`.

    `arguments` are the types inside the angle brackets, `keys` the names of a context's entries,
    `result` what a function gives.
    """

    name: str
    arguments: tuple["TypeName", ...] = ()
    keys: tuple[str, ...] = ()
    result: "TypeName | None" = None


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A parameter of a function definition, perhaps typed."""

    name: str
    type: TypeName | None = None


@dataclass(frozen=True, slots=True)
class Definition(Node):
    """`function(parameters) body`."""

    parameters: tuple[Parameter, ...]
    body: Node


def children(node: Node) -> Iterator[Node]:
    """Give the nodes right under a node, in the order they are written."""
    for name in _child_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Give every node under a node, itself first, with its depth from 1; no recursion."""
    waiting = [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        yield current, depth
        waiting.extend((child, depth + 1) for child in children(current))


_FIELDS: dict[type[Node], tuple[str, ...]] = {}


def _child_fields(node: type[Node]) -> tuple[str, ...]:
    if node not in _FIELDS:
        _FIELDS[node] = tuple(field.name for field in fields(node) if field.name != "span")
    return _FIELDS[node]
