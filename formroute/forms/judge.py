"""The one judge: says yes or no to a set of answers, the same for every door.

It walks the questions as they are asked, and no other place decides any of this: whether a question shows, by the
answers before it; what was given, read into a canonical value; and only then whether something is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic_core import SchemaValidator, ValidationError

from formroute.conditions import ALWAYS, Moment
from formroute.forms.checked import Checked, FieldError, cell
from formroute.forms.field import Check, Field, Page
from formroute.forms.kinds import CHOOSE, Kind

Raw = Mapping[str, Any]
Readers = Mapping[str, SchemaValidator]

# Our codes -> what authors call them in `errors`; every other one is `invalid`.
_AUTHORS = {"missing": "required", "range": "range"}
# pydantic-core's own refusals -> our code and sentence; its context fills the names.
_REFUSALS = {
    "string_too_long": ("too_long", "Write at most {max_length} characters."),
    "string_type": ("text", "Write the answer as text."),
    "string_pattern_mismatch": ("sign", "There is a character here that cannot be used."),
    "string_unicode": ("sign", "There is a character here that cannot be used."),
}


class Judge:
    """The judge of one form: made once, asked for every set of answers."""

    __slots__ = ("_checks", "_groups", "_pages", "_readers", "_rows")

    def __init__(self, pages: Sequence[Page], checks: Sequence[Check]) -> None:
        self._pages, self._checks = pages, checks
        fields = [item for page in pages for item in page.fields]
        self._readers = _readers(fields)
        self._rows = {item.name: _readers(item.row) for item in fields if item.row}
        self._groups = tuple(item.name for item in fields if item.kind.parts)

    def judge(self, raw: Raw, moment: Moment) -> Checked:
        """All pages judged together."""
        walk = _Walk(self._readers, _flat(self._groups, raw), moment, self._rows)
        for page in self._pages:
            if walk.stopped is None and (page.visible is ALWAYS or page.visible.holds(walk.answers, moment)):
                walk.page(page)
        if walk.stopped is None:
            walk.across(self._checks)
        return Checked(
            walk.answers,
            tuple(walk.errors.values()),
            walk.stopped,
            frozenset(walk.showing),
            tuple(walk.pages),
            tuple(walk.warnings),
            walk.withheld,
        )


def refusal_of(name: str, kind: Kind, definition: Any, raw: object, now: datetime) -> FieldError | None:
    """Why one field would refuse an answer, whatever stands in the others; None when it would not."""
    if kind.reader is not None and not is_blank(raw):
        try:
            _reader(kind, definition).validate_python(raw, context={"now": now})
        except ValidationError as error:
            return _refusal(name, error)
    return None


def is_blank(value: object) -> bool:
    """Whether nothing was answered: no value, an empty list, or only blanks."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value == () or value == []


