"""A tree as text again: reading it gives the same tree."""

from collections.abc import Callable
from typing import Any

from formroute.feel.numbers import write_number
from formroute.feel.parser import NEGATION, POWERS
from formroute.feel.syntax import (
    Argument,
    At,
    Between,
    Binary,
    Boolean,
    Call,
    Context,
    Definition,
    Each,
    Filter,
    For,
    If,
    In,
    Input,
    InstanceOf,
    Interval,
    Listing,
    Name,
    Negate,
    Node,
    Null,
    Number,
    Parameter,
    Path,
    Quantified,
    String,
    TypeName,
    UnaryTest,
    UnaryTests,
)
from formroute.feel.writing import quote, write_key

_TIGHT = NEGATION + 1
_LOOSE = 0
_COMPARISON = POWERS["="]
_PLAIN_DIGITS = 40


def unparse(tree: Node) -> str:
    """Write a tree, or unary tests, with no more brackets than it needs."""
    return _item(tree)


def _written(node: Node) -> str:
    return _WRITERS[type(node)](node)


def _inside(node: Node, power: int) -> str:
    """Write an operand of something that binds this tight."""
    written = _written(node)
    return written if _power(node) > power else f"({written})"


def _power(node: Node) -> int:
    if isinstance(node, Binary):
        return POWERS[node.operator]
    return _POWERS.get(type(node), _TIGHT)


def _number(node: Number) -> str:
    plain = write_number(node.value)
    return plain if len(plain) <= _PLAIN_DIGITS else str(node.value)


def _binary(node: Binary) -> str:
    power = POWERS[node.operator]
    return f"{_inside(node.left, power - 1)} {node.operator} {_inside(node.right, power)}"


def _negate(node: Negate) -> str:
    """Write a negative, so that its sign is not read as part of a number."""
    operand = _inside(node.operand, NEGATION - 1)
    return f"-({operand})" if operand[0].isdigit() else f"-{operand}"


def _between(node: Between) -> str:
    parts = (_inside(node.value, _COMPARISON - 1), _inside(node.low, _COMPARISON), _inside(node.high, _COMPARISON))
    return "{} between {} and {}".format(*parts)


def _in(node: In) -> str:
    return f"{_inside(node.value, _COMPARISON - 1)} in ({_list(node.tests)})"


def _unary_test(node: UnaryTest) -> str:
    return f"{node.operator} {_inside(node.operand, _COMPARISON)}"


def _unary_tests(node: UnaryTests) -> str:
    if not node.tests:
        return "-"
    written = _list(node.tests)
    if node.negated:
        return f"not({written})"
    return f"({written})" if len(node.tests) == 1 and written.startswith("not(") else written


def _interval(node: Interval) -> str:
    low, high = "[" if node.low_included else "(", "]" if node.high_included else ")"
    return f"{low}{_inside(node.low, _LOOSE)}..{_inside(node.high, _COMPARISON)}{high}"


def _context(node: Context) -> str:
    return f"{{{', '.join(f'{write_key(entry.key)}: {_item(entry.value)}' for entry in node.entries)}}}"


def _call(node: Call) -> str:
    return f"{_inside(node.function, NEGATION)}({', '.join(map(_argument, node.arguments))})"


def _argument(node: Argument) -> str:
    return _item(node.value) if node.name is None else f"{node.name}: {_item(node.value)}"


def _if(node: If) -> str:
    return f"if {_item(node.condition)} then {_item(node.yes)} else {_item(node.no)}"


def _for(node: For) -> str:
    return f"for {_iterators(node.iterators)} return {_item(node.body)}"


def _quantified(node: Quantified) -> str:
    word = "every" if node.every else "some"
    return f"{word} {_iterators(node.iterators)} satisfies {_item(node.condition)}"


def _iterators(iterators: tuple[Each, ...]) -> str:
    return ", ".join(_each(each) for each in iterators)


def _each(each: Each) -> str:
    last = f"..{_inside(each.last, _LOOSE)}" if each.last else ""
    return f"{each.name} in {_inside(each.domain, _LOOSE)}{last}"


def _definition(node: Definition) -> str:
    return f"function({', '.join(map(_parameter, node.parameters))}) {_item(node.body)}"


def _parameter(node: Parameter) -> str:
    return f"{node.name}: {_type(node.type)}" if node.type else node.name


def _type(node: TypeName) -> str:
    inner = ", ".join(map(_type, node.arguments))
    if node.result:
        return f"function<{inner}>->{_type(node.result)}"
    if node.name == "context" and node.keys:
        entries = zip(node.keys, node.arguments, strict=True)
        return f"context<{', '.join(f'{key}: {_type(type_)}' for key, type_ in entries)}>"
    return f"{node.name}<{inner}>" if inner else node.name


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(_written, nodes))


def _item(node: Node) -> str:
    """Write a part that stands between commas or words, where a lone comparison needs its brackets."""
    return f"({_written(node)})" if isinstance(node, UnaryTest) else _written(node)


_POWERS: dict[type[Node], int] = {
    UnaryTest: _LOOSE,
    If: _LOOSE,
    For: _LOOSE,
    Quantified: _LOOSE,
    Definition: _LOOSE,
    InstanceOf: _LOOSE,
    Between: _COMPARISON,
    In: _COMPARISON,
    Negate: NEGATION,
}
_WRITERS: dict[type[Node], Callable[[Any], str]] = {
    At: lambda node: f"@{quote(node.text)}",
    Between: _between,
    Binary: _binary,
    Boolean: lambda node: "true" if node.value else "false",
    Call: _call,
    Context: _context,
    Definition: _definition,
    Filter: lambda node: f"{_inside(node.base, NEGATION)}[{_item(node.condition)}]",
    For: _for,
    If: _if,
    In: _in,
    Input: lambda _: "?",
    InstanceOf: lambda node: f"{_inside(node.value, NEGATION)} instance of {_type(node.type)}",
    Interval: _interval,
    Listing: lambda node: f"[{', '.join(map(_item, node.items))}]",
    Name: lambda node: node.name,
    Negate: _negate,
    Null: lambda _: "null",
    Number: _number,
    Path: lambda node: f"{_inside(node.base, NEGATION)}.{node.name}",
    Quantified: _quantified,
    String: lambda node: quote(node.value),
    UnaryTest: _unary_test,
    UnaryTests: _unary_tests,
}
