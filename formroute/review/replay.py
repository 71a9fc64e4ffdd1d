"""Past submissions through the routers of two versions, exactly as they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from formroute.catalog import Catalog
from formroute.conditions.as_asked import as_asked
from formroute.records import Decision, Submission
from formroute.review.retimed import Retimed
from formroute.routing import Router
from formroute.routing.changes.rows import Outcome
from formroute.store import Search, Store, Stored

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Move:
    """What submissions of one form came to by one route, and would come to by another now; None is the fallback.

    Where both are the same, they would be due at another moment.
    """

    form: str
    old: Outcome
    new: Outcome
    old_route: str | None
    new_route: str | None


@dataclass(frozen=True, slots=True)
class Replay:
    """How many submissions were replayed, and the references of those that would fare otherwise.

    `homeless` are those whose form one version does not have. `retimed` are those for which something holds now and
    did not when they came in, and those for which it held then and does not now.
    """

    count: int
    moved: Mapping[Move, tuple[str, ...]]
    homeless: tuple[str, ...]
    retimed: Mapping[Retimed, Held]


class Held(NamedTuple):
    """References of submissions for which something holds `now` and not before, or `before` and not now."""

    now: list[str]
    before: list[str]


def replay(store: Store, old: Catalog, new: Catalog, retimed: Iterable[Retimed] = ()) -> Replay:
    """Every submission of a store, with its answers and its moment of receipt, through both versions.

    What a version calls otherwise goes through it under the names that the version says under `was`. An answer to a
    question that a version would not have asked is not there for it, and what follows from answers is worked out again.
    """
    count = 0
    moved: dict[Move, list[str]] = {}
    homeless = []
    held = {each: Held([], []) for each in retimed}
    for stored in _all(store):
        count += 1
        sides = [(catalog, _as_asked(catalog, stored.submission)) for catalog in (old, new)]
        decided = [_decided(catalog, submission) for catalog, submission in sides if submission is not None]
        if len(decided) < len(sides):
            homeless.append(stored.reference)
            continue
        _hold(stored.reference, sides, held)
        (before, came_to), (after, would) = decided
        if came_to != would or before.due != after.due:
            moved.setdefault(Move(after.form, came_to, would, before.route, after.route), []).append(stored.reference)
    return Replay(count, {move: tuple(found) for move, found in moved.items()}, tuple(homeless), held)


def _as_asked(catalog: Catalog, submission: Submission) -> Submission | None:
    """A submission as its form would take it, None without the form."""
    known = catalog.as_today(submission)
    if known is None:
        return None
    return replace(
        known, answers=as_asked(catalog.router.plans[known.form].scope, known.answers, catalog.moment(known))
    )


def _hold(reference: str, sides: Sequence[tuple[Catalog, Submission | None]], held: Mapping[Retimed, Held]) -> None:
    """Note under each that holds otherwise for a submission; `sides` are both versions with it, as each names it."""
    moments = [(one.answers, catalog.moment(one)) for catalog, one in sides if one is not None]
    form = sides[1][1] and sides[1][1].form
    for each, found in held.items():
        if each.form == form:
            before, now = (condition.holds(*sent) for condition, sent in zip(each.conditions, moments, strict=True))
            (found.now if now else found.before).extend([reference] if now != before else [])


def _decided(catalog: Catalog, submission: Submission) -> tuple[Decision, Outcome]:
    decision = catalog.decision(submission)
    return decision, outcome_of(catalog.router, decision)


def outcome_of(router: Router, decision: Decision) -> Outcome:
    """What is noticed of a decision."""
    winner = router.plans[decision.form].winner(decision.route)
    return Outcome(decision.send_to, decision.priority, winner.outputs.respond_within if winner else None)


def _all(store: Store) -> Iterator[Stored]:
    """Every submission that was not erased, the latest first."""
    before = None
    while found := store.search(Search(), before=before, limit=_PAGE):
        before = found[-1].reference
        yield from filter(None, (store.find(one.reference) for one in found))
