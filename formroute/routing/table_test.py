"""The examples that authors write into a table, and what is said when one comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from formroute.conditions.telling.example import in_yaml
from formroute.definitions import Place
from formroute.problems import Problem
from formroute.records import NOTHING
from formroute.routing.reasons import Explanation
from formroute.routing.settings import RoutingSettings
from formroute.routing.written.table import Expectation, TestDefinition

_UNORDERED = frozenset({"copy_to", "tags", "notify"})
_WRITTEN = {name: field.alias or name for name, field in Expectation.model_fields.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an example, under the keys that an author may expect; `due` is by the city's clocks.

    `copy_to`, `tags`, `values` and `notify` are those of the table alone in which the example stands.
    """

    route: str | None = None
    send_to: str | None = None
    copy_to: tuple[str, ...] = ()
    priority: str | None = None
    due: datetime | None = None
    tags: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    notify: tuple[str, ...] = ()
    stops: str | None = None


@dataclass(frozen=True, slots=True)
class TableTest:
    """One example: `answers` as posted, sent at `received` (in UTC; None where the author leaves it open).

    `place` is where it stands, with `answers` and `expect` below.
    """

    table: str
    form: str
    received: datetime | None
    channel: str
    language: str
    answers: Mapping[str, Any]
    expect: Expectation
    place: Place = field(compare=False, repr=False)

    @classmethod
    def of(cls, definition: TestDefinition, table: str, form: str, settings: RoutingSettings, place: Place) -> Self:
        """The example as written, with the first language and channel where none is."""
        received = definition.received
        return cls(
            table=table,
            form=form,
            received=received and received.replace(tzinfo=settings.calendar.zone).astimezone(UTC),
            channel=definition.channel or settings.channels[0],
            language=definition.language or settings.languages[0],
            answers=definition.answers,
            expect=definition.expect,
            place=place,
        )

    def compare(self, outcome: Outcome, explanation: Explanation | None = None) -> Problem | None:
        """What came out otherwise than expected, with the tests that made it so; None when nothing did."""
        keys = [key for key in type(self.expect).model_fields if key in self.expect.model_fields_set]
        if outcome.stops is not None and "stops" not in keys:
            keys = ["stops"]
        wrong = [key for key in keys if not self._agrees(key, outcome)]
        if not wrong:
            return None
        return self.place["expect"][_WRITTEN[wrong[0]]].problem(
            "R441",
            expected=_in_yaml(self.expect, wrong),
            happened=_in_yaml(outcome, wrong),
            because=" ".join(self._reasons(explanation)) if explanation else "Look at its answers.",
        )

    def _agrees(self, key: str, outcome: Outcome) -> bool:
        expected, happened = getattr(self.expect, key), getattr(outcome, key)
        return set(expected) == set(happened) if key in _UNORDERED else bool(expected == happened)

    def _reasons(self, explanation: Explanation) -> Iterator[str]:
        for reason in explanation.lost:
            if (reason.table, reason.route) == (self.table, self.expect.route):
                yield f"`{reason.route}` lost: {reason.words}."
        for reason in filter(None, (explanation.winner, *explanation.added)):
            if reason.table == self.table:
                yield f"`{reason.route}` won: {reason.words}."


def _in_yaml(values: Expectation | Outcome, keys: list[str]) -> str:
    return " and ".join(f"`{_WRITTEN[key]}: {in_yaml(getattr(values, key), nothing='nothing')}`" for key in keys)
