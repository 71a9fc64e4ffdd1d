"""What stands in one cell of a table that is written as CSV.

The notation is that of YAML without its braces, and DMN's for unary tests: `road`, `road, lane`, `5..10`, `blank`,
`>= 10`, `[5..10)`, `not("road")`; `-` or nothing is not tested (DMN 1.5, 8.3.3). What needs more stands in braces,
brackets or quotation marks, as in YAML: `{contains: [hydro, wire*]}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from formroute.definitions import Cell, Place, parse_source
from formroute.definitions.nodes import Entries, Items, Node, Scalar, Spot
from formroute.problems import Problem

FEEL = "feel"
_LONGEST = 1_000  # signs of a unary test
_NOT_TESTED = ("", "-")
_END = r'(?:\s*@?"[^"]*"\s*|[^",\[\]{}]+?(?:\("[^"]*"\)\s*)?)'  # of an interval: a number, a text, a date
_FEEL = re.compile(rf"(<|>|=|!=|\?|not\s*\().*|[\[(\]]{_END}\.\.{_END}[\])\[]", re.DOTALL)
_FLOW = ("{", "[", '"')
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # how a spreadsheet's formula begins, and the marks that keep it a text
_BARE = re.compile(r"[A-Za-z0-9_À-ÿ*]([\w .*+’/-]|:(?=\w))*")
_BOUNDS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than"}
_IN_QUOTES = re.compile(r"""("([^"\\]|\\.)*"|'[^']*')""")
_THOUSANDS = 3
_DECIMAL_COMMA = re.compile(r"(?<![\w,])(?<![0-9]\.)([0-9]+),([0-9]+)(?![\w,])", re.ASCII)
_BOUND = re.compile(r"(>=|>|<=|<)\s*(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)


class CellError(Exception):
    """A cell whose braces, brackets or quotation marks cannot be read."""


def node_of_text(cell: Cell) -> Scalar | None:
    """The cell as a text; None when it is empty."""
    trimmed = _trimmed(cell)
    return None if trimmed.text in _NOT_TESTED else _scalar(_unguarded(trimmed))


def node_of_value(cell: Cell, *, listed: bool = False) -> Node | None:
    """The cell as a value: a word, a list where one is meant, or what stands in braces. Raises CellError."""
    trimmed = _trimmed(cell)
    if trimmed.text in _NOT_TESTED:
        return None
    trimmed = _unguarded(trimmed)
    if trimmed.text.startswith(_FLOW):
        return _flow(trimmed)
    return _items(trimmed) if listed and "," in trimmed.text else _scalar(trimmed)


def node_of_test(cell: Cell) -> Node | None:
    """The cell as a test; None when nothing is tested. Raises CellError.

    Two numbers with nothing but a comma between them may be one number as a spreadsheet in French writes it.
    """
    test = _unguarded(_trimmed(cell))
    if bound := _BOUND.fullmatch(test.text):
        number = Cell(bound[2], test.part(*bound.span(2)), test.whole)
        return _keyed(_BOUNDS[bound[1]], number, test)
    _refuse_decimal_comma(test.text)
    is_feel = len(test.text) <= _LONGEST and _FEEL.fullmatch(test.text)
    return _keyed(FEEL, test, test) if is_feel else node_of_value(cell, listed=True)


def _refuse_decimal_comma(text: str) -> None:
    if glued := _DECIMAL_COMMA.search(_IN_QUOTES.sub('""', text)):
        one, other = glued.groups()
        number = f"`{one}{other}` or `{one}.{other}`" if len(other) == _THOUSANDS else f"`{one}.{other}`"
        raise CellError(f"`{one},{other}` may be one number or two. Write {number}, or `{one}, {other}` with a space.")


def cell_of_test(value: Any) -> str:
    """The shortest notation of a test, as YAML has it, from which `node_of_test` makes the same again."""
    options = (_unary(value), _listed(value), in_flow(value), _in_json(value))
    return next(text for text in options if text and _reads(text, value, node_of_test))


def cell_of_value(value: Any) -> str:
    """The notation of an output, from which `node_of_value` makes the same again."""
    options = (_listed(value), in_flow(value), _in_json(value))
    return next(text for text in options if text and _reads(text, value, lambda cell: node_of_value(cell, listed=True)))


def guarded(text: str) -> str:
    """A text with a mark before what a spreadsheet would run as a formula; reading takes it off again."""
    return f"'{text}" if _FORMULA.match(text) else text


def in_flow(value: Any) -> str:
    """A YAML value on one line, with quotation marks only where a word needs them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(key)}: {in_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(in_flow, value)) + "]"
    return _word(value)


def _reads(text: str, value: Any, read: Any) -> bool:
    try:
        node = read(Cell(guarded(text), Spot(0, 0, 0, len(text))))
    except CellError:
        return False
    return node is not None and _plain(node) == value


def _plain(node: Node) -> Any:
    match node:
        case Scalar(text):
            return text
        case Items(nodes):
            return [_plain(item) for item in nodes]
        case Entries(pairs):
            return {key: _plain(item) for key, (_, item) in pairs.items()}
    raise TypeError(node)


def _unary(value: Any) -> str | None:
    """A bound of numbers, or FEEL, as it stands in a cell."""
    match value:
        case {"feel": str(text)} if len(value) == 1:
            return text
        case dict() if len(value) == 1:
            return next((f"{sign} {value[key]}" for sign, key in _BOUNDS.items() if key in value), None)
    return None


def _listed(value: Any) -> str | None:
    """Words with commas between them; None for what is more than that."""
    if isinstance(value, list) and len(value) > 1 and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value if isinstance(value, str) else None


def _word(value: Any) -> str:
    text = str(value)
    bare = _BARE.fullmatch(text) and text == text.strip() and not text.endswith(":")
    return text if bare else json.dumps(text, ensure_ascii=False)


def _in_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _trimmed(cell: Cell) -> Cell:
    text = cell.text.strip()
    if len(text) == len(cell.text):
        return cell
    start = len(cell.text) - len(cell.text.lstrip())
    return Cell(text, cell.part(start, start + len(text)), cell.whole)


def _unguarded(cell: Cell) -> Cell:
    guard = cell.text.startswith("'") and _FORMULA.match(cell.text)
    return Cell(cell.text[1:], cell.part(1, len(cell.text)), cell.whole) if guard else cell


def _keyed(key: str, value: Cell, cell: Cell) -> Entries:
    """A mapping of one key, which the cell does not spell out."""
    return Entries({key: (Scalar(key, cell.spot, bare=False), _scalar(value))}, cell.spot, flow=False)


def _scalar(cell: Cell) -> Scalar:
    return Scalar(cell.text, cell.spot, bare=False)


def _items(cell: Cell) -> Items:
    return Items(tuple(_parts(cell)), cell.spot)


def _parts(cell: Cell) -> Iterator[Scalar]:
    start = 0
    for part in cell.text.split(","):
        yield _scalar(_trimmed(Cell(part, cell.part(start, start + len(part)), cell.whole)))
        start += len(part) + 1


def _flow(cell: Cell) -> Node:
    """The cell as YAML; its parts keep their places where the text stands in the file as it is."""
    problems: list[Problem] = []
    source = parse_source(cell.text, "", problems)
    if source is None or problems:
        raise CellError(problems[0].what if problems else "it says nothing.")
    return _moved(Place.of(source).node, cell)


def _moved(node: Node, cell: Cell) -> Node:
    moved = _moved_spot(node, cell)
    match node:
        case Scalar():
            return _moved_word(node, cell)
        case Items(nodes):
            return Items(tuple(_moved(item, cell) for item in nodes), moved)
        case Entries(pairs):
            entries = {key: (_moved_word(word, cell), _moved(item, cell)) for key, (word, item) in pairs.items()}
            return Entries(entries, moved, flow=False)
    return node


def _moved_word(word: Scalar, cell: Cell) -> Scalar:
    return replace(word, spot=_moved_spot(word, cell), bare=False)


def _moved_spot(node: Node, cell: Cell) -> Spot:
    spot = node.spot
    return cell.part(spot.column, spot.end_column) if spot.line == spot.end_line else cell.spot
