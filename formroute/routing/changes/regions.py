"""What an edit changes: every region of answers that goes elsewhere, is more or less pressing, or due at another time.

Who handles what a route sends to a department depends on the day where another one may stand in, and an answer may be
due at another moment though nothing but a calendar was edited; both are tests of the moment of receipt like any other.

Routes that ask the same and say the same in both tables, in the same order, cancel: where one of them decides before
and after, nothing changes. So only routes that were edited are looked at, each beside those that it can meet.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple, Self

from formroute.conditions import (
    ALWAYS,
    All,
    Calendar,
    Condition,
    Found,
    ManyOf,
    Moment,
    OneOf,
    Part,
    Proof,
    Question,
    Renaming,
    Scope,
    Test,
    Undecided,
    Witness,
)
from formroute.conditions.axes.aspects import Axis, Day
from formroute.conditions.axes.sets import EVERYWHERE, AnswerSet, Values
from formroute.routing.changes.alignment import Alignment
from formroute.routing.changes.redated import Redated, redated
from formroute.routing.deciding.plan import Plan
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.table import parts
from formroute.routing.department import takers
from formroute.routing.written.duration import Duration

_MOST_PARTS = 20
_SOME_DAY = datetime(2026, 6, 3, 12)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is noticed of a decision: `send_to` handles it, None where neither a route nor a fallback takes it."""

    send_to: str | None
    priority: str | None
    respond_within: Duration | None


