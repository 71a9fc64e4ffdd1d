"""The text of one YAML file as nodes that know where they stand.

PyYAML's parser gives the events; composing them is ours, because a definition may hold no duplicate
keys, tags, anchors or surprises, and every scalar stays the text that the author typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from formroute.definitions import syntax
from formroute.problems import Mark, Problem, problem

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_NODES = 100_000
_MOST_PROBLEMS = 50
_WIDEST = 400

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BREAKS = re.compile(r"\r?\n")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in a file, line and column counted from 0, and where the token that begins there ends."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as typed; `bare` when it stands without quotes."""

    text: str
    spot: Spot
    bare: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping in the author's order; `flow` when written in braces."""

    nodes: dict[str, tuple[Scalar, Node]]
    spot: Spot
    flow: bool


@dataclass(frozen=True, slots=True)
class Graft:
    """What stands in another file and is read as if it stood here."""

    source: Source

    @property
    def spot(self) -> Spot:
        """Where it begins, in its own file."""
        return self.source.root.spot


Node = Scalar | Items | Entries | Graft


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: its name as the author knows it, its lines, and its root node."""

    file: str
    lines: tuple[str, ...]
    root: Node

    def line(self, number: int) -> str:
        """The line counted from 0; empty past the end."""
        return self.lines[number] if number < len(self.lines) else ""


def read_source(path: Path, problems: list[Problem], file: str | None = None) -> Source | None:
    """The file as nodes, or None when `problems` were found that leave nothing to read."""
    file = file or str(path)
    text = _decoded(path, file, problems)
    return None if text is None else parse_source(text, file, problems)


def parse_source(text: str, file: str, problems: list[Problem]) -> Source | None:
    """`text` as nodes, under the name `file`."""
    lines = tuple(_BREAKS.split(text))
    if found := list(unreadable(file, lines, text)):
        problems.extend(found)
        return None
    composer = _Composer(file, lines, problems)
    try:
        root = composer.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        problems.append(syntax.explain(error, file, lines))
        return None
    return None if root is None else Source(file, lines, root)


def _decoded(path: Path, file: str, problems: list[Problem]) -> str | None:
    start = Mark(file, 1, 1)
    try:
        data = read_bytes(path, MOST_BYTES)
    except OSError as error:
        problems.append(problem("Y101", start, reason=(error.strerror or "it is not an ordinary file").lower()))
        return None
    if len(data) > MOST_BYTES:
        problems.append(problem("Y102", start, size=f"{path.stat().st_size:,}", most=f"{MOST_BYTES:,}"))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(problem("Y103", _byte_mark(file, data, error.start), reason=_other_encoding(data)))
        return None
    if text.startswith("\ufeff"):
        problems.append(problem("Y116", start))
        text = text.removeprefix("\ufeff")
    if "\r\n" in text:
        problems.append(problem("Y115", Mark(file, 1, text.index("\r\n") + 1)))
    return text


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, one more than `most` of them when there are more. Raises OSError."""
    if not path.is_file():
        path.stat()
        raise OSError
    with path.open("rb") as file:
        return file.read(most + 1)


def _byte_mark(file: str, data: bytes, offset: int) -> Mark:
    before = data[:offset].decode("utf-8", "replace")
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _other_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "it looks like UTF-16"
    return "perhaps it was saved in an older encoding"


def unreadable(file: str, lines: tuple[str, ...], text: str, *, tabs: bool = False) -> Iterator[Problem]:
    """Control characters and tabs (unless these may stand in it), at most one a line.

    A file without any costs two searches.
    """
    if (tabs or "\t" not in text) and not _UNREADABLE.search(text):
        return
    for number, line in enumerate(lines):
        if (found := _UNREADABLE.search(line)) is not None:
            mark = Mark(file, number + 1, found.start() + 1)
            shown = _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", line)
            yield problem("Y104", mark, line=shown, name=f"U+{ord(found[0]):04X}")
        elif not tabs and (column := line.find("\t")) >= 0:
            mark = Mark(file, number + 1, column + 1)
            yield problem("Y105", mark, line=line.replace("\t", " "), corrected=line.replace("\t", "  "))


class _Composer:
    """Builds nodes from events without recursion deeper than a definition may be nested."""

    def __init__(self, file: str, lines: tuple[str, ...], problems: list[Problem]) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems
        self.before = len(problems)
        self.count = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report("Y114", event)
                    return None
                root = self.node(next(events), events, 0)
                if root is None:
                    return None
        if root is None or (isinstance(root, Scalar) and root.bare and not root.text):
            self.problems.append(problem("Y113", Mark(self.file, 1, 1)))
            return None
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node | None:
        """The node that begins with `event`; None when the rest of the file can no longer be trusted."""
        self.count += 1
        if self.count > MOST_NODES:
            self.report("Y117", event, most=f"{MOST_NODES:,}")
            return None
        if len(self.problems) - self.before > _MOST_PROBLEMS:
            return None
        if depth > MOST_DEPTH:
            self.report("Y110", event, most=MOST_DEPTH)
            return None
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

    def items(self, start: Any, events: Iterator[Any], depth: int) -> Items | None:
        nodes: list[Node] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            node = self.node(event, events, depth + 1)
            if node is None:
                return None
            nodes.append(node)
        return Items(tuple(nodes), _spot(start))

    def entries(self, start: Any, events: Iterator[Any], depth: int) -> Entries | None:
        nodes: dict[str, tuple[Scalar, Node]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            value = None if key is None else self.node(next(events), events, depth + 1)
            if key is None or value is None:
                return None
            if not isinstance(key, Scalar):
                self.report("Y112", event)
            elif key.text in nodes:
                self.report("Y107", event, key=key.text, first=nodes[key.text][0].spot.line + 1)
            else:
                nodes[key.text] = (key, value)
        return Entries(nodes, _spot(start), flow=bool(start.flow_style))

    def report(self, code: str, event: Any, **values: Any) -> None:
        spot = _spot(event)
        line = self.lines[spot.line] if spot.line < len(self.lines) else ""
        width = (spot.end_column if spot.end_line == spot.line else len(line)) - spot.column
        corrected = syntax.quoted(line) if code in ("Y108", "Y109") else None
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


def _spot(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    return Spot(start.line, start.column, end.line, end.column)
