"""A line that stands too far in or out, or is missing: told as that, and not as what follows from it.

Where a file does not have the shape that it should, it is read once more with each line near what is wrong in another
place; the one with which fewest mistakes are left is what its author meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from formroute.catalog.definition import written_languages
from formroute.catalog.misnamed import rooms
from formroute.catalog.shape import MODELS, Mistakes, Shape
from formroute.catalog.sources import CATALOG, Sources, likely_sort
from formroute.catalog.written import each, tested_in
from formroute.definitions import Folder, Place
from formroute.definitions.mended import at
from formroute.definitions.outline import KEYS, UNNAMED, Change, above, around, changes, outline
from formroute.definitions.source import MOST_BYTES, parse_once
from formroute.forms import Kind
from formroute.problems import Mark, Problem, Severity, problem

_FACTS = frozenset({"form", "channel", "language", "received", "now", "any_text"})
_OF_SHAPE = frozenset(
    {"Y106", "Y107", "Y119", "D101", "D102", "D103", "D104", "D105", "D106", "D107", "D111", "D112", "D113", "D114"}
    | {"C301", "F202", "F203", "F209", "F210", "F213"}
)
_TWICE = frozenset({"Y107", "Y119"})
_MOST_LINES = 2_000
_MOST_TRIED = 100
_MOST_BLOCKS = 30
_MOST_READ = 30_000
_WIDE = 200


class Straight(NamedTuple):
    """What is told of lines that stand wrongly, and the folder as it reads with them where they should be."""

    problems: list[Problem]
    folder: Folder
    added: dict[str, list[int]]
    doubtful: frozenset[str]

    def as_written(self, found: Problem) -> Problem:
        """A finding at the line that it has in the file, without those that are missing there."""
        mark = found.mark
        before = sum(number < mark.line - 1 for number in self.added.get(mark.file, ()))
        return replace(found, mark=Mark(mark.file, mark.line - before, mark.column)) if before else found


def straightened(
    folder: Folder, sources: Sources, kinds: Mapping[str, Kind], problems: Iterable[Problem]
) -> Straight | None:
    """The folder with the lines moved that stand wrongly; None where there are none."""
    languages = () if sources.catalog is None else written_languages(sources.catalog.plain())
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.code in _OF_SHAPE:
            by_file[one.mark.file].append(one)
    wrong = {file: found for file, every in by_file.items() if (found := _in_doubt(every, languages))}
    if not wrong or not languages:
        return None
    known = _Known.of(sources, kinds, languages)
    told: list[Problem] = []
    instead: dict[Path, bytes] = {}
    added: dict[str, list[int]] = {}
    doubtful: set[str] = set()
    for file, found in wrong.items():
        reading = _Reading.of(Path(file), folder, known, found)
        if reading is not None and (slips := list(reading.slips())):
            told += slips
            instead[Path(file).resolve()] = "\n".join(reading.lines).encode()
            added[file] = reading.added
            doubtful |= {file} if any("…" in (slip.corrected or "") for slip in slips) else set()
    return Straight(told, replace(folder, instead=instead), added, frozenset(doubtful)) if instead else None


@dataclass(slots=True)
class _Budget:
    """How many lines may still be read; one that is very wide counts as several."""

    left: int = _MOST_READ

    def allows(self, text: str) -> bool:
        """Whether this may be read once more, which is counted then."""
        self.left -= text.count("\n") + 1 + len(text) // _WIDE
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What all files are read by; `budget` is how many lines may still be read for all of them together."""

    kinds: Mapping[str, Kind]
    languages: tuple[str, ...]
    names: frozenset[str]
    words: frozenset[str]
    sources: Sources
    budget: _Budget

    def lacking(self, file: str, sort: str, lines: Iterable[str]) -> list[str]:
        """The names that are used and that nothing gives where this file gives others, with these lines in it."""
        source = parse_once("\n".join(lines), file, [])
        sources = self.sources if source is None else self.sources.instead(sort, Place.of(source))
        given = [one for one in rooms(sources) if any(name.place.source.file == file for name in one.given.values())]
        return sorted({name for one in given for name in one.used if name not in one.given} - _FACTS)

    @classmethod
    def of(cls, sources: Sources, kinds: Mapping[str, Kind], languages: tuple[str, ...]) -> _Known:
        places = [*sources.forms, *sources.blocks, *sources.tables]
        data = [place.plain() for place in places]
        fields = [each(at(page, ("fields",))) for one in data for _, page in each(at(one, ("pages",)))]
        names = {str(name) for entries in fields for name, field in entries}
        names |= {str(name) for entries in fields for _, field in entries for name, _ in each(at(field, ("fields",)))}
        words = {str(word) for one in data for mapping, key in tested_in(one) for word in _words(mapping[key])}
        return cls(kinds, languages, frozenset(names), frozenset(words), sources, _Budget())