@dataclass(frozen=True, slots=True)
class Region:
    """Submissions that one route took before and another one takes now; None is the fallback.

    They are those that meet one of the `parts`, each with a witness, provided that the form lets them through, and one
    of the `former` parts, provided that the form as it was did; with `more` there are others, which are not listed.
    Where they are only due at another moment, the part tells when: it holds of those that go from the one to the other.
    """

    old_route: str | None
    new_route: str | None
    parts: tuple[Part, ...]
    former: tuple[Part, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """All regions that go from one outcome to another; where both are the same, an answer is due at another moment."""

    old: Outcome
    new: Outcome
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes for one form, those between the same departments side by side.

    `scope` has the questions for telling the conditions in words, `former` those of the form as it was. `undecided`
    names pairs of routes, before and after, of which it could not be found out whether a submission goes from one to
    the other.
    """

    form: str
    changes: tuple[Change, ...]
    undecided: tuple[tuple[str | None, str | None], ...]
    scope: Scope
    former: Scope


def changes(
    form: str, old: Router, new: Router, *, was: str | None = None, renaming: Renaming | None = None
) -> Changes:
    """What becomes different for submissions of `form`, which both routers decide, the old one as `was`.

    The old conditions are taken under the names of today and with the calendars and clocks of then, as `renaming` has
    them. Counted are all submissions that the form of the new router lets through, and those that the form of the old
    one did. A question that a form does not ask is blank in its submissions.
    """
    was, renaming = was or form, renaming or Renaming()
    near = Moment(_SOME_DAY.replace(tzinfo=new.settings.calendar.zone))
    now, then = _Asked.by(new.plans[form]), _Asked.by(old.plans[was], renaming)
    rows = _Rows.of(was, old, renaming), _Rows.of(form, new)
    comparison = _Comparison(*rows, now, None if now.takes_all_of(then) else then, near)
    found: dict[tuple[Outcome, Outcome], list[Region]] = {}
    undecided = []
    for one, other, region, sure in comparison.regions():
        if region is not None:
            found.setdefault((comparison.old.outcomes[one], comparison.new.outcomes[other]), []).append(region)
        if not sure:
            undecided.append((comparison.old.names[one], comparison.new.names[other]))
    grouped = [Change(before, after, tuple(regions)) for (before, after), regions in found.items()]
    grouped.sort(key=lambda change: tuple(map(_rank, (change.old, change.new))))
    return Changes(form, tuple(grouped), tuple(undecided), now.scope, then.scope)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What a form asks, and what every submission of it meets."""

    scope: Scope
    always: tuple[Condition, ...]

    @classmethod
    def by(cls, plan: Plan, renaming: Renaming | None = None) -> Self:
        """The form of a plan, under the names of today."""
        if renaming is None:
            return cls(plan.scope, plan.always)
        return cls(renaming.scope(plan.scope), tuple(map(renaming, plan.always)))

    def takes_all_of(self, other: Self) -> bool:
        """Whether it is plain that both let the same answers through."""
        return self.always == other.always and self._unlabelled() == other._unlabelled()

    def _unlabelled(self) -> Mapping[str, object]:
        """What answers each question can have; the form itself is told apart by its routes."""
        return {name: _unlabelled(question) for name, question in self.scope.items() if name != "form"}


def _unlabelled(question: Question) -> object:
    domain = question.domain
    plain = replace(domain, labels={}) if isinstance(domain, OneOf | ManyOf) else domain
    formula = question.calculation and question.calculation.formula
    return plain, question.required, question.visible, question.lookup, formula, question.score


def _rank(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.send_to or "", outcome.priority or "", str(outcome.respond_within)


@dataclass(frozen=True)
class _Rows:
    """The routes that decide one form and, behind them, what becomes of the rest.

    A route has a row for each department that handles what it sends, for the days on which it does.
    """

    names: Sequence[str | None]
    conditions: Sequence[Condition]
    outcomes: Sequence[Outcome]
    calendars: Sequence[Calendar]

    @classmethod
    def of(cls, form: str, router: Router, renaming: Renaming | None = None) -> Self:
        routes, settings = router.plans[form].decides.routes_of(form), router.settings
        said = [
            (one.name, one.condition, Outcome(one.outputs.send_to, one.outputs.priority, one.outputs.respond_within))
            for one in routes
        ]
        rest = None, ALWAYS, Outcome(settings.fallback, settings.priority, None)
        rows = [row for one in [*said, rest] for row in _handled(*one, router)]
        names, conditions, outcomes = zip(*rows, strict=True)
        before = map(renaming, conditions) if renaming else conditions
        return cls(names, list(before), outcomes, [router.calendar_of(one.send_to) for one in outcomes])

    @cached_property
    def boxes(self) -> list[Mapping[Axis, AnswerSet]]:
        """For each row the sets that its answers lie in at least."""
        return [_box(condition) for condition in self.conditions]

    def takes_all(self, row: int, box: Mapping[Axis, AnswerSet]) -> bool:
        """Whether it is plain that a row takes all of a box, without any proof."""
        own = self.boxes[row]
        if not all(isinstance(part, Test) for part in parts(self.conditions[row])):
            return False
        return all(axis in box and (box[axis] - accepts).is_empty for axis, accepts in own.items())

    def keys(self) -> list[tuple[Condition, Outcome]]:
        return list(zip(self.conditions, self.outcomes, strict=True))


def _handled(
    name: str | None, condition: Condition, outcome: Outcome, router: Router
) -> Iterator[tuple[str | None, Condition, Outcome]]:
    """A row for each department that handles what comes out so, with the days of receipt on which it does."""
    for department, days in takers(outcome.send_to, router.departments) if outcome.send_to else ():
        if days == EVERYWHERE:
            yield name, condition, outcome
        elif not days.on_grid(0).is_empty:
            on_days = Test(Axis("received", Day()), days)
            yield name, All((*parts(condition), on_days)), replace(outcome, send_to=department)
    if outcome.send_to is None:
        yield name, condition, outcome


class _Listed(NamedTuple):
    """Parts that were found, whether there are `more`, and whether it is `sure` that these are all besides."""

    parts: tuple[Part, ...]
    more: bool
    sure: bool


_NONE = _Listed((), more=False, sure=True)


class _Comparison:
    """Two tables, one beside the other; rows go by their numbers. Dates are taken around the moment `near`.

    What the form lets through `now` counts and, where it let other answers through `then`, those.
    """

    def __init__(self, old: _Rows, new: _Rows, now: _Asked, then: _Asked | None, near: Moment) -> None:
        self.old, self.new, self.now, self.then, self.near = old, new, now, then, near
        self._redated = cache(redated)
        self._takes = cache(self._takes_of)
        self.rows = Alignment(old.keys(), new.keys())
        split = _split([*old.boxes, *new.boxes])
        self._in_old, self._in_new = _Column(old.boxes, split), _Column(new.boxes, split)

    def regions(self) -> Iterator[tuple[int, int, Region | None, bool]]:
        """What goes from one row to another that comes out otherwise, and whether that is sure."""
        for one, when in self._redated_rows.items():
            yield one, self.rows.new_of[one], *self._due_otherwise(one, when)
        for one, other in self._pairs():
            if self.old.outcomes[one] != self.new.outcomes[other] or self._due(one, other) is not None:
                yield one, other, *self._region(one, other)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """Every pair of rows, not the same in both, that a submission could go from and to.

        A row that is the same in both takes nothing from what stands behind its like in the other table.
        """
        for one in range(len(self.old.names)):
            if one not in self.rows.new_of:
                for other in self._in_new.near(self.old.boxes[one]):
                    if self.rows.old_of.get(other, one) >= one:
                        yield one, other
        for other in range(len(self.new.names)):
            if other not in self.rows.old_of:
                for one in self._in_old.near(self.new.boxes[other]):
                    if self.rows.new_of.get(one, -1) > other:
                        yield one, other

    def _region(self, one: int, other: int) -> tuple[Region | None, bool]:
        """What goes from one row to the other, and whether that is sure."""
        box = _both(self.old.boxes[one], self.new.boxes[other])
        olds = [row for row in self._in_old.near(box) if row < one]
        news = [row for row in self._in_new.near(box) if row < other]
        if any(self.old.takes_all(row, box) for row in olds) or any(self.new.takes_all(row, box) for row in news):
            return None, True
        before = [self.old.conditions[row] for row in olds] + [self.new.conditions[row] for row in news]
        wanted = self.old.conditions[one], All((self.new.conditions[other], *self._when(one, other)))
        now, then = self._listed(before, wanted, self.now), _NONE
        if self.then is not None and not now.more:
            told = [part.condition for part in now.parts]
            then = self._listed([*before, *told], wanted, self.then)
        names = self.old.names[one], self.new.names[other]
        found = Region(*names, now.parts, then.parts, now.more or then.more) if now.parts or then.parts else None
        return found, now.sure and then.sure

    def _listed(self, before: Iterable[Condition], wanted: tuple[Condition, Condition], form: _Asked) -> _Listed:
        """What a form lets through that meets both wanted conditions, and none before them."""
        rows = list(dict.fromkeys(before))
        proof = Proof([*rows, *wanted], form.scope, form.always, near=self.near)
        found = list(itertools.islice(proof.parts(len(rows), also=len(rows) + 1), _MOST_PARTS + 1))
        parts = tuple(part for part in found if isinstance(part, Part))
        return _Listed(parts[:_MOST_PARTS], len(parts) > _MOST_PARTS, len(parts) == len(found))

    def _due_otherwise(self, one: int, when: Test) -> tuple[Region | None, bool]:
        """What a row that is the same in both takes and that is due otherwise, and whether that is sure."""
        names = self.old.names[one], self.new.names[self.rows.new_of[one]]
        now = self._takes(self.now).found(one, when)
        if isinstance(now, Witness):
            return Region(*names, (Part(when, now),)), True
        then = None if self.then is None else self._takes(self.then).found(one, when)
        former = Region(*names, (), (Part(when, then),)) if isinstance(then, Witness) else None
        return former, not isinstance(now, Undecided) and not isinstance(then, Undecided)

    def _takes_of(self, form: _Asked) -> _Takes:
        return _Takes(self.rows, self.old, self.new, self._redated_rows.values(), form, self.near)

    @cached_property
    def _redated_rows(self) -> Mapping[int, Test]:
        """Old rows that are the same in both, with the moments of receipt for which they are due otherwise."""
        dues = ((one, self._due(one, other)) for one, other in self.rows.new_of.items())
        return {one: _is(due) for one, due in dues if due is not None}

    def _when(self, one: int, other: int) -> Iterator[Condition]:
        """Where two rows come to the same, the moments of receipt for which it is due otherwise."""
        due = self._due(one, other)
        if self.old.outcomes[one] == self.new.outcomes[other] and due is not None:
            yield _is(due)

    def _due(self, one: int, other: int) -> Redated | None:
        within = self.new.outcomes[other].respond_within
        return self._redated(within, self.old.calendars[one], self.new.calendars[other])


class _Takes:
    """What the rows that are the same in both tables take at certain moments: one proof for all rows of both."""

    def __init__(
        self, rows: Alignment, old: _Rows, new: _Rows, whens: Iterable[Test], form: _Asked, near: Moment
    ) -> None:
        line, self._places = rows.merged(old.conditions, new.conditions)
        self._whens = {when: number for number, when in enumerate(dict.fromkeys(whens), len(line))}
        self._proof = Proof([*line, *self._whens], form.scope, form.always, near=near)

    def found(self, row: int, when: Test) -> Found:
        """Something that the old row of this number takes before and now, and that comes in then."""
        place = self._places[row]
        return self._proof.together(place, (self._whens[when],), after=place)


class _Column:
    """Rows found by the values that they take on one axis, with the rows that take any value there."""

    def __init__(self, boxes: Sequence[Mapping[Axis, AnswerSet]], split: Axis | None) -> None:
        self._boxes, self._split = boxes, split
        self._rest: list[int] = []
        self._rows: dict[object, list[int]] = {}
        for number, box in enumerate(boxes):
            values = _values(box, split)
            for value in values or ():
                self._rows.setdefault(value, []).append(number)
            if values is None:
                self._rest.append(number)

    def near(self, box: Mapping[Axis, AnswerSet]) -> list[int]:
        """The rows that may share submissions with the box, in their order."""
        values = _values(box, self._split)
        if values is None:
            rows: Iterable[int] = range(len(self._boxes))
        else:
            rows = sorted({*self._rest, *(row for value in values for row in self._rows.get(value, ()))})
        return [row for row in rows if _meet(box, self._boxes[row])]


def _is(flag: Redated) -> Test:
    return Test(Axis("received", flag), Values.of(True))


def _split(boxes: Iterable[Mapping[Axis, AnswerSet]]) -> Axis | None:
    """The axis whose single values tell most rows apart."""
    found: dict[Axis, Counter[object]] = {}
    for box in boxes:
        for axis, accepts in box.items():
            if isinstance(accepts, Values) and not accepts.rest:
                found.setdefault(axis, Counter()).update(accepts.members)
    return max(found, key=lambda axis: len(found[axis]), default=None)


def _values(box: Mapping[Axis, AnswerSet], axis: Axis | None) -> list[object] | None:
    """The values on an axis, blank among them; None for any."""
    accepts = None if axis is None else box.get(axis)
    if not isinstance(accepts, Values) or accepts.rest:
        return None
    return [*accepts.members, *([None] if accepts.blank else [])]


def _box(condition: Condition) -> Mapping[Axis, AnswerSet]:
    box: dict[Axis, AnswerSet] = {}
    for part in parts(condition):
        if isinstance(part, Test):
            box[part.axis] = box[part.axis] & part.accepts if part.axis in box else part.accepts
    return box


def _both(one: Mapping[Axis, AnswerSet], other: Mapping[Axis, AnswerSet]) -> Mapping[Axis, AnswerSet]:
    return {**one, **{axis: one[axis] & accepts if axis in one else accepts for axis, accepts in other.items()}}


def _meet(one: Mapping[Axis, AnswerSet], other: Mapping[Axis, AnswerSet]) -> bool:
    return not any(axis in one and (one[axis] & accepts).is_empty for axis, accepts in other.items())
