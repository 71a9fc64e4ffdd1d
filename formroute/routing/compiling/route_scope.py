"""What the routes of one table may ask about, by the forms that each is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from formroute.conditions import Known, Question, Unclear, supposing
from formroute.routing.compiling.service import forms_in
from formroute.routing.scope import Clash
from formroute.routing.workbench import Workbench
from formroute.routing.written.table import RouteDefinition, TableDefinition


class RouteScope(NamedTuple):
    """What a route may ask about, the names that mean different things in its forms, and known tests.

    It is `closed` when there is nothing else, `unread` when it may ask of a form that could not be read, or that the
    table misspells.
    """

    questions: dict[str, Question]
    clashes: Mapping[str, Clash]
    known: Known
    closed: bool
    unread: bool = False


class RouteScopes:
    """What the routes of one table may ask about; `forms` are those of its forms that are there."""

    def __init__(self, table: TableDefinition, bench: Workbench, forms: Iterable[str]) -> None:
        self._table, self._bench = table, bench
        self.forms = tuple(sorted(set(forms)))
        self._about = cache(self._of)

    @property
    def everything(self) -> RouteScope:
        """What a route without a condition could ask about."""
        return self._about(self.forms)._replace(unread=self._is_unread(None))

    def by(self, route: RouteDefinition) -> RouteScope:
        """What a route may ask about; what it asks of forms that could not be read is unclear."""
        scope, unread = self._about(self._forms_named(route.when)), self._is_unread(route.when)
        if scope.closed and not unread:
            return scope
        known = scope.questions
        if unread:  # a question of the same name may have other answers there
            known = {**self._bench.facts(self.forms), "form": Question("form", Unclear())}
        questions = dict(supposing([route.when, route.if_], known))
        return scope._replace(questions=questions, clashes={} if unread else scope.clashes, known={}, unread=unread)

    def _of(self, forms: tuple[str, ...]) -> RouteScope:
        joined = self._bench.join(forms)
        return RouteScope({**joined.questions, **self._bench.facts(self.forms)}, joined.clashes, {}, joined.closed)

    def _forms_named(self, raw: object) -> tuple[str, ...]:
        """The forms that a condition can hold for, as far as its own `form:` says so."""
        named = forms_in(raw)
        return tuple(form for form in self.forms if form in named) or self.forms

    def _is_unread(self, raw: object) -> bool:
        """Whether a condition may ask questions of a form that could not be read, or that the table misspells."""
        if any(form != "all" and form not in self._bench.scopes for form in self._table.forms):
            return True
        if "form" not in self._bench.unread:
            return False
        forms = forms_in(raw) or self._table.forms
        return any(form not in self._bench.scopes for form in forms)
