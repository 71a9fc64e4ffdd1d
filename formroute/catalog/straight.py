"""A line that stands too far in or out, or is missing: told as that, and not as what follows from it.

Where a file does not have the shape that it should, it is read once more with each line near what is wrong in another
place; the one with which fewest mistakes are left is what its author meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from formroute.catalog.definition import written_languages
from formroute.catalog.reading import Known, Reading
from formroute.catalog.sources import CATALOG, Sources
from formroute.definitions import Folder
from formroute.definitions.outline import KEYS
from formroute.definitions.source import MOST_BYTES
from formroute.forms import Kind
from formroute.problems import Mark, Problem, Severity

_TWICE = frozenset({"Y107", "Y119"})
_OF_SHAPE = _TWICE | frozenset(
    {"Y105", "Y106", "D101", "D102", "D103", "D104", "D105", "D106", "D107", "D111", "D112", "D113", "D114"}
    | {"C301", "F202", "F203", "F209", "F210", "F213"}
)
_ON_LINE = re.compile(r"(?<=\bline )\d+")
_LANGUAGES = re.compile(r"^ *languages: *\[(.*)\]", re.MULTILINE)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?", re.ASCII)


class Straight(NamedTuple):
    """What is told of lines that stand wrongly, and the folder as it reads with them where they should be."""

    problems: list[Problem]
    folder: Folder
    added: dict[str, list[int]]
    doubtful: frozenset[str]

    def as_written(self, found: Problem) -> Problem:
        """A finding at the line that it has in the file, without those that are missing there."""
        mark, added = found.mark, self.added.get(found.mark.file, ())

        def written(line: int) -> int:
            return line - sum(number < line - 1 for number in added)

        if not added:
            return found
        what = _ON_LINE.sub(lambda named: str(written(int(named[0]))), found.what)
        return replace(found, mark=Mark(mark.file, written(mark.line), mark.column), what=what)


def straightened(
    folder: Folder, sources: Sources, kinds: Mapping[str, Kind], problems: Iterable[Problem]
) -> Straight | None:
    """The folder with the lines moved that stand wrongly; None where there are none."""
    languages = _listed(folder) if sources.catalog is None else written_languages(sources.catalog.plain())
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.code in _OF_SHAPE:
            by_file[one.mark.file].append(one)
    wrong = {file: found for file, every in by_file.items() if (found := _in_doubt(every, languages))}
    if not wrong or not languages:
        return None
    known = Known.of(sources, kinds, languages)
    told: list[Problem] = []
    instead: dict[Path, bytes] = {}
    added: dict[str, list[int]] = {}
    doubtful: set[str] = set()
    for file, found in wrong.items():
        reading = Reading.of(Path(file), folder, known, found)
        if reading is not None and (slips := list(reading.slips())):
            told += slips
            instead[Path(file).resolve()] = "\n".join(reading.lines).encode()
            added[file] = reading.added
            doubtful |= {file} if any("…" in (slip.corrected or "") for slip in slips) else set()
    return Straight(told, replace(folder, instead=instead), added, frozenset(doubtful)) if instead else None


def _listed(folder: Folder) -> tuple[str, ...]:
    """The languages of a catalogue's file that cannot be read."""
    try:
        found = _LANGUAGES.search(folder.read(folder.path / CATALOG, MOST_BYTES).decode("utf-8", "replace"))
    except OSError:
        return ()
    return tuple(_LANGUAGE.findall(found[1])) if found else ()


def _in_doubt(wrong: Iterable[Problem], languages: Collection[str]) -> list[Problem]:
    """Those behind which more may be than one misspelt word."""
    errors = [one for one in wrong if one.severity is Severity.ERROR]
    asked = {_shown(one) for one in errors if one.code == "C301"}
    of_lines = [one for one in errors if _is_of_lines(one) or (one.code == "D101" and _shown(one) in asked)]
    of_lines = of_lines or [one for one in errors if one.code in _TWICE]
    if of_lines:
        return [one for one in errors if one.code in ("D101", "Y107") or one in of_lines]
    return [one for one in wrong if one.code == "D107" and one.line.strip().partition(":")[0] in languages]


def _shown(found: Problem) -> str:
    """The words that it is about."""
    start = found.mark.column - 1
    return found.line[start : start + found.width]


def _is_of_lines(found: Problem) -> bool:
    """Whether it may be told of a line that stands wrongly: no word mends it, or only where the line begins."""
    if found.code == "C301":
        return _shown(found) in KEYS
    return found.corrected is None or (
        bool(found.corrected) and found.corrected.lstrip(" -") == found.line.lstrip(" -")
    )
