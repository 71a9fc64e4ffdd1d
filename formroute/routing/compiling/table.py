"""One table: its routes as conditions and outputs, or every problem with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from formroute.conditions import (
    ALWAYS,
    ANY_TEXT,
    TREES,
    All,
    Condition,
    Found,
    Scope,
    Test,
    chooses,
    compile_condition,
    find,
    names_in,
)
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.sets import Spans
from formroute.definitions import Document, Place
from formroute.problems import listed
from formroute.routing.compiling.outputs import outputs_of
from formroute.routing.compiling.route_scope import RouteScope, RouteScopes
from formroute.routing.compiling.service import ALL_FORMS, forms_in, forms_of
from formroute.routing.compiling.table_tests import tests_of
from formroute.routing.deciding.table import Line, Route, Table, Wording, parts
from formroute.routing.workbench import Workbench
from formroute.routing.written.effective import EffectiveDefinition
from formroute.routing.written.sheet import KEYS, Sheet
from formroute.routing.written.table import RouteDefinition, TableDefinition


class Compiled(NamedTuple):
    """A table as far as it can be read, `clear` when it is known what every route asks for."""

    table: Table
    clear: bool


def table_of(document: Document[TableDefinition], bench: Workbench) -> Compiled:
    """The table; whatever is wrong is reported."""
    compiler = _Compiler(document, bench)
    compiler.check_names()
    compiler.check_idle_columns()
    routes = tuple(compiler.route(number) for number in range(len(document.model.routes)))
    tests = tuple(tests_of(document, compiler.scopes.forms, bench))
    table = Table(document.model.table, document.model.policy, compiler.scopes.forms, routes, tests, document.place)
    return Compiled(table, document.whole and bench.are_whole(compiler.scopes.forms) and not compiler.broken)


_OF_ALL_FORMS = frozenset({"C305", "C307", "C308"})
"""What cannot be said of a test while there are forms of which nothing is known."""


class _Compiler:
    """The routes of one table; `broken` when one of them cannot be told from others or from what it asks."""

    def __init__(self, document: Document[TableDefinition], bench: Workbench) -> None:
        self.document, self.table, self.place, self.bench = document, document.model, document.place, bench
        self.scopes = RouteScopes(self.table, bench, [form for form, _ in forms_of(document, bench)])
        self.broken = False

    def check_names(self) -> None:
        if self.table.forms != ALL_FORMS:
            known = (*self.bench.scopes, *ALL_FORMS) if len(self.table.forms) == 1 else self.bench.scopes
            for number, form in enumerate(self.table.forms):
                told = len(self.bench.problems)
                self.bench.is_known(form, known, self.place["forms"][number], "R411")
                if len(self.bench.problems) > told:
                    self.tell_users(form)
        self.check_routes()

    def tell_users(self, form: str) -> None:
        """Say with what was found of a form which routes and tests name it, and go with it where it is gone."""
        routes = [route.route for route in self.table.routes if form in forms_in(route.when)]
        tests = sum(test.form == form for test in self.table.tests)
        told = [f"the routes {listed(routes)}"] if routes else []
        told += [f"{tests} test{'' if tests == 1 else 's'}"] if tests else []
        if told:
            found = self.bench.problems.pop()
            fix = f"{found.fix} Where the form is gone, take away {' and '.join(told)} that name it too."
            self.bench.problems.append(replace(found, fix=fix))

    def check_routes(self) -> None:
        places: dict[str, Place] = {}
        for number, route in enumerate(self.table.routes):
            place = self.place["routes"][number]["route"]
            if route.route in places:
                self.broken = True
                self.bench.wrong(place, "R415", route=route.route, first=places[route.route].mark.line)
            places.setdefault(route.route, place)

    def check_idle_columns(self) -> None:
        """A column that no row fills names a question all the same."""
        source = self.place["routes"].source
        if isinstance(source, Sheet) and (scope := self.scopes.everything).closed and not scope.unread:
            known = [*scope.questions, *TREES, ANY_TEXT, *KEYS]
            for word in source.idle:
                self.bench.is_known(word.text, known, Place.of_word(source, word), "C301")

    def route(self, number: int) -> Route:
        definition, place = self.table.routes[number], self.place["routes"][number]
        scope = self.scopes.by(definition)
        self.broken |= scope.unread and (definition.when or definition.if_) is not None
        condition = self.whole_condition(definition, place, scope)
        nothing = "every submission" if self.table.policy == "collect" else "everything that is left"
        language = self.bench.settings.languages[0]
        wording = Wording(self.table.table, definition.route, condition, language, scope.questions, nothing)
        lines = tuple(Line(part, wording) for part in parts(condition))
        outputs = outputs_of(definition, place, scope, self.document, self.bench)
        return Route(definition.route, lines, outputs, wording, place)

    def whole_condition(self, definition: RouteDefinition, place: Place, scope: RouteScope) -> Condition:
        """What stands under `when`, `if` and `effective`; whatever breaks the table is taken for always met."""
        expression = self.condition(definition.if_, place["if"], scope)
        effective = _effective(definition.effective)
        when = self.condition(definition.when, place["when"], scope, expression, effective)
        return All(tuple(part for part in (when, expression, effective) if part is not ALWAYS))

    def condition(self, raw: object, place: Place, scope: RouteScope, *beside: Condition) -> Condition:
        """The condition under `when` or `if`; what else the route asks stands `beside` it."""
        if raw is None:
            return ALWAYS
        found, before = None, len(self.bench.problems)
        if not self.clashes(_names(raw, place, scope.clashes), scope):
            found = compile_condition(
                raw,
                place,
                scope.questions,
                self.bench.problems,
                around=self.bench.settings.around,
                known=scope.known,
                sought=partial(self.sought, beside),
            )
        self.broken = self.broken or found is None
        if "form" in self.bench.unread:
            known = [one for one in self.bench.problems[before:] if one.code not in _OF_ALL_FORMS]
            self.bench.problems[before:] = known
        return found or ALWAYS

    def sought(self, beside: tuple[Condition, ...], condition: Condition) -> tuple[Found, Scope]:
        """A submission of one of the forms that meets all of these, and what that form asks."""
        for form in self.scopes.forms:
            asked, always = self.bench.questions(form), self.bench.scopes[form].always
            found = find(All((condition, *beside, chooses(asked["form"], form))), asked, always)
            if found is not None:
                return found, asked
        return None, {}

    def clashes(self, names: Iterable[tuple[str, Place]], scope: RouteScope) -> bool:
        """Whether there are names that mean different things in different forms; each is reported."""
        clashing = [(scope.clashes[name], name, place) for name, place in names]
        for clash, name, place in clashing:
            self.bench.wrong(place, "R425", question=name, form=clash.form, other_form=clash.other_form)
        return bool(clashing)


def _effective(days: EffectiveDefinition | None) -> Condition:
    """The days as a test like any other, so that everything that knows tests knows them."""
    if days is None:
        return ALWAYS
    first = None if days.from_ is None else days.from_.toordinal()
    last = None if days.until is None else days.until.toordinal()
    return Test(Axis("received", Day()), Spans.between(first, last))


def _names(raw: object, place: Place, known: Collection[str]) -> Iterator[tuple[str, Place]]:
    """Every name among the `known` ones that a condition tests, with its place."""
    if isinstance(raw, str):
        yield from ((name, place) for name in sorted(names_in(raw, known)))
    for key, value in raw.items() if isinstance(raw, dict) else ():
        if key in TREES and isinstance(value, list):
            for number, part in enumerate(value):
                yield from _names(part, place[key][number], known)
        elif key in known and key not in TREES:
            yield key, place.key(key)
