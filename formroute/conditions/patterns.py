"""Patterns that authors may write: the part of regular expressions that every engine reads alike.

Letters, `.`, classes, groups, `|`, `?`, `*`, `+`, `{m,n}`, `\\d`, `\\w` and `\\s`, always matched against
the whole text. What is understood here is written out again in a form that means the same to RE2
(which reads any text in linear time), to JSON Schema and to a browser; `\\d` is 0 to 9 in all of them.
"""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import re2  # type: ignore[import-untyped]

_MOST_SIGNS = 500
_DEEPEST = 20
_MOST_REPEATS = 1000
_SPECIAL = frozenset(r"\^$.*+?()[]{}|")
_BARE_IN_CLASS = frozenset(string.ascii_letters + string.digits + " ._")
_EXAMPLES = 40

Ranges = tuple[tuple[str, str], ...]
_NAMED: dict[str, Ranges] = {
    "d": (("0", "9"),),
    "w": (("A", "Z"), ("a", "z"), ("0", "9"), ("_", "_")),
    "s": ((" ", " "), ("\t", "\r")),
}
_LINE_ENDS: Ranges = (("\n", "\n"), ("\r", "\r"), ("\u2028", "\u2029"))


class PatternError(ValueError):
    """A pattern that is not one of ours: `reason` says why, `column` (from 0) where."""

    def __init__(self, reason: str, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as typed, and `portable`: the same one as RE2, JSON Schema and browsers read it."""

    source: str
    portable: str = field(compare=False, repr=False)
    _tree: _Node = field(compare=False, repr=False)
    _engine: re2._Regexp = field(compare=False, repr=False)

    @classmethod
    def parse(cls, source: str) -> Pattern:
        """The pattern that `source` writes; raises `PatternError`."""
        tree = _Parser(source).whole()
        portable = tree.written()
        options = re2.Options()
        options.log_errors = False
        try:
            return cls(source, portable, tree, re2.compile(f"(?:{portable})", options))
        except re2.error:
            raise PatternError("it grows too large", 0) from None

    def matches(self, text: str) -> bool:
        """Whether it matches the whole of `text`."""
        try:
            return self._engine.fullmatch(text) is not None
        except UnicodeEncodeError:  # half of a surrogate pair is no character
            return False

    @property
    def json_schema(self) -> str:
        """The value of `pattern` in a JSON Schema, which would otherwise look anywhere in the text."""
        return f"^(?:{self.portable})$"

    @property
    def html(self) -> str:
        """The value of an `<input>`'s `pattern`, which matches whole texts by itself."""
        return self.portable

    def examples(self) -> Iterator[str]:
        """Some texts that it matches, the shortest first where that is easy to tell."""
        return itertools.islice(dict.fromkeys(self._tree.examples()), _EXAMPLES)


class _Node(Protocol):
    def written(self) -> str: ...

    def examples(self) -> Iterator[str]: ...


class _Signs(NamedTuple):
    """One sign out of a class, or out of all others."""

    ranges: Ranges
    negated: bool = False

    def written(self) -> str:
        if len(self.ranges) == 1 and not self.negated:
            low, high = self.ranges[0]
            if low == high:
                return f"\\{low}" if low in _SPECIAL else low
        inside = "".join(_in_class(low) + (f"-{_in_class(high)}" if high != low else "") for low, high in self.ranges)
        return f"[{'^' * self.negated}{inside}]"

    def examples(self) -> Iterator[str]:
        if not self.negated:
            yield from dict.fromkeys(itertools.chain.from_iterable(self.ranges))
            return
        for sign in "xa0 -é":
            if not any(low <= sign <= high for low, high in self.ranges):
                yield sign


class _Row(NamedTuple):
    """Parts one after the other."""

    parts: tuple[_Node, ...]

    def written(self) -> str:
        return "".join(f"(?:{part.written()})" if isinstance(part, _Choice) else part.written() for part in self.parts)

    def examples(self) -> Iterator[str]:
        return _rows([tuple(itertools.islice(part.examples(), 4)) for part in self.parts])


class _Choice(NamedTuple):
    """One of several parts."""

    options: tuple[_Node, ...]

    def written(self) -> str:
        return "|".join(option.written() for option in self.options)

    def examples(self) -> Iterator[str]:
        return itertools.chain.from_iterable(option.examples() for option in self.options)


class _Repeat(NamedTuple):
    """A part from `least` to `most` times; None is without end."""

    part: _Node
    least: int
    most: int | None

    def written(self) -> str:
        part = self.part.written()
        inner = part if isinstance(self.part, _Signs) else f"(?:{part})"
        return inner + _repeats(self.least, self.most)

    def examples(self) -> Iterator[str]:
        most = self.least + 2 if self.most is None else min(self.most, self.least + 2)
        for count in range(self.least, most + 1):
            yield from (text * count for text in itertools.islice(self.part.examples(), 4))


class _Parser:
    """Reads a pattern from left to right; `at` is the sign that comes next."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def whole(self) -> _Node:
        if not self.source:
            raise self.wrong("it is empty")
        if len(self.source) > _MOST_SIGNS:
            raise self.wrong(f"it is longer than {_MOST_SIGNS} signs")
        tree = self.choice()
        if self.next:
            raise self.wrong("this `)` closes nothing")
        return tree

    @property
    def next(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        self.at += 1
        return self.source[self.at - 1 : self.at]

    def skip(self, text: str) -> bool:
        found = self.source.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def wrong(self, reason: str, at: int | None = None) -> PatternError:
        return PatternError(reason, self.at if at is None else at)

    def choice(self) -> _Node:
        options = [self.row()]
        while self.skip("|"):
            options.append(self.row())
        return options[0] if len(options) == 1 else _Choice(tuple(options))

    def row(self) -> _Node:
        parts = []
        while self.next and self.next not in "|)":
            parts.append(self.repeated(self.part()))
        return parts[0] if len(parts) == 1 else _Row(tuple(parts))

    def part(self) -> _Node:
        sign = self.take()
        match sign:
            case "(":
                return self.group()
            case "[":
                return self.sign_class()
            case ".":
                return _Signs(_LINE_ENDS, negated=True)
            case "\\":
                return _Signs(self.escape())
            case "^" | "$":
                raise self.wrong(f"the whole text is matched anyway: leave `{sign}` out", self.at - 1)
            case "*" | "+" | "?" | "{" | "}" | "]":
                raise self.wrong(f"`{sign}` has nothing before it; write `\\{sign}` for the sign itself", self.at - 1)
        return _Signs(((sign, sign),))

    def group(self) -> _Node:
        start = self.at - 1
        if not self.skip("?:") and self.next == "?":
            raise self.wrong("only plain groups `(…)` are read, no look-around and no names", start)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.wrong(f"groups nest deeper than {_DEEPEST}", start)
        inner = self.choice()
        self.depth -= 1
        if not self.skip(")"):
            raise self.wrong("this `(` is never closed", start)
        return inner

    def repeated(self, part: _Node) -> _Node:
        bounds = self.bounds()
        if bounds is None:
            return part
        if self.next and self.next in "*+?{":
            raise self.wrong("one repeat follows another")
        return _Repeat(part, *bounds)

    def bounds(self) -> tuple[int, int | None] | None:
        start = self.at
        if self.skip("?"):
            return 0, 1
        if self.skip("*"):
            return 0, None
        if self.skip("+"):
            return 1, None
        if not self.skip("{"):
            return None
        least = self.number(start)
        most: int | None = least
        if self.skip(","):
            most = None if self.next == "}" else self.number(start)
        if not self.skip("}") or (most is not None and most < least):
            raise self.wrong("write how often as `{2}`, `{2,}` or `{2,5}`", start)
        return least, most

    def number(self, start: int) -> int:
        digits = "".join(itertools.takewhile(lambda sign: sign in string.digits, self.source[self.at :]))
        self.at += len(digits)
        if not digits or len(digits) > len(str(_MOST_REPEATS)) or int(digits) > _MOST_REPEATS:
            raise self.wrong(f"write how often as `{{2,5}}`, at most {_MOST_REPEATS}", start)
        return int(digits)

    def escape(self) -> Ranges:
        sign = self.take()
        if sign in _NAMED:
            return _NAMED[sign]
        if not sign or sign in string.ascii_letters + string.digits or not sign.isascii():
            raise self.wrong(f"`\\{sign}` is not read; of these only `\\d`, `\\w` and `\\s` are", self.at - 2)
        return ((sign, sign),)

    def sign_class(self) -> _Node:
        start = self.at - 1
        negated = self.skip("^")
        ranges: list[tuple[str, str]] = []
        while self.next != "]":
            if self.next in ("", "["):
                raise self.wrong("this `[` is never closed; write `\\[` for the sign itself", start)
            ranges += self.class_part()
        self.take()
        if not ranges:
            raise self.wrong("there is nothing between `[` and `]`", start)
        return _Signs(tuple(ranges), negated)

    def class_part(self) -> Ranges:
        start = self.at
        low = self.class_sign()
        if len(low) > 1 or low[0][0] != low[0][1] or not self.source.startswith("-", self.at):
            return low
        if self.source.startswith("-]", self.at):
            return low
        self.take()
        high = self.class_sign()
        if len(high) > 1 or high[0][0] != high[0][1] or high[0][0] < low[0][0]:
            raise self.wrong("a range goes from a lower sign to a higher one", start)
        return ((low[0][0], high[0][0]),)

    def class_sign(self) -> Ranges:
        sign = self.take()
        return self.escape() if sign == "\\" else ((sign, sign),)


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
