"""What looks at the questions of a form: its own conditions and calculations, and the routes that it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from formroute.conditions import (
    Condition,
    Rows,
    Scope,
    scope_in_row,
)
from formroute.conditions.axes.aspects import Every, Some
from formroute.forms import Field, Form
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.table import CopyBy


class QuestionName(NamedTuple):
    """A question by its name; `row` is the question in whose rows it is asked, empty for one of the form itself."""

    row: str
    name: str


class Uses:
    """Everything that looks at the questions of one form."""

    def __init__(self, form: Form, plan: Plan) -> None:
        rows = {name: one.domain.scope for name, one in form.scope.items() if isinstance(one.domain, Rows)}
        self._own: Mapping[str, Scope] = {"": {}, **rows}
        self._scopes = {row: scope_in_row(plan.scope, own) for row, own in self._own.items()}
        self._conditions: dict[QuestionName, list[Condition]] = defaultdict(list)
        self._apart: set[QuestionName] = set()
        routes = [*plan.deciding.routes, *plan.adding.routes]
        self._copies = [by for route in routes for by in route.outputs.copy_by]
        self._look(*(page.visible for page in form.pages), *(check.require for check in form.checks))
        self._look(*(route.condition for route in routes))
        self._look_at_fields(form.fields.values(), form.scope)
        for row, own in rows.items():
            self._look_at_fields(form.fields[row].row, own, row)

    def is_used(self, name: QuestionName) -> bool:
        """Whether anything looks at the question."""
        return self.is_told_apart(name) or name in self._conditions or any(self.copies(name))

    def is_told_apart(self, name: QuestionName) -> bool:
        """Whether FEEL or a calculation looks at it, so that each of its answers may count by itself."""
        return name in self._apart or QuestionName("", name.row) in self._apart

    def conditions(self, name: QuestionName) -> Sequence[Condition]:
        """The conditions that look at the question."""
        return self._conditions[name]

    def copies(self, name: QuestionName) -> Sequence[CopyBy]:
        """The copies that go by the answer."""
        return [by for by in self._copies if name == QuestionName("", by.question)]

    def scope(self, row: str) -> Scope:
        """What conditions in these rows may look at."""
        return self._scopes[row]

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

    def _meant(self, name: str, row: str) -> QuestionName:
        """The question that goes by a name in a row: one of the row itself, or else one around it."""
        return QuestionName(row if name in self._own[row] else "", name)
