"""What the author of a route file writes: a table, its routes and its tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from formroute.conditions import WrittenCondition
from formroute.definitions import Definition, Prose, wrong
from formroute.definitions.shape import Named, Shaped, any_number, one_or_more, shared, some
from formroute.definitions.types import (
    Id,
    Ids,
    LocalMoment,
    Name,
    Reference,
    Sentence,
    Word,
    items,
    listed,
    one_of,
    some_or_none,
    typed,
)
from formroute.routing.written.duration import RespondWithin
from formroute.routing.written.effective import EffectiveDefinition
from formroute.routing.written.receivers import DepartmentId, EmailAddress

Policy = Literal["first", "unique", "collect"]


def _one_match(value: Any) -> Any:
    if not isinstance(value, Mapping) or len(value) != 1:
        what = "One column is looked up by one question here"
        raise wrong("D103", what=what, fix="Write the column, a colon and the field: `{ward: ward}`")
    return value


def _one_entry(shape: dict[str, Any]) -> dict[str, Any]:
    return {**shape, "minProperties": 1, "maxProperties": 1}


FormId = Annotated[Reference, Named("forms")]
Priority = Annotated[Reference, Named("priorities")]


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
    """Answers as a resident would post them, by the names of the questions."""

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

    routes: Annotated[tuple[RouteDefinition, ...], typed(items, some)] = ()
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
