"""The parts of the grammar that start with a word or sign of their own: literals, names, brackets, `if`, `for`."""

from collections.abc import Callable

from formroute.feel.catalogue import FUNCTION_NAMES
from formroute.feel.cursor import KEYWORDS, OPERATOR_WORDS, Cursor
from formroute.feel.numbers import read_number
from formroute.feel.syntax import (
    At,
    Boolean,
    Context,
    Definition,
    Each,
    Entry,
    For,
    If,
    Input,
    Interval,
    Listing,
    Name,
    Node,
    Null,
    Number,
    Parameter,
    Quantified,
    String,
    UnaryTest,
)
from formroute.feel.typenames import type_name

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_COMPARISON_POWER = 3
_AFTER_OPERAND = frozenset([*COMPARISONS, *OPERATOR_WORDS, *"+*/)],.}", "**", "..", ""])


def atom(cursor: Cursor) -> Node:
    """Read what stands between operators, without what follows it (`.name`, `[…]`, `(…)`)."""
    token = cursor.token
    if token.kind == "string":
        cursor.advance()
        return String(token.text, span=(token.start, token.end))
    if token.kind == "number":
        return _number(cursor, "")
    if token.kind == "name":
        return _word(cursor)
    read = _SIGNS.get(token.text)
    if read is None:
        raise cursor.unexpected()
    return read(cursor)


def unary_test(cursor: Cursor, power: int = 0) -> Node:
    """Read one test: a comparison without left side, or an expression."""
    if cursor.word not in COMPARISONS:
        return cursor.expression(power)
    operator = cursor.advance()
    operand = cursor.expression(_COMPARISON_POWER)
    return UnaryTest(operator.text, operand, span=cursor.span(operator.start))


def interval(cursor: Cursor, low: Node, *, low_included: bool, start: int) -> Node:
    """Read the rest of an interval, from its two dots."""
    cursor.expect("..")
    high = cursor.expression(_COMPARISON_POWER)
    closing = cursor.word
    if not cursor.accept("]", ")", "["):
        raise cursor.error(f"expected ']' or ')' at the end of this range, found {cursor.found()}")
    return Interval(low, high, low_included, closing == "]", span=cursor.span(start))


def _number(cursor: Cursor, sign: str) -> Node:
    start = cursor.token.start - len(sign)
    value = read_number(sign + cursor.token.text)
    if value is None:
        raise cursor.error("this number is too large")
    cursor.advance()
    return Number(value, span=cursor.span(start))


def _word(cursor: Cursor) -> Node:
    token = cursor.token
    if token.text in _LITERALS:
        cursor.advance()
        return _LITERALS[token.text](token.start, token.end)
    declared = cursor.names.longest(cursor.tokens, cursor.index)
    keyword = _CONSTRUCTS.get(token.text)
    if keyword and (declared is None or (declared[1] == 1 and _starts_construct(cursor))):
        return keyword(cursor)
    return _name(cursor, declared)


def _name(cursor: Cursor, declared: tuple[str, int] | None) -> Node:
    token = cursor.token
    known = FUNCTION_NAMES.longest(cursor.tokens, cursor.index)
    if known and declared and (known[1] < declared[1] or cursor.ahead(known[1]).text != "("):
        known = None
    if known is None and declared is None and token.text in KEYWORDS:
        raise cursor.unexpected()
    name, count = known or declared or (token.text, 1)
    cursor.advance(count)
    return Name(name, span=cursor.span(token.start))


def _starts_construct(cursor: Cursor) -> bool:
    """Tell `for x in xs` from a variable that is called `for`."""
    after = cursor.ahead()
    if cursor.word == "function":
        return after.text == "("
    if cursor.word == "if":
        rest = cursor.tokens[cursor.index + 1 :]
        return after.text not in _AFTER_OPERAND and any(token.text == "then" for token in rest)
    return after.kind == "name" and after.text not in OPERATOR_WORDS


def _round_bracket(cursor: Cursor) -> Node:
    start = cursor.advance().start
    one_sided = cursor.word in COMPARISONS
    inner = unary_test(cursor)
    if cursor.word == ".." and not one_sided:
        return interval(cursor, inner, low_included=False, start=start)
    cursor.expect(")")
    return inner


