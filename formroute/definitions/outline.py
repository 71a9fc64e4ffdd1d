"""How the lines of a file stand under each other, and how it reads with one of them elsewhere, or with one more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"( *)((?:- +)?)(?:([^\s#:\"'{\[][^:]*|\"[^\"]*\"):(?= |$))?(.*)")
_ITEMS = {"pages": "page", "routes": "route", "tests": "test"}
_LISTS = ("pages", "routes", "tests", "checks", "deliver", "points")
_OF_FORMS = ("choices", "fields", "pages", "tests", "keywords")
_TEXTS_OF_FORMS = ("label", "title", "summary", "hint", "text", "message", "after_sending")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "form": _OF_FORMS,
    "block": _OF_FORMS,
    "table": ("when", "routes", "tests", "answers", "expect"),
    "departments": ("departments", "deliver"),
    "catalog": ("groups", "calendars", "defaults"),
}
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "form": _TEXTS_OF_FORMS,
    "block": _TEXTS_OF_FORMS,
    "table": ("notice",),
    "departments": ("name",),
    "catalog": ("city", "title"),
}
_MOST_BELOW = 60
_SHIFTS = (2, -2, 4, -4, 1, -1, 6, -6)
_MOST_ENDS = 10
KEYS = frozenset(
    re.findall(
        r"\w+",
        """
        accept acknowledge after_sending answers as ask at block calendar calendars channel checks choices
        choices_from city come_back copy_by copy_to country currency default defaults deliver departments desk
        due effective email errors every_year expect fallback fields form forms from gives groups handler hides
        hint holidays if keep_for keep_location keywords label language languages lookup match max max_files
        max_items max_length max_size message min min_items min_length name notice notify now page pages pattern
        per_minute points policy prefill priorities priority private private_answers publish received reference
        require required respond_within route routes routes_from secret_env send_to set settings show_when shows
        stops subdivision summary table tags take test tests text time_zone title to tone type until url use
        value warn warns was webhook when working_days working_hours
        """,
    )
)
"""The keys of documents, for files that cannot be read into these."""
UNNAMED = "unnamed"


class Line(NamedTuple):
    """A line that says something: `indent` is where it begins and `column` where its `key` does, behind a dash."""

    number: int
    indent: int
    column: int
    key: str | None
    opens: bool

    @property
    def is_item(self) -> bool:
        """Whether it begins an item of a list."""
        return self.column > self.indent


class Change(NamedTuple):
    """The lines that change, as they should stand.

    `by` is how far they move: 0 where a line `above` is missing, where a dash is too much, and where a line is told
    twice, which is empty then.
    """

    line: Line
    lines: tuple[str, ...]
    by: int = 0
    above: str = ""

    def named(self, name: str) -> Change:
        """The same with a name for what has none yet."""
        lines = tuple(line.replace(UNNAMED, name) for line in self.lines)
        return self._replace(lines=lines, above=self.above.replace(UNNAMED, name))

    def made(self, lines: Sequence[str]) -> list[str]:
        """All lines with these in their places."""
        before, after = self.line.number, self.line.number + len(self.lines) - bool(self.above)
        return [*lines[:before], *self.lines, *lines[after:]]

    @property
    def is_block(self) -> bool:
        """Whether several lines move together."""
        return len(self.lines) > 1 and not self.above

    @property
    def touched(self) -> range:
        """The numbers of the lines that change."""
        return range(self.line.number, self.line.number + len(self.lines) - bool(self.above))


def outline(lines: Iterable[str]) -> list[Line]:
    """Every line that is neither empty nor a comment."""
    found = []
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        if match is not None and line.strip() and not line.lstrip().startswith("#"):
            indent, dash, key, rest = match.groups()
            opens = bool(key) and (not rest.strip() or rest.lstrip().startswith("#"))
            found.append(Line(number, len(indent), len(indent) + len(dash), key, opens))
    return found


def above(said: Sequence[Line], place: int) -> list[Line]:
    """The lines below which one at this place of an outline stands, the outermost first."""
    return [line for line in _open_at(said, place) if line.column < said[place].indent]


def _open_at(said: Sequence[Line], place: int) -> list[Line]:
    """The lines of which more may come at this place: the last one, and those below which it stands."""
    stack: list[Line] = []
    for line in said[:place]:
        while stack and stack[-1].column >= line.indent:
            stack.pop()
        stack.append(line)
    return stack


def around(said: Sequence[Line], number: int) -> Iterator[int]:
    """The numbers of the lines between which a slip may be that shows at this one: it may stand far above.

    Two lines before and one after it, what it stands below and what stands first below that.
    """
    yield from range(number - 2, number + 2)
    place = next((place for place, one in enumerate(said) if one.number >= number), len(said) - 1)
    holder = next((one for one in reversed(range(place)) if said[one].indent < said[place].indent), None)
    yield from (one.number for one in said[: 1 if holder is None else 0])
    if holder is not None:
        yield from (said[holder].number, said[holder + 1].number, *(one.number for one in above(said, holder)[-2:]))


def oddness(said: Sequence[Line]) -> int:
    """How many lines stand further below another, or less far, than most do."""
    steps: list[int] = []
    columns: list[int] = []
    before: Line | None = None
    for line in said:
        while columns and columns[-1] > line.indent:
            columns.pop()
        if not columns or columns[-1] != line.indent:
            steps.append(line.indent - columns[-1] if columns else line.indent)
            columns.append(line.indent)
        elif line.is_item and before is not None and before.opens and before.column == line.indent:
            steps.append(0)
        if line.is_item:
            columns.append(line.column)
        before = line
    inner = steps[1:]
    usual = Counter(inner).most_common(1)[0][0] if inner else 2
    return sum(step != usual for step in inner)


def changes(lines: Sequence[str], near: Collection[int], languages: Collection[str], sort: str) -> list[Change]:
    """What one slip may have made of these lines of a `form` or the like, `near` what is wrong; the likeliest first."""
    said = outline(lines)
    found: list[Change] = []
    for place, line in enumerate(said):
        if line.number in near:
            found += _moves(lines, said, place)
            found += _blocks(lines, said, place)
            found += _missing(lines, said, place, _TEXTS[sort] if line.key in languages else _HEADINGS[sort])
    second = Counter(one.key for before, one in pairwise(said) if before.is_item)
    return sorted(dict.fromkeys(found), key=lambda one: _unlikeliness(one, lines, second))


def _unlikeliness(change: Change, lines: Sequence[str], second: Mapping[str | None, int]) -> tuple[int, ...]:
    """How odd the lines stand then, how many change, and how seldom an item goes on with such a line."""
    begins = -second[change.line.key] if change.above.lstrip().startswith("- ") else 0
    return oddness(outline(change.made(lines))), len(change.lines), bool(change.above), begins


def _moves(lines: Sequence[str], said: Sequence[Line], place: int) -> Iterator[Change]:
    """The line, and the line with those below it, in the other places where it may stand."""
    line = said[place]
    columns = _columns(said, place)
    before = said[place - 1] if place else None
    if before is not None and lines[before.number] == lines[line.number]:
        yield Change(line, ("",))
    if line.is_item:
        for column in sorted(columns):
            yield Change(line, (" " * column + lines[line.number][line.column :],))
    below = [one.number for one in _below(said, place)]
    for column in sorted(columns - {line.indent}):
        by = column - line.indent
        yield Change(line, (_shifted(lines[line.number], by),), by)
        if below:
            whole = range(line.number, below[-1] + 1)
            yield Change(line, tuple(_shifted(lines[number], by) for number in whole), by)


def _columns(said: Sequence[Line], place: int) -> set[int]:
    """Where a line may begin at this place: where one does of those that are open there, and of the next."""
    columns = {0}
    for line in reversed(said[:place]):
        if line.indent < min(columns - {0}, default=line.indent + 1):
            columns |= {line.indent, line.column}
    if place and said[place - 1].opens:
        columns.add(said[place - 1].column + 2)
    return columns | {one.indent for one in said[place + 1 : place + 2]}


def _blocks(lines: Sequence[str], said: Sequence[Line], place: int) -> Iterator[Change]:
    """The line and those after it, as far as they may have been moved together, back where they were."""
    line = said[place]
    for by in _SHIFTS:
        if line.indent + by < 0:
            continue
        ends = 0
        for last in range(place, min(place + _MOST_BELOW, len(said))):
            if said[last].indent < line.indent or ends == _MOST_ENDS:
                break
            after = said[last + 1].indent if last + 1 < len(said) else 0
            if last > place and after <= max(line.indent + by, 0):
                ends += 1
                whole = range(line.number, said[last].number + 1)
                yield Change(line, tuple(_shifted(lines[number], by) for number in whole), by)


def _below(said: Sequence[Line], place: int) -> list[Line]:
    """The lines that stand below one; none where they are very many."""
    found = []
    for line in said[place + 1 :]:
        if line.indent <= said[place].indent:
            break
        found.append(line)
    return found if len(found) <= _MOST_BELOW else []


def _shifted(line: str, by: int) -> str:
    return " " * by + line if by > 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _missing(lines: Sequence[str], said: Sequence[Line], place: int, headings: Sequence[str]) -> Iterator[Change]:
    """A line that should stand above this one: the first of an item, or one of these headings, or a name."""
    line, stack = said[place], _open_at(said, place)
    if line.key is None:
        return
    if line.is_item:
        there = _beside(said, place, max(0, line.indent - 2))
        for key in (key for key in _LISTS if key not in there):
            yield _with_above(lines, line, f"{' ' * max(0, line.indent - 2)}{key}:")
        return
    holder = next((one for one in reversed(stack) if one.column < line.column - 2 and not one.is_item), None)
    begun = {one.key for one in said if one.is_item and one.column == line.column and not one.opens}
    begun.add(_ITEMS.get(holder.key or "") if holder else None)
    for key in sorted(key for key in begun if key):
        yield _with_above(lines, line, f"{' ' * (line.column - 2)}- {key}: {UNNAMED}")
    column = line.indent - 2
    if column == 0 or any(one.column == column or (one.opens and one.column + 2 == column) for one in stack):
        beside = next((one.key for one in reversed(said[:place]) if column in (one.indent, one.column)), None)
        there = _beside(said, place, column)
        for key in (*headings, UNNAMED) if beside in KEYS else (UNNAMED, *headings):
            if key not in there:
                yield _with_above(lines, line, f"{' ' * column}{key}:")


def _beside(said: Sequence[Line], place: int, column: int) -> set[str | None]:
    """The keys of the mapping of which a line above this place, at this column, would be one."""
    keys = set()
    for one in reversed(said[:place]):
        if one.column == column:
            keys.add(one.key)
        if one.indent < column:
            break
    for one in said[place:]:
        if one.indent < column or (one.is_item and one.column == column):
            break
        if one.indent == column:
            keys.add(one.key)
    return keys


def _with_above(lines: Sequence[str], line: Line, text: str) -> Change:
    return Change(line, (text, lines[line.number]), above=text)
