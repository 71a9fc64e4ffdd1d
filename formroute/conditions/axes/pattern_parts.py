"""The parts of a pattern, each of which can be written out again and shown by examples."""

from __future__ import annotations

import itertools
import string
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

_SPECIAL = frozenset(r"\^$.*+?()[]{}|")
_BARE_IN_CLASS = frozenset(string.ascii_letters + string.digits + " ._")

Ranges = tuple[tuple[str, str], ...]


class Node(ABC):
    """A part of a pattern."""

    __slots__ = ()

    @abstractmethod
    def written(self) -> str:
        """The part as every engine reads it."""

    @abstractmethod
    def examples(self) -> Iterator[str]:
        """Some texts that it matches."""


@dataclass(frozen=True, slots=True)
class Signs(Node):
    """One sign out of a class, or out of all others."""

    ranges: Ranges
    negated: bool = False

    @override
    def written(self) -> str:
        if len(self.ranges) == 1 and not self.negated:
            low, high = self.ranges[0]
            if low == high:
                return f"\\{low}" if low in _SPECIAL else low
        inside = "".join(_in_class(low) + (f"-{_in_class(high)}" if high != low else "") for low, high in self.ranges)
        return f"[{'^' * self.negated}{inside}]"

    @override
    def examples(self) -> Iterator[str]:
        if not self.negated:
            yield from dict.fromkeys(itertools.chain.from_iterable(self.ranges))
            return
        for sign in "xa0 -é":
            if not any(low <= sign <= high for low, high in self.ranges):
                yield sign


@dataclass(frozen=True, slots=True)
class Row(Node):
    """Parts one after the other."""

    parts: tuple[Node, ...]

    @override
    def written(self) -> str:
        return "".join(f"(?:{part.written()})" if isinstance(part, Choice) else part.written() for part in self.parts)

    @override
    def examples(self) -> Iterator[str]:
        return _rows([tuple(itertools.islice(part.examples(), 4)) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """One of several parts."""

    options: tuple[Node, ...]

    @override
    def written(self) -> str:
        return "|".join(option.written() for option in self.options)

    @override
    def examples(self) -> Iterator[str]:
        return itertools.chain.from_iterable(option.examples() for option in self.options)


@dataclass(frozen=True, slots=True)
class Repeat(Node):
    """A part from `least` to `most` times; None is without end."""

    part: Node
    least: int
    most: int | None

    @override
    def written(self) -> str:
        part = self.part.written()
        inner = part if isinstance(self.part, Signs) else f"(?:{part})"
        return inner + _repeats(self.least, self.most)

    @override
    def examples(self) -> Iterator[str]:
        most = self.least + 2 if self.most is None else min(self.most, self.least + 2)
        for count in range(self.least, most + 1):
            yield from (text * count for text in itertools.islice(self.part.examples(), 4))


def _rows(options: list[tuple[str, ...]]) -> Iterator[str]:
    """One text of each part in a row: first all the first ones, then with one part changed at a time."""
    if not all(options):
        return
    first = [choices[0] for choices in options]
    yield "".join(first)
    for number, choices in enumerate(options):
        for other in choices[1:]:
            yield "".join([*first[:number], other, *first[number + 1 :]])


def _in_class(sign: str) -> str:
    return sign if sign in _BARE_IN_CLASS or sign > "\x7f" else f"\\x{ord(sign):02x}"


def _repeats(least: int, most: int | None) -> str:
    match least, most:
        case 0, 1:
            return "?"
        case 0, None:
            return "*"
        case 1, None:
            return "+"
        case _:
            return f"{{{least}}}" if most == least else f"{{{least},{'' if most is None else most}}}"