def _square_bracket(cursor: Cursor) -> Node:
    start = cursor.advance().start
    if cursor.accept("]"):
        return Listing((), span=cursor.span(start))
    items = [cursor.expression()]
    if cursor.word == "..":
        return interval(cursor, items[0], low_included=True, start=start)
    while cursor.accept(","):
        items.append(cursor.expression())
    cursor.expect("]")
    return Listing(tuple(items), span=cursor.span(start))


def _turned_bracket(cursor: Cursor) -> Node:
    start = cursor.advance().start
    return interval(cursor, cursor.expression(), low_included=False, start=start)


def _context(cursor: Cursor) -> Node:
    start = cursor.advance().start
    entries: list[Entry] = []
    with cursor.scope():
        while not cursor.accept("}"):
            if entries:
                cursor.expect(",")
            entries.append(_entry(cursor))
    return Context(tuple(entries), span=cursor.span(start))


def _entry(cursor: Cursor) -> Entry:
    start = cursor.token.start
    key = cursor.advance().text if cursor.token.kind == "string" else cursor.new_name(":")
    cursor.expect(":")
    entry = Entry(key, cursor.expression(), span=cursor.span(start))
    cursor.declare(key)
    cursor.fields = cursor.fields.with_names((key,))
    return entry


def _at(cursor: Cursor) -> Node:
    start = cursor.advance().start
    if cursor.token.kind != "string":
        raise cursor.error(f'expected a text after @, as in @"2026-03-01", found {cursor.found()}')
    return At(cursor.advance().text, span=cursor.span(start))


def _minus(cursor: Cursor) -> Node:
    cursor.advance()
    return _number(cursor, "-")


def _input(cursor: Cursor) -> Node:
    token = cursor.advance()
    return Input(span=(token.start, token.end))


def _if(cursor: Cursor) -> Node:
    start = cursor.advance().start
    condition = cursor.expression()
    cursor.expect("then")
    yes = cursor.expression()
    cursor.expect("else")
    return If(condition, yes, cursor.expression(), span=cursor.span(start))


def _for(cursor: Cursor) -> Node:
    start = cursor.advance().start
    with cursor.scope():
        iterators = _iterators(cursor)
        cursor.expect("return")
        cursor.declare("partial")
        return For(iterators, cursor.expression(), span=cursor.span(start))


def _quantified(cursor: Cursor) -> Node:
    word = cursor.advance()
    with cursor.scope():
        iterators = _iterators(cursor)
        cursor.expect("satisfies")
        return Quantified(word.text == "every", iterators, cursor.expression(), span=cursor.span(word.start))


def _iterators(cursor: Cursor) -> tuple[Each, ...]:
    iterators = [_each(cursor)]
    while cursor.accept(","):
        iterators.append(_each(cursor))
    return tuple(iterators)


def _each(cursor: Cursor) -> Each:
    start = cursor.token.start
    name = cursor.new_name("in")
    cursor.expect("in")
    domain = cursor.expression()
    last = cursor.expression() if cursor.accept("..") else None
    cursor.declare(name)
    return Each(name, domain, last, span=cursor.span(start))


def _function(cursor: Cursor) -> Node:
    start = cursor.advance().start
    cursor.expect("(")
    parameters: list[Parameter] = []
    while not cursor.accept(")"):
        if parameters:
            cursor.expect(",")
        parameters.append(_parameter(cursor))
    if cursor.word == "external":
        raise cursor.error("external functions are not supported")
    with cursor.scope():
        cursor.declare(*(parameter.name for parameter in parameters))
        return Definition(tuple(parameters), cursor.expression(), span=cursor.span(start))


def _parameter(cursor: Cursor) -> Parameter:
    start = cursor.token.start
    name = cursor.new_name(",", ")", ":")
    declared = type_name(cursor) if cursor.accept(":") else None
    return Parameter(name, declared, span=cursor.span(start))


_LITERALS: dict[str, Callable[[int, int], Node]] = {
    "true": lambda start, end: Boolean(True, span=(start, end)),
    "false": lambda start, end: Boolean(False, span=(start, end)),
    "null": lambda start, end: Null(span=(start, end)),
}
_CONSTRUCTS: dict[str, Callable[[Cursor], Node]] = {
    "if": _if,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "function": _function,
}
_SIGNS: dict[str, Callable[[Cursor], Node]] = {
    "(": _round_bracket,
    "[": _square_bracket,
    "]": _turned_bracket,
    "{": _context,
    "@": _at,
    "?": _input,
    "-": _minus,
}
