"""The one judge: says yes or no to a set of answers, the same for every door.

It walks the questions as they are asked, and no other place decides any of this: whether a question shows, by the
answers before it; what was given, read into a canonical value; and only then whether something is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from formroute.conditions import Moment, unless_always
from formroute.forms.asking import Askings, Rest, Sometimes, wrong
from formroute.forms.checked import Checked, FieldError, cell
from formroute.forms.field import Check, Field, Page
from formroute.forms.kinds import CHOOSE, Kind, Refusal

Raw = Mapping[str, Any]

_UNREAD = Refusal("rows", "These answers cannot be read.")
_NO_CHOICE = Refusal("choice", CHOOSE)


class Judge:
    """The judge of one form: made once, asked for every set of answers."""

    __slots__ = ("_checks", "_groups", "_pages")

    def __init__(self, pages: Sequence[Page], checks: Sequence[Check]) -> None:
        self._pages = tuple((page.id, unless_always(page.visible), Askings.of(page.fields)) for page in pages)
        self._checks = checks
        self._groups = tuple(item.name for page in pages for item in page.fields if item.kind.parts)

    def judge(self, raw: Raw, moment: Moment) -> Checked:
        """All pages judged together."""
        walk = _Walk(_flat(self._groups, raw) if self._groups else raw, moment)
        pages: tuple[str, ...] = ()
        for page, visible, asked in self._pages:
            if walk.stopped is None and (visible is None or visible(walk.answers, moment)):
                before = len(walk.showing)
                walk.each(asked)
                pages += (page,) if len(walk.showing) > before else ()
        warnings = walk.across(self._checks) if self._checks and walk.stopped is None else ()
        errors = tuple(walk.errors.values()) if walk.errors else ()
        showing = frozenset(walk.showing)
        return Checked(walk.answers, errors, walk.stopped, showing, pages, warnings, walk.withheld, walk.followed)


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

    __slots__ = ("answers", "errors", "followed", "given", "moment", "showing", "stopped", "withheld")

    def __init__(self, given: Raw, moment: Moment, answers: dict[str, object] | None = None) -> None:
        self.given, self.moment = given, moment
        self.answers: dict[str, object] = {} if answers is None else answers
        self.errors: dict[str, FieldError] = {}
        self.showing: list[str] = []
        self.withheld: dict[str, frozenset[str]] = {}
        self.followed: dict[str, object] = {}
        self.stopped: str | None = None

    def each(self, asked: Askings) -> None:
        """The questions of a page or of a row that show; what does not show is never read."""
        given, answers, moment = self.given.get, self.answers, self.moment
        self.showing += asked.always
        for name, visible, read, sometimes, rest in asked.fields:
            if visible is not None:
                if not visible(answers, moment):
                    continue
                self.showing.append(name)
            if read is None:
                self.unasked(rest)
                if self.stopped is not None:
                    self.unshow(asked.after(name))
                    break
                continue
            raw = given(name)
            blank = (not raw or raw.isspace()) if type(raw) is str else is_blank(raw)
            value = None if blank else read(raw, moment)
            if sometimes:
                value = self.offered(name, sometimes, value)
            if value is None:
                self.missing(rest)
            elif type(value) is Refusal:
                self.errors[name] = wrong(rest.field, value)
            else:
                answers[name] = value

    def offered(self, name: str, sometimes: Sometimes, value: object) -> object:
        """An answer, unless it holds a choice that is not offered with the answers before it."""
        held_back = frozenset(choice for choice, when in sometimes if not when(self.answers, self.moment))
        self.withheld[name] = held_back
        if type(value) is Refusal:
            return value
        chosen = value if isinstance(value, tuple) else (value,)
        return value if held_back.isdisjoint(chosen) else _NO_CHOICE

    def unshow(self, names: set[str]) -> None:
        self.showing = [name for name in self.showing if name not in names]

    def unasked(self, rest: Rest) -> None:
        """What is no question by itself: a notice, a calculated value, rows."""
        field = rest.field
        if field.stops:
            self.stopped = field.name
        elif field.follows is not None:
            answer = field.follows.answer(self.answers, self.moment)
            if not is_blank(answer):
                self.answers[field.name] = answer
        elif rest.row.fields:
            self.repeated(rest)

    def repeated(self, rest: Rest) -> None:
        """The rows in which something is answered; one mistake in them leaves the whole without an answer."""
        raw, most = self.given.get(rest.field.name), rest.field.definition.max_items
        rows = () if is_blank(raw) else raw
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
            self.wrong(rest, _UNREAD)
        elif len(rows) > most:
            self.wrong(rest, Refusal("too_many", "Give at most {max_items}.", {"max_items": most}))
        else:
            before = len(self.errors)
            kept = tuple(answers for number, row in enumerate(rows) if (answers := self.row(rest, number, row)))
            if len(self.errors) == before:
                self.counted(rest, kept)

    def row(self, rest: Rest, number: int, given: Raw) -> dict[str, object]:
        """The answers of one row: its questions see each other, then what was answered before the rows."""
        repeat, own = rest.field.name, [asking.name for asking in rest.row.fields]
        row = _Walk(given, self.moment, {name: answer for name, answer in self.answers.items() if name not in own})
        row.each(rest.row)
        answered = any(asking.name in row.answers for asking in rest.row.fields if asking.read is not None)
        answers = {name: row.answers[name] for name in own if name in row.answers} if answered else {}
        if answers or any(error.code != "missing" for error in row.errors.values()):
            for part, error in row.errors.items():
                self.errors[cell(repeat, number, part)] = error._replace(field=repeat, row=number, part=part)
        self.showing += [cell(repeat, number, part) for part in row.showing]
        self.withheld |= {cell(repeat, number, part): held for part, held in row.withheld.items()}
        calculated = (asking.name for asking in rest.row.fields if asking.rest.field.follows is not None)
        self.followed |= {cell(repeat, number, part): answers[part] for part in calculated if part in answers}
        return answers

    def counted(self, rest: Rest, rows: tuple[dict[str, object], ...]) -> None:
        """The rows, if there are enough of them."""
        least = rest.field.definition.min_items
        if not rows:
            self.missing(rest)
        elif len(rows) < least:
            self.wrong(rest, Refusal("too_few", "Give at least {min_items}.", {"min_items": least}))
        else:
            self.answers[rest.field.name] = rows

    def missing(self, rest: Rest) -> None:
        if rest.missing is not None:
            self.errors[rest.field.name] = rest.missing

    def wrong(self, rest: Rest, refusal: Refusal) -> None:
        self.errors[rest.field.name] = wrong(rest.field, refusal)

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


def _flat(groups: Sequence[str], raw: Raw) -> Raw:
    """The answers of groups under their whole names: a program may send `{"owner": {"email": …}}`."""
    nested = ((group, parts) for group in groups if isinstance(parts := raw.get(group), Mapping))
    flat = {f"{group}.{part}": answer for group, parts in nested for part, answer in parts.items()}
    return {**flat, **raw} if flat else raw
