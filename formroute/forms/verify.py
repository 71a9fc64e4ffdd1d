"""What is shown of every form before it goes live: that each question and page can show, and that it can be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formroute.conditions import ALWAYS, All, Condition, Not, Scope, find
from formroute.definitions import Place
from formroute.forms.field import Field, Page
from formroute.problems import Problem


def verify(pages: Iterable[Page], scope: Scope) -> Iterator[Problem]:
    """Report what never or always shows, and a notice that stops everybody; of what follows from one, only the one."""
    going_on: list[Condition] = []
    for page in pages:
        before = [*going_on, page.visible]
        if page.visible != ALWAYS and not _possible(before, scope):
            yield from _told("F241", page.place, page=page.id)
            continue
        for field in page.fields:
            yield from _shows(field, before, scope)
            if field.stops:
                going_on.append(Not(All((page.visible, field.visible))))
                before.append(going_on[-1])
                if not _possible(going_on, scope):
                    yield from _told("F244", field.place, field=field.name)
                    return


def _shows(field: Field, before: list[Condition], scope: Scope) -> Iterator[Problem]:
    """Whether some submissions show the field and others do not."""
    if field.visible == ALWAYS:
        return
    if not _possible([*before, field.visible], scope):
        yield from _told("F242", field.place, field=field.name)
    elif not _possible([*before, Not(field.visible)], scope):
        yield from _told("F243", field.place, field=field.name)


def _possible(conditions: Iterable[Condition], scope: Scope) -> bool:
    """Whether it is not ruled out that all of them hold."""
    return find(All(tuple(conditions)), scope) is not None


def _told(code: str, place: Place | None, **values: str) -> Iterator[Problem]:
    if place is not None:
        at = place["show_when"] if code in {"F241", "F242", "F243"} else place
        yield at.problem(code, **values)