def _words(value: object) -> Iterator[object]:
    if isinstance(value, str):
        yield value
    for _, part in each(value):
        yield from _words(part)


@dataclass(slots=True)
class _Reading:
    """One file while its lines are tried elsewhere; `base` is how far it is from what it should be."""

    file: str
    sort: str
    lines: list[str]
    shape: Shape
    known: _Known
    found: list[Problem]
    base: Mistakes
    added: list[int]
    touched: set[int]

    @classmethod
    def of(cls, path: Path, folder: Folder, known: _Known, found: list[Problem]) -> _Reading | None:
        """The file as far as it can be read; None where that is not at all."""
        sort = "catalog" if path == folder.path / CATALOG else likely_sort(path, folder)
        try:
            text = folder.read(path, MOST_BYTES).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None
        lines = text.replace("\r\n", "\n").split("\n")
        if sort is None or len(lines) > _MOST_LINES or not known.budget.allows(text):
            return None
        shape = Shape(MODELS[sort], known.kinds, known.languages, known.names)
        base = shape.mistakes(text, str(path))
        return cls(str(path), sort, lines, shape, known, found, base or Mistakes(1), [], set())

    def slips(self) -> Iterator[Problem]:
        """What is told, one line after another, as long as another line leaves fewer mistakes."""
        if (renamed := self._renamed()) is not None:
            yield renamed
            return
        if self._stands_alone_twice() and len(self._lacking()) != 1:
            return
        while self.base != Mistakes() and (best := self._best()) is not None:
            change, self.base = self._named(best[0]), best[1]
            yield self._told(change)
            self.lines = change.made(self.lines)
            self.touched.update(change.touched)
            if change.above:
                self.added.append(change.line.number)
                return

    def _renamed(self) -> Problem | None:
        """That a copy still has the name of what it was copied from, where only one name is used and not given."""
        if not self._stands_alone_twice() or self.sort == "table" or len(lacking := self._lacking()) != 1:
            return None
        (twice,) = self.found
        line = twice.line
        end = twice.mark.column - 1 + twice.width
        corrected = f"{line[: twice.mark.column - 1]}{lacking[0]}{line[end:]}"
        if not line.rstrip().endswith(":"):
            return None
        self.lines[twice.mark.line - 1] = corrected
        return replace(twice, corrected=corrected, fix=f"Did you mean `{lacking[0]}`?")

    def _lacking(self) -> list[str]:
        return self.known.lacking(self.file, self.sort, self.lines)

    def _stands_alone_twice(self) -> bool:
        """Whether all that is wrong is one key that stands twice: which of the two lines is meant nobody knows."""
        return len(self.found) == 1 and self.found[0].code in _TWICE

    def _best(self) -> tuple[Change, Mistakes] | None:
        """The change with which fewest mistakes are left; None where it takes too long to find out."""
        best: tuple[Change, Mistakes] | None = None
        tried = changes(self.lines, self._near(), self.known.languages, self.sort)
        may_be = [one for one in tried if self._may_be(one)]
        alone = [one for one in may_be if not one.is_block][:_MOST_TRIED]
        blocks = [one for one in may_be if one.is_block][:_MOST_BLOCKS]
        for change in [one for one in may_be if one in alone or one in blocks]:
            text = "\n".join(change.made(self.lines))
            if not self.known.budget.allows(text):
                return None
            left = self.shape.mistakes(text, self.file)
            if left is not None and left < (self.base if best is None else best[1]) and self._is_clear(change, left):
                best = change, left
            if best is not None and best[1] == Mistakes():
                return best
        return best

    def _is_clear(self, change: Change, left: Mistakes) -> bool:
        """Whether it mends what it is told for: a new heading may be one mistake in the place of two."""
        return not change.above or not left.errors or left.errors + 1 < self.base.errors

    def _named(self, change: Change) -> Change:
        """The same with the name that is used and given nowhere, where there is only one."""
        if UNNAMED not in change.above:
            return change
        lacking = self.known.lacking(self.file, self.sort, change.made(self.lines))
        fits = "-" not in change.above or "route:" in change.above
        return change.named(lacking[0]) if len(lacking) == 1 and fits else change

    def _near(self) -> Collection[int]:
        """The numbers of the lines where the slip may be."""
        said = outline(self.lines)
        numbers = sorted({one.mark.line - 1 for one in self.found})[:4]
        return {near for number in numbers for near in around(said, number)}

    def _may_be(self, change: Change) -> bool:
        """Whether it makes nothing a name that may as well be a wrong key."""
        line = change.line
        if self.touched.intersection(change.touched):
            return False
        if self._stands_alone_twice():
            return "route:" in change.above
        known = {*self.known.languages, *self.known.words, *self.known.names, *KEYS}
        return change.by <= 0 or line.opens or line.is_item or line.key is None or line.key in known

    def _told(self, change: Change) -> Problem:
        line = change.line
        key = line.key or self.lines[line.number].strip()
        mark = Mark(self.file, line.number + 1, line.column + 1)
        told = partial(problem, mark=mark, line=self.lines[line.number], width=max(1, len(key)), key=key)
        if change.above:
            head = change.above.replace(UNNAMED, "…")
            return told("Y121", corrected=f"{head}\n{self.lines[line.number]}", above=head.strip())
        if not change.lines[0]:
            return replace(told("Y107", corrected="", first=line.number), fix="Once is enough.")
        same = next((one for one in self.found if _is_that(one, change)), None)
        if same is not None:
            return same
        corrected = "\n".join(change.lines)
        if not change.by:
            return told("Y106", corrected=corrected, reason="a `- ` begins an item here", hint="Delete it.")
        stands, belongs, sibling = self._elsewhere(change)
        if stands == belongs:
            reason = f"this line is indented by {line.indent} spaces and not by {line.indent + change.by}"
            found = told("Y106", corrected=corrected, reason=reason, hint="Line it up.")
        else:
            code, over = ("Y118", stands) if change.by < 0 else ("Y120", belongs)
            found = told(code, corrected=corrected, above=over, sibling=sibling)
        last = line.number + len(change.lines)
        together = f"Move lines {line.number + 1} to {last} together by {abs(change.by)} to the "
        side = "right" if change.by > 0 else "left"
        return found if len(change.lines) == 1 else replace(found, fix=f"{together}{side}.")

    def _elsewhere(self, change: Change) -> tuple[str, str, str]:
        """Below what the line stands and should stand, and what it is to be lined up with."""
        number = change.line.number
        heads = []
        for lines in (self.lines, change.made(self.lines)):
            said = outline(lines)
            place = next(place for place, one in enumerate(said) if one.number == number)
            heads.append(next((one.key for one in reversed(above(said, place)) if one.key), ""))
        after = said[place].indent
        beside = [one for one in said if after in (one.indent, one.column) and one.key and one.number != number]
        near = min(beside, key=lambda one: (abs(one.number - number), one.number), default=None)
        return heads[0], heads[1], (near.key if near else None) or heads[1]


def _is_that(found: Problem, change: Change) -> bool:
    """Whether it is told already, with the same line to write."""
    return found.mark.line == change.line.number + 1 and found.corrected == "\n".join(change.lines)


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
