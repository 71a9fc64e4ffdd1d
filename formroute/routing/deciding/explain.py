"""Telling why a submission goes where it goes: for the winner what it asked for, for every other route why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formroute.conditions import Moment, in_words, not_met
from formroute.messages import say
from formroute.records import Decision, Submission
from formroute.routing.deciding.evidence import Seen
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import Route, Table
from formroute.routing.reasons import Explanation, Reason


def as_stored(decision: Decision, due: str | None) -> Explanation:
    """The explanation of a decision of the past, by what was stored of it: the tables may be others today."""
    reasons = [(step, Reason(step.table, step.route, step.test)) for step in decision.trace]
    won = (decision.table, decision.route)
    met = [reason for step, reason in reasons if step.met]
    return Explanation(
        next((reason for reason in met if (reason.table, reason.route) == won), None),
        tuple(reason for reason in met if (reason.table, reason.route) != won),
        tuple(reason for step, reason in reasons if not step.met),
        due,
    )


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of one decided submission what was `seen` of it, in one language; questions go by names, or by `labels`."""

    seen: Seen
    submission: Submission
    decision: Decision
    moment: Moment
    language: str
    labels: bool = False

    @property
    def plan(self) -> Plan:
        """All that was asked."""
        return self.seen.plan

    def explain(self, due: str | None = None) -> Explanation:
        """The whole explanation, with the due moment as already worded."""
        winner = self.plan.winner(self.decision.route)
        deciding = [(self.plan.decides, route) for route in self.plan.decides.routes]
        adding = [(table, route) for table in self.plan.adds for route in table.routes]
        return Explanation(
            self.met(self.plan.decides, winner) if winner else None,
            tuple(self.met(table, route) for table, route in adding if self.failure(route) is None),
            tuple(self.lost([*deciding, *adding])),
            due,
        )

    def met(self, table: Table, route: Route) -> Reason:
        """What a route asked for."""
        words = in_words(route.condition, self.language, self.plan.scope, labels=self.labels)
        return Reason(table.name, route.name, words if route.lines else say(self.language, route.wording.nothing))

    def lost(self, routes: list[tuple[Table, Route]]) -> Iterator[Reason]:
        """Every route that had no effect, with the reason."""
        for table, route in routes:
            failure = self.failure(route)
            if failure is not None:
                yield Reason(table.name, route.name, failure)
            elif table.decides and route.name != self.decision.route:
                before = say(self.language, "it is met too, but {route} stands before it", route=self.decision.route)
                yield Reason(table.name, route.name, before)

    def failure(self, route: Route) -> str | None:
        """The first test of a route that failed, with the answer as it was."""
        failure = self.seen.look.failure(route.condition)
        if failure is None:
            return None
        answers, scope = self.submission.answers, self.plan.scope
        return not_met(failure, answers, self.moment, self.language, scope, labels=self.labels)
