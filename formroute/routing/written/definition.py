"""What the authors of a route file and of the departments file write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, model_validator

from formroute.conditions import WrittenCondition
from formroute.definitions import Definition, Prose, Text, meant, wrong
from formroute.definitions.shape import Named, Shaped, any_number, exactly, one_or_more, shared, some
from formroute.definitions.types import (
    Id,
    Ids,
    LocalMoment,
    Name,
    Reference,
    Sentence,
    WholeNumber,
    Word,
    YesNo,
    listed,
    one_of,
    some_or_none,
    typed,
    word,
)
from formroute.routing.written.duration import RespondWithin

Policy = Literal["first", "unique", "collect"]

_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[!-~]*)?", re.ASCII)
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)


def _rows(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise wrong("D103", what="A list is expected here", fix="Begin each item on a line of its own with `-`")
    if not value:
        raise wrong("D120")
    return value


def _email_address(value: Any) -> str:
    try:
        return validate_email(word(value), check_deliverability=False).normalized
    except EmailNotValidError:
        raise wrong("R404", word=value) from None


def _web_address(value: Any) -> str:
    if not _WEB_ADDRESS.fullmatch(word(value)):
        raise wrong("R405", word=value)
    return str(value)


def _variable(value: Any) -> str:
    if not _VARIABLE.fullmatch(word(value)):
        raise wrong("R406", word=value)
    return str(value)


def _day(value: Any) -> date:
    """A day of the calendar."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_DAY.fullmatch(value)[0])  # type: ignore[index]
    except (TypeError, ValueError):
        raise wrong("R407", instead=meant.day(value) if isinstance(value, str) else None) from None


def _one_match(value: Any) -> Any:
    if not isinstance(value, Mapping) or len(value) != 1:
        what = "One column is looked up by one field here"
        raise wrong("D103", what=what, fix="Write the column, a colon and the field: `{ward: ward}`")
    return value


def _one_entry(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "minProperties": 1, "maxProperties": 1}


DepartmentId = Annotated[Reference, Named("departments")]
FormId = Annotated[Reference, Named("forms")]
Priority = Annotated[Reference, Named("priorities")]
EmailAddress = Annotated[str, typed(_email_address, {"type": "string", "examples": ["desk@example.org"]})]
WebAddress = Annotated[str, typed(_web_address, exactly(_WEB_ADDRESS, "https://example.org/intake"))]
Variable = Annotated[str, typed(_variable, exactly(_VARIABLE, "STREETS_WEBHOOK_SECRET"))]
PerMinute = Annotated[WholeNumber, Field(ge=1)]


class EffectiveDefinition(Definition):
    """The days, by the city's calendar, on which what is received can meet a route."""

    USUAL = "from"

    from_: Annotated[date, typed(_day, exactly(_DAY, "2027-01-01"))] | None = Field(default=None, alias="from")
    """The first day."""

    until: Annotated[date, typed(_day, exactly(_DAY, "2027-03-31"))] | None = None
    """The last day, which is in."""

    @model_validator(mode="after")
    def _some_days(self) -> EffectiveDefinition:
        if self.from_ is None and self.until is None:
            raise wrong("R408")
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise wrong("R409", first=self.from_, last=self.until)
        return self


class CopyDefinition(Definition):
    """Copies by an answer: the file to look in, the column of the answer, and the one that names departments."""

    source: Annotated[Word, Named("tables")] = Field(alias="from")
    """A CSV file below the schemas folder."""

    match: Annotated[dict[Word, Annotated[Reference, Named("fields")]], typed(_one_match, _one_entry)]
    """Which column holds the answer to which question: `ward: ward`."""

    take: Word
    """The column that names a department; an empty cell copies to none."""


class RouteDefinition(Definition):
    """One row of a table: a condition, and what comes of it."""

    route: Id
    """Its name, which stands in decisions and explanations."""

    when: WrittenCondition = None
    """A condition; without it the route takes everything that is left."""

    if_: Annotated[Word, Shaped(shared("feel"))] | None = Field(default=None, alias="if")
    """A condition in FEEL, for what `when` cannot say; looked at only when `when` is met."""

    effective: EffectiveDefinition | None = None
    """The days on which it counts: `from`, `until`, or both."""

    send_to: DepartmentId | None = None
    """The department that handles it."""

    copy_to: Annotated[tuple[DepartmentId, ...], typed(listed, one_or_more)] = ()
    """Departments that also get it."""

    copy_by: CopyDefinition | None = None
    """A department that also gets it, by an answer: `{from: lookups/wards.csv, match: {ward: ward}, take: desk}`."""

    priority: Priority | None = None
    """One of the catalogue's priorities."""

    respond_within: RespondWithin | None = None
    """Until when an answer is due: `2 days`, `12 hours`, or `5 business days` by the catalogue's calendar."""

    tags: Ids = ()
    """Words for reports and lists."""

    set_: Annotated[dict[Name, Word], Field(min_length=1)] = Field(default_factory=dict, alias="set")
    """Values by names that go along with the decision, such as `queue: night`."""

    notify: Annotated[tuple[EmailAddress, ...], typed(listed, one_or_more)] = ()
    """E-mail addresses that are told of it, without any answer."""

    notice: Prose | None = None
    """In a `collect` table: what the resident reads as soon as the answers meet it, in Markdown."""