@dataclass(slots=True)
class _Walk:
    """The questions in the order they are asked: each condition sees the answers before it."""

    readers: Readers
    given: Raw
    moment: Moment
    rows: Mapping[str, Readers] = field(default_factory=dict)
    context: dict[str, Any] = field(init=False)
    answers: dict[str, object] = field(default_factory=dict)
    errors: dict[str, FieldError] = field(default_factory=dict)
    warnings: list[FieldError] = field(default_factory=list)
    showing: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    withheld: dict[str, frozenset[str]] = field(default_factory=dict)
    stopped: str | None = None

    def __post_init__(self) -> None:
        self.context = {"now": self.moment.now}

    def page(self, page: Page) -> None:
        before = len(self.showing)
        self.each(page.fields)
        if len(self.showing) > before:
            self.pages.append(page.id)

    def each(self, fields: Sequence[Field]) -> None:
        """The questions of a page or of a row that show."""
        for item in fields:
            if item.visible is not ALWAYS and not item.visible.holds(self.answers, self.moment):
                continue
            self.showing.append(item.name)
            reader = self.readers.get(item.name)
            if reader is not None:
                self.asked(item, reader)
            elif item.stops:
                self.stopped = item.name
                break
            elif item.follows is not None:
                self.give(item.name, item.follows.answer(self.answers, self.moment))
            elif item.row:
                self.repeated(item)

    def asked(self, item: Field, reader: SchemaValidator) -> None:
        """What was given as a canonical value; only now, since a question that does not show is never read."""
        if item.offered:
            held_back = (one for one, when in item.offered.items() if not when.holds(self.answers, self.moment))
            self.withheld[item.name] = frozenset(held_back)
        raw = self.given.get(item.name)
        try:
            value = None if is_blank(raw) else reader.validate_python(raw, context=self.context)
        except ValidationError as error:
            self.wrong(item, _refusal(item.name, error))
            return
        if value is None or value == () or value == "":
            self.missing(item)
        elif item.offered:
            self.chosen(item, value)
        else:
            self.answers[item.name] = value

    def repeated(self, item: Field) -> None:
        """The rows in which something is answered; one mistake in them leaves the whole without an answer."""
        raw = self.given.get(item.name)
        rows = () if is_blank(raw) else raw
        if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
            self.wrong(item, FieldError(item.name, "rows", "These answers cannot be read."))
        elif len(rows) > item.definition.max_items:
            most = {"max_items": item.definition.max_items}
            self.wrong(item, FieldError(item.name, "too_many", "Give at most {max_items}.", most))
        else:
            before = len(self.errors)
            kept = tuple(answers for number, row in enumerate(rows) if (answers := self.row(item, number, row)))
            if len(self.errors) == before:
                self.counted(item, kept)

    def row(self, item: Field, number: int, given: Raw) -> dict[str, object]:
        """The answers of one row: its questions see each other, then what was answered before the rows."""
        own = self.rows[item.name]
        outside = {name: answer for name, answer in self.answers.items() if name not in own}
        row = _Walk(own, given, self.moment, answers=outside)
        row.each(item.row)
        answers = {name: row.answers[name] for name in own if name in row.answers}
        if answers or any(error.code != "missing" for error in row.errors.values()):
            for part, error in row.errors.items():
                name = cell(item.name, number, part)
                self.errors[name] = replace(error, field=item.name, row=number, part=part)
        self.showing += [cell(item.name, number, part) for part in row.showing]
        self.withheld |= {cell(item.name, number, part): held for part, held in row.withheld.items()}
        return answers

    def counted(self, item: Field, rows: tuple[dict[str, object], ...]) -> None:
        """The rows, if there are enough of them."""
        least = item.definition.min_items
        if not rows:
            self.missing(item)
        elif len(rows) < least:
            self.wrong(item, FieldError(item.name, "too_few", "Give at least {min_items}.", {"min_items": least}))
        else:
            self.answers[item.name] = rows

    def missing(self, item: Field) -> None:
        if item.required:
            self.wrong(item, FieldError(item.name, "missing", item.kind.missing))

    def chosen(self, item: Field, value: object) -> None:
        """An answer, unless it holds a choice that is not offered with the answers before it."""
        if self.withheld[item.name].intersection(value if isinstance(value, tuple) else (value,)):
            self.wrong(item, FieldError(item.name, "choice", CHOOSE))
        else:
            self.answers[item.name] = value

    def wrong(self, item: Field, error: FieldError) -> None:
        """An error, in the author's words where there are any."""
        words = item.errors.get(_AUTHORS.get(error.code, "invalid"))
        self.errors[item.name] = error if words is None else FieldError(item.name, error.code, words)

    def give(self, name: str, answer: object) -> None:
        """A calculated value, unless nothing came of it."""
        if not is_blank(answer):
            self.answers[name] = answer

    def across(self, checks: Sequence[Check]) -> None:
        """Checks whose message has a place to stand and whose fields are not refused already."""
        for check in checks:
            wrong = {error.field for error in self.errors.values()}
            settled = check.at in self.showing and not (check.require.fields | {check.at}) & wrong
            if not settled or check.require.holds(self.answers, self.moment):
                continue
            if check.warning:
                self.warnings.append(FieldError(check.at, check.warning, check.message))
            else:
                self.errors[check.at] = FieldError(check.at, "check", check.message)


def _flat(groups: Sequence[str], raw: Raw) -> Raw:
    """The answers of groups under their whole names: a program may send `{"owner": {"email": …}}`."""
    nested = ((group, parts) for group in groups if isinstance(parts := raw.get(group), Mapping))
    flat = {f"{group}.{part}": answer for group, parts in nested for part, answer in parts.items()}
    return {**flat, **raw} if flat else raw


def _readers(fields: Sequence[Field]) -> Readers:
    return {item.name: _reader(item.kind, item.definition) for item in fields if item.kind.reader}


def _reader(kind: Kind, definition: Any) -> SchemaValidator:
    assert kind.reader is not None  # noqa: S101 the caller has looked
    return SchemaValidator(kind.reader(definition))


def _refusal(name: str, error: ValidationError) -> FieldError:
    found = error.errors(include_url=False, include_input=False)[0]
    context = found.get("ctx", {})
    if found["type"] == "refused":
        return FieldError(name, context["code"], context["message"], context["values"])
    code, message = _REFUSALS[found["type"]]
    return FieldError(name, code, message, context)
