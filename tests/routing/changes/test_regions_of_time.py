"""What another calendar changes, against both routers at every half hour of nine days."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Calendar, Dates, Former, Hours, Moment, OneOf, Part, Renaming, Surroundings
from formroute.records import Decision
from formroute.routing import Department, Router, Workbench, compile_router
from formroute.routing.changes.regions import Changes, Region, changes
from formroute.routing.changes.rows import Outcome
from tests.routing.town import SETTINGS, documents, form, question, submission, text

ZONE, TORONTO = ZoneInfo("America/Winnipeg"), ZoneInfo("America/Toronto")
FORMS = {"small": form("small", text("Small"), question("kind", OneOf(("oak", "elm"))), question("seen", Dates()))}
FACTS = {"form": "small", "channel": "web", "language": "en"}
FIRST = datetime(2026, 5, 29, 0, 10, tzinfo=ZONE)
MOMENTS = [FIRST + timedelta(minutes=30 * number) for number in range(9 * 48)]

hours = st.sampled_from([Hours(time(8), time(16)), Hours(time(9), time(16)), Hours(time(8), time(18, 30)), None])
days = st.dates(date(2026, 5, 26), date(2026, 6, 16))
WHEN = [
    {},
    {"kind": "oak"},
    {"received": "after_hours"},
    {"none": [{"received": "after_hours"}]},
    {"received": {"holiday": "city"}},
    {"received": {"weekday": ["fri", "sat"]}},
    {"kind": "elm", "now": {"time": "22:00..06:00"}},
]
WITHIN = ["1 business day", "3 business days", "1 business hour", "10 business hours", "2 days", "5 hours"]
routes = st.lists(
    st.fixed_dictionaries(
        {"when": st.sampled_from(WHEN), "send_to": st.sampled_from(["streets", "crews"])},
        optional={"respond_within": st.sampled_from(WITHIN)},
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def calendars(draw: st.DrawFn, name: str, zone: ZoneInfo) -> Calendar:
    """Two sorts of working days at least, so that working days never end."""
    work, others = draw(hours.filter(bool)), draw(hours)
    return Calendar(name, zone, draw(st.frozensets(days, max_size=2)), (work, work, others, work, others, None, None))


@st.composite
def cities(draw: st.DrawFn, zone: ZoneInfo = ZONE) -> tuple[Calendar, dict[str, Department]]:
    """A calendar for all, and a crew with one of its own for whom another department may stand in."""
    crews = draw(st.none() | calendars("crews", zone))
    away: dict[str, Any] = draw(st.sampled_from([{}, {"first": date(2026, 6, 3), "fallback": "streets"}]))
    if away and draw(st.booleans()):
        away["last"] = draw(days.filter(lambda day: day >= date(2026, 6, 3)))
    departments = {
        "streets": Department("streets", text("streets"), False, ()),
        "crews": Department("crews", text("crews"), False, (), calendar=crews, **away),
    }
    return draw(calendars("city", zone)), departments


def built(city: tuple[Calendar, Mapping[str, Department]], written: list[dict[str, Any]]) -> Router:
    calendar, departments = city
    rest = {"route": "rest", "send_to": "streets", "respond_within": "2 business days"}
    named = [{"route": f"r{number}", **route} for number, route in enumerate(written)]
    named = [{key: value for key, value in route.items() if key != "when" or value} for route in named]
    yaml = json.dumps({"table": "trees", "forms": ["small"], "routes": [*named, rest]}, indent=1)
    around = Surroundings({"city": calendar}, calendar)
    return compile_router(documents(yaml), Workbench(departments, FORMS, replace(SETTINGS, around=around), []))


def former(old: Router, new: Router) -> Renaming:
    before, after = old.settings.calendar, new.settings.calendar
    other = frozenset() if before.tells_like(after) else frozenset({"city"})
    zones = (before.zone, after.zone) if before.zone != after.zone else (None, None)
    return Renaming(former=Former(zones[0], other, zones[1]))


def decided(router: Router, kind: str, at: datetime) -> Decision:
    sent = submission("small", {"kind": kind}, at)
    return router.decide(sent, Moment(at.astimezone(router.settings.calendar.zone), FACTS))


def outcome(router: Router, decision: Decision) -> Outcome:
    route = router.plans["small"].winner(decision.route)
    return Outcome(decision.send_to, decision.priority, route.outputs.respond_within if route else None)


def assert_told(old: Router, new: Router, found: Changes, since: date = date.min) -> None:
    """Each submission that fares otherwise lies in the one region that says so, and no other does in any.

    Of what came in before a day it is only told that it is in one.
    """
    for at in MOMENTS:

        def counted(region: Region, *, past: bool = at.date() < since) -> tuple[Part, ...]:
            return (*region.parts, *region.past) if past else region.parts

        here = Moment(at.astimezone(new.settings.calendar.zone), FACTS)
        for kind in ("oak", "elm"):
            before, after = (decided(router, kind, at) for router in (old, new))
            same = outcome(old, before) == outcome(new, after) and before.due == after.due
            way = outcome(old, before), before.route, outcome(new, after), after.route
            told = [
                (change.old, region.old_route, change.new, region.new_route)
                for change in found.changes
                for region in change.regions
                if any(part.condition.holds({"kind": kind}, here) for part in counted(region))
            ]
            if at.date() < since:
                assert same or way in told
                continue
            # What is only due otherwise is told of what goes that way: when it comes in.
            assert [one for one in told if one[0] != one[2] or one == way] == ([] if same else [way])


def assert_shown(old: Router, new: Router, found: Changes) -> None:
    """Each witness goes the way that its region tells, through both routers."""
    for change in found.changes:
        for region in change.regions:
            for part in (*region.parts, *region.past):
                assert part.condition.holds(part.witness.answers, part.witness.moment)
                kind = str(part.witness.answers.get("kind", "oak"))
                before, after = (decided(router, kind, part.witness.moment.at) for router in (old, new))
                assert (outcome(old, before), before.route) == (change.old, region.old_route)
                assert (outcome(new, after), after.route) == (change.new, region.new_route)
                assert change.old != change.new or before.due != after.due


@settings(max_examples=25)
@given(cities(), cities(), routes, st.data())
def test_another_calendar_moves_just_what_the_regions_hold(
    before: tuple[Calendar, dict[str, Department]],
    after: tuple[Calendar, dict[str, Department]],
    written: list[dict[str, Any]],
    data: st.DataObject,
) -> None:
    edited = data.draw(st.just(written) | routes)
    old, new = built(before, written), built(after, edited)
    found = changes("small", old, new, renaming=former(old, new))
    assert found.undecided == ()
    assert_told(old, new, found)
    assert_shown(old, new, found)


@settings(max_examples=15)
@given(cities(), cities(), routes, routes, days)
def test_from_a_day_on_the_regions_hold_what_is_to_come_and_the_rest_is_past(
    before: tuple[Calendar, dict[str, Department]],
    after: tuple[Calendar, dict[str, Department]],
    written: list[dict[str, Any]],
    edited: list[dict[str, Any]],
    since: date,
) -> None:
    old, new = built(before, written), built(after, edited)
    found = changes("small", old, new, renaming=former(old, new), since=since)
    assert_told(old, new, found, since)
    assert_shown(old, new, found)
    for change in found.changes:
        for region in change.regions:
            assert all(part.witness.moment.today >= since for part in region.parts)
            assert all(part.witness.moment.today < since for part in region.past)


@settings(max_examples=15)
@given(cities(TORONTO), cities(), routes)
def test_other_clocks_move_just_what_the_regions_hold(
    before: tuple[Calendar, dict[str, Department]],
    after: tuple[Calendar, dict[str, Department]],
    written: list[dict[str, Any]],
) -> None:
    old, new = built(before, written), built(after, written)
    found = changes("small", old, new, renaming=former(old, new))
    assert found.undecided == ()
    assert_told(old, new, found)
    assert_shown(old, new, found)


def test_hours_that_only_begin_later_leave_business_days_alone() -> None:
    def city(opens: int) -> tuple[Calendar, dict[str, Department]]:
        week = (*[Hours(time(opens), time(16))] * 5, None, None)
        return Calendar("city", ZONE, hours=week), {"streets": Department("streets", text("streets"), False, ())}

    old, new = (built(city(opens), []) for opens in (8, 9))
    assert changes("small", old, new, renaming=former(old, new)).changes == ()


def test_hours_that_change_move_nothing_of_a_route_for_holidays_that_there_are_not() -> None:
    def city(opens: int) -> tuple[Calendar, dict[str, Department]]:
        week = (*[Hours(time(opens), time(16))] * 5, None, None)
        return Calendar("city", ZONE, hours=week), {"streets": Department("streets", text("streets"), False, ())}

    never = [{"when": {"received": {"holiday": "city"}}, "send_to": "streets", "respond_within": "10 business hours"}]
    old, new = (built(city(opens), never) for opens in (8, 9))
    found = changes("small", old, new, renaming=former(old, new))
    assert (found.changes, found.undecided) == ((), ())


def test_days_counted_from_today_are_others_in_the_hour_in_which_other_clocks_have_another_day() -> None:
    def city(zone: ZoneInfo) -> tuple[Calendar, dict[str, Department]]:
        week = (*[Hours(time(8), time(16))] * 5, None, None)
        departments = {name: Department(name, text(name), False, ()) for name in ("streets", "crews")}
        return Calendar("city", zone, hours=week), departments

    late = [{"when": {"seen": {"before": "2 days ago"}}, "send_to": "crews"}]
    old, new = (built(city(zone), late) for zone in (TORONTO, ZONE))
    found = changes("small", old, new, renaming=former(old, new))
    moved = [change for change in found.changes if change.old != change.new]
    assert [(change.old.send_to, change.new.send_to) for change in moved] == [("crews", "streets")]
    ((part,),) = (region.parts for change in moved for region in change.regions)
    at = part.witness.moment.at
    assert (at.date() - part.witness.answers["seen"]).days == 2
    assert (at.astimezone(TORONTO).date() - part.witness.answers["seen"]).days == 3
    assert found.undecided == ()
