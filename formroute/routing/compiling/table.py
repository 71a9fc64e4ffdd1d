"""One table: its routes as conditions and outputs, or every problem with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from formroute.conditions import (
    ALWAYS,
    ANY_TEXT,
    TREES,
    All,
    Calendar,
    Condition,
    Found,
    Known,
    Question,
    Test,
    Unclear,
    compile_condition,
    find,
    names_in,
    supposing,
)
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.sets import Spans
from formroute.definitions import Document, Place
from formroute.routing.compiling.copy_by import copy_by_of
from formroute.routing.compiling.service import ALL_FORMS, forms_in, forms_of
from formroute.routing.compiling.table_tests import tests_of
from formroute.routing.deciding.table import Line, Outputs, Route, Table, Wording, parts
from formroute.routing.department import stand_ins
from formroute.routing.scope import Clash
from formroute.routing.workbench import Workbench
from formroute.routing.written.effective import EffectiveDefinition
from formroute.routing.written.sheet import KEYS, Sheet
from formroute.routing.written.table import RouteDefinition, TableDefinition

_DECIDE = ("send_to", "priority", "respond_within")


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
    tests = tuple(tests_of(document, compiler.forms, bench))
    table = Table(document.model.table, document.model.policy, compiler.forms, routes, tests, document.place)
    return Compiled(table, document.whole and bench.are_whole(compiler.forms) and not compiler.broken)


class _Asked(NamedTuple):
    """What routes for some forms may ask about, the names that mean different things in these, and known tests.

    It is `closed` when there is nothing else.
    """

    scope: dict[str, Question]
    clashes: Mapping[str, Clash]
    known: Known
    closed: bool


class _Compiler:
    """The routes of one table; `broken` when one of them cannot be told from others or from what it asks."""

    def __init__(self, document: Document[TableDefinition], bench: Workbench) -> None:
        self.document, self.table, self.place, self.bench = document, document.model, document.place, bench
        self.forms = tuple(sorted({form for form, _ in forms_of(document, bench)}))
        self.asked = cache(self.asked_of)
        self.broken = False

    def check_names(self) -> None:
        if self.table.forms != ALL_FORMS:
            for number, form in enumerate(self.table.forms):
                self.bench.is_known(form, self.bench.scopes, self.place["forms"][number], "R411")
        places: dict[str, Place] = {}
        for number, route in enumerate(self.table.routes):
            place = self.place["routes"][number]["route"]
            if route.route in places:
                self.broken = True
                self.bench.wrong(place, "R415", route=route.route, first=places[route.route].mark.line)
            places.setdefault(route.route, place)

    def check_idle_columns(self) -> None:
        """A column that no row fills names a question all the same."""
        routes = self.place["routes"]
        if not isinstance(routes.source, Sheet) or self.is_about_unread_forms(None):
            return
        asked = self.asked(self.forms)
        if not asked.closed:
            return
        known = [*asked.scope, *TREES, ANY_TEXT, *KEYS]
        for word in routes.source.idle:
            self.bench.is_known(word.text, known, Place.of_word(routes.source, word), "C301")

    def route(self, number: int) -> Route:
        definition, place = self.table.routes[number], self.place["routes"][number]
        asked = self.asked_by(definition)
        condition = self.whole_condition(definition, place, asked)
        nothing = "every submission" if self.table.policy == "collect" else "everything that is left"
        language = self.bench.settings.languages[0]
        wording = Wording(self.table.table, definition.route, condition, language, asked.scope, nothing)
        lines = tuple(Line(part, wording) for part in parts(condition))
        return Route(definition.route, lines, self.outputs(definition, place, asked.scope), wording, place)

    def asked_of(self, forms: tuple[str, ...]) -> _Asked:
        """What a route for these forms may ask about."""
        joined = self.bench.join(forms)
        return _Asked({**joined.questions, **self.bench.facts(self.forms)}, joined.clashes, {}, joined.closed)

    def asked_by(self, definition: RouteDefinition) -> _Asked:
        """What a route may ask about; what it asks of forms that could not be read is unclear."""
        asked, unread = self.asked(self.forms_named(definition.when)), self.is_about_unread_forms(definition.when)
        if asked.closed and not unread:
            return asked
        self.broken = self.broken or (unread and (definition.when or definition.if_) is not None)
        form = {"form": Question("form", Unclear())} if unread else {}
        return asked._replace(
            scope=dict(supposing([definition.when, definition.if_], {**asked.scope, **form})), known={}
        )

    def forms_named(self, raw: object) -> tuple[str, ...]:
        """The forms that a condition can hold for, as far as its own `form:` says so."""
        named = forms_in(raw)
        return tuple(form for form in self.forms if form in named) or self.forms

    def whole_condition(self, definition: RouteDefinition, place: Place, asked: _Asked) -> Condition:
        """What stands under `when`, `if` and `effective`; whatever breaks the table is taken for always met."""
        expression = self.condition(definition.if_, place["if"], asked)
        effective = _effective(definition.effective)
        when = self.condition(definition.when, place["when"], asked, expression, effective)
        return All(tuple(part for part in (when, expression, effective) if part is not ALWAYS))

    def condition(self, raw: object, place: Place, asked: _Asked, *beside: Condition) -> Condition:
        """The condition under `when` or `if`; what else the route asks stands `beside` it."""
        if raw is None:
            return ALWAYS
        found = None
        if not self.clashes(_names(raw, place, asked.clashes), asked):
            around = self.bench.settings.around
            found = compile_condition(
                raw,
                place,
                asked.scope,
                self.bench.problems,
                around=around,
                known=asked.known,
                sought=partial(self.sought, beside),
            )
        self.broken = self.broken or found is None
        return found or ALWAYS

    def sought(self, beside: tuple[Condition, ...], condition: Condition) -> Found:
        """A submission of one of the forms that meets all of these."""
        wanted = All((condition, *beside))
        scopes = ((self.bench.questions(form), self.bench.scopes[form].always) for form in self.forms)
        found = (find(wanted, scope, always) for scope, always in scopes)
        return next((one for one in found if one is not None), None)

    def clashes(self, names: Iterable[tuple[str, Place]], asked: _Asked) -> bool:
        """Whether there are names that mean different things in different forms; each is reported."""
        clashing = [(asked.clashes[name], name, place) for name, place in names]
        for clash, name, place in clashing:
            self.bench.wrong(place, "R425", question=name, form=clash.form, other_form=clash.other_form)
        return bool(clashing)

    def is_about_unread_forms(self, raw: object) -> bool:
        """Whether a condition may ask questions of a form that could not be read, or that the table misspells."""
        if any(form != "all" and form not in self.bench.scopes for form in self.table.forms):
            return True
        if "form" not in self.bench.unread:
            return False
        forms = forms_in(raw) or self.table.forms
        return any(form not in self.bench.scopes for form in forms)

    def outputs(self, definition: RouteDefinition, place: Place, scope: dict[str, Question]) -> Outputs:
        if self.table.policy == "collect":
            self.refuse(definition, place, _DECIDE)
        else:
            self.refuse(definition, place, ("notice",))
            if definition.send_to is None and not self.lost(place, "send_to"):
                self.bench.wrong(place["route"], "R423", route=definition.route)
        self.check_references(definition, place)
        by = None if self.is_about_unread_forms(definition.when) else definition.copy_by
        copy_by = None if by is None else copy_by_of(by, place["copy_by"], scope, self.bench)
        return Outputs(
            send_to=definition.send_to,
            copy_to=definition.copy_to,
            copy_by=(copy_by,) if copy_by else (),
            priority=definition.priority or self.bench.settings.priority,
            respond_within=definition.respond_within,
            tags=tuple(dict.fromkeys(definition.tags)),
            values=definition.set_,
            notify=tuple(dict.fromkeys(definition.notify)),
            notices=(definition.notice,) if definition.notice else (),
        )

    def lost(self, route: Place, key: str) -> bool:
        """Whether what a route says under a key could not be read."""
        return any(way[:1] == ("routes",) and way[1:] == (route.step, key) for way in self.document.lost)

    def refuse(self, definition: RouteDefinition, place: Place, keys: tuple[str, ...]) -> None:
        for key in keys:
            if key in definition.model_fields_set:
                self.bench.wrong(place.key(key), "R424", key=key, policy=self.table.policy)

    def check_references(self, definition: RouteDefinition, place: Place) -> None:
        bench, settings = self.bench, self.bench.settings
        if definition.send_to is not None:
            bench.is_known(definition.send_to, bench.departments, place["send_to"], "R412")
        for number, department in enumerate(definition.copy_to):
            bench.is_known(department, bench.departments, place["copy_to"][number], "R412")
        if definition.priority is not None:
            bench.is_known(definition.priority, settings.priorities, place["priority"], "R413")
        within = definition.respond_within
        calendar = self.calendar_without_hours(definition.send_to)
        if within is not None and within.unit.is_of_work and calendar is not None:
            bench.wrong(place["respond_within"], "R417", calendar=calendar.name)

    def calendar_without_hours(self, send_to: str | None) -> Calendar | None:
        """The calendar of a department that may get it by which no business hours can be counted."""
        names = stand_ins(send_to, self.bench.departments) if send_to else []
        known = [self.bench.departments[name].calendar for name in names if name in self.bench.departments]
        calendars = [calendar or self.bench.settings.calendar for calendar in known or [None]]
        return next((calendar for calendar in calendars if not calendar.hours), None)


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
