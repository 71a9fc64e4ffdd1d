"""What the authors of a route file and of the departments file write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, model_validator

from formroute.definitions import Definition, Text, wrong
from formroute.definitions.types import Id, Ids, Name, Sentence, Word, YesNo, one_of, typed, word
from formroute.routing.duration import RespondWithin

Policy = Literal["first", "unique", "collect"]

_MOMENT = re.compile(r"(19|20|21)\d\d-\d\d-\d\d \d\d:\d\d", re.ASCII)
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[!-~]*)?", re.ASCII)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)


def _local_moment(value: Any) -> datetime:
    """A date and a time as the city's clocks show them, without a zone."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(_MOMENT.fullmatch(value)[0], "%Y-%m-%d %H:%M")  # type: ignore[index]
    except (TypeError, ValueError):
        raise wrong("R402") from None


def _rows(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise wrong("D103", what="A list is expected here", fix="Begin each item on a line of its own with `-`")
    if not value:
        raise wrong("D120")
    return value


def _some_or_none(value: Any) -> Any:
    """A list that may be empty; one value alone is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


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


LocalMoment = Annotated[datetime, typed(_local_moment)]
SomeIds = Annotated[tuple[Id, ...], typed(_some_or_none)]
EmailAddress = Annotated[str, typed(_email_address)]
WebAddress = Annotated[str, typed(_web_address)]
Variable = Annotated[str, typed(_variable)]


class RouteDefinition(Definition):
    """One row of a table; `when` and `if` stay as they were written until the questions of the forms are known."""

    route: Id
    when: Any = None
    if_: Word | None = Field(default=None, alias="if")
    send_to: Id | None = None
    copy_to: Ids = ()
    priority: Id | None = None
    respond_within: RespondWithin | None = None
    tags: Ids = ()
    notice: Text | None = None


class Expectation(Definition):
    """What a test expects; only what is written is compared. `stops` names a notice that ends the form."""

    route: Id | None = None
    send_to: Id | None = None
    copy_to: SomeIds | None = None
    priority: Id | None = None
    due: LocalMoment | None = None
    tags: SomeIds | None = None
    stops: Name | None = None

    @model_validator(mode="after")
    def _something(self) -> Expectation:
        if not self.model_fields_set:
            raise wrong("R447")
        return self


class TestDefinition(Definition):
    """One example of an author: these answers, sent then, are expected to be decided so."""

    __test__ = False

    test: Sentence
    form: Id | None = None
    received: LocalMoment | None = None
    channel: Word | None = None
    language: Word | None = None
    answers: Mapping[str, Any] = Field(default_factory=dict)
    expect: Expectation


class TableDefinition(Definition):
    """One route file: the forms it serves (`all` of them, or the listed) and its routes in order."""

    table: Id
    forms: Ids
    policy: Annotated[Policy, one_of("first", "unique", "collect")] = "first"
    routes: Annotated[tuple[RouteDefinition, ...], typed(_rows)]
    tests: tuple[TestDefinition, ...] = ()


class EmailDefinition(Definition):
    """Letters to one address."""

    to: EmailAddress


class WebhookDefinition(Definition):
    """Signed requests to one address, with the secret from the environment variable `secret_env`."""

    url: WebAddress
    secret_env: Variable


class DeskDefinition(Definition):
    """The department desk that is built in."""


class DeliverDefinition(Definition):
    """One way to reach a department."""

    email: EmailDefinition | None = None
    webhook: WebhookDefinition | None = None
    desk: DeskDefinition | None = None

    @model_validator(mode="after")
    def _one_way(self) -> DeliverDefinition:
        if len(self.model_fields_set) != 1:
            raise wrong("R403", count=len(self.model_fields_set))
        return self


class DepartmentDefinition(Definition):
    """A department; without `private_answers: yes` it gets no personal answers."""

    name: Text
    private_answers: YesNo = False
    deliver: Annotated[tuple[DeliverDefinition, ...], typed(_rows)]


class DepartmentsDefinition(Definition):
    """A departments file."""

    departments: Mapping[Id, DepartmentDefinition]
