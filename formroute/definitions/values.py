"""What a YAML file says as plain Python: dicts, lists and the texts that were typed.

A file without faults, which is nearly every one, is read straight from the parser's events. Where anything is out
of the ordinary nothing comes of that, and `compose` says what it is: it alone knows what may not stand in a file.
"""

from __future__ import annotations

from typing import Any

import yaml

from formroute.definitions.compose import LOADER, MOST_DEPTH, MOST_NODES
from formroute.definitions.nodes import Items, Node, Scalar

_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


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

    `lines` are those of a text with a `#` somewhere in it. The loop is long and plain because every line of every
    definition passes through it.
    """
    try:
        return _read(LOADER(text), lines)
    except yaml.YAMLError:
        return None


def _read(parser: Any, lines: tuple[str, ...] | None) -> dict[str, Any] | None:
    next_event, scalar = parser.get_event, yaml.ScalarEvent
    next_event(), next_event()  # the file and the document in it begin
    holder: Any = []
    above: list[Any] = []
    key: str | None = None
    in_mapping = False
    for _ in range(MOST_NODES):
        event = next_event()
        sort = event.__class__
        if sort is scalar:
            value = event.value
            if in_mapping and key is None:
                key = value
                if key in holder or event.anchor is not None or event.tag is not None:
                    return None
                continue
            if lines is not None and not event.style:
                end = event.end_mark
                value = Commented(value) if is_cut_short(value, lines, end.line, end.column) else value
        elif sort in _ENDS:
            holder = above.pop()
            if not above:
                return _alone(holder[0], next_event)
            in_mapping = holder.__class__ is not list
            continue
        elif sort in _STARTS:
            value = [] if sort is yaml.SequenceStartEvent else Braced() if event.flow_style else {}
        else:
            return None
        if event.anchor is not None or event.tag is not None or (in_mapping and key is None):
            return None
        if in_mapping:
            holder[key] = value
            key = None
        else:
            holder.append(value)
        if sort is not scalar:
            above.append(holder)
            holder, in_mapping = value, sort is yaml.MappingStartEvent
            if len(above) > MOST_DEPTH:
                return None
        elif not above:
            return None
    return None


def _alone(root: Any, next_event: Any) -> dict[str, Any] | None:
    """The mapping, unless something stands behind it."""
    ends = next_event().__class__, next_event().__class__
    return root if isinstance(root, dict) and ends == (yaml.DocumentEndEvent, yaml.StreamEndEvent) else None
