"""What is the same in many files, or all over one, since a program or a habit made it so: told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from formroute.problems import Problem, in_order, listed

_OF_FILES = frozenset({"Y115", "Y116"})
_MOST_NAMED = 3


def told_once(problems: Iterable[Problem], home: Path) -> Iterator[Problem]:
    """The same findings, with one of each sort that is about whole files, which names the others below `home`.

    Of texts in braces inside of other braces, as in JSON, one is told for each file.
    """
    files: dict[str, list[Problem]] = {}
    braced: dict[str, list[Problem]] = {}
    for one in in_order(problems):
        if one.code in _OF_FILES:
            files.setdefault(one.code, []).append(one)
        elif one.code == "D110" and one.corrected is None:
            braced.setdefault(one.mark.file, []).append(one)
        else:
            yield one
    for first, *others in braced.values():
        more = f" So it is with {len(others)} more of this file."
        yield replace(first, what=first.what + more) if others else first
    for first, *others in files.values():
        names = [Path(one.mark.file).relative_to(home).as_posix() for one in others]
        more = f" So it is with {listed(names, _MOST_NAMED)}." if names else ""
        yield replace(first, what=first.what + more)
