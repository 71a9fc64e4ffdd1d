"""A tree as text again: reading it gives the same tree."""

from collections.abc import Callable
from typing import Any

from formroute.feel import syntax
from formroute.feel.numbers import write_number
from formroute.feel.parser import NEGATION, POWERS
from formroute.feel.syntax import Node
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
    if isinstance(node, syntax.Binary):
        return POWERS[node.operator]
    return _POWERS.get(type(node), _TIGHT)


def _number(node: syntax.Number) -> str:
    plain = write_number(node.value)
    return plain if len(plain) <= _PLAIN_DIGITS else str(node.value)


def _binary(node: syntax.Binary) -> str:
    power = POWERS[node.operator]
    return f"{_inside(node.left, power - 1)} {node.operator} {_inside(node.right, power)}"


def _negate(node: syntax.Negate) -> str:
    """Write a negative, so that its sign is not read as part of a number."""
    operand = _inside(node.operand, NEGATION - 1)
    return f"-({operand})" if operand[0].isdigit() else f"-{operand}"


def _between(node: syntax.Between) -> str:
    parts = (_inside(node.value, _COMPARISON - 1), _inside(node.low, _COMPARISON), _inside(node.high, _COMPARISON))
    return "{} between {} and {}".format(*parts)


def _in(node: syntax.In) -> str:
    return f"{_inside(node.value, _COMPARISON - 1)} in ({_list(node.tests)})"


def _unary_test(node: syntax.UnaryTest) -> str:
    return f"{node.operator} {_inside(node.operand, _COMPARISON)}"


def _unary_tests(node: syntax.UnaryTests) -> str:
    if not node.tests:
        return "-"
    written = _list(node.tests)
    if node.negated:
        return f"not({written})"
    return f"({written})" if len(node.tests) == 1 and written.startswith("not(") else written


def _interval(node: syntax.Interval) -> str:
    low, high = "[" if node.low_included else "(", "]" if node.high_included else ")"
    return f"{low}{_inside(node.low, _LOOSE)}..{_inside(node.high, _COMPARISON)}{high}"


def _context(node: syntax.Context) -> str:
    return f"{{{', '.join(f'{write_key(entry.key)}: {_item(entry.value)}' for entry in node.entries)}}}"


def _call(node: syntax.Call) -> str:
    return f"{_inside(node.function, NEGATION)}({', '.join(map(_argument, node.arguments))})"


def _argument(node: syntax.Argument) -> str:
    return _item(node.value) if node.name is None else f"{node.name}: {_item(node.value)}"


def _if(node: syntax.If) -> str:
    return f"if {_item(node.condition)} then {_item(node.yes)} else {_item(node.no)}"


def _for(node: syntax.For) -> str:
    return f"for {_iterators(node.iterators)} return {_item(node.body)}"


def _quantified(node: syntax.Quantified) -> str:
    word = "every" if node.every else "some"
    return f"{word} {_iterators(node.iterators)} satisfies {_item(node.condition)}"


def _iterators(iterators: tuple[syntax.Each, ...]) -> str:
    return ", ".join(_each(each) for each in iterators)


def _each(each: syntax.Each) -> str:
    last = f"..{_inside(each.last, _LOOSE)}" if each.last else ""
    return f"{each.name} in {_inside(each.domain, _LOOSE)}{last}"


def _definition(node: syntax.Definition) -> str:
    return f"function({', '.join(map(_parameter, node.parameters))}) {_item(node.body)}"


def _parameter(node: syntax.Parameter) -> str:
    return f"{node.name}: {_type(node.type)}" if node.type else node.name


def _type(node: syntax.TypeName) -> str:
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
    return f"({_written(node)})" if isinstance(node, syntax.UnaryTest) else _written(node)


_POWERS: dict[type[Node], int] = {
    syntax.UnaryTest: _LOOSE,
    syntax.If: _LOOSE,
    syntax.For: _LOOSE,
    syntax.Quantified: _LOOSE,
    syntax.Definition: _LOOSE,
    syntax.InstanceOf: _LOOSE,
    syntax.Between: _COMPARISON,
    syntax.In: _COMPARISON,
    syntax.Negate: NEGATION,
}
_WRITERS: dict[type[Node], Callable[[Any], str]] = {
    syntax.At: lambda node: f"@{quote(node.text)}",
    syntax.Between: _between,
    syntax.Binary: _binary,
    syntax.Boolean: lambda node: "true" if node.value else "false",
    syntax.Call: _call,
    syntax.Context: _context,
    syntax.Definition: _definition,
    syntax.Filter: lambda node: f"{_inside(node.base, NEGATION)}[{_item(node.condition)}]",
    syntax.For: _for,
    syntax.If: _if,
    syntax.In: _in,
    syntax.Input: lambda _: "?",
    syntax.InstanceOf: lambda node: f"{_inside(node.value, NEGATION)} instance of {_type(node.type)}",
    syntax.Interval: _interval,
    syntax.Listing: lambda node: f"[{', '.join(map(_item, node.items))}]",
    syntax.Name: lambda node: node.name,
    syntax.Negate: _negate,
    syntax.Null: lambda _: "null",
    syntax.Number: _number,
    syntax.Path: lambda node: f"{_inside(node.base, NEGATION)}.{node.name}",
    syntax.Quantified: _quantified,
    syntax.String: lambda node: quote(node.value),
    syntax.UnaryTest: _unary_test,
    syntax.UnaryTests: _unary_tests,
}
