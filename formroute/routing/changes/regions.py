"""What an edit changes: every region of answers that goes elsewhere, is more or less pressing, or due at another time.

Who handles what a route sends to a department depends on the day where another one may stand in, and an answer may be
due at another moment though nothing but a calendar was edited; both are tests of the moment of receipt like any other.

Routes that ask the same and say the same in both tables, in the same order, cancel: where one of them decides before
and after, nothing changes. So only routes that were edited are looked at, each beside those that it can meet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, cached_property
from typing import NamedTuple

from formroute.conditions import (
    All,
    Condition,
    Found,
    Moment,
    Part,
    Proof,
    Renaming,
    Scope,
    Test,
    Undecided,
    Witness,
)
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import Values
from formroute.routing.changes.alignment import Alignment
from formroute.routing.changes.counted import Counted, FormSide
from formroute.routing.changes.redated import Redated, redated
from formroute.routing.changes.rows import Column, Outcome, Rows, both, split_of
from formroute.routing.changes.sight import Sights
from formroute.routing.deciding.router import Router

_MOST_PARTS = 20
_SOME_DAY = date(2026, 6, 3)


@dataclass(frozen=True, slots=True)
class Region:
    """Submissions that one route took before and another one takes now; None is the fallback.

    They are those that meet one of the `parts`, each with a witness, provided that the form lets them through, and one
    of the `former` parts, provided that the form as it was did; with `more` there are others, which are not listed.
    Those that meet a `past` part are none of these, and have come in already: no other ever will.
    Where they are only due at another moment, the part tells when: it holds of those that go from the one to the other.
    """

    old_route: str | None
    new_route: str | None
    parts: tuple[Part, ...]
    former: tuple[Part, ...] = ()
    more: bool = False
    past: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """All regions that go from one outcome to another.

    Where both are the same, an answer is due at another moment or, with `along`, another route takes it than before,
    with other copies, tags, values or notices.
    """

    old: Outcome
    new: Outcome
    regions: tuple[Region, ...]
    along: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes for one form, those between the same departments side by side.

    `scope` has the questions for telling the conditions in words, `former` those of the form as it was, and `sights`
    what each version asks of them. `undecided` names pairs of routes, before and after, of which it could not be found
    out whether a submission goes from one to the other.
    """

    form: str
    changes: tuple[Change, ...]
    undecided: tuple[tuple[str | None, str | None], ...]
    scope: Scope
    former: Scope
    sights: Sights


def changes(
    form: str,
    old: Router,
    new: Router,
    *,
    was: str | None = None,
    renaming: Renaming | None = None,
    since: date | None = None,
) -> Changes:
    """What becomes different for submissions of `form`, which both routers decide, the old one as `was`.

    The old conditions are taken under the names of today and with the calendars and clocks of then, as `renaming` has
    them. Counted is whatever a resident answers to the questions of both versions, each of which sees what it asks:
    all that the form of the new router lets through, and all that the form of the old one did. A question that only
    one of both knows is blank for the other. What only concerns days before `since` is past; None is for all of time.
    """
    was, renaming = was or form, renaming or Renaming()
    near = Moment(datetime.combine(since or _SOME_DAY, time(12), new.settings.calendar.zone))
    plans = old.plans[was], new.plans[form]
    sights = Sights.of(renaming.scope(plans[0].scope), plans[1].scope)
    formerly = sights.formerly(renaming)
    scopes = sights.scopes()
    then = FormSide(scopes.then, tuple(map(formerly, plans[0].always)))
    now = FormSide(scopes.now, tuple(map(sights.now, plans[1].always)))
    rows = Rows.of(was, old, formerly), Rows.of(form, new, sights.now)
    comparison = _Comparison(*rows, Counted.of(now, then, since), near)
    found: dict[tuple[Outcome, Outcome, bool], list[Region]] = {}
    undecided = []
    for one, other, region, sure in comparison.regions():
        if region is not None:
            found.setdefault(comparison.way(one, other), []).append(region)
        if not sure:
            undecided.append((comparison.old.names[one], comparison.new.names[other]))
    grouped = [Change(before, after, tuple(regions), along) for (before, after, along), regions in found.items()]
    grouped.sort(key=lambda change: tuple(map(_rank, (change.old, change.new))))
    return Changes(form, tuple(grouped), tuple(undecided), now.scope, then.scope, sights)


