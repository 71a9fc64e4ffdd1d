"""What would have to change for a named route to win: the fewest answers, old and new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from formroute.conditions import All, Condition, Moment, Not, Proof, Question, Test, Undecided, Witness
from formroute.conditions.as_asked import as_asked
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.moments import FACTS, INSTANTS
from formroute.conditions.axes.sets import Values
from formroute.definitions import hint
from formroute.records import Submission
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.staying import Staying
from formroute.routing.deciding.table import Route

_MOST_CONFLICTS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One answer or fact that would have to be another; None is blank."""

    name: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Nearest:
    """What makes `route` win: `changes` in the order asked, after which the answers are `answers`, at `moment`.

    Nothing changed means that it wins already; None that no answers make it win, because of the routes
    `before` it or, when there are none, because none meet it. Where it is not `certain`, fewer changes may do or,
    when there are none, some may. A route that does not decide is met, and wins nothing.
    """

    route: str
    changes: tuple[Change, ...] | None
    answers: Mapping[str, object]
    moment: Moment
    before: tuple[str, ...] = ()
    certain: bool = True
    decides: bool = True


def nearest(plan: Plan, submission: Submission, moment: Moment, name: str) -> Nearest:
    """The fewest answers of `submission` to change so that the route wins; facts change only where no answers do.

    Answers that follow from others, and those to questions that no longer show, do not count. `name` is that of
    the route, or `table/route` where two tables have such a route. Raises UnknownRouteError for one that the
    form's tables do not ask.
    """
    for indexed, decides in ((plan.deciding, True), (plan.adding, False)):
        for number, route in enumerate(indexed.routes):
            if name in (route.name, route.full_name):
                earlier = indexed.routes[:number] if decides else ()
                return replace(_Search(plan, submission, moment, route, earlier).nearest(), decides=decides)
    raise UnknownRouteError(name, plan)


class UnknownRouteError(LookupError):
    """The form's tables ask no route of this name: the message says which they do."""

    def __init__(self, name: str, plan: Plan) -> None:
        names = [
            route.full_name if "/" in name else route.name for route in (*plan.deciding.routes, *plan.adding.routes)
        ]
        super().__init__(f"{plan.form} is never asked a route `{name}`. {hint(name, names)}")


class _Search:
    """Implicit hitting sets: what cannot stay together names questions of which one must change.

    The smallest choice that hits every such conflict is tried; where it is not enough, another conflict is found.
    """

    def __init__(
        self, plan: Plan, submission: Submission, moment: Moment, route: Route, earlier: Sequence[Route]
    ) -> None:
        self.plan, self.scope = plan, plan.scope
        self.answers, self.moment = submission.answers, moment
        self.route, self.earlier = route, earlier
        self.certain = True
        conditions = [one.condition for one in (*earlier, route)]
        kept = dict(Staying(self.scope, submission.answers, moment, [*conditions, *plan.always]).conditions())
        self.names = list(kept)
        given = [_answered(self.scope[name]) for name in self.names]
        self.always = [*plan.always, Test(Axis("form", Value()), Values.of(submission.form))]
        self.first = len(conditions)
        self.proof = Proof([*conditions, *kept.values(), *given], self.scope, self.always, near=moment)

    def nearest(self) -> Nearest:
        """The answer to the whole question."""
        conflicts: list[frozenset[str]] = []
        for _ in range(_MOST_CONFLICTS):
            free = _fewest(conflicts)
            found = self.found(name for name in self.names if name not in free)
            if isinstance(found, Witness):
                changed = self.changed(self.rather_answered(found, free), free)
                if changed is not None:
                    return changed
                self.certain = False
            conflict = self.conflict(free)
            if not conflict:
                break
            conflicts.append(conflict)
        else:
            self.certain = False
        before = tuple(self.before()) if self.certain else ()
        return Nearest(self.route.name, None, self.answers, self.moment, before, self.certain)

    def found(self, kept: Iterable[str]) -> Witness | Undecided | None:
        """A submission for which the route wins and these stay as they are."""
        also = [self.first + self.names.index(name) for name in kept]
        found = self.proof.together(self.first - 1, also, after=self.first - 1)
        self.certain = self.certain and not isinstance(found, Undecided)
        return found

    def rather_answered(self, found: Witness, free: frozenset[str]) -> Witness:
        """The same without a question left blank that was answered, if there is such a submission."""
        also = [self.first + self.names.index(name) for name in self.names if name not in free]
        given = [name for name in free if self.answers.get(name) is not None]
        also += [self.first + len(self.names) + self.names.index(name) for name in given]
        better = self.proof.together(self.first - 1, also, after=self.first - 1)
        return better if isinstance(better, Witness) else found

    def conflict(self, free: frozenset[str]) -> frozenset[str]:
        """Questions of which one must change, as few as can be; none when no change helps."""
        kept = [name for name in self.names if name not in free]
        for name in reversed(list(kept)):
            without = [other for other in kept if other != name]
            if not isinstance(self.found(without), Witness):
                kept = without
        return frozenset(kept)

    def changed(self, found: Witness, free: frozenset[str]) -> Nearest | None:
        """The submission with only the free answers taken from what was found, if the route wins then."""
        moment = found.moment if free & (FACTS | INSTANTS) else self.moment
        given = {**self.answers, **{name: found.answers.get(name) for name in free}}
        answers = as_asked(self.scope, given, moment)
        if not self.wins(answers, moment):
            return None
        return Nearest(self.route.name, tuple(self.changes(answers, moment, free)), answers, moment, (), self.certain)

    def changes(self, answers: Mapping[str, object], moment: Moment, free: frozenset[str]) -> Iterator[Change]:
        """What was changed, questions in the order asked."""
        for name in self.scope:
            if name in free:
                was, new = self.answers.get(name, self.moment.fact(name)), answers.get(name, moment.fact(name))
                if was != new:
                    yield Change(name, was, new)

    def wins(self, answers: Mapping[str, object], moment: Moment) -> bool:
        """Whether the route does win."""
        earlier = any(route.condition.holds(answers, moment) for route in self.earlier)
        return not earlier and self.route.condition.holds(answers, moment)

    def before(self) -> Iterator[str]:
        """The routes that take everything which this one could take."""
        earlier = [route.condition for route in self.earlier]  # a witness answers only what its proof knows of
        blocking: list[Condition] = []
        for _ in self.earlier:
            left = All((self.route.condition, *map(Not, blocking)))
            found = Proof([left, *earlier], self.scope, self.always).met(0)
            if not isinstance(found, Witness):
                return
            route = next(one for one in self.earlier if one.condition.holds(found.answers, found.moment))
            blocking.append(route.condition)
            yield route.name


def _answered(question: Question) -> Condition:
    return Test(Axis(question.name, question.domain.main), question.domain.space(question.domain.main))


def _fewest(conflicts: Sequence[frozenset[str]]) -> frozenset[str]:
    """The fewest names that have one of each conflict; facts only where there is no other way."""
    names = sorted(frozenset().union(*conflicts))
    facts = [name for name in names if name in FACTS or name in INSTANTS]
    answers = [name for name in names if name not in facts]
    for with_facts in range(len(facts) + 1):
        for count in range(len(answers) + 1):
            for chosen in _choices(answers, count, facts, with_facts):
                if all(conflict & chosen for conflict in conflicts):
                    return chosen
    return frozenset(names)


def _choices(answers: Sequence[str], count: int, facts: Sequence[str], with_facts: int) -> Iterator[frozenset[str]]:
    for some in combinations(answers, count):
        for others in combinations(facts, with_facts):
            yield frozenset((*some, *others))
