"""What comes of one route: where it sends and what it adds, or every problem with what it names."""

from __future__ import annotations

from collections.abc import Iterable

from formroute.conditions import Calendar
from formroute.definitions import Document, Place
from formroute.routing.compiling.copy_by import copy_by_of
from formroute.routing.compiling.route_scope import RouteScope
from formroute.routing.deciding.table import Outputs
from formroute.routing.department import stand_ins
from formroute.routing.workbench import Workbench
from formroute.routing.written.table import Expectation, RouteDefinition, TableDefinition

_DECIDE = ("send_to", "priority", "respond_within")


def outputs_of(
    route: RouteDefinition, place: Place, scope: RouteScope, document: Document[TableDefinition], bench: Workbench
) -> Outputs:
    """What comes of a route at `place` of the `document`; it may copy by what is in its `scope`."""
    _check_policy(route, place, document, bench)
    check_names(route, place, bench)
    _check_hours(route, place, bench)
    by = None if scope.unread else route.copy_by
    copy_by = None if by is None else copy_by_of(by, place["copy_by"], scope.questions, bench)
    return Outputs(
        send_to=route.send_to,
        copy_to=route.copy_to,
        copy_by=(copy_by,) if copy_by else (),
        priority=route.priority or bench.settings.priority,
        respond_within=route.respond_within,
        tags=tuple(dict.fromkeys(route.tags)),
        values=route.set_,
        notify=tuple(dict.fromkeys(route.notify)),
        notices=(route.notice,) if route.notice else (),
    )


def check_names(said: RouteDefinition | Expectation, place: Place, bench: Workbench) -> None:
    """The departments and the priority that a route says, or that a test expects, have to be there."""
    if said.send_to is not None:
        bench.is_known(said.send_to, bench.departments, place["send_to"], "R412")
    if said.priority is not None:
        bench.is_known(said.priority, bench.settings.priorities, place["priority"], "R413")
    for number, department in enumerate(said.copy_to or ()):
        bench.is_known(department, bench.departments, place["copy_to"][number], "R412")


def _check_policy(route: RouteDefinition, place: Place, document: Document[TableDefinition], bench: Workbench) -> None:
    """A route of a table that decides says where it sends; one of a table that adds decides nothing."""
    policy = document.model.policy
    is_lost = any(way[:1] == ("routes",) and way[1:] == (place.step, "send_to") for way in document.lost)
    for key in _DECIDE if policy == "collect" else ("notice",):
        if key in route.model_fields_set:
            bench.wrong(place.key(key), "R424", key=key, policy=policy)
    if policy != "collect" and route.send_to is None and not is_lost:
        bench.wrong(place["route"], "R423", route=route.route)


def _check_hours(route: RouteDefinition, place: Place, bench: Workbench) -> None:
    """Business hours can be counted only by a calendar that has some."""
    within = route.respond_within
    if within is not None and within.unit.is_of_work:
        without = next((calendar for calendar in _calendars(route.send_to, bench) if not calendar.hours), None)
        if without is not None:
            bench.wrong(place["respond_within"], "R417", calendar=without.name)


def _calendars(send_to: str | None, bench: Workbench) -> Iterable[Calendar]:
    """The calendars of the departments that may get it."""
    names = stand_ins(send_to, bench.departments) if send_to else []
    known = [bench.departments[name].calendar for name in names if name in bench.departments]
    return [calendar or bench.settings.calendar for calendar in known or [None]]
