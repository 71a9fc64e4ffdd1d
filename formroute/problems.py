"""What can be wrong with a definition: a place, a finding, and the one catalogue of their words.

A finding is a value. Whoever finds it adds it to a list and goes on, so that an author sees every
mistake at once; printing it is somebody else's job.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: the path as the author knows it, line and column counted from 1 in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """An error stops the catalogue from loading; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Entry(NamedTuple):
    """The words of one code: a title for the reference, and templates for what is wrong and what to do."""

    severity: Severity
    title: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a definition, complete enough to be shown without the file at hand.

    `line` is the source line, `width` the number of characters the caret underlines, and `corrected`
    the whole line as it should stand, where that is known.
    """

    code: str
    mark: Mark
    severity: Severity
    what: str
    fix: str
    line: str = ""
    width: int = 1
    corrected: str | None = None

    def __str__(self) -> str:
        return f"{self.mark}: {self.severity} {self.code} {self.what} {self.fix}".rstrip()


class DefinitionError(Exception):
    """The definitions cannot be loaded; `problems` holds every finding, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.mark, problem.code)))
        super().__init__("\n".join(map(str, self.problems)))


def problem(
    code: str, mark: Mark, *, line: str = "", width: int = 1, corrected: str | None = None, **values: object
) -> Problem:
    """The finding `code` at `mark`, its words taken from the catalogue and filled with `values`."""
    entry = CATALOGUE[code]
    return Problem(
        code, mark, entry.severity, entry.what.format(**values), entry.fix.format(**values), line, width, corrected
    )


def _error(title: str, what: str, fix: str) -> Entry:
    return Entry(Severity.ERROR, title, what, fix)


def _warning(title: str, what: str, fix: str) -> Entry:
    return Entry(Severity.WARNING, title, what, fix)


CATALOGUE: dict[str, Entry] = {
    # Y1: the text of a YAML file
    "Y101": _error("File cannot be read", "The file cannot be read: {reason}.", "Check its name and permissions."),
    "Y102": _error("File too large", "The file has {size} bytes.", "A definition has at most {most}: split it."),
    "Y103": _error("Not UTF-8", "The text is not UTF-8 ({reason}).", "Save the file as UTF-8."),
    "Y104": _error("Control character", "There is a control character here ({name}).", "Delete it."),
    "Y105": _error("Tab", "There is a tab here; YAML counts spaces.", "Write spaces instead of the tab."),
    "Y106": _error("YAML syntax", "This is not YAML: {reason}.", "{hint}"),
    "Y107": _error("Key written twice", "The key `{key}` stands twice; the first is on line {first}.", "Keep one."),
    "Y108": _error("Tag", "`{tag}` is a YAML tag and would swallow a word.", "Put the text in double quotes."),
    "Y109": _error(
        "Anchor or alias", "`{name}` is a YAML anchor or alias.", "Write the text out; quote a text that begins so."
    ),
    "Y110": _error(
        "Nested too deeply",
        "This is nested more than {most} deep.",
        "No definition needs that; look for a stray bracket or indent.",
    ),
    "Y111": _error(
        "Text cut short", "` #` begins a comment, so the text ends before it.", "Put the text in double quotes."
    ),
    "Y112": _error(
        "Key is not a word", "A key must be a plain word, not a list or mapping.", "Write one word, then a colon."
    ),
    "Y113": _error("Empty file", "The file says nothing.", "Write a definition in it or delete it."),
    "Y114": _error(
        "Several documents",
        "A second YAML document begins here.",
        "Keep one document in a file: delete the `---` line.",
    ),
    "Y115": _warning(
        "Windows line ends",
        "The file has Windows line ends; they are read as ordinary ones.",
        "Save it with Unix line ends (LF).",
    ),
    "Y116": _warning(
        "Byte order mark", "The file begins with a byte order mark; it is skipped.", "Save it as UTF-8 without a mark."
    ),
    "Y117": _error("Too many values", "The file has more than {most} values.", "Split it."),
    # D1: the shape of a document
    "D101": _error("Unknown key", "`{key}` is not a key here.", "{hint}"),
    "D102": _error("Missing key", "`{key}` is missing here.", "Add the line `{key}: …`."),
    "D103": _error("Wrong kind of value", "{what}.", "{fix}"),
    "D104": _error(
        "Unknown document",
        "The file does not say what it is.",
        "Begin it with `form:`, `table:`, `departments:` or `block:`.",
    ),
    "D105": _error("Unknown language", "The catalogue has no language `{language}`.", "{hint}"),
    "D106": _error(
        "Missing in first language",
        "The text has no `{language}`, the catalogue's first language.",
        "Add a line `{language}: …`.",
    ),
    "D107": _warning(
        "Translation missing",
        "The text is missing in `{language}`.",
        "Add a line `{language}: …`; until then `{first}` is shown.",
    ),
    "D108": _error("File not found", "There is no file `{path}`.", "{hint}"),
    "D109": _error("File in the wrong place", "`{path}` leads out of the schemas folder.", "Keep the file inside it."),
    "D110": _error(
        "Languages in braces",
        "Languages stand on their own lines, not in braces.",
        "Write each as a line of its own: `en: …`.",
    ),
    "D111": _error("Not a text", "A text is expected here.", "Write one line of text, or one line for each language."),
    "D112": _error("Empty text", "The text is empty.", "Write it or delete the key."),
    "D113": _error("Not a mapping", "Lines of `key: value` are expected here.", "Write each key on a line of its own."),
    "D114": _error("Not yes or no", "Only `yes` or `no` can stand here.", "Write `yes` or `no`."),
    "D115": _error("Not a whole number", "A whole number is expected here.", "Write digits only, such as `12`."),
    "D116": _error("Not a number", "A number is expected here.", "Write digits with a point, such as `2.5`."),
    "D117": _error(
        "Not a size", "A file size is expected here.", "Write a number and a unit, such as `8 MB` or `500 kB`."
    ),
    "D118": _error(
        "Not a name", "`{name}` cannot be a name.", "Begin with a small letter; then small letters, digits and {signs}."
    ),
    "D119": _error("Unknown word", "`{word}` is not one of the words that can stand here.", "{hint}"),
    "D120": _error("Empty list", "The list is empty.", "Write at least one item or delete the key."),
}
