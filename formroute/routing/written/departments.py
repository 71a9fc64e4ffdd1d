"""What the author of the departments file writes: who there is, and every way to reach them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from formroute.definitions import Definition, Text, wrong
from formroute.definitions.shape import Named, exactly, some
from formroute.definitions.types import Id, WholeNumber, Word, YesNo, items, typed, word
from formroute.routing.written.effective import EffectiveDefinition
from formroute.routing.written.receivers import DepartmentId, EmailAddress

_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[!-~]*)?", re.ASCII)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*", re.ASCII)


def _web_address(value: Any) -> str:
    if not _WEB_ADDRESS.fullmatch(word(value)):
        raise wrong("R405", word=value)
    return str(value)


def _variable(value: Any) -> str:
    if not _VARIABLE.fullmatch(word(value)):
        raise wrong("R406", word=value)
    return str(value)


WebAddress = Annotated[str, typed(_web_address, exactly(_WEB_ADDRESS, "https://example.org/intake"))]
Variable = Annotated[str, typed(_variable, exactly(_VARIABLE, "STREETS_WEBHOOK_SECRET"))]
PerMinute = Annotated[WholeNumber, Field(ge=1)]


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

    deliver: Annotated[tuple[DeliverDefinition, ...], typed(items, some)]
    """Every way a submission takes to the department."""


class DepartmentsDefinition(Definition):
    """A departments file."""

    departments: Mapping[Id, DepartmentDefinition]
    """Departments by their names in routes."""
