"""What is shown of every form before it goes live: that each question and page can show, and that it can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formroute.conditions import ALWAYS, All, Condition, Not, Scope, is_possible
from formroute.definitions import Place
from formroute.forms.field import Page
from formroute.problems import Problem


def verify(pages: Iterable[Page], scope: Scope) -> Iterator[Problem]:
    """Report what never or always shows, and a notice that stops everybody; of what follows from one, only the one."""
    going_on: list[Condition] = []
    for page in pages:
        before = [*going_on] if page.visible == ALWAYS else [*going_on, page.visible]
        if page.visible != ALWAYS and not _possible(before, scope):
            yield from _told("F241", page.place, page=page.id)
            continue
        told: dict[Condition, str | None] = {ALWAYS: None}
        for field in page.fields:
            if field.visible not in told:
                told[field.visible] = _shows(field.visible, before, scope)
            yield from _told(told[field.visible], field.place, field=field.name)
            if field.stops:
                going_on.append(Not(All((page.visible, field.visible))))
                before.append(going_on[-1])
                told = {ALWAYS: None}
                if not _possible(going_on, scope):
                    yield from _told("F244", field.place, field=field.name)
                    return


def _shows(visible: Condition, before: list[Condition], scope: Scope) -> str | None:
    """What is wrong unless some submissions show the field and others do not."""
    if not _possible([*before, visible], scope):
        return "F242"
    return None if _possible([*before, Not(visible)], scope) else "F243"


def _possible(conditions: Iterable[Condition], scope: Scope) -> bool:
    """Whether it is not ruled out that all of them hold."""
    return is_possible(All(tuple(conditions)), scope)


def _told(code: str | None, place: Place | None, **values: str) -> Iterator[Problem]:
    if code is not None and place is not None:
        at = place["show_when"] if code in {"F241", "F242", "F243"} else place
        yield at.problem(code, **values)
