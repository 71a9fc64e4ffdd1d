"""A cursor into a file: the walker moves it, whoever finds something wrong only says what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from formroute.definitions.mended import Graft, MendedEntries, MendedItems
from formroute.definitions.nodes import Entries, Items, Node, Scalar, Spot
from formroute.definitions.source import Source
from formroute.problems import Mark, Problem, problem

_WIDEST = 400
_NOTHING_LEFT = re.compile(r"[ -]*(#.*)?")
_QUOTES = ("'", '"')
_CLOSING = {"{": "}", "[": "]"}


# Places are made by the ten thousand while a catalogue loads, and frozen ones cost thrice as much to make.
@dataclass(slots=True)
class Place:
    """One value in a source: what is under the key or number `step` of the place `above`.

    `place[step]` moves to an entry or item; where there is none it stays, so that a finding about
    something missing points at what should hold it. One that `is_key` is the key `step` itself and not what
    stands under it; a `word` is a stretch of the text that is no value by itself.
    """

    source: Source
    value: Any
    above: Place | None = None
    step: str | int = ""
    word: Scalar | None = None
    is_key: bool = False

    @classmethod
    def of(cls, source: Source) -> Place:
        """The root of `source`."""
        return cls(source, source.value)

    @classmethod
    def of_word(cls, source: Source, word: Scalar) -> Place:
        """A stretch of the text of `source`."""
        return cls(source, word.text, word=word)

    def __getitem__(self, step: str | int) -> Place:
        value = self.value
        if isinstance(value, dict):
            if step not in value:
                return self
            inner, written = value[step], _written(value, step)
            if written is None:
                return self
            if isinstance(inner, Graft):
                return Place(inner.source, inner.items)
            return Place(self.source, inner, self, written)
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            written = value.written[step] if isinstance(value, MendedItems) else step
            return Place(self.source, value[step], self, written)
        return self

    def mended(self, value: Any) -> Place:
        """The same place with another value, each part of which knows where it is written."""
        return replace(self, value=value)

    def grafted(self, name: str, under: str, source: Source) -> Place:
        """The same mapping with the entry `name`, written in another file that stands under the key `under`."""
        return replace(self, value={**self.value, name: Graft(source, under, source.value)})

    @property
    def node(self) -> Node:
        """What stands here with its place in the text; for an item of a list written as one text, that text."""
        if self.word is not None:
            return self.word
        if self.above is None:
            return self.source.root
        match self.above.node:
            case Entries(nodes):
                key, node = nodes[str(self.step)]
                return key if self.is_key else node
            case Items(nodes):
                return nodes[int(self.step)]
            case word:
                return word

    @property
    def may_name_a_colour(self) -> bool:
        """Whether a colour may be named here; what stands in another file is not looked at beforehand."""
        return self.source.may_name_a_colour or any(part.__class__ is Graft for part in self.value.values())

    def at(self, *steps: str | int) -> Place:
        """Several steps at once."""
        place = self
        for step in steps:
            place = place[step]
        return place

    @property
    def way(self) -> tuple[str | int, ...]:
        """The steps from the root of the source to here."""
        return () if self.above is None else (*self.above.way, self.step)

    def key(self, name: str) -> Place:
        """The key `name` itself, for a finding about the word and not what stands under it."""
        if not isinstance(self.value, dict) or name not in self.value:
            return self
        inner, written = self.value[name], _written(self.value, name)
        if written is None:
            return self
        return Place(self.source, name, self, inner.under if isinstance(inner, Graft) else written, is_key=True)

    @property
    def own_key(self) -> Place:
        """The key that this stands under; the place itself in a list and at the root."""
        if self.above is None or not isinstance(self.above.value, dict):
            return self
        return Place(self.source, self.step, self.above, self.step, is_key=True)

    def plain(self) -> Any:
        """The value as plain Python: dicts, lists and the texts that were typed."""
        return self.value

    @property
    def spot(self) -> Spot:
        """Where to look: a scalar itself, or the key above a mapping or list, unless that heads a column."""
        node = self.node
        itself = isinstance(node, Scalar) or self.source.keys_head_columns or self.own_key is self
        return node.spot if itself else self.own_key.spot

    @property
    def mark(self) -> Mark:
        """The place as file, line and column."""
        return self._mark(self.spot)

    def _mark(self, spot: Spot) -> Mark:
        return Mark(self.source.file, spot.line + 1, spot.column + 1)

    def problem(self, code: str, *, instead: str | None = None, **values: object) -> Problem:
        """The finding `code` here; `instead` is what to write in the place of the word."""
        spot = self.spot
        line = self.source.line(spot.line)
        on_one_line = spot.end_line == spot.line
        end = spot.end_column if on_one_line else len(line)
        shared = self.above is not None and self.word is None and isinstance(self.above.node, Scalar)
        written = None if instead is None or not on_one_line or shared else self.source.fitting(instead, spot)
        corrected = None if written is None else f"{line[: spot.column]}{written}{line[end:]}"
        width = min(max(1, end - spot.column), _WIDEST)
        return problem(code, self._mark(spot), line=line[:_WIDEST], width=width, corrected=corrected, **values)

    def superfluous(self, step: str | int, code: str, **values: Any) -> Problem:
        """The finding `code` at an entry or item that is to go; a line that held nothing else comes out empty."""
        value = self[step]
        start = self.key(step) if isinstance(step, str) else value
        whole = start.up_to(value.in_brackets() or value)
        found = value.problem(code, instead=None, **values)
        line = self.source.line(whole.spot.line)
        if whole.spot.end_line > whole.spot.line or value.spot.line > whole.spot.line:
            return found
        before, after = line[: whole.spot.column], line[whole.spot.end_column :]
        if after.lstrip().startswith(","):
            after = after.lstrip()[1:].lstrip()
        elif before.rstrip().endswith(","):
            before = before.rstrip()[:-1]
        rest = before + after
        return replace(found, corrected="" if _NOTHING_LEFT.fullmatch(rest) else rest)

    def stretch(self, start: int, end: int) -> Place:
        """The signs `start` to `end` of the text that stands here, for a finding inside it.

        What the text leaves out of the file (quotes, backslashes, line breaks, indentation) is stepped over.
        """
        node = self.node
        if not isinstance(node, Scalar):
            return self
        spot = _stretch(node.text, node.spot, self.source, start, end)
        return Place.of_word(self.source, Scalar(node.text[start:end], spot, node.bare))

    def in_brackets(self) -> Place | None:
        """A mapping or list on one line from bracket to bracket, for a finding that it should be a word."""
        node = self.node
        spot, last = node.spot, _last(node)
        line = self.source.line(spot.line)
        closing = _CLOSING.get(line[spot.column : spot.column + 1])
        end = line.find(closing, last.end_column) if closing and last and last.end_line == spot.line else -1
        return None if end < 0 else Place.of_word(self.source, Scalar("", replace(spot, end_column=end + 1), bare=True))

    def up_to(self, last: Place) -> Place:
        """From the start of this one to the end of `last`."""
        begin, end = self.spot, last.spot
        whole = Spot(begin.line, begin.column, end.end_line, end.end_column)
        return Place.of_word(self.source, Scalar("", whole, bare=True))

    def whole_line(self) -> str:
        """The rest of the line from here: what the author meant when a comment cut it short."""
        return self.source.line(self.spot.line)[self.spot.column :].rstrip()

    def to_line_end(self) -> Place:
        """This place, stretched to the end of its line."""
        spot = self.spot
        end = len(self.source.line(spot.line).rstrip())
        return Place.of_word(self.source, Scalar("", Spot(spot.line, spot.column, spot.line, end), bare=True))


def _written(value: dict[str, Any], key: str | int) -> str | int | None:
    """How a key is written in the file; None where it is not there."""
    return value.written[str(key)] if isinstance(value, MendedEntries) else key


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
