"""The text of one YAML file as nodes that know where they stand, or everything that is wrong with it.

PyYAML's parser gives the events; composing them is ours, because a definition may hold no duplicate
keys, tags, anchors or surprises, and every scalar stays the text that the author typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from formroute.definitions import syntax
from formroute.definitions.nodes import Entries, Items, Node, Scalar, Spot
from formroute.problems import Mark, Problem, problem

MOST_DEPTH = 40
MOST_NODES = 500_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_PROBLEMS = 50
_WIDEST = 400


def compose(text: str, file: str, lines: tuple[str, ...], problems: list[Problem]) -> Node | None:
    """The root of `text`, or None when `problems` leave nothing to read."""
    before = len(problems)
    try:
        return composed(text, file, lines, problems)
    except _UnreadableError:
        return None
    except yaml.YAMLError as error:
        found = syntax.explain(error, file, lines)
        if all(other.mark.line != found.mark.line for other in problems[before:]):  # else it has the same cause
            problems.append(found)
        return None


def composed(text: str, file: str, lines: tuple[str, ...], problems: list[Problem]) -> Node:
    """The root of a text that is known to be readable; `problems` are those that leave something to read."""
    return _Composer(file, lines, problems).document(yaml.parse(text, Loader=LOADER))


class _UnreadableError(Exception):
    """The rest of the file can no longer be trusted; the problems say why."""


class _Composer:
    """Builds nodes from events without recursion deeper than a definition may be nested."""

    def __init__(self, file: str, lines: tuple[str, ...], problems: list[Problem]) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems
        self.before = len(problems)
        self.count = 0

    def document(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report("Y114", event)
                    raise _UnreadableError
                root = self.node(next(events), events, 0)
        if root is None or (isinstance(root, Scalar) and root.bare and not root.text):
            self.problems.append(problem("Y113", Mark(self.file, 1, 1)))
            raise _UnreadableError
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        """The node that begins with `event`."""
        self.count += 1
        if self.count > MOST_NODES:
            self.report("Y117", event, most=f"{MOST_NODES:,}")
            raise _UnreadableError
        if len(self.problems) - self.before > _MOST_PROBLEMS:
            raise _UnreadableError
        if depth > MOST_DEPTH:
            self.report("Y110", event, most=MOST_DEPTH)
            raise _UnreadableError
        if event.__class__ is yaml.AliasEvent:
            self.report("Y109", event, name=f"*{event.anchor}")
            return Scalar("", _spot(event), bare=True)
        if event.anchor is not None:
            self.report("Y109", event, name=f"&{event.anchor}")
        if event.tag is not None:
            self.report("Y108", event, tag=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, _spot(event), bare=not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.items(event, events, depth)
        return self.entries(event, events, depth)

    def items(self, start: Any, events: Iterator[Any], depth: int) -> Items:
        nodes: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            nodes.append(self.node(event, events, depth + 1))
        return Items(tuple(nodes), _spot(start))

    def entries(self, start: Any, events: Iterator[Any], depth: int) -> Entries:
        nodes: dict[str, tuple[Scalar, Node]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.report("Y112", event)
            elif key.text in nodes:
                first, before = nodes[key.text]
                if _says(before) == "" and first is next(reversed(nodes.values()))[0]:
                    self.report("Y107", event, key=key.text, first=first.spot.line + 1)
                    self.problems[-1] = replace(self.problems[-1], corrected="", fix="Once is enough.")
                    nodes[key.text] = (key, value)
                    continue
                both = _joined(before, value)
                self.report("Y119" if both else "Y107", event, key=key.text, first=first.spot.line + 1)
                if self.begins_item(key, nodes):
                    raise _UnreadableError
                nodes[key.text] = (first, both or before)
                if both is None and isinstance(value, Scalar) and _says(before) == value.text:
                    self.problems[-1] = replace(self.problems[-1], corrected="", fix="Once is enough.")
            else:
                nodes[key.text] = (key, value)
        return Entries(nodes, _spot(start), flow=bool(start.flow_style))

    def begins_item(self, key: Scalar, nodes: dict[str, tuple[Scalar, Node]]) -> bool:
        """Whether it is the first key of an item of a list again: another item's, of which the `-` is missing."""
        first = next(iter(nodes.values()))[0]
        before = self.lines[first.spot.line][: first.spot.column]
        if first.text != key.text or not before.rstrip().endswith("-"):
            return False
        line = self.lines[key.spot.line]
        corrected = f"{before}{line[key.spot.column :]}"
        self.problems[-1] = replace(self.problems[-1], corrected=corrected, fix="Begin the next item of the list.")
        return True

    def report(self, code: str, event: Any, **values: Any) -> None:
        spot = _spot(event)
        line = self.lines[spot.line] if spot.line < len(self.lines) else ""
        width = (spot.end_column if spot.end_line == spot.line else len(line)) - spot.column
        corrected = syntax.quoted(line) if code in ("Y108", "Y109") else "" if code == "Y114" else None
        if code == "Y109":
            corrected = self.without_anchor(event, line, corrected)
        self.problems.append(
            problem(
                code,
                Mark(self.file, spot.line + 1, spot.column + 1),
                line=line[:_WIDEST],
                width=max(1, min(width, _WIDEST)),
                corrected=corrected,
                **values,
            )
        )

    def without_anchor(self, event: Any, line: str, quoted: str | None) -> str | None:
        """The line that says what it says without a name for it; in quotes where that is the beginning of a text."""
        if event.__class__ is yaml.AliasEvent:
            return None if any(f"&{event.anchor}" in other for other in self.lines) else quoted
        if isinstance(event, yaml.ScalarEvent):
            return quoted
        return _without(line, event.anchor)


def _without(line: str, anchor: str) -> str:
    """The line without the name of what stands in it."""
    before, _, after = line.partition(f"&{anchor}")
    return f"{before.rstrip()} {after.strip()}".rstrip() if before.strip() else before + after.strip()


def _joined(one: Node, other: Node) -> Node | None:
    """What stands below a key that was written twice, together; None where one contradicts the other."""
    match one, other:
        case Items(nodes), Items(more):
            return replace(one, nodes=(*nodes, *more))
        case Entries(nodes, flow=False), Entries(more, flow=False) if nodes.keys().isdisjoint(more):
            return replace(one, nodes={**nodes, **more})
    return None


def _says(node: Node) -> str | None:
    return node.text if isinstance(node, Scalar) else None


def _spot(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    return Spot(start.line, start.column, end.line, end.column)
