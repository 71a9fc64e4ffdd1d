"""What the judge says of a set of answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import format_decimal

from formroute.conditions import BegunRows
from formroute.definitions import Text
from formroute.forms.amount import Amount
from formroute.messages import calendar_day, clock, locale, say
from formroute.records import NOTHING


def cell(field: str, row: int, part: str) -> str:
    """How pages name the box of a question in a row, counted from 0."""
    return f"{field}-{row}.{part}"


class FieldError(NamedTuple):
    """Why the answer to one field is refused.

    `code` is stable and for machines; `message` is an author's text, or an English sentence of ours with
    `{names}` that `values` fill. In a repeat, `row` counts from 0 and `part` names the question in it.
    """

    field: str
    code: str
    message: str | Text
    values: Mapping[str, object] = NOTHING
    row: int | None = None
    part: str = ""

    @property
    def at(self) -> str:
        """The name of the box: in a row, `animals-0.kind`."""
        return self.field if self.row is None else cell(self.field, self.row, self.part)

    def say(self, language: str) -> str:
        """The sentence that stands beside the question, in the reader's language."""
        if isinstance(self.message, Text):
            return self.message.inside(language)
        return say(language, self.message, **{name: _written(value, language) for name, value in self.values.items()})


class Checked(NamedTuple):
    """The judgement: canonical `answers` of the questions that show, and every error.

    `showing` names the fields that show with these answers (notices and calculated ones too), `pages`
    the pages that have any, in order; `warnings` ask to look again and forbid nothing; `withheld` has the choices
    that are not offered now, `followed` the calculated values in rows by their boxes; `stopped` is the notice that
    ended the form, if one did; `begun` has the rows in which something is right where the whole is no answer.
    """

    answers: Mapping[str, object]
    errors: tuple[FieldError, ...] = ()
    stopped: str | None = None
    showing: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    warnings: tuple[FieldError, ...] = ()
    withheld: Mapping[str, frozenset[str]] = NOTHING
    followed: Mapping[str, object] = NOTHING
    begun: Mapping[str, BegunRows] = NOTHING

    def of(self, fields: Collection[str]) -> Checked:
        """The same judgement with only the errors and warnings of these fields."""
        errors = tuple(error for error in self.errors if error.field in fields)
        warnings = tuple(warning for warning in self.warnings if warning.field in fields)
        return self._replace(errors=errors, warnings=warnings)

    @property
    def ok(self) -> bool:
        """Whether the answers can be sent."""
        return not self.errors and self.stopped is None


def _written(value: object, language: str) -> str:
    """A value inside a sentence, as the reader's language writes it."""
    match value:
        case Amount():
            return value.say(language)
        case str():
            return value
        case date():
            return calendar_day(language, value)
        case time():
            return clock(language, value)
        case int() | Decimal():
            return format_decimal(value, locale=locale(language))
    return str(value)
