"""What git leaves in a file where it could not merge two versions: both, between lines of signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formroute.problems import Mark, Problem, problem

_MARKED = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
_BEGINS, _OTHERS, _ENDS = "<", "|=", ">"


def settled(lines: Sequence[str], file: str, problems: list[Problem]) -> list[str]:
    """The lines with the first version alone; what goes leaves empty lines, so that all others keep their numbers."""
    kept = list(lines)
    begun = other = False
    for number, line in enumerate(lines):
        marked = _MARKED.fullmatch(line)
        if marked or (begun and other):
            kept[number] = ""
        if marked is None:
            continue
        if not begun:
            problems.append(_told(lines, number, file))
        begun = line[0] not in _ENDS and (begun or (line[0] in _BEGINS and _goes_on(lines[number + 1 :])))
        other = line[0] in _OTHERS
    return kept


def _goes_on(after: Sequence[str]) -> bool:
    return any(line[:1] in _ENDS and _MARKED.fullmatch(line) for line in after if line)


def _told(lines: Sequence[str], number: int, file: str) -> Problem:
    """At the first line of two versions with what to keep; a line of signs that stands alone is to be deleted."""
    line = lines[number]
    alone = line[0] not in _BEGINS or not _goes_on(lines[number + 1 :])
    return problem(
        "Y122", Mark(file, number + 1, 1), line=line[:400], width=len(line[:400]), corrected="" if alone else None
    )
