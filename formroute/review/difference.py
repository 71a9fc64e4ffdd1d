"""Everything that a new version of a catalogue changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from formroute.catalog import Catalog
from formroute.conditions import Moment, Witness, in_words
from formroute.conditions.telling.example import as_example
from formroute.forms import Form
from formroute.review.calendar_changes import calendar_changes
from formroute.review.change import Change, Safety
from formroute.review.earlier import earlier, former, renaming
from formroute.review.form_changes import form_changes
from formroute.review.route_changes import route_changes
from formroute.routing.changes.regions import Change as Moved
from formroute.routing.changes.regions import Changes, changes
from formroute.routing.changes.regions import Region as Moving
from formroute.routing.changes.rows import Outcome


@dataclass(frozen=True, slots=True)
class Part:
    """Submissions that fare otherwise: what they have in common, and one of them.

    Those of a `former` part the form lets through no more. `due` is until when that one had to be answered and has to
    be now, where nothing else of it is otherwise.
    """

    words: str
    example: str
    former: bool = False
    due: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """Submissions that one route took before and another takes now, None being the fallback; with `more`, not all."""

    old_route: str | None
    new_route: str | None
    parts: tuple[Part, ...]
    more: bool


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
    """What is otherwise: sentences, and every region of answers that fares otherwise.

    `undecided` are routes, with their form, of which it could not be found out whether anything goes from the one
    to the other.
    """

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    undecided: tuple[tuple[str, str | None, str | None], ...]

    @property
    def is_harmless(self) -> bool:
        """Whether nothing moves, and no answer is lost."""
        return not self.shifts and not self.undecided and all(one.safety is Safety.SAFE for one in self.changes)


def compare(old: Catalog, new: Catalog) -> Difference:
    """The difference between two versions of a catalogue."""
    regions = [_regions(old, new, form) for form in new.forms.values() if earlier(old, form)]
    return Difference(
        changes=(*form_changes(old, new), *route_changes(old, new), *calendar_changes(old, new)),
        shifts=tuple(shift for found in regions for shift in _shifts(found, old, new)),
        undecided=tuple((found.form, *pair) for found in regions for pair in found.undecided),
    )


def _regions(old: Catalog, new: Catalog, form: Form) -> Changes:
    renamed = renaming(form, former(old, new))
    return changes(form.id, old.router, new.router, was=earlier(old, form), renaming=renamed)


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
    listed = [*((part, False) for part in region.parts), *((part, True) for part in region.former)]
    for part, was in listed:
        witness = part.witness
        example = {**witness.answers, **_facts(part.condition.fields, witness.moment)}
        due = _due(witness, change.new, old, new) if change.old == change.new and not change.along else None
        words = in_words(part.condition, "en", found.former if was else found.scope)
        yield Part(words, as_example(example), was, due)


def _due(witness: Witness, outcome: Outcome, old: Catalog, new: Catalog) -> tuple[datetime, datetime] | None:
    within, received = outcome.respond_within, witness.moment.at
    before, after = (one.router.due(within, received, str(outcome.send_to)) for one in (old, new))
    return (before.at, after.at) if before and after else None


def _facts(names: frozenset[str], moment: Moment) -> dict[str, object]:
    """The facts of a witness that its condition looks at."""
    return {name: fact for name in sorted(names) if (fact := moment.fact(name)) is not None}
