"""Lines that are indented wrongly, or lack a dash: how they should stand, found by trying what the parser takes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_LINES = 5_000
_NEAR = 3
_LISTS = frozenset({"pages:", "routes:", "tests:", "checks:", "deliver:", "points:"})
_OUTERMOST = frozenset({"pages", "checks", "publish", "keep_for", "after_sending", "policy", "routes", "tests"})
_DASHED = re.compile(r"( *)-(?=[A-Za-z_])")
_KEY = re.compile(r"( *)(?=[A-Za-z_][\w-]*:(?: |$))")


class Moved(NamedTuple):
    """A line as it should stand, and what is wrong with it."""

    line: int
    column: int
    reason: str
    hint: str
    corrected: str


def moved(lines: Sequence[str], number: int) -> Moved | None:
    """The line at or just before `number` that mends what the parser stumbled over there, moved as little as can be."""
    return furthest(lines, number, _ways)


def furthest(lines: Sequence[str], number: int, ways: Callable[[Sequence[str], int], Iterable[Moved]]) -> Moved | None:
    """The line with which the parser gets furthest beyond `number`, in the first of its `ways`.

    It stands there, just before, or where the list begins.
    """
    if len(lines) > _MOST_LINES:
        return None
    said = [n for n in range(number) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    first = [after for n, after in itertools.pairwise(said) if lines[n].strip() in _LISTS][-1:]
    tried = [(_reach(lines, one), one) for n in dict.fromkeys((number, *said[-1:], *first)) for one in ways(lines, n)]
    best = max((reach for reach, _ in tried), default=0)
    return next((one for reach, one in tried if reach == best > number + 1), None)


def _ways(lines: Sequence[str], number: int) -> Iterator[Moved]:
    line = lines[number]
    above = next((one.strip() for one in reversed(lines[:number]) if one.strip()), "")
    found = _KEY.match(line)
    indent = _of_items(lines, line) if found else None
    if found and (above in _LISTS or indent is not None):
        indent = found[1] if indent is None else indent
        text = f"{indent}- {line[found.end() :]}"
        yield Moved(number, found.end(), "a `- ` is missing before the first key of an item", "Write it.", text)
    if found := _DASHED.match(line):
        yield Moved(
            number, found.end(), "a space is missing after `-`", "Write it.", f"{found[1]}- {line[found.end() :]}"
        )
    depth = len(line) - len(line.lstrip(" "))
    around = {len(one) - len(one.lstrip(" -")) for one in lines if one.strip()}
    outermost = line.lstrip().partition(":")[0] in _OUTERMOST
    for other in sorted(around - {depth}, key=lambda one: (outermost and one > 0, abs(one - depth), one)):
        if abs(other - depth) <= _NEAR or (outermost and other == 0):
            yield Moved(number, depth, indented(depth, other), "Line it up.", " " * other + line.lstrip(" "))


def indented(depth: int, other: int) -> str:
    """What is wrong with a line that stands so deep."""
    return f"this line is indented by {depth} space{'' if depth == 1 else 's'} and not by {other}"


def _of_items(lines: Sequence[str], line: str) -> str | None:
    """The indent of other items that begin with the key of the line, where there are some about so deep."""
    key, depth = line.strip().partition(":")[0], len(line) - len(line.lstrip(" "))
    begins = (re.match(rf"( *)- {re.escape(key)}: ", one) for one in lines)
    return next((found[1] for found in begins if found and abs(len(found[1]) - depth) <= _NEAR), None)


def _reach(lines: Sequence[str], one: Moved) -> int:
    """The line to which the parser gets then; past the last one where nothing stops it."""
    after = [*lines[: one.line], one.corrected, *lines[one.line + 1 :]]
    try:
        for _ in yaml.parse("\n".join(after), Loader=LOADER):
            pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return mark.line if mark is not None else 0
    return len(lines) + 1
