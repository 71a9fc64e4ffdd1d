"""The nearest answer in words."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.conditions import Scope
from formroute.conditions.telling.terms import answer_in_words
from formroute.messages import say
from formroute.routing.deciding.nearest import Nearest


def in_words(nearest: Nearest, scope: Scope, language: str) -> Iterator[str]:
    """Sentences: the changes, each on a line of its own, or why no answers do."""
    route = nearest.route
    if nearest.changes is None:
        yield _impossible(nearest, language)
        return
    if not nearest.changes:
        message = "{route} wins with these answers." if nearest.decides else "{route} is met by these answers."
        yield say(language, message, route=route)
        return
    yield say(language, "{route} would win with:" if nearest.decides else "{route} would be met with:", route=route)
    for change in nearest.changes:
        domain = scope[change.name].domain
        old, new = (
            say(language, "blank") if answer is None else answer_in_words(answer, domain, language)
            for answer in (change.old, change.new)
        )
        yield say(language, "  {field}: {old} → {new}", field=change.name, old=old, new=new)
    if not nearest.certain:
        yield say(language, "Fewer changes may do; that could not be told.")


def _impossible(nearest: Nearest, language: str) -> str:
    if not nearest.certain:
        win = "It could not be told whether any answers make {route} win."
        meet = "It could not be told whether any answers meet {route}."
        return say(language, win if nearest.decides else meet, route=nearest.route)
    if nearest.before:
        routes = ", ".join(nearest.before)
        return say(
            language,
            "No answers make {route} win: all that it could take is taken before it, by {routes}.",
            route=nearest.route,
            routes=routes,
        )
    return say(language, "No answers to this form meet {route}.", route=nearest.route)
