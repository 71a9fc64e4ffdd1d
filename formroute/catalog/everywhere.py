"""What is the same in many files, since the one program saved them all: told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from formroute.problems import Problem, in_order, listed

_OF_FILES = frozenset({"Y115", "Y116"})
_MOST_NAMED = 3


def told_once(problems: Iterable[Problem], home: Path) -> Iterator[Problem]:
    """The same findings, with one of each sort that is about whole files, which names the others below `home`."""
    files: dict[str, list[Problem]] = {}
    for one in in_order(problems):
        if one.code in _OF_FILES:
            files.setdefault(one.code, []).append(one)
        else:
            yield one
    for first, *others in files.values():
        names = listed((Path(one.mark.file).relative_to(home).as_posix() for one in others), _MOST_NAMED)
        yield replace(first, what=f"{first.what} So it is with {names}.") if others else first
