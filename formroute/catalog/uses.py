"""What looks at the questions of a form: its own conditions and calculations, and the routes that it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any as Anything
from typing import NamedTuple

from formroute.conditions import (
    All,
    Any,
    Condition,
    ManyOf,
    Not,
    OneOf,
    Question,
    Renaming,
    Rows,
    Scope,
    Test,
    Witness,
    chooses,
    find,
    is_possible,
    scope_in_row,
)
from formroute.conditions.axes.aspects import Every, Includes, Some, Value
from formroute.conditions.axes.sets import Values
from formroute.forms import Field, Form
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import CopyBy

Choice = str | bool
Tested = list[tuple[Condition, list[Test]]]


class Asked(NamedTuple):
    """A question by its name; `row` is the question in whose rows it is asked, empty for one of the form itself."""

    row: str
    name: str


class Shown(NamedTuple):
    """A condition, and a submission that meets it."""

    condition: Condition
    by: Witness


class Uses:
    """Everything that looks at the questions of one form."""

    def __init__(self, form: Form, plan: Plan) -> None:
        rows = {name: one.domain.scope for name, one in form.scope.items() if isinstance(one.domain, Rows)}
        self._own: Mapping[str, Scope] = {"": {}, **rows}
        self._scopes = {row: scope_in_row(plan.scope, own) for row, own in self._own.items()}
        self._conditions: dict[Asked, list[Condition]] = defaultdict(list)
        self._apart: set[Asked] = set()
        routes = [*plan.deciding.routes, *plan.adding.routes]
        self._copies = [by for route in routes for by in route.outputs.copy_by]
        self._look(*(page.visible for page in form.pages), *(check.require for check in form.checks))
        self._look(*(route.condition for route in routes))
        self._look_at_fields(form.fields.values(), form.scope)
        for row, own in rows.items():
            self._look_at_fields(form.fields[row].row, own, row)

    def is_used(self, asked: Asked) -> bool:
        """Whether anything looks at the question."""
        return self.is_told_apart(asked) or asked in self._conditions or any(self._copied(asked))

    def is_told_apart(self, asked: Asked) -> bool:
        """Whether FEEL or a calculation looks at it, so that each of its answers may count by itself."""
        return asked in self._apart or Asked("", asked.row) in self._apart

    def alike(self, asked: Asked, domain: OneOf | ManyOf) -> Iterator[list[Choice]]:
        """Choices that can be exchanged for each other: it changes no condition and no copy."""
        tested = [
            (one, [test for test in one.tests() if test.axis.question == asked.name]) for one in self._conditions[asked]
        ]
        shown = {value: self._shown(asked, domain, tested, value) for value in domain.values}
        groups: list[list[Choice]] = []
        for value in domain.values:
            possible = (known for known in groups if not _differ(shown[known[0]], asked.name, known[0], value))
            same = next((known for known in possible if self._is_same(asked, tested, known[0], value)), None)
            if same is None:
                groups.append([value])
            else:
                same.append(value)
        return (choices for choices in groups if len(choices) > 1)

    def _shown(self, asked: Asked, domain: OneOf | ManyOf, tested: Tested, choice: Choice) -> Shown | None:
        """The first condition that names a choice, with a submission that meets it by that choice; None if unknown.

        It tells the choice apart from most others at once, where a table has a route or more for each.
        """
        chosen = chooses(Question(asked.name, domain), choice)
        condition = next((one for one, tests in tested if any(_names(test, choice) for test in tests)), None)
        found = condition and find(All((condition, chosen)), self._scopes[asked.row])
        return Shown(condition, found) if condition and isinstance(found, Witness) else None

    def _is_same(self, asked: Asked, tested: Tested, one: Choice, other: Choice) -> bool:
        if any(copies.departments.get(one) != copies.departments.get(other) for copies in self._copied(asked)):
            return False
        choices: dict[Anything, Anything] = {one: other, other: one}
        exchanged = Renaming(choices={asked.name: choices})
        telling = (condition for condition, tests in tested if any(_tells(test, one, other) for test in tests))
        return all(self._is_equal(condition, exchanged(condition), asked.row) for condition in telling)

    def _is_equal(self, one: Condition, other: Condition, row: str) -> bool:
        """Whether no answers meet one of them and not the other; those at which a notice stops the form count too."""
        differ = Any((All((one, Not(other))), All((other, Not(one)))))
        return not is_possible(differ, self._scopes[row])

    def _copied(self, asked: Asked) -> list[CopyBy]:
        return [by for by in self._copies if asked == Asked("", by.question)]

    def _look_at_fields(self, fields: Iterable[Field], scope: Scope, row: str = "") -> None:
        for field in fields:
            self._look(field.visible, *field.offered.values(), row=row)
        for question in scope.values():
            if question.score is not None:
                self._look(*(condition for _, condition in question.score.parts), row=row)
            else:
                self._apart |= {self._meant(name, row) for name in question.sources}

    def _look(self, *conditions: Condition, row: str = "") -> None:
        for condition in conditions:
            for name in condition.fields:
                self._conditions[self._meant(name, row)].append(condition)
            for expression in condition.expressions():
                self._apart |= {self._meant(name, row) for name in expression.fields}
            for test in condition.tests():
                if isinstance(test.axis.aspect, Some | Every):
                    self._look(test.axis.aspect.condition, row=test.axis.question)

    def _meant(self, name: str, row: str) -> Asked:
        """The question that goes by a name in a row: one of the row itself, or else one around it."""
        return Asked(row if name in self._own[row] else "", name)


def _names(test: Test, choice: Choice) -> bool:
    """Whether the test asks for this choice and not for everything but a few."""
    match test.axis.aspect, test.accepts:
        case Value(), Values(members, rest=False):
            return choice in members
        case Includes(named), accepts:
            return named == choice and True in accepts
    return False


def _differ(shown: Shown | None, name: str, one: Choice, other: Choice) -> bool:
    """Whether what is shown of `one` no longer holds with `other` in its place."""
    if shown is None:
        return False
    exchange: dict[Anything, Anything] = {one: other, other: one}
    answer: Anything = shown.by.answers.get(name)
    several = isinstance(answer, tuple)
    there = tuple(exchange.get(choice, choice) for choice in answer) if several else exchange.get(answer, answer)
    return not shown.condition.holds({**shown.by.answers, name: there}, shown.by.moment)


def _tells(test: Test, one: Choice, other: Choice) -> bool:
    """Whether the test alone tells two choices apart."""
    match test.axis.aspect:
        case Value():
            return (one in test.accepts) != (other in test.accepts)
        case Includes(choice):
            return choice in (one, other)
    return False
