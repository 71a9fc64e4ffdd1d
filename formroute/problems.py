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
    """An error stops the catalogue from loading; a warning does not. A note is no mistake, but may surprise."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


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
        return self.code in _UNDECIDED

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


def _note(title: str, what: str, fix: str) -> Entry:
    return Entry(Severity.NOTE, title, what, fix)


_UNDECIDED = frozenset({"R436", "R437", "R438", "R439", "R450"})

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
        "{hint}",
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
        "{hint}; until then `{first}` is shown.",
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
    "D113": _error("Not a mapping", "Lines of `key: value` are expected here.", "{hint}"),
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
    "D121": _error(
        "Not a CSV table", "The CSV file cannot be read: {reason}.", "Save it as UTF-8 CSV with column names in line 1."
    ),
    "D122": _error(
        "Uneven row", "This row has {cells} cells, the first row {columns}.", "Quote a cell that contains a comma."
    ),
    "D123": _error("Unknown column", "The file `{file}` has no column `{column}`.", "{hint}"),
    "D124": _error(
        "Value listed twice",
        "The value `{value}` stands in an earlier row too, or is empty.",
        "Keep one row for each value.",
    ),
    "D125": _error(
        "Not a period",
        "A period is expected here.",
        "Write a number and days, weeks, months or years, such as `2 years`.",
    ),
    "D126": _error(
        "Not a moment", "A date and a time of the city's clock are expected here.", "Write `2026-03-07 23:15`."
    ),
    "D127": _error("Number out of bounds", "The number here is {bound}.", "Correct it."),
    "D128": _error("Not a web address", "`{word}` is not a web address.", "Write it as `https://example.org/page`."),
    "D129": _error(
        "Not a phone number", "`{word}` is not a phone number.", "Write digits, such as `911` or `204-555-0123`."
    ),
    "D141": _error(
        "HTML in a text", "`{tag}` is HTML.", "Write Markdown: `**words**`, `*words*`, `[words](https://example.org)`."
    ),
    "D142": _error(
        "Address that no link may have",
        "A link leads to a web page, an e-mail address or a phone number, and `{address}` is none.",
        "Write `https://example.org/page`, `mailto:name@example.org` or `tel:204-555-0123`.",
    ),
    "D143": _error(
        "Not in a text for residents", "This is a {what}.", "Write paragraphs, lists, `**words**`, `*words*` and links."
    ),
    "D144": _error("Picture in a text", "A text shows no pictures.", "Say it in words, or link to the picture."),
    "D145": _error("Link without words", "Nobody sees the link to `{address}`.", "Write words between the brackets."),
    "D146": _warning(
        "Link that does not say where it leads",
        "Whoever hears the links of a page one by one hears `{words}`.",
        "Write where the link leads: `[hours of the pool](https://example.org/pool)`.",
    ),
    "D147": _warning(
        "Colour as the only cue",
        "Not everybody can tell `{words}` from the others.",
        "Name it by its words or its place.",
    ),
    "D148": _error(
        "Text too long", "The text has {count} characters; {most} are the most.", "Say less, or link to a page."
    ),
    "D149": _warning(
        "Text in curly quotes",
        "The curly quotes are part of the text, so residents read them.",
        "Write straight quotes, or none.",
    ),
    # F2: forms
    "F201": _error("Bounds reversed", "`min` ({low}) lies above `max` ({high}).", "Exchange them."),
    "F202": _error(
        "Choices missing",
        "The choices are a list of words, or `value:` lines with a text each.",
        "Write one line for each choice.",
    ),
    "F203": _error(
        "Choices from nowhere", "A choice needs either `choices` or `choices_from`.", "Write one of the two."
    ),
    "F204": _error(
        "Not a day", "A day is expected here.", "Write `2026-03-01`, `today`, `60 days ago` or `in 2 weeks`."
    ),
    "F205": _error("Not a time", "A time of day is expected here.", "Write hours and minutes, such as `18:30`."),
    "F207": _error("Unknown field", "There is no field `{field}` here.", "{hint}"),
    "F208": _error(
        "Lookup misses",
        "The file has no row for `{value}`, which `{field}` can be.",
        "Add the row, or write `otherwise:`.",
    ),
    "F209": _error(
        "Keywords by language",
        "Keywords are a list for each language.",
        "Write `en: [word, another word]` on a line of its own.",
    ),
    "F210": _error(
        "Neither page nor block",
        "A page needs `page`, `title` and `fields`; a block stands alone as `use: name`.",
        "Complete one of the two.",
    ),
    "F211": _error(
        "Field written twice", "The name `{name}` stands already at {first}.", "Give one of the two another name."
    ),
    "F212": _error("Reserved name", "`{name}` has a meaning of its own in conditions.", "Choose another name."),
    "F213": _error("Unknown type", "There is no field type `{kind}`.", "{hint}"),
    "F214": _error("Not a distance", "How exactly a place is published is a distance.", "Write `within 500 m`."),
    "F215": _error("Unknown block", "There is no block `{block}`.", "{hint}"),
    "F216": _error("Test of a form fails", "The test “{test}” expects {expected}, but {found}.", "{because}"),
    "F217": _error(
        "Calculated in no one way",
        "A calculated field has either `lookup`, or `value` with `gives`, or `points`.",
        "Write one of the three.",
    ),
    "F218": _error(
        "Calculated as something else",
        "This gives a {type}, and `gives: {gives}` wants a {expected}.",
        "Correct one of the two.",
    ),
    "F219": _error("Neither must nor may", "A check has either `require` or `warn`.", "Write one of the two."),
    "F220": _error(
        "No first answer", "A field of type `{kind}` is answered by the resident alone.", "Leave `{key}` out."
    ),
    "F221": _error("Default refused", "The form itself would refuse this answer. {reason}", "Write another one."),
    "F222": _error(
        "Not in a group",
        "A field of type `{kind}` cannot stand among others as one of them.",
        "Put it on the page itself.",
    ),
    "F223": _error("Scale by conditions", "Every row of a matrix has the same scale.", "Leave `show_when` out of it."),
    "F235": _error(
        "Stops in a row",
        "A notice in a row cannot stop the form.",
        "Put a notice after the rows that shows, with `some`, when one of them is so.",
    ),
    "F236": _error(
        "Type that cannot be loaded",
        "The field type `{kind}` comes with `{package}`, which cannot be loaded: {reason}.",
        "Install it again, or tell whoever made it.",
    ),
    "F238": _error(
        "Rows in rows",
        "A `repeat` cannot stand in a group or in the rows of another: conditions could not say which row they mean.",
        "Put it on the page itself, with a question that says what each of its rows belongs to.",
    ),
    "F228": _error(
        "Pattern without answers",
        "No answer of at most {length} characters can be made for the pattern `{pattern}`.",
        "Raise `max_length` or mend the pattern; blanks at either end of an answer never count.",
    ),
    "F230": _error("No address to write to", "`{name}` is not a question of the type `email`.", "{hint}"),
    "F226": _error(
        "Fields in a circle",
        "`{field}` depends on {path}.",
        "Let one of them depend on earlier questions only.",
    ),
    "F227": _error(
        "Too many sums",
        "More than {most} different sums can come of these points.",
        "Give whole points, or give the same points more often.",
    ),
    "F231": _error("Old name is the name", "`{name}` is called so now.", "Leave it out of `was`."),
    "F232": _error(
        "Old name still in use",
        "`{name}` is still there, at {first}, and keeps its own answers.",
        "Leave it out of `was`, or remove the other.",
    ),
    "F233": _error(
        "Old name claimed twice",
        "`{name}` stands under `was` already, at {first}.",
        "Leave it with the one that took its place.",
    ),
    "F234": _error(
        "Old name handed on",
        "`{name}` is the new name of something else, at {first}, so its answers cannot be told apart.",
        "Give one of the two a name that was never used.",
    ),
    "F251": _warning(
        "Label twice on one page",
        "`{field}` on the same page has the label `{label}` too.",
        "Say in each label what is meant.",
    ),
    "F252": _warning("Text in capitals", "Whole sentences in capitals are hard to read.", "Write it in small letters."),
    "F253": _warning(
        "Question in the hint",
        "The hint asks `{hint}`, and the label does not ask.",
        "Write the question as the label; a hint helps to answer it.",
    ),
    "F254": _warning(
        "Label too long",
        "The label has {length} characters; one that is read at a glance has at most {most}.",
        "Ask in one short sentence, and put the rest into `hint` or a notice.",
    ),
    "F255": _warning(
        "Pattern without a hint",
        "Nothing says what this answer looks like before it is refused.",
        "Add a `hint` with an example, such as `{example}`.",
    ),
    "F241": _warning(
        "Page that never shows",
        "No answers show the page `{page}`.",
        "Look at which answers before it go together, or delete it.",
    ),
    "F242": _warning(
        "Question that never shows",
        "No answers show `{field}`.",
        "Look at which answers before it go together, or delete it.",
    ),
    "F243": _warning(
        "Question that always shows",
        "`{field}` shows whatever is answered before it.",
        "Delete the `show_when`: it decides nothing.",
    ),
    "F244": _warning(
        "Notice that stops everybody",
        "Nobody gets past `{field}`, so that nothing can be sent.",
        "Narrow its `show_when`, or delete `stops`.",
    ),
    # C3: conditions
    "C301": _error("Unknown question", "There is no question `{name}` here.", "{hint}"),
    "C302": _error(
        "Question comes later",
        "`{name}` is asked only after this.",
        "Test a question that comes earlier, or ask `{name}` before.",
    ),
    "C303": _error("Unknown choice", "`{choice}` is not one of the choices of `{field}`.", "{hint}"),
    "C304": _error("Test does not fit", "`{test}` does not fit `{field}`, which asks for {sort}.", "It knows {known}."),
    "C305": _error("Outside the answers", "`{value}` can never be the answer of `{field}`: {range}.", "Correct it."),
    "C306": _error("Wrong kind of value", "`{value}` is not {expected}.", "Write it as `{example}`."),
    "C307": _error("Never met", "No answer of `{field}` can meet this test.", "Correct it or delete it."),
    "C308": _error("Always met", "Every answer of `{field}` meets this test.", "Delete it: it decides nothing."),
    "C309": _error("Count of none", "Nothing given is a blank answer, not a count of 0.", "Write `{field}: blank`."),
    "C310": _error("Unknown test", "`{test}` is not a test that `{field}` knows.", "{hint}"),
    "C311": _error("Nothing to test", "There is nothing to test here.", "Write a test or delete the key."),
    "C312": _error(
        "Not a condition",
        "A condition is expected here.",
        "Write questions with their tests, `surface: road`; below `all`, `any` and `none` a list of these.",
    ),
    "C313": _error(
        "Unknown pattern",
        "This pattern cannot be read: {reason}.",
        "Patterns know letters, `.`, `[…]`, `(…)`, `|`, `?`, `*`, `+`, `{{2,5}}`, `\\d`, `\\w` and `\\s`.",
    ),
    "C314": _error("Empty range", "There is nothing between the ends of `{value}`.", "Write the lower end first."),
    "C315": _error("Unknown calendar", "There is no calendar `{calendar}`.", "{hint}"),
    "C316": _error(
        "No working hours", "The catalogue has no working hours.", "Add `working_hours:` to `catalog.yaml`."
    ),
    "C317": _error("File of no use", "`{path}` cannot be used: {reason}.", "Correct the file."),
    "C318": _error(
        "Not a phrase",
        "`{phrase}` is no word or phrase to look for.",
        "Write words; a `*` stands only at the end of the last one.",
    ),
    "C319": _warning(
        "Blank slips through",
        "`none` is also met when `{field}` has no answer.",
        "Write `{field}: answered` beside it or, if blank is meant, `any:` with `{field}: blank` and what else is.",
    ),
    "C320": _error(
        "Not FEEL", "This FEEL cannot be read: {reason}.", "Correct it; `docs/reference/feel.md` has the language."
    ),
    "C321": _error("FEEL without meaning", "This FEEL has no meaning: {reason}.", "Correct it."),
    "C322": _error(
        "Comparison with null",
        "Nothing here is ever `null`: this is looked at only when every question in it has an answer.",
        "Write a test beside it: `blank` or `answered`.",
    ),
    "C323": _error(
        "Not true or false", "This gives a {type}, and a condition is true or false.", "Compare it with something."
    ),
    "C324": _error(
        "FEEL about nothing",
        "This FEEL names no question and no fact, so it is always the same.",
        "Name one, or delete it.",
    ),
    "C325": _error(
        "Calendar without hours",
        "The calendar `{calendar}` has no working hours.",
        "Add `working_hours:` to it in `catalog.yaml`.",
    ),
    "C326": _error("Unknown day", "`{day}` is not a day of the week.", "{hint}"),
    "C331": _error(
        "Test in words", "This is no test that can be read: `{written}`.", "Write the question, a colon and the answer."
    ),
    "C327": _warning("Met by every answer", "Every answer of `{field}` meets this test.", "Write `{field}: answered`."),
    "C328": _error("Said twice", "`{value}` stands in this list already.", "Delete it here."),
    "C329": _error(
        "Not a test of words",
        "`any_text` looks for words in every text that a resident writes.",
        "Write a test of texts behind it, such as `any_text: {{contains: [hydro, wire*]}}`.",
    ),
    "C330": _error(
        "No text is asked for",
        "No question before this one is a text that a resident writes in own words.",
        "Leave `any_text` out.",
    ),
    "C332": _error(
        "Pattern in curly quotes",
        "The curly quotes would be part of the pattern, so no answer without them would fit.",
        "Write straight quotes.",
    ),
    # R4: routes, departments and calendars
    "R401": _error(
        "Not a duration",
        "A duration is expected here.",
        "Write a number and `hours`, `days`, `business days` or `weeks`, such as `5 business days`.",
    ),
    "R403": _error(
        "Not one way to deliver", "This names {count} ways to deliver.", "Begin a new line with `-` for each way."
    ),
    "R404": _error("Not an e-mail address", "`{word}` is not an e-mail address.", "Write it as `desk@example.org`."),
    "R405": _error("Not a web address", "`{word}` is not a web address.", "Write it as `https://example.org/intake`."),
    "R406": _error(
        "Not an environment variable",
        "`{word}` cannot name an environment variable.",
        "Write capital letters, digits and `_`; the secret itself never stands here.",
    ),
    "R407": _error("Not a day", "A day of the calendar is expected here.", "Write it as `2027-01-31`."),
    "R408": _error("Days without an end", "This names neither a first day nor a last one.", "Add `from:` or `until:`."),
    "R409": _error(
        "Days the wrong way round",
        "{first} comes after {last}.",
        "Write the first day under `from`, the last under `until`.",
    ),
    "R411": _error("Unknown form", "There is no form `{name}`.", "{hint}"),
    "R412": _error("Unknown department", "There is no department `{name}`.", "{hint}"),
    "R413": _error("Unknown priority", "There is no priority `{name}`.", "{hint}"),
    "R414": _error(
        "Two tables of one name",
        "There is another table `{table}`, in {first}.",
        "Give each table a name of its own.",
    ),
    "R415": _error(
        "Two routes of one name",
        "There is another route `{route}` in this table, on line {first}.",
        "Give each route of a table a name of its own.",
    ),
    "R416": _error("Department written twice", "There is another department `{department}`.", "Keep one of them."),
    "R417": _error(
        "Business time without working hours",
        "The calendar `{calendar}` has no working hours to count business days and hours by.",
        "Add `working_hours:` to the calendar in the catalogue.",
    ),
    "R418": _error("Unknown calendar", "There is no calendar `{name}`.", "{hint}"),
    "R419": _error(
        "Department that nobody stands in for",
        "`{department}` takes nothing on some days, and no `fallback:` says who does.",
        "Add `fallback:` with the department that gets it then, or delete `effective:`.",
    ),
    "R420": _error(
        "Departments that hand over in a circle",
        "What is sent to `{department}` can come back to it: {chain}.",
        "Let the last of them have no `effective:`.",
    ),
    "R421": _error(
        "Form without a table",
        "No table decides where the form `{form}` goes.",
        "Name it under `forms:` of a table that decides.",
    ),
    "R422": _error(
        "Form with two tables",
        "The form `{form}` is already decided by the table `{table}`.",
        "Take it out of one of them, or give this table `policy: collect`.",
    ),
    "R423": _error("Route to nowhere", "The route `{route}` does not say where it sends.", "Add a line `send_to: …`."),
    "R424": _error(
        "Key of the other sort of table",
        "`{key}` cannot stand in a table with `policy: {policy}`.",
        "A table that adds has no `send_to`, `priority` and `respond_within`; one that decides has no `notice`.",
    ),
    "R425": _error(
        "Two questions of one name",
        "`{question}` is a different question in `{form}` and in `{other_form}`.",
        "Add `form: {form}` to this `when`, or give one of the questions another name.",
    ),
    "R426": _error(
        "One name, two values",
        "`{name}` is `{value}` here, `{other_value}` in `{other}`; this submission of `{form}` meets both: {answers}.",
        "Give one of them another name, or narrow one of the routes.",
    ),
    "R427": _warning(
        "Fallback that is never used",
        "`{department}` takes what is sent to it on every day, so its fallback `{fallback}` gets nothing.",
        "Add `effective:` with the days on which it does, or delete `fallback:`.",
    ),
    "R428": _error(
        "Copies by what is no choice",
        "`{question}` is not a question with one choice.",
        "Look departments up by such a question.",
    ),
    "R429": _error(
        "Choices without a row",
        "`{file}` has no row for these choices of `{question}`: {choices}.",
        "Add a row for each; an empty cell copies to nobody.",
    ),
    "R431": _error(
        "Submission without a route",
        "No route of `{table}` takes this submission of `{form}`: {answers}.",
        "Add a route for it, or a last route without `when`.",
    ),
    "R432": _warning(
        "Submission for the fallback",
        "No route of `{table}` takes this submission of `{form}`, so it goes to `{fallback}`: {answers}.",
        "Add a route for it, or a last route without `when`.",
    ),
    "R433": _warning(
        "Route behind others",
        "The route `{route}` never wins: what it could take goes to {others} before it.",
        "Move it up, narrow a route before it, or delete it.",
    ),
    "R434": _warning(
        "Route that nobody can reach",
        "No submission can meet the route `{route}`, whatever stands before it.",
        "Look at which questions show together, or delete it.",
    ),
    "R435": _error(
        "Two routes for one submission",
        "`{route}` and `{other}` both take this submission of `{form}`: {answers}.",
        "Narrow one of them, or give the table `policy: first`.",
    ),
    "R436": _error(
        "Route for everyone not shown",
        "It could not be shown that every submission of `{form}` has a route in `{table}`.",
        "Add a last route without `when`.",
    ),
    "R437": _warning(
        "Route for everyone not shown, with a fallback",
        "It could not be shown that every submission of `{form}` has a route in `{table}`.",
        "Add a last route without `when`; until then `{fallback}` gets what no route takes.",
    ),
    "R438": _warning(
        "Use of a route not shown",
        "It could not be shown that a submission can reach the route `{route}`.",
        "Look at its tests on texts and at its FEEL: for some of them no example can be made.",
    ),
    "R439": _warning(
        "Search given up",
        "It was not found out in time whether a submission can reach {routes} of `{table}`.",
        "Let routes test fewer questions, or split the table.",
    ),
    "R440": _warning(
        "Nothing left for routes",
        "The route `{route}` and {count} after it never win: everything goes to {others} before them.",
        "Move what takes everything to the end, or delete these.",
    ),
    "R441": _error("Failed test", "Expected {expected}, but {happened}.", "{because}"),
    "R442": _error(
        "Test without a form", "The test does not say which form it fills in.", "Add `form:` with one of {forms}."
    ),
    "R443": _error("Test of another form", "The table `{table}` does not serve the form `{name}`.", "{hint}"),
    "R444": _error("Unknown route", "There is no route `{name}` in this table.", "{hint}"),
    "R445": _error(
        "Test leaves an answer out",
        "The answers that the test leaves out could change its result: {answers}.",
        "Add the answer that you mean.",
    ),
    "R446": _error("Unknown channel", "There is no channel `{name}`.", "{hint}"),
    "R447": _error(
        "Test that expects nothing", "The test expects nothing.", "Write what comes of it, such as `{{route: …}}`."
    ),
    "R448": _error(
        "Very many overlaps",
        "{count} pairs of routes of `{table}` overlap for `{form}`; the first {told} routes that do are told.",
        "Narrow the routes that are told, or give the table `policy: first`.",
    ),
    "R449": _error(
        "Route over many others",
        "`{route}` shares submissions of `{form}` with {count} routes before it: {others}. With `{other}`: {answers}.",
        "Narrow it, or give the table `policy: first`.",
    ),
    "R450": _warning(
        "Overlap not ruled out",
        "It could not be shown that no submission of `{form}` has two routes, `{route}` and one of these: {others}.",
        "Look at their tests on texts and at their FEEL, or give the table `policy: first`.",
    ),
    "R451": _error(
        "Not working hours", "Working hours are expected here.", "Write the first and the last, such as `08:30..16:30`."
    ),
    "R452": _error(
        "Not a day of the year", "A day of the year is expected here.", "Write month and day, such as `12-25`."
    ),
    "R453": _error(
        "Unknown holidays",
        "These holidays are not known: {reason}.",
        "Write a country's code such as `CA`, a part of it such as `MB`, and `public`, `optional` or `government`.",
    ),
    "R461": _error("Column written twice", "There are two columns `{column}`.", "Keep one of them."),
    "R462": _error(
        "No names of routes", "The first line names no column `route`.", "Add it: each row needs the name of its route."
    ),
    "R463": _error("Cell cannot be read", "This cell cannot be read: {reason}", "Write it as in YAML, on one line."),
    "R464": _error(
        "Routes in two places",
        "The routes stand in `{file}`, and under `routes` too.",
        "Delete one of the two keys.",
    ),
    # N6: notes, which are no mistakes
    "N601": _note(
        "Department without submissions",
        "No route sends or copies anything to `{department}`.",
        "Nothing needs to be done; delete it if it is not needed any more.",
    ),
    "N602": _note(
        "Fallback without use",
        "Every submission has a route, so that `{fallback}` gets nothing as the fallback.",
        "Nothing needs to be done; it is there for the day on which a route is forgotten.",
    ),
    "N603": _note(
        "Question that nothing uses",
        "No condition, route or calculation looks at `{field}`; people alone read it.",
        "Nothing needs to be done if the department needs the answer.",
    ),
    "N604": _note(
        "Choices that come out alike",
        "No condition or route tells {choices} of `{field}` apart.",
        "Nothing needs to be done if the department needs to know which it is.",
    ),
    "N605": _note(
        "Private answer that nobody gets",
        "No department to which `{form}` goes gets the answer to `{field}`.",
        "Give one of them `private_answers: yes`, or do not ask.",
    ),
    # G5: the catalogue as a whole
    "G501": _error(
        "No catalogue file", "The folder has no `catalog.yaml`.", "Write one with `city`, `languages` and `time_zone`."
    ),
    "G502": _error(
        "Name taken", "There is a second {sort} `{name}`; the first is at {first}.", "Give one of the two another name."
    ),
    "G503": _error("Unknown calendar", "There is no calendar `{calendar}`.", "{hint}"),
    "G504": _error("Unknown priority", "There is no priority `{name}`.", "{hint}"),
    "G505": _error("Unknown department", "There is no department `{name}`.", "{hint}"),
    "G506": _error("Unknown time zone", "There is no time zone `{zone}`.", "{hint}"),
    "G507": _error(
        "Not a language", "`{language}` is not a language code.", "Write two small letters, such as `en` or `fr`."
    ),
    "G509": _error(
        "Impossible answer in a test",
        "The form refuses this answer to `{field}`: {reason}",
        "Write an answer that a resident can give.",
    ),
    "G510": _error(
        "Hidden question answered",
        "`{field}` is not asked after these answers.",
        "Delete it, or change the answer that hides it.",
    ),
    "G511": _error(
        "Answered what nobody is asked",
        "`{field}` is a field of the type `{kind}`, which nobody answers.",
        "Delete it: what it shows or is comes from the other answers.",
    ),
    "G521": _error(
        "No departments",
        "No file names the departments.",
        "Write one that begins with `departments:`, such as `routes/departments.yaml`.",
    ),
    "G520": _error("No address to write to", "No form has a question `{name}` of the type `email`.", "{hint}"),
    "G530": _warning(
        "Translation older than its text",
        "The text was changed in `{first}` since its `{language}` was accepted.",
        "Read the two side by side, correct the `{language}`, then run `formroute translations --accept`.",
    ),
    "G540": _error("Unknown form in a group", "There is no form `{form}`.", "{hint}"),
    "G541": _error("Form in two groups", "`{form}` stands in the group `{group}` already.", "Keep one of the two."),
    "G508": _error(
        "Not a form of reference",
        "A reference is capitals, digits and `-`, with YYYY for the year and N's for the number.",
        "Write `WPG-YYYY-NNNNNN`.",
    ),
}
