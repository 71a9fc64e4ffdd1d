"""A finding about a definition: where it is, what is wrong there and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formroute.problems.entry import Severity
from formroute.problems.families import CATALOGUE
from formroute.problems.notes import UNKNOWN
from formroute.problems.routes import UNDECIDED
from formroute.problems.text import UNREADABLE


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: the path as the author knows it, line and column counted from 1 in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a definition, complete enough to be shown without the file at hand.

    `line` is the source line, `width` the number of characters the caret underlines, and `corrected`
    the whole line as it should stand, where that is known; it may take several.
    """

    code: str
    mark: Mark
    severity: Severity
    what: str
    fix: str
    line: str = ""
    width: int = 1
    corrected: str | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether it says that something could be neither shown nor ruled out."""
        return self.code in UNDECIDED

    @property
    def is_of_the_unknown(self) -> bool:
        """Whether it says what could not be looked at because of others."""
        return self.code in UNKNOWN

    @property
    def excerpt(self) -> tuple[str, ...]:
        """The line with a caret below it and, where that is known, as it should stand; nothing where there is none."""
        if not self.line:
            return ()
        gutter, margin = f"{self.mark.line} | ", " " * len(str(self.mark.line)) + " | "
        shown = gutter + self.line, margin + " " * (self.mark.column - 1) + "^" * self.width
        match self.corrected:
            case None:
                return shown
            case "":
                return *shown, f"{margin}<- delete this line"
        return *shown, *(margin + line for line in f"{self.corrected}   <- write this".split("\n"))

    def __str__(self) -> str:
        return f"{self.mark}: {self.severity} {self.code} {self.what} {self.fix}".rstrip()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether one of them keeps a catalogue from loading."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each finding once, in the order of files and lines, and after all of them what they hide.

    Of a line that could not be read only that is told.
    """
    found = set(problems)
    unread = {(one.mark.file, one.mark.line) for one in found if one.code in UNREADABLE}
    told = (one for one in found if one.code in UNREADABLE or (one.mark.file, one.mark.line) not in unread)
    return sorted(told, key=lambda one: (one.is_of_the_unknown, one.mark, one.code))


class DefinitionError(Exception):
    """The definitions cannot be loaded; `problems` holds every finding, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(in_order(problems))
        super().__init__("\n".join(map(str, self.problems)))


def problem(
    code: str, mark: Mark, *, line: str = "", width: int = 1, corrected: str | None = None, **values: object
) -> Problem:
    """The finding `code` at `mark`, its words taken from the catalogue and filled with `values`."""
    entry = CATALOGUE[code]
    return Problem(
        code, mark, entry.severity, entry.what.format(**values), entry.fix.format(**values), line, width, corrected
    )
