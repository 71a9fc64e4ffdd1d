"""A cursor into a file: the walker moves it, whoever finds something wrong only says what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from formroute.definitions.source import Entries, Graft, Items, Node, Scalar, Source, Spot
from formroute.problems import Mark, Problem, problem

_WIDEST = 400
_QUOTES = ("'", '"')
_CLOSING = {"{": "}", "[": "]"}


class Commented(str):
    """A scalar without quotes that a ` #` on its line may have cut short; only free text minds."""

    __slots__ = ()


class Braced(dict[str, Any]):
    """A mapping that was written in braces; only texts in several languages mind."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One value in a source, with the key it stands under.

    `place[step]` moves to an entry or item; where there is none it stays, so that a finding about
    something missing points at what should hold it.
    """

    source: Source
    node: Node
    key_node: Scalar | None = None

    @classmethod
    def of(cls, source: Source) -> Place:
        """The root of `source`."""
        return cls(source, source.root)

    def __getitem__(self, step: str | int) -> Place:
        match self.node:
            case Entries(nodes) if step in nodes:
                key, value = nodes[str(step)]
                return Place.of(value.source) if isinstance(value, Graft) else Place(self.source, value, key)
            case Items(nodes) if isinstance(step, int) and step < len(nodes):
                return Place(self.source, nodes[step])
        return self

    def grafted(self, name: str, under: str, source: Source) -> Place:
        """The same mapping with the entry `name`, written in another file that stands under the key `under`."""
        assert isinstance(self.node, Entries)  # noqa: S101
        key = self.node.nodes[under][0]
        nodes = {**self.node.nodes, name: (key, Graft(source))}
        return replace(self, node=replace(self.node, nodes=nodes))

    def at(self, *steps: str | int) -> Place:
        """Several steps at once."""
        place = self
        for step in steps:
            place = place[step]
        return place

    def key(self, name: str) -> Place:
        """The key `name` itself, for a finding about the word and not what stands under it."""
        entry = self.node.nodes.get(name) if isinstance(self.node, Entries) else None
        return Place(self.source, entry[0]) if entry else self

    def plain(self) -> Any:
        """The value as plain Python: dicts, lists and the texts that were typed."""
        return _plain(self.node, self.source)

    @property
    def spot(self) -> Spot:
        """Where to look: a scalar itself, or the key above a mapping or list."""
        return self.key_node.spot if self.key_node and not isinstance(self.node, Scalar) else self.node.spot

    @property
    def mark(self) -> Mark:
        """The place as file, line and column."""
        spot = self.spot
        return Mark(self.source.file, spot.line + 1, spot.column + 1)

    def problem(self, code: str, *, instead: str | None = None, **values: object) -> Problem:
        """The finding `code` here; `instead` is what to write in the place of the word."""
        spot = self.spot
        line = self.source.line(spot.line)
        on_one_line = spot.end_line == spot.line
        end = spot.end_column if on_one_line else len(line)
        corrected = None if instead is None or not on_one_line else line[: spot.column] + instead + line[end:]
        width = min(max(1, end - spot.column), _WIDEST)
        return problem(code, self.mark, line=line[:_WIDEST], width=width, corrected=corrected, **values)

    def stretch(self, start: int, end: int) -> Place:
        """The signs `start` to `end` of the text that stands here, for a finding inside it.

        What the text leaves out of the file (quotes, backslashes, line breaks, indentation) is stepped over.
        """
        if not isinstance(self.node, Scalar):
            return self
        spot = _stretch(self.node.text, self.node.spot, self.source, start, end)
        return Place(self.source, Scalar(self.node.text[start:end], spot, self.node.bare))

    def in_brackets(self) -> Place | None:
        """A mapping or list on one line from bracket to bracket, for a finding that it should be a word."""
        spot, last = self.node.spot, _last(self.node)
        line = self.source.line(spot.line)
        closing = _CLOSING.get(line[spot.column : spot.column + 1])
        end = line.find(closing, last.end_column) if closing and last and last.end_line == spot.line else -1
        return None if end < 0 else Place(self.source, Scalar("", replace(spot, end_column=end + 1), bare=True))

    def up_to(self, last: Place) -> Place:
        """From the start of this one to the end of `last`."""
        begin, end = self.spot, last.spot
        return Place(self.source, Scalar("", Spot(begin.line, begin.column, end.end_line, end.end_column), bare=True))

    def whole_line(self) -> str:
        """The rest of the line from here: what the author meant when a comment cut it short."""
        return self.source.line(self.spot.line)[self.spot.column :].rstrip()

    def to_line_end(self) -> Place:
        """This place, stretched to the end of its line."""
        spot = self.spot
        end = len(self.source.line(spot.line).rstrip())
        return Place(self.source, Scalar("", Spot(spot.line, spot.column, spot.line, end), bare=True))


def _last(node: Node) -> Spot | None:
    """The last value in it, unless that is a mapping or list again."""
    match node:
        case Entries(nodes) if nodes:
            last = list(nodes.values())[-1][1]
        case Items(nodes) if nodes:
            last = nodes[-1]
        case _:
            return None
    return last.spot if isinstance(last, Scalar) else None


def _stretch(text: str, spot: Spot, source: Source, start: int, end: int) -> Spot:
    """Where `text[start:end]` lies in the token at `spot`; on one line, the one on which it starts."""
    signs = _signs(text, spot, source)
    end_of_text = max(signs.values(), default=(spot.line, spot.column - 1))
    line, first = next((at for number, at in signs.items() if number >= start), (end_of_text[0], end_of_text[1] + 1))
    last = max(
        (column for number, (row, column) in signs.items() if start <= number < end and row == line), default=first
    )
    return Spot(line, first, line, last + 1)


def _signs(text: str, spot: Spot, source: Source) -> dict[int, tuple[int, int]]:
    """Line and column of every sign of `text` that is not a space."""
    found: dict[int, tuple[int, int]] = {}
    line, column = spot.line, spot.column + (source.line(spot.line)[spot.column : spot.column + 1] in _QUOTES)
    for number, sign in enumerate(text):
        if sign.isspace():
            continue
        while line <= spot.end_line and (at := source.line(line).find(sign, column)) < 0:
            line, column = line + 1, 0
        if line > spot.end_line:
            break
        found[number], column = (line, at), at + 1
    return found


def _plain(node: Node, source: Source) -> Any:
    if isinstance(node, Scalar):
        return Commented(node.text) if node.bare and _followed_by_comment(node, source) else node.text
    if isinstance(node, Graft):
        return _plain(node.source.root, node.source)
    if isinstance(node, Items):
        return [_plain(item, source) for item in node.nodes]
    pairs = {name: _plain(value, source) for name, (_, value) in node.nodes.items()}
    return Braced(pairs) if node.flow else pairs


def _followed_by_comment(node: Scalar, source: Source) -> bool:
    rest = source.line(node.spot.end_line)[node.spot.end_column :].lstrip(" ")
    return rest.startswith("#") and bool(node.text)
