"""Tokens to a tree: operators by precedence and what follows an operand; the rest of the grammar is in `atoms`."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from formroute.feel.atoms import COMPARISONS, atom, interval, unary_test
from formroute.feel.cursor import Cursor
from formroute.feel.errors import FeelError, find
from formroute.feel.limits import LIMITS, Limits
from formroute.feel.names import Names
from formroute.feel.syntax import (
    Argument,
    Between,
    Binary,
    Call,
    Filter,
    In,
    InstanceOf,
    Negate,
    Node,
    Path,
    UnaryTests,
    walk,
)
from formroute.feel.typenames import type_name

Tree = TypeVar("Tree", bound=Node)

POWERS = {
    "or": 1,
    "and": 2,
    **dict.fromkeys((*COMPARISONS, "between", "in"), 3),
    **dict.fromkeys("+-", 4),
    **dict.fromkeys("*/", 5),
    "**": 6,
}
NEGATION = 7
_PROPERTIES = ("time offset", "start included", "end included")
_NEVER_STARTS = frozenset(
    [*COMPARISONS, *"+*/)],.}:", "**", "..", "->", "", "and", "or", "in", "between", "then", "else"]
)


def parse(text: str, names: Iterable[str] = (), *, fields: Iterable[str] = (), limits: Limits = LIMITS) -> Node:
    """Read an expression.

    `names` are the variables it may use; only those with spaces or signs, or called like a FEEL word, need to be
    declared. `fields` are names of that sort inside contexts. Raises `FeelError` with line and column.
    """
    cursor = _cursor(text, names, fields, limits)
    return _whole(cursor, expression(cursor))


def parse_tests(
    text: str, names: Iterable[str] = (), *, fields: Iterable[str] = (), limits: Limits = LIMITS
) -> UnaryTests:
    """Read unary tests, as in a cell of a decision table: `< 10, [20..30]`, `not("a")`, `-`."""
    cursor = _cursor(text, names, fields, limits)
    return _whole(cursor, _tests(cursor))


def expression(cursor: Cursor, power: int = 0) -> Node:
    """Read an expression whose operators bind tighter than `power`."""
    start = cursor.token.start
    with cursor.nested():
        left = _operand(cursor)
        while (binding := POWERS.get(cursor.word, 0)) > power:
            left = _INFIX.get(cursor.word, _binary)(cursor, left, binding, start)
    return left


def _cursor(text: str, names: Iterable[str], fields: Iterable[str], limits: Limits) -> Cursor:
    return Cursor(text, Names(names), Names((*_PROPERTIES, *fields)), limits, expression)


def _whole(cursor: Cursor, tree: Tree) -> Tree:
    if cursor.token.kind != "end":
        raise cursor.unexpected()
    for node, depth in walk(tree):
        if depth > cursor.limits.nesting:
            message = f"this is nested deeper than {cursor.limits.nesting} levels"
            raise FeelError(find("limit", message, cursor.text, *node.span))
    return tree


def _tests(cursor: Cursor) -> UnaryTests:
    if cursor.word == "-" and cursor.ahead().kind == "end":
        cursor.advance()
        return UnaryTests((), span=cursor.span(0))
    if cursor.word == "not" and cursor.ahead().text == "(":
        beginning = cursor.index
        cursor.advance(2)
        tests = _list_of_tests(cursor)
        if cursor.accept(")") and cursor.token.kind == "end":
            return UnaryTests(tests, negated=True, span=cursor.span(0))
        cursor.index = beginning
    return UnaryTests(_list_of_tests(cursor), span=cursor.span(0))


def _list_of_tests(cursor: Cursor) -> tuple[Node, ...]:
    tests = [unary_test(cursor)]
    while cursor.accept(","):
        tests.append(unary_test(cursor))
    return tuple(tests)


def _binary(cursor: Cursor, left: Node, power: int, start: int) -> Node:
    operator = cursor.advance().text
    right = cursor.expression(power)
    return Binary(operator, left, right, span=cursor.span(start))


def _between(cursor: Cursor, value: Node, power: int, start: int) -> Node:
    cursor.advance()
    low = cursor.expression(power)
    cursor.expect("and")
    return Between(value, low, cursor.expression(power), span=cursor.span(start))


def _in(cursor: Cursor, value: Node, power: int, start: int) -> Node:
    cursor.advance()
    if cursor.word != "(":
        return In(value, (unary_test(cursor, power),), span=cursor.span(start))
    opening = cursor.advance().start
    tests = _list_of_tests(cursor)
    if cursor.word == ".." and len(tests) == 1:
        tests = (interval(cursor, tests[0], low_included=False, start=opening),)
    else:
        cursor.expect(")")
    return In(value, tests, span=cursor.span(start))


def _operand(cursor: Cursor) -> Node:
    start = cursor.token.start
    if cursor.word == "-" and cursor.ahead().kind != "number":
        cursor.advance()
        return Negate(cursor.expression(NEGATION), span=cursor.span(start))
    operand = atom(cursor)
    while (follow := _FOLLOWING.get(cursor.word)) and not _ends_interval(cursor):
        operand = follow(cursor, operand, start)
    return operand


def _ends_interval(cursor: Cursor) -> bool:
    """Tell the bracket of `[1..10[` from a filter."""
    return cursor.word == "[" and cursor.ahead().kind != "string" and cursor.ahead().text in _NEVER_STARTS


def _path(cursor: Cursor, base: Node, start: int) -> Node:
    cursor.advance()
    if cursor.token.kind != "name":
        raise cursor.error(f"expected a name after the dot, found {cursor.found()}")
    declared = cursor.fields.longest(cursor.tokens, cursor.index)
    name, count = declared or (cursor.token.text, 1)
    cursor.advance(count)
    return Path(base, name, span=cursor.span(start))


def _filter(cursor: Cursor, base: Node, start: int) -> Node:
    cursor.advance()
    with cursor.scope():
        cursor.declare_fields()
        condition = cursor.expression()
    cursor.expect("]")
    return Filter(base, condition, span=cursor.span(start))


def _call(cursor: Cursor, function: Node, start: int) -> Node:
    cursor.advance()
    arguments: list[Argument] = []
    while not cursor.accept(")"):
        if arguments:
            cursor.expect(",")
        arguments.append(_argument(cursor))
    if len({argument.name is None for argument in arguments}) > 1:
        raise cursor.error("name all arguments of this call, or none of them")
    return Call(function, tuple(arguments), span=cursor.span(start))


def _argument(cursor: Cursor) -> Argument:
    start = cursor.token.start
    count = 0
    while cursor.ahead(count).kind == "name":
        count += 1
    if not count or cursor.ahead(count).text != ":":
        return Argument(None, cursor.expression(), span=cursor.span(start))
    name = cursor.new_name(":")
    cursor.expect(":")
    return Argument(name, cursor.expression(), span=cursor.span(start))


def _instance_of(cursor: Cursor, value: Node, start: int) -> Node:
    cursor.advance()
    cursor.expect("of")
    return InstanceOf(value, type_name(cursor), span=cursor.span(start))


_INFIX: dict[str, Callable[[Cursor, Node, int, int], Node]] = {"between": _between, "in": _in}
_FOLLOWING: dict[str, Callable[[Cursor, Node, int], Node]] = {
    ".": _path,
    "[": _filter,
    "(": _call,
    "instance": _instance_of,
}
