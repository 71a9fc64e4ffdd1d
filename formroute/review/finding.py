"""Answers that bring about what no test tries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from formroute.catalog import Catalog
from formroute.catalog.trial import NOON
from formroute.conditions import All, Condition, Found, Moment, Not, Proof, Scope, Witness, facts, find
from formroute.forms import Form
from formroute.review.aims import Aim, CheckAim, ChoiceAim, MessageAim, RouteAim, ShowingAim
from formroute.review.way import stops_before
from formroute.review.wrong_answers import wrong_answers
from formroute.routing.deciding.table import Table


class Example(NamedTuple):
    """Answers to `form` for a test: of `table` or, when that is None, of the form itself."""

    form: Form
    table: Table | None
    witness: Witness


class Finder:
    """The searches of one catalogue; each proof is made once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.near = Moment(NOON.replace(tzinfo=catalog.zone))
        self._proofs: dict[tuple[str, str], tuple[list[str], Proof]] = {}

    def may_be(self, aim: Aim) -> bool:
        """Whether it is not ruled out that answers bring it about."""
        return any(found is not None for _, _, found in self._found(aim))

    def examples(self, aim: Aim) -> Iterator[Example]:
        """Answers that bring it about, through one form after another."""
        for form, table, found in self._found(aim):
            if isinstance(found, Witness):
                yield Example(form, table, found)

    def _found(self, aim: Aim) -> Iterator[tuple[Form, Table | None, Found]]:
        match aim:
            case RouteAim(_, table, route):
                for name in table.forms:
                    yield self.catalog.forms[name], table, self._route(table, name, route.name)
            case ChoiceAim(_, form):
                table = self.catalog.router.plans[form.id].decides
                yield form, table, self._deciding(table, form, aim.condition)
                chosen = All((aim.condition, *stops_before(form, aim.question.name)))
                yield form, None, find(chosen, self._scope(form), near=self.near)
            case ShowingAim(_, form):
                wanted = aim.condition if aim.shows else Not(aim.condition)
                yield form, None, find(All((wanted, *aim.before)), self._scope(form), near=self.near)
            case MessageAim(_, form, _, field, sort):
                if next(wrong_answers(form, field, sort, self.near), None) is not None:
                    yield form, None, find(aim.condition, self._scope(form), near=self.near)
            case CheckAim(_, form):
                yield form, None, find(aim.condition, self._scope(form), near=self.near)

    def _route(self, table: Table, form: str, route: str) -> Found:
        """Answers to `form` with which a route wins or, in a table that adds or has no order, is met."""
        names, proof = self._proof(table, form)
        if route not in names:
            return None
        number = names.index(route)
        return proof.reached(number) if table.policy == "first" else proof.met(number)

    def _proof(self, table: Table, form: str) -> tuple[list[str], Proof]:
        if (table.name, form) not in self._proofs:
            plan, routes = self.catalog.router.plans[form], table.routes_of(form)
            proof = Proof([route.condition for route in routes], plan.scope, plan.always, near=self.near)
            self._proofs[table.name, form] = [route.name for route in routes], proof
        return self._proofs[table.name, form]

    def _deciding(self, table: Table, form: Form, condition: Condition) -> Found:
        """Answers that meet a condition, complete for all that the table asks of them."""
        plan = self.catalog.router.plans[form.id]
        routes = [route.condition for route in table.routes_of(form.id)]
        return Proof([condition, *routes], plan.scope, plan.always, near=self.near).met(0)

    def _scope(self, form: Form) -> Scope:
        settings = self.catalog.router.settings
        titles = {form.id: form.title}
        return {**form.scope, **facts(titles, settings.channels[:1], settings.languages[:1], received=False)}
