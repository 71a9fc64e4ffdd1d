"""The one judge: says yes or no to a set of answers, the same for every door.

It walks the questions as they are asked, and no other place decides any of this: whether a question shows, by the
answers before it; what was given, read into a canonical value; and only then whether something is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from formroute.conditions import BegunRow, BegunRows, Moment, unless_always
from formroute.forms.asking import Asking, Askings, wrong
from formroute.forms.checked import Checked, FieldError, cell
from formroute.forms.field import Check, Field, Page
from formroute.forms.flat import flat
from formroute.forms.kinds import CHOOSE, Kind, Reader, Refusal
from formroute.records import NOTHING

Raw = Mapping[str, Any]

_UNREAD = Refusal("rows", "These answers cannot be read.")
_NO_CHOICE = Refusal("choice", CHOOSE)


class Judge:
    """The judge of one form: made once, asked for every set of answers."""

    __slots__ = ("_checks", "_form", "_groups", "_language", "_pages", "_zone")

    def __init__(self, form: str, pages: Sequence[Page], checks: Sequence[Check], zone: tzinfo, language: str) -> None:
        self._form, self._zone, self._language = form, zone, language
        self._pages = tuple((page.id, unless_always(page.visible), Askings.of(page.fields)) for page in pages)
        self._checks = checks
        self._groups = tuple(group for _, _, asked in self._pages for group in asked.groups)

    def judge(self, raw: Raw, at: datetime, channel: str, language: str | None) -> Checked:
        """All pages judged together."""
        facts = {"form": self._form, "channel": channel, "language": language or self._language}
        moment = tuple.__new__(Moment, (at, facts, self._zone))  # as `Moment(…)` makes it, in half the time
        walk = _Walk(flat(self._groups, raw) if self._groups else raw, moment)
        pages: tuple[str, ...] = ()
        for page, visible, asked in self._pages:
            if walk.stopped is None and (visible is None or visible(walk.answers, moment)):
                before = len(walk.showing)
                walk.each(asked)
                pages += (page,) if len(walk.showing) > before else ()
        warnings = walk.across(self._checks) if self._checks and walk.stopped is None else ()
        errors = tuple(walk.errors.values()) if walk.errors else ()
        showing = frozenset(walk.showing)
        found = (walk.answers, errors, walk.stopped, showing, pages, warnings, walk.withheld, walk.followed, walk.begun)
        return tuple.__new__(Checked, found)


def refusal_of(name: str, kind: Kind, definition: Any, raw: object, moment: Moment) -> FieldError | None:
    """Why one field would refuse an answer, whatever stands in the others; None when it would not."""
    found = _read_alone(kind, definition, raw, moment)
    return FieldError(name, *found) if isinstance(found, Refusal) else None


def answer_alone(asked: Field, raw: object, moment: Moment) -> object:
    """The canonical answer to one question, whatever stands in the others; None for none, or one that is refused."""
    found = _read_alone(asked.kind, asked.definition, raw, moment)
    return None if isinstance(found, Refusal) else found


def _read_alone(kind: Kind, definition: Any, raw: object, moment: Moment) -> object:
    return None if kind.reader is None or is_blank(raw) else kind.reader(definition)(raw, moment)


def is_blank(value: object) -> bool:
    """Whether nothing was answered: no value, an empty list, or only blanks."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == () or value == []


