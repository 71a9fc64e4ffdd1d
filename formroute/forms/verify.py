"""What is shown of every form before it goes live: that each question and page can show, and that it can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formroute.conditions import ALWAYS, All, Condition, Not, Rows, Scope, Score, is_possible, scope_in_row
from formroute.definitions import Place
from formroute.forms.field import Check, Field, Page
from formroute.problems import Problem

_NEVER_SHOWS, _ALWAYS_SHOWS = "F242", "F243"
_NEVER_OFFERED, _ALWAYS_OFFERED = "F245", "F246"
_NEVER_HOLDS, _ALWAYS_HOLDS = "F247", "F248"


def verify(pages: Iterable[Page], checks: Iterable[Check], scope: Scope) -> Iterator[Problem]:
    """Report what never or always shows or holds, and a notice that stops everybody.

    Of what follows from one of these, only the one is told.
    """
    going_on: list[Condition] = []
    shows: dict[str, tuple[Condition, ...]] = {}
    for page in pages:
        shows |= {field.name: (page.visible, field.visible) for field in page.fields}
        before = [*going_on] if page.visible == ALWAYS else [*going_on, page.visible]
        if page.visible != ALWAYS and not _possible(before, scope):
            yield from _told("F241", page.place["show_when"], page=page.id)
            continue
        told: dict[Condition, str | None] = {ALWAYS: None}
        for field in page.fields:
            yield from _field(field, before, scope, told)
            if field.stops:
                going_on.append(Not(All((page.visible, field.visible))))
                before.append(going_on[-1])
                told = {ALWAYS: None}
                if not _possible(going_on, scope):
                    yield field.place.problem("F244", field=field.name)
                    return
    for check in checks:
        before = [*going_on, *shows.get(check.at, ())]
        if _possible(before, scope):
            held, key = (Not(check.require), "warn") if check.warning else (check.require, "require")
            yield from _told(_verdict(held, before, scope, _NEVER_HOLDS, _ALWAYS_HOLDS), check.place[key])


def _field(field: Field, before: list[Condition], scope: Scope, told: dict[Condition, str | None]) -> Iterator[Problem]:
    """What is wrong with when a field shows and, if it does, with its choices and the questions in its rows."""
    if field.visible not in told:
        told[field.visible] = _verdict(field.visible, before, scope, _NEVER_SHOWS, _ALWAYS_SHOWS)
    code = told[field.visible]
    yield from _told(code, field.place["show_when"], field=field.name)
    if code != _NEVER_SHOWS:
        shown = [*before, field.visible]
        yield from _offers(field, shown, scope)
        yield from _points(field, shown, scope)
        yield from _rows(field, shown, scope)


def _offers(field: Field, shown: list[Condition], scope: Scope) -> Iterator[Problem]:
    for value, offered in field.offered.items():
        code = _verdict(offered, shown, scope, _NEVER_OFFERED, _ALWAYS_OFFERED)
        yield from _told(code, field.place.at("choices", value, "show_when"), choice=value, field=field.name)


def _points(field: Field, shown: list[Condition], scope: Scope) -> Iterator[Problem]:
    parts = field.follows.parts if isinstance(field.follows, Score) else ()
    for number, (_, when) in enumerate(parts):
        place = field.place.at("points", number, "when")
        yield from _told(_verdict(when, shown, scope, _NEVER_HOLDS, _ALWAYS_HOLDS), place)


def _rows(field: Field, shown: list[Condition], scope: Scope) -> Iterator[Problem]:
    """The questions of a row see those of their row first, then those around it."""
    domain = scope[field.name].domain if field.row else None
    if isinstance(domain, Rows):
        inside = scope_in_row(scope, domain.scope)
        outside = [condition for condition in shown if not condition.fields & domain.scope.keys()]
        told: dict[Condition, str | None] = {ALWAYS: None}
        for part in field.row:
            yield from _field(part, outside, inside, told)


def _verdict(asked: Condition, before: list[Condition], scope: Scope, never: str, always: str) -> str | None:
    """What is wrong unless some submissions meet it and others do not."""
    if not _possible([*before, asked], scope):
        return never
    return None if _possible([*before, Not(asked)], scope) else always


def _possible(conditions: Iterable[Condition], scope: Scope) -> bool:
    """Whether it is not ruled out that all of them hold."""
    return is_possible(All(tuple(conditions)), scope)


def _told(code: str | None, place: Place, **values: str) -> Iterator[Problem]:
    if code is not None:
        yield place.problem(code, **values)