class Expectation(Definition):
    """What a test expects; only what is written is compared. `stops` names a notice that ends the form."""

    USUAL = "send_to"

    route: Id | None = None
    """The route that wins."""

    send_to: DepartmentId | None = None
    """The department that handles it."""

    copy_to: Annotated[tuple[DepartmentId, ...], typed(some_or_none, any_number)] | None = None
    """The departments that also get it, by this table."""

    priority: Priority | None = None
    """Its priority."""

    due: LocalMoment | None = None
    """Until when an answer is due, by the city's clocks."""

    tags: Annotated[tuple[Id, ...], typed(some_or_none, any_number)] | None = None
    """The tags that it gets, by this table."""

    values: dict[Name, Word] | None = Field(default=None, alias="set")
    """The values that go along with it, by this table: `queue: night`; `{}` for none."""

    notify: Annotated[tuple[EmailAddress, ...], typed(some_or_none, any_number)] | None = None
    """The e-mail addresses that are told of it, by this table."""

    stops: Annotated[Name, Named("fields")] | None = None
    """The notice that stops the form, so that nothing is sent."""

    @model_validator(mode="after")
    def _something(self) -> Expectation:
        if not self.model_fields_set:
            raise wrong("R447")
        return self


class TestDefinition(Definition):
    """One example of an author: these answers, sent then, are expected to be decided so."""

    __test__ = False

    test: Sentence
    """What it shows, in a sentence."""

    form: FormId | None = None
    """The form that is filled in; may be left out in a table for one form."""

    received: LocalMoment | None = None
    """The moment of sending, by the city's clocks."""

    channel: Annotated[Word, Named("channels")] | None = None
    """The way it came in."""

    language: Annotated[Word, Named("languages")] | None = None
    """The language it was filled in."""

    answers: Annotated[Mapping[str, Any], Shaped(shared("answers"))] = Field(default_factory=dict)
    """Answers as a resident would post them, by the names of their fields."""

    expect: Expectation
    """What must come of it; only what is written is compared."""


class TableDefinition(Definition):
    """One route file: the forms it serves (`all` of them, or the listed) and its routes in order."""

    table: Id
    """Its name."""

    forms: Annotated[tuple[FormId, ...], typed(listed, one_or_more)]
    """The forms that it serves: a list, or `all`."""

    policy: Annotated[Policy, one_of("first", "unique", "collect")] = "first"
    """`first`: the first route that is met decides; `unique`: exactly one is met; `collect`: each one met adds."""

    routes: Annotated[tuple[RouteDefinition, ...], typed(_rows, some)] = ()
    """The routes, from the first to the last."""

    routes_from: Word | None = None
    """Instead of `routes`: the CSV file that holds them, one row a route and one column a question or a key."""

    tests: tuple[TestDefinition, ...] = ()
    """Examples that must come out as written, or the catalogue does not load."""

    @model_validator(mode="after")
    def _has_routes(self) -> TableDefinition:
        if not self.routes:
            raise wrong("D102", key="routes")
        return self


class EmailDefinition(Definition):
    """Letters to one address."""

    to: EmailAddress
    """The address."""

    per_minute: PerMinute | None = None
    """How many tries a minute a worker may make there."""


class WebhookDefinition(Definition):
    """Signed requests to one address, with the secret from the environment variable `secret_env`."""

    url: WebAddress
    """Where it is sent."""

    secret_env: Variable
    """The environment variable that holds the secret by which requests are signed; the secret never stands here."""

    per_minute: PerMinute | None = None
    """How many tries a minute a worker may make there."""


class DeskDefinition(Definition):
    """The department desk that is built in."""


class HandlerDefinition(Definition):
    """A way of the city's own: the `name` of a handler that is installed, and what it needs to know."""

    name: Id
    """The name of its entry point."""

    settings: Mapping[str, Any] = Field(default_factory=dict)
    """What the handler needs to know, by names of its own."""


class DeliverDefinition(Definition):
    """One way to reach a department."""

    email: EmailDefinition | None = None
    """A letter: `{to: desk@example.org}`."""

    webhook: WebhookDefinition | None = None
    """A signed request: `{url: "https://example.org/intake", secret_env: EXAMPLE_SECRET}`."""

    desk: DeskDefinition | None = None
    """The desk that is built in: `{}`."""

    handler: HandlerDefinition | None = None
    """A way of the city's own: `{name: tracker, settings: {queue: lamps}}`."""

    @model_validator(mode="after")
    def _one_way(self) -> DeliverDefinition:
        if len(self.model_fields_set) != 1:
            raise wrong("R403", count=len(self.model_fields_set))
        return self


class DepartmentDefinition(Definition):
    """A department; without `private_answers: yes` it gets no personal answers."""

    name: Text
    """What residents and other departments read."""

    private_answers: YesNo = False
    """`yes` if it gets answers to `private` questions."""

    calendar: Annotated[Word, Named("calendars")] | None = None
    """The calendar whose hours and days it works; without it the catalogue's."""

    effective: EffectiveDefinition | None = None
    """The days on which it takes what is sent to it; on others its `fallback` does."""

    fallback: DepartmentId | None = None
    """The department that gets what is sent to it on other days."""

    deliver: Annotated[tuple[DeliverDefinition, ...], typed(_rows, some)]
    """Every way a submission takes to the department."""


class DepartmentsDefinition(Definition):
    """A departments file."""

    departments: Mapping[Id, DepartmentDefinition]
    """Departments by their names in routes."""
