"""Questions that are asked of other people than before, and that routes look at.

Regions compare what both versions decide for the same answers. Who is asked a question no more leaves it blank, and who
is asked for the first time may answer it; where routes look at it, that moves submissions which no region names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formroute.conditions import ALWAYS, All, Condition, Not, Renaming, Scope, find
from formroute.routing import Router


@dataclass(frozen=True, slots=True)
class AskedOtherwise:
    """A question of a form, and the routes, before or now, that look at it."""

    form: str
    question: str
    routes: tuple[str, ...]


def asked_otherwise(form: str, old: Router, new: Router, was: str, renaming: Renaming) -> Iterator[AskedOtherwise]:
    """Those of one form, which was called `was`, in the order in which they stand in it."""
    then, now = renaming.scope(old.plans[was].scope), new.plans[form].scope
    looked_at = _looked_at(old, was, renaming), _looked_at(new, form, Renaming())
    moved: set[str] = set()
    for name, question in now.items():
        if name in then and (
            _differ(then[name].visible or ALWAYS, question.visible or ALWAYS, {**then, **now})
            or not moved.isdisjoint((question.visible or ALWAYS).fields | question.sources)
        ):
            moved.add(name)
            routes = dict.fromkeys(route for side in looked_at for route, fields in side.items() if name in fields)
            if routes:
                yield AskedOtherwise(form, name, tuple(routes))


def _looked_at(router: Router, form: str, renaming: Renaming) -> Mapping[str, frozenset[str]]:
    """What each route of a form looks at, under the names of today."""
    return {route.name: renaming(route.condition).fields for route in router.plans[form].decides.routes_of(form)}


def _differ(one: Condition, other: Condition, scope: Scope) -> bool:
    """Whether some answers meet just one of both."""
    if one == other:
        return False
    return any(find(All((met, Not(not_met))), scope) is not None for met, not_met in ((one, other), (other, one)))
