"""One file that is read with its lines elsewhere, or with one line more, until it has the shape that it should."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from formroute.catalog.names import rooms
from formroute.catalog.shape import MODELS, Mistakes, Shape
from formroute.catalog.sources import CATALOG, Sources, likely_sort
from formroute.catalog.written import each, tested_in
from formroute.definitions import Folder, Place
from formroute.definitions.layout import indented
from formroute.definitions.mended import at
from formroute.definitions.outline import KEYS, UNNAMED, Change, above, around, changes, outline
from formroute.definitions.source import MOST_BYTES, parse_once
from formroute.definitions.tabs import readings
from formroute.forms import Kind
from formroute.problems import Mark, Problem, problem

_FACTS = frozenset({"form", "channel", "language", "received", "now", "any_text"})
_TWICE = frozenset({"Y107", "Y119"})
_OF_NAMES = (["fields"], ["choices"], ["departments"], ["calendars"], ["groups"])
_MOST_LINES = 2_000
_MOST_TRIED = 100
_MOST_BLOCKS = 60
_MOST_READ = 30_000
_WIDE = 200


@dataclass(slots=True)
class Budget:
    """How many lines may still be read; one that is very wide counts as several."""

    left: int = _MOST_READ

    def allows(self, text: str) -> bool:
        """Whether this may be read once more, which is counted then."""
        self.left -= text.count("\n") + 1 + len(text) // _WIDE
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Known:
    """What all files are read by; `budget` is how many lines may still be read for all of them together."""

    kinds: Mapping[str, Kind]
    languages: tuple[str, ...]
    names: frozenset[str]
    words: frozenset[str]
    sources: Sources
    budget: Budget

    def lacking(self, file: str, sort: str, lines: Iterable[str]) -> list[str]:
        """The names that are used and that nothing gives where this file gives others, with these lines in it."""
        source = parse_once("\n".join(lines), file, [])
        sources = self.sources if source is None else self.sources.instead(sort, Place.of(source))
        given = [one for one in rooms(sources) if any(name.place.source.file == file for name in one.given.values())]
        return sorted({name for one in given for name in one.used if name not in one.given} - _FACTS)

    @classmethod
    def of(cls, sources: Sources, kinds: Mapping[str, Kind], languages: tuple[str, ...]) -> Known:
        """What these sources name and ask."""
        places = [*sources.forms, *sources.blocks, *sources.tables]
        data = [place.plain() for place in places]
        fields = [each(at(page, ("fields",))) for one in data for _, page in each(at(one, ("pages",)))]
        names = {str(name) for entries in fields for name, field in entries}
        names |= {str(name) for entries in fields for _, field in entries for name, _ in each(at(field, ("fields",)))}
        words = {str(word) for one in data for mapping, key in tested_in(one) for word in _words(mapping[key])}
        return cls(kinds, languages, frozenset(names), frozenset(words), sources, Budget())


def _words(value: object) -> Iterator[object]:
    if isinstance(value, str):
        yield value
    for _, part in each(value):
        yield from _words(part)


@dataclass(slots=True)
class Reading:
    """One file while its lines are tried elsewhere; `base` is how far it is from what it should be."""

    file: str
    sort: str
    lines: list[str]
    shape: Shape
    known: Known
    found: list[Problem]
    base: Mistakes
    added: list[int]
    touched: set[int]
    tabbed: frozenset[int]
    written: list[str]

    @classmethod
    def of(cls, path: Path, folder: Folder, known: Known, found: list[Problem]) -> Reading | None:
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
        reading = cls(str(path), sort, lines, shape, known, found, base or Mistakes(1), [], set(), frozenset(), lines)
        reading.without_tabs()
        return reading

    def without_tabs(self) -> None:
        """Read with spaces for all tabs, as many as leave fewest mistakes."""
        self.tabbed = frozenset(number for number, line in enumerate(self.lines) if "\t" in line)
        if not self.tabbed:
            return
        read = list(readings(self.lines))
        self.lines = read[0]
        for number, lines in enumerate(read):
            text = "\n".join(lines)
            left = self.shape.mistakes(text, self.file) if self.known.budget.allows(text) else None
            if left is not None and (not number or left < self.base):
                self.lines, self.base = lines, left
            if self.base == Mistakes():
                return

    def slips(self) -> Iterator[Problem]:
        """What is told, one line after another, as long as another line leaves fewer mistakes."""
        yield from self._moved()
        for first in sorted(number for number in self.tabbed if number - 1 not in self.tabbed):
            yield self._tabs(first)

    def _tabs(self, first: int) -> Problem:
        """The tabs in a line and in those that follow it, with the lines as they then stand."""
        last = next(number for number in count(first) if number + 1 not in self.tabbed)
        line, before = self.written[first], sum(added <= first for added in self.added)
        corrected = "\n".join(self.lines[first + before : last + before + 1])
        mark = Mark(self.file, first + 1, line.index("\t") + 1)
        told = problem("Y105", mark, line=line.replace("\t", " "), corrected=corrected)
        return told if first == last else replace(told, fix=f"Write spaces in lines {first + 1} to {last + 1}.")

    def _moved(self) -> Iterator[Problem]:
        """What is told of lines without tabs."""
        if (renamed := self._renamed()) is not None:
            yield renamed
            return
        if self._stands_alone_twice() and len(self._lacking()) != 1:
            return
        while self.base != Mistakes() and (best := self._best()) is not None:
            change, self.base = self._named(best[0]), best[1]
            if self.tabbed.isdisjoint(change.touched):
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
        said = outline(self.lines)
        place = next((place for place, one in enumerate(said) if one.number == twice.mark.line - 1), 0)
        if not line.rstrip().endswith(":") or [one.key for one in above(said, place)][-1:] not in _OF_NAMES:
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
        """Whether it mends what it is told for, and does not make one mistake in the place of several.

        A new heading may be one, and so may a key that means nothing where it stands then.
        """
        if change.line.key in left.strange - self.base.strange:
            return False
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
            reason = indented(line.indent, line.indent + change.by)
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
