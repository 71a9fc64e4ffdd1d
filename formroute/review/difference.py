"""Everything that a new version of a catalogue changes."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from formroute.catalog import Catalog
from formroute.conditions import Witness
from formroute.forms import Form
from formroute.review.calendar_changes import calendar_changes
from formroute.review.change import Change, Safety
from formroute.review.earlier import earlier, former, renaming
from formroute.review.form_changes import form_changes
from formroute.review.part import Part
from formroute.review.retimed import Retimed, retimed
from formroute.review.route_changes import route_changes
from formroute.routing.changes.regions import Change as Moved
from formroute.routing.changes.regions import Changes, changes
from formroute.routing.changes.regions import Region as Moving
from formroute.routing.changes.rows import Outcome


@dataclass(frozen=True, slots=True)
class Region:
    """Submissions that one route took before and another takes now, None being the fallback; with `more`, not all."""

    old_route: str | None
    new_route: str | None
    parts: tuple[Part, ...]
    more: bool

    @property
    def is_past(self) -> bool:
        """Whether all of them have come in already."""
        return not self.more and all(part.past for part in self.parts)


@dataclass(frozen=True, slots=True)
class Shift:
    """All submissions of one form that go from one outcome to another.

    Those from one to the same are due otherwise or, with `along`, get other copies, tags, values or notices.
    """

    form: str
    old: Outcome
    new: Outcome
    regions: tuple[Region, ...]
    along: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise: sentences, every region of answers that fares otherwise, and what holds at other moments.

    `undecided` are routes, with their form, of which it could not be found out whether anything goes from the one
    to the other. `past_shifts` and `past_retimed` only concern what came in before the clock of the comparison.
    """

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    retimed: tuple[Retimed, ...]
    undecided: tuple[tuple[str, str | None, str | None], ...]
    past_shifts: tuple[Shift, ...] = ()
    past_retimed: tuple[Retimed, ...] = ()

    @property
    def is_harmless(self) -> bool:
        """Whether nothing moves, and no answer is lost."""
        still = not (self.shifts or self.retimed or self.undecided)
        return still and all(one.safety is Safety.SAFE for one in self.changes)


def compare(old: Catalog, new: Catalog, on: date | None = None) -> Difference:
    """The difference between two versions of a catalogue, the new one of which counts from the day `on`.

    What only concerns earlier days is past; None is for all of time.
    """
    with _searched_alone():
        regions = [_regions(old, new, form, on) for form in new.forms.values() if earlier(old, form)]
    shifts = [shift for found in regions for shift in _shifts(found, old, new)]
    moments = list(retimed(old, new, on))
    return Difference(
        changes=(*form_changes(old, new, on), *route_changes(old, new), *calendar_changes(old, new, on)),
        shifts=tuple(_those(shifts, past=False)),
        retimed=tuple(each for each in moments if not each.is_past),
        undecided=tuple((found.form, *pair) for found in regions for pair in found.undecided),
        past_shifts=tuple(_those(shifts, past=True)),
        past_retimed=tuple(each for each in moments if each.is_past),
    )


@contextmanager
def _searched_alone() -> Iterator[None]:
    """Without a search for circles of garbage in all that was there before, which large catalogues are long."""
    if gc.get_freeze_count():
        yield  # somebody keeps objects from being searched for good
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _those(shifts: Iterable[Shift], *, past: bool) -> Iterator[Shift]:
    """The shifts with those of their regions that are past, or with the others."""
    for shift in shifts:
        if regions := tuple(region for region in shift.regions if region.is_past is past):
            yield replace(shift, regions=regions)


def _regions(old: Catalog, new: Catalog, form: Form, on: date | None) -> Changes:
    renamed = renaming(form, former(old, new))
    return changes(form.id, old.router, new.router, was=earlier(old, form), renaming=renamed, since=on)


def _shifts(found: Changes, old: Catalog, new: Catalog) -> Iterator[Shift]:
    for change in found.changes:
        regions = [
            Region(
                region.old_route,
                region.new_route,
                tuple(_parts(region, change, found, old, new)),
                region.more,
            )
            for region in change.regions
        ]
        yield Shift(found.form, change.old, change.new, tuple(regions), change.along)


def _parts(region: Moving, change: Moved, found: Changes, old: Catalog, new: Catalog) -> Iterator[Part]:
    for parts in (region.parts, region.former, region.past):
        former, past = parts is region.former, parts is region.past
        for part in parts:
            due = _due(part.witness, change.new, old, new) if change.old == change.new and not change.along else None
            scope = found.former if former or past else found.scope
            yield Part.of(part, scope, former=former, past=past, due=due, sights=found.sights)


def _due(witness: Witness, outcome: Outcome, old: Catalog, new: Catalog) -> tuple[datetime, datetime] | None:
    within, received = outcome.respond_within, witness.moment.at
    before, after = (one.router.due(within, received, str(outcome.send_to)) for one in (old, new))
    return (before.at, after.at) if before and after else None