def _rank(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.send_to or "", outcome.priority or "", str(outcome.respond_within)


class _Listed(NamedTuple):
    """Parts that were found, whether there are `more`, and whether it is `sure` that these are all besides."""

    parts: tuple[Part, ...]
    more: bool
    sure: bool

    @property
    def conditions(self) -> list[Condition]:
        """What the parts ask."""
        return [part.condition for part in self.parts]


class _Comparison:
    """Two tables, one beside the other; rows go by their numbers. Dates are taken around the moment `near`."""

    def __init__(self, old: Rows, new: Rows, forms: Counted, near: Moment) -> None:
        self.old, self.new, self.forms, self.near = old, new, forms, near
        self._redated = cache(redated)
        self._takes = cache(self._takes_of)
        self.rows = Alignment(old.keys(), new.keys())
        split = split_of([*old.boxes, *new.boxes])
        self._in_old, self._in_new = Column(old.boxes, split), Column(new.boxes, split)

    def regions(self) -> Iterator[tuple[int, int, Region | None, bool]]:
        """What goes from one row to another that comes out otherwise, and whether that is sure."""
        for one, when in self._redated_rows.items():
            yield one, self.rows.new_of[one], *self._due_otherwise(one, when)
        for one, other in self._pairs():
            before, after, along = self.way(one, other)
            if before != after or along or self._due(one, other) is not None:
                yield one, other, *self._region(one, other)

    def way(self, one: int, other: int) -> tuple[Outcome, Outcome, bool]:
        """The outcomes of two rows and, where these are the same, whether they are routes that give else besides.

        What one route gives otherwise than before is no way from one to another.
        """
        before, after = self.old.outcomes[one], self.new.outcomes[other]
        others = before == after and self.old.names[one] != self.new.names[other] and one not in self.rows.new_of
        return before, after, others and self.old.along(one) != self.new.along(other)

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
        box = both(self.old.boxes[one], self.new.boxes[other])
        olds, news = self._in_old.near(box, before=one), self._in_new.near(box, before=other)
        if any(self.old.takes_all(row, box) for row in olds) or any(self.new.takes_all(row, box) for row in news):
            return None, True
        before = [self.old.conditions[row] for row in olds] + [self.new.conditions[row] for row in news]
        wanted = self.old.conditions[one], All((self.new.conditions[other], *self._when(one, other)))
        now = self._listed(before, wanted, self.forms.now)
        then = self._besides(now, before, wanted, self.forms.then)
        past = self._besides(then, [*before, *now.conditions], wanted, self.forms.past)
        region = Region(
            self.old.names[one], self.new.names[other], now.parts, then.parts, now.more or then.more, past.parts
        )
        return region if now.parts or then.parts or past.parts else None, now.sure and then.sure

    def _besides(
        self, told: _Listed, before: Sequence[Condition], wanted: tuple[Condition, Condition], form: FormSide | None
    ) -> _Listed:
        """The same of another form, without what is told; where that is too much already, nothing."""
        if form is None or told.more:
            return told._replace(parts=())
        return self._listed([*before, *told.conditions], wanted, form)

    def _listed(self, before: Iterable[Condition], wanted: tuple[Condition, Condition], form: FormSide) -> _Listed:
        """What a form lets through that meets both wanted conditions, and none before them."""
        rows = list(dict.fromkeys(before))
        proof = Proof([*rows, *wanted], form.scope, form.always, near=self.near)
        found = list(itertools.islice(proof.parts(len(rows), also=len(rows) + 1), _MOST_PARTS + 1))
        parts = tuple(part for part in found if isinstance(part, Part))
        return _Listed(parts[:_MOST_PARTS], len(parts) > _MOST_PARTS, len(parts) == len(found))

    def _due_otherwise(self, one: int, when: Test) -> tuple[Region | None, bool]:
        """What a row that is the same in both takes and that is due otherwise, and whether that is sure."""
        names = self.old.names[one], self.new.names[self.rows.new_of[one]]
        sure = True
        for form in filter(None, self.forms):
            found = self._takes(form).found(one, when)
            if isinstance(found, Witness):
                now, former, past = ((Part(when, found),) if form is sort else () for sort in self.forms)
                return Region(*names, now, former, past=past), True
            sure = sure and (form is self.forms.past or not isinstance(found, Undecided))
        return None, sure

    def _takes_of(self, form: FormSide) -> _Takes:
        return _Takes(self.rows, self.old, self.new, self._redated_rows.values(), form, self.near)

    @cached_property
    def _redated_rows(self) -> Mapping[int, Test]:
        """Old rows that are the same in both, with the moments of receipt for which they are due otherwise."""
        dues = ((one, self._due(one, other)) for one, other in self.rows.new_of.items())
        return {one: _is(due) for one, due in dues if due is not None}

    def _when(self, one: int, other: int) -> Iterator[Condition]:
        """Where two rows come to the same, the moments of receipt for which it is due otherwise."""
        before, after, along = self.way(one, other)
        due = self._due(one, other)
        if before == after and not along and due is not None:
            yield _is(due)

    def _due(self, one: int, other: int) -> Redated | None:
        within = self.new.outcomes[other].respond_within
        return self._redated(within, self.old.calendars[one], self.new.calendars[other])


class _Takes:
    """What the rows that are the same in both tables take at certain moments: one proof for all rows of both."""

    def __init__(
        self, rows: Alignment, old: Rows, new: Rows, whens: Iterable[Test], form: FormSide, near: Moment
    ) -> None:
        line, self._places = rows.merged(old.conditions, new.conditions)
        self._whens = {when: number for number, when in enumerate(dict.fromkeys(whens), len(line))}
        self._proof = Proof([*line, *self._whens], form.scope, form.always, near=near)

    def found(self, row: int, when: Test) -> Found:
        """Something that the old row of this number takes before and now, and that comes in then."""
        place = self._places[row]
        return self._proof.together(place, (self._whens[when],), after=place)


def _is(flag: Redated) -> Test:
    return Test(Axis("received", flag), Values.of(True))
