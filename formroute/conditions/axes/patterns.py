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

import re2  # type: ignore[import-untyped]

from formroute.conditions.axes.pattern_parts import Choice, Node, Ranges, Repeat, Row, Signs

_MOST_SIGNS = 500
_DEEPEST = 20
_MOST_REPEATS = 1000
_EXAMPLES = 40

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
    _tree: Node = field(compare=False, repr=False)
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


class _Parser:
    """Reads a pattern from left to right; `at` is the sign that comes next."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
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

    def choice(self) -> Node:
        options = [self.row()]
        while self.skip("|"):
            options.append(self.row())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def row(self) -> Node:
        parts = []
        while self.next and self.next not in "|)":
            parts.append(self.repeated(self.part()))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def part(self) -> Node:
        sign = self.take()
        match sign:
            case "(":
                return self.group()
            case "[":
                return self.sign_class()
            case ".":
                return Signs(_LINE_ENDS, negated=True)
            case "\\":
                return Signs(self.escape())
            case "^" | "$":
                raise self.wrong(f"the whole text is matched anyway: leave `{sign}` out", self.at - 1)
            case "*" | "+" | "?" | "{" | "}" | "]":
                raise self.wrong(f"`{sign}` has nothing before it; write `\\{sign}` for the sign itself", self.at - 1)
        return Signs(((sign, sign),))

    def group(self) -> Node:
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

    def repeated(self, part: Node) -> Node:
        bounds = self.bounds()
        if bounds is None:
            return part
        if self.next and self.next in "*+?{":
            raise self.wrong("one repeat follows another")
        return Repeat(part, *bounds)

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

    def sign_class(self) -> Node:
        start = self.at - 1
        negated = self.skip("^")
        ranges: list[tuple[str, str]] = []
        while self.next != "]":
            if self.next in ("", "["):
                raise self.unclosed(start)
            ranges += self.class_part(start)
        self.take()
        if not ranges:
            raise self.wrong("there is nothing between `[` and `]`", start)
        return Signs(tuple(ranges), negated)

    def unclosed(self, start: int) -> PatternError:
        return self.wrong("this `[` is never closed; write `\\[` for the sign itself", start)

    def class_part(self, opened: int) -> Ranges:
        start = self.at
        low = self.class_sign()
        if len(low) > 1 or low[0][0] != low[0][1] or not self.source.startswith("-", self.at):
            return low
        if self.source.startswith("-]", self.at):
            return low
        self.take()
        if self.next in ("", "["):
            raise self.unclosed(opened)
        high = self.class_sign()
        if len(high) > 1 or high[0][0] != high[0][1] or high[0][0] < low[0][0]:
            raise self.wrong("a range goes from a lower sign to a higher one", start)
        return ((low[0][0], high[0][0]),)

    def class_sign(self) -> Ranges:
        sign = self.take()
        return self.escape() if sign == "\\" else ((sign, sign),)
