"""The one place that decides where a submission goes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from formroute.conditions import BegunRows, Calendar, Moment, holds_so_far
from formroute.definitions import Prose
from formroute.records import Decision, Submission
from formroute.routing.deciding.evidence import Seen
from formroute.routing.deciding.explain import Teller, as_stored
from formroute.routing.deciding.index import Look
from formroute.routing.deciding.nearest import Nearest, nearest
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import Outputs, Route, Table
from formroute.routing.department import Department, who_takes
from formroute.routing.due import Due, moment_in_words, reckon
from formroute.routing.reasons import Explanation
from formroute.routing.settings import RoutingSettings
from formroute.routing.table_test import TableTest
from formroute.routing.written.duration import Duration

UNROUTED = "unrouted"
HANDED_OVER = "handed-over"


@dataclass(frozen=True, slots=True)
class Router:
    """Every table by its name, and what is left of them for each form.

    While there are mistakes `untried` are the examples that rest on them.
    """

    tables: Mapping[str, Table]
    plans: Mapping[str, Plan]
    settings: RoutingSettings
    departments: Mapping[str, Department] = field(default_factory=dict)
    untried: tuple[TableTest, ...] = ()

    def match(self, submission: Submission, moment: Moment) -> Route | None:
        """The route that decides over `submission` alone, without anything else of a decision; None is the fallback."""
        plan = self.plans[submission.form]
        routes = plan.deciding.routes
        number = plan.deciding.index.first(Look(submission.answers, moment, plan.known))
        return routes[number] if number < len(routes) else None

    def decide(self, submission: Submission, moment: Moment) -> Decision:
        """Where `submission` goes and why, judged at `moment`; KeyError for a form that no table decides.

        The first route that is met decides alone over destination, priority and due moment; tables that
        add contribute copies, tags and notices, in the order of their names.
        """
        plan = self.plans[submission.form]
        routes = plan.deciding.routes
        # The evidence keeps what was seen, whatever the caller does to the answers afterwards.
        look = Look(dict(submission.answers), moment, plan.known)
        number = plan.deciding.index.first(look)
        added = plan.adding.index.met(look) if plan.adding.routes else []
        winner = routes[number] if number < len(routes) else None
        outputs = self._fallback(plan) if winner is None else winner.outputs
        if added:
            outputs = outputs.joined([plan.adding.routes[one].outputs for one in added])
        send_to = who_takes(str(outputs.send_to), moment, self.departments)
        due = self.due(outputs.respond_within, submission.received, send_to)
        return Decision(
            plan.form,
            plan.decides.name,
            winner.name if winner else None,
            send_to,
            self._copies(outputs, submission, send_to, moment),
            outputs.priority,
            due.at if due else None,
            outputs.tags if send_to == outputs.send_to else (*outputs.tags, HANDED_OVER),
            tuple([notice.inside(submission.language) for notice in outputs.notices]),
            dict(outputs.values),
            outputs.notify,
            Seen(plan, look, number, added),
        )

    def tells(self, form: str) -> bool:
        """Whether there is anything to tell somebody who fills in `form`: see `notices`."""
        return self.plans[form].tells

    def notices(
        self, submission: Submission, moment: Moment, unasked: Container[str], begun: Mapping[str, BegunRows]
    ) -> tuple[Prose, ...]:
        """What to tell somebody with the answers so far: the notices that a decision would have, in its order.

        A route whose condition hangs on questions that are `unasked` yet tells nothing, nor does anything of a route
        but its notice. `begun` are rows that are no answer yet, by their questions.
        """
        plan = self.plans[submission.form]
        if not plan.tells:
            return ()
        routes = plan.adding.routes
        if not begun:  # the index looks at whole answers only
            look = Look(dict(submission.answers), moment, plan.known)
            routes = tuple([routes[number] for number in plan.adding.index.met(look)])
        return tuple(
            notice
            for route in routes
            if route.outputs.notices and holds_so_far(route.condition, submission.answers, moment, unasked, begun)
            for notice in route.outputs.notices
        )

    def explain(
        self, submission: Submission, decision: Decision, moment: Moment, language: str, *, labels: bool = False
    ) -> Explanation:
        """Why `submission` was decided so and why not otherwise, in words, by what was seen when it was decided.

        Questions go by their names, or with `labels` by what residents read. Of a decision out of a store only
        what it tells is known.
        """
        seen = decision.evidence
        if not isinstance(seen, Seen):
            at = decision.due and decision.due.astimezone(self.settings.calendar.zone)
            return as_stored(decision, moment_in_words(at, language) if at else None)
        winner = seen.plan.winner(decision.route)
        due = self.due(winner.outputs.respond_within, submission.received, decision.send_to) if winner else None
        words = due.in_words(language) if due else None
        return Teller(seen, submission, decision, moment, language, labels).explain(words)

    def met(self, decision: Decision) -> tuple[str, ...]:
        """What the routes asked for that were met, each once, with questions by what residents read.

        A route of a stored decision that is another by now is told as it was then.
        """
        plan = self.plans.get(decision.form)
        steps = [(step, plan and plan.wording(step)) for step in decision.trace if step.met]
        return tuple(dict.fromkeys(wording.in_labels if wording else step.test for step, wording in steps))

    def nearest(self, submission: Submission, moment: Moment, route: str) -> Nearest:
        """The fewest answers of `submission` that would have to be others for the route of this name to win.

        Raises UnknownRouteError for a route that its form is never asked.
        """
        return nearest(self.plans[submission.form], submission, moment, route)

    @property
    def tests(self) -> tuple[TableTest, ...]:
        """The examples of all tables."""
        return tuple(test for table in self.tables.values() for test in table.tests)

    def untested(self) -> Router:
        """The same with all examples untried."""
        tables = {name: replace(table, tests=()) for name, table in self.tables.items()}
        return replace(self, tables=tables, untried=(*self.untried, *self.tests))

    def due(self, within: Duration | None, received: datetime, send_to: str) -> Due | None:
        """Until when an answer of the department is due, with how it was counted; None where nothing is promised."""
        return None if within is None else reckon(received, within, self.calendar_of(send_to))

    def calendar_of(self, send_to: str | None) -> Calendar:
        """The calendar by which the time of a department is counted."""
        department = self.departments.get(send_to or "")
        return department.calendar if department and department.calendar else self.settings.calendar

    def _copies(self, outputs: Outputs, submission: Submission, send_to: str, moment: Moment) -> tuple[str, ...]:
        """Each department once, where it came first; the one that handles it needs no copy."""
        if not (outputs.copy_to or outputs.copy_by):
            return ()
        taking = [who_takes(one, moment, self.departments) for one in outputs.copies(submission.answers)]
        return tuple(one for one in dict.fromkeys(taking) if one != send_to)

    def _fallback(self, plan: Plan) -> Outputs:
        """Without a fallback, a table that leaves a submission without a route is never compiled."""
        if self.settings.fallback is None:
            raise LookupError(f"no route of {plan.decides.name} takes this submission, and there is no fallback")
        return Outputs(send_to=self.settings.fallback, priority=self.settings.priority, tags=(UNROUTED,))
