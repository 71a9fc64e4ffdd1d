"""What a YAML file says as plain Python: dicts, lists and the texts that were typed.

A file without faults, which is nearly every one, is read straight from the parser's events. Where anything is out
of the ordinary nothing comes of that, and `compose` says what it is: it alone knows what may not stand in a file.
"""

from __future__ import annotations

from typing import Any

import yaml

from formroute.definitions.compose import LOADER, MOST_DEPTH, MOST_NODES
from formroute.definitions.nodes import Items, Node, Scalar


class Commented(str):
    """A scalar without quotes that a ` #` on its line may have cut short; only free text minds."""

    __slots__ = ()


class Braced(dict[str, Any]):
    """A mapping that was written in braces; only texts in several languages mind."""

    __slots__ = ()


def values_of(node: Node, lines: tuple[str, ...]) -> Any:
    """What a node says."""
    if isinstance(node, Scalar):
        cut = node.bare and is_cut_short(node.text, lines, node.spot.end_line, node.spot.end_column)
        return Commented(node.text) if cut else node.text
    if isinstance(node, Items):
        return [values_of(item, lines) for item in node.nodes]
    pairs = {name: values_of(value, lines) for name, (_, value) in node.nodes.items()}
    return Braced(pairs) if node.flow else pairs


def is_cut_short(text: str, lines: tuple[str, ...], line: int, column: int) -> bool:
    """Whether a comment follows the text that ends there."""
    rest = lines[line][column:] if line < len(lines) else ""
    return bool(text) and rest.lstrip(" ").startswith("#")


def ordinary_values(text: str, lines: tuple[str, ...] | None) -> dict[str, Any] | None:
    """What an ordinary file says: one mapping, no key twice, no tag or anchor; None of any other.

    `lines` are those of a text with a `#` somewhere in it.
    """
    try:
        return _OrdinaryReader(text, lines).document()
    except (yaml.YAMLError, _UnusualError):
        return None


class _UnusualError(Exception):
    """Here the file is no ordinary one."""


class _OrdinaryReader:
    """Walks along the parser's events; classes are compared because every line of every definition passes here."""

    def __init__(self, text: str, lines: tuple[str, ...] | None) -> None:
        self._next = LOADER(text).get_event
        self._lines = lines
        self._left = MOST_NODES

    def document(self) -> dict[str, Any]:
        """The one mapping of the file."""
        self._expect(yaml.StreamStartEvent, yaml.DocumentStartEvent)
        root = self._value(self._next(), 1)
        self._expect(yaml.DocumentEndEvent, yaml.StreamEndEvent)
        if not isinstance(root, dict):
            raise _UnusualError
        return root

    def _expect(self, *sorts: type[yaml.Event]) -> None:
        if any(self._next().__class__ is not sort for sort in sorts):
            raise _UnusualError

    def _value(self, event: Any, depth: int) -> Any:
        self._left -= 1
        sort = event.__class__
        if sort is yaml.AliasEvent or event.anchor is not None or event.tag is not None or self._left < 0:
            raise _UnusualError
        if sort is yaml.ScalarEvent:
            return event.value if self._lines is None or event.style else _bare(event, self._lines)
        if depth > MOST_DEPTH:
            raise _UnusualError
        if sort is yaml.SequenceStartEvent:
            return self._items(depth + 1)
        return self._pairs(Braced() if event.flow_style else {}, depth + 1)

    def _items(self, depth: int) -> list[Any]:
        items = []
        while (event := self._next()).__class__ is not yaml.SequenceEndEvent:
            items.append(self._value(event, depth))
        return items

    def _pairs(self, pairs: dict[str, Any], depth: int) -> dict[str, Any]:
        while (event := self._next()).__class__ is not yaml.MappingEndEvent:
            self._left -= 1
            if event.__class__ is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
                raise _UnusualError
            if event.value in pairs:
                raise _UnusualError
            pairs[event.value] = self._value(self._next(), depth)
        return pairs


def _bare(event: Any, lines: tuple[str, ...]) -> str:
    end = event.end_mark
    return Commented(event.value) if is_cut_short(event.value, lines, end.line, end.column) else event.value