class _Walk:
    """The questions in the order they are asked: each condition sees the answers before it."""

    __slots__ = ("answers", "begun", "errors", "followed", "given", "moment", "showing", "stopped", "withheld")

    def __init__(self, given: Raw, moment: Moment, answers: dict[str, object] | None = None) -> None:
        self.given, self.moment = given, moment
        self.answers: dict[str, object] = {} if answers is None else answers
        self.errors: dict[str, FieldError] = {}
        self.showing: list[str] = []
        self.withheld: dict[str, frozenset[str]] = {}
        self.followed: dict[str, object] = {}
        self.begun: Mapping[str, BegunRows] = NOTHING
        self.stopped: str | None = None

    def each(self, asked: Askings) -> None:
        """The questions of a page or of a row that show; what does not show is never read."""
        given, answers, moment = self.given.get, self.answers, self.moment
        self.showing += asked.always
        for name, visible, read, asking in asked.steps:
            if visible is not None:
                if not visible(answers, moment):
                    continue
                self.showing.append(name)
            if read is None:
                self.unusual(asking)
                if self.stopped is not None:
                    self.unshow(asked.after(name))
                    break
                continue
            raw = given(name)
            if type(raw) is str:
                value = read(raw, moment) if raw and not raw.isspace() else None
            else:
                value = None if is_blank(raw) else read(raw, moment)
            if value is None:
                self.missing(asking)
            elif type(value) is Refusal:
                self.errors[name] = wrong(asking.field, value)
            else:
                answers[name] = value

    def offered(self, asking: Asking, read: Reader) -> None:
        """An answer, unless it holds a choice that is not offered with the answers before it."""
        name = asking.field.name
        held_back = frozenset(choice for choice, when in asking.sometimes if not when(self.answers, self.moment))
        self.withheld[name] = held_back
        raw = self.given.get(name)
        value = None if is_blank(raw) else read(raw, self.moment)
        if value is None:
            self.missing(asking)
        elif type(value) is Refusal:
            self.wrong(asking, value)
        elif held_back.isdisjoint(value if isinstance(value, tuple) else (value,)):
            self.answers[name] = value
        else:
            self.wrong(asking, _NO_CHOICE)

    def unshow(self, names: set[str]) -> None:
        self.showing = [name for name in self.showing if name not in names]

    def unusual(self, asking: Asking) -> None:
        """Choices that are not all offered, and what is no question by itself: a notice, a calculated value, rows."""
        field = asking.field
        if asking.read is not None:
            self.offered(asking, asking.read)
        elif field.stops:
            self.stopped = field.name
        elif field.follows is not None:
            answer = field.follows.answer(self.answers, self.moment)
            if not is_blank(answer):
                self.answers[field.name] = answer
        elif asking.row.steps:
            self.repeated(asking)

    def repeated(self, asking: Asking) -> None:
        """The rows in which something is answered; one mistake in them leaves the whole without an answer."""
        raw, most = self.given.get(asking.field.name), asking.field.definition.max_items
        rows = () if is_blank(raw) else raw
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
            self.wrong(asking, _UNREAD)
        elif len(rows) > most:
            aside = _Walk(self.given, self.moment, self.answers)
            first = [aside.row(asking, number, row) for number, row in enumerate(rows[:most])]
            self.wrong(asking, Refusal("too_many", "Give at most {max_items}.", {"max_items": most}))
            self.begin(asking, aside.begun_rows(asking, first), counted=False)
        else:
            before = len(self.errors)
            found = [self.row(asking, number, row) for number, row in enumerate(rows)]
            if len(self.errors) == before:
                self.counted(asking, tuple(filter(None, found)))
            else:
                self.begin(asking, self.begun_rows(asking, found), counted=True)

    def begun_rows(self, asking: Asking, rows: Sequence[Mapping[str, object]]) -> Iterator[BegunRow]:
        """The rows in which something stands; a question is open from the first on that is wrong in its row."""
        names, calculated = asking.row.names, asking.row.calculated
        for number, answers in enumerate(rows):
            refused = [name for name in names if cell(asking.field.name, number, name) in self.errors]
            rest = names[names.index(refused[0]) :] if refused else ()
            if answers or refused:
                yield BegunRow(answers, frozenset(name for name in rest if name in calculated or name not in answers))

    def begin(self, asking: Asking, rows: Iterable[BegunRow], *, counted: bool) -> None:
        """Rows that are no answer: only who fills them in is told of them."""
        self.begun = {**self.begun, asking.field.name: BegunRows(tuple(rows), counted)}

    def row(self, asking: Asking, number: int, given: Raw) -> dict[str, object]:
        """The answers of one row: its questions see each other, then what was answered before the rows."""
        repeat, own = asking.field.name, asking.row.names
        given = flat(asking.row.groups, given) if asking.row.groups else given
        row = _Walk(given, self.moment, {name: answer for name, answer in self.answers.items() if name not in own})
        row.each(asking.row)
        answered = any(part.read is not None and name in row.answers for name, *_, part in asking.row.steps)
        answers = {name: row.answers[name] for name in own if name in row.answers} if answered else {}
        if answers or any(error.code != "missing" for error in row.errors.values()):
            for part, error in row.errors.items():
                self.errors[cell(repeat, number, part)] = error._replace(field=repeat, row=number, part=part)
        self.showing += [cell(repeat, number, part) for part in row.showing]
        self.withheld |= {cell(repeat, number, part): held for part, held in row.withheld.items()}
        self.followed |= {
            cell(repeat, number, part): answers[part] for part in asking.row.calculated if part in answers
        }
        return answers

    def counted(self, asking: Asking, rows: tuple[dict[str, object], ...]) -> None:
        """The rows, if there are enough of them."""
        least = asking.field.definition.min_items
        if not rows:
            self.missing(asking)
        elif len(rows) < least:
            self.wrong(asking, Refusal("too_few", "Give at least {min_items}.", {"min_items": least}))
            self.begin(asking, map(BegunRow, rows), counted=False)
        else:
            self.answers[asking.field.name] = rows

    def missing(self, asking: Asking) -> None:
        if asking.missing is not None:
            self.errors[asking.field.name] = asking.missing

    def wrong(self, asking: Asking, refusal: Refusal) -> None:
        self.errors[asking.field.name] = wrong(asking.field, refusal)

    def across(self, checks: Sequence[Check]) -> tuple[FieldError, ...]:
        """Checks whose message has a place to stand and whose fields are not refused already; gives the warnings."""
        warnings: tuple[FieldError, ...] = ()
        for check in checks:
            refused = {error.field for error in self.errors.values()}
            settled = check.at in self.showing and not (check.require.fields | {check.at}) & refused
            if not settled or check.require.holds(self.answers, self.moment):
                continue
            if check.warning:
                warnings += (FieldError(check.at, check.warning, check.message),)
            else:
                self.errors[check.at] = FieldError(check.at, "check", check.message)
        return warnings
