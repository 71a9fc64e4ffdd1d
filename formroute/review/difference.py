"""Everything that a new version of a catalogue changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from formroute.catalog import Catalog
from formroute.conditions import Moment, Renaming, in_words
from formroute.forms import Form
from formroute.forms.renames import Renames
from formroute.review.change import Change, Safety
from formroute.review.form_changes import form_changes
from formroute.review.route_changes import route_changes
from formroute.routing.example import as_example
from formroute.routing.regions import Changes, Outcome, changes


@dataclass(frozen=True, slots=True)
class Part:
    """Submissions that go elsewhere: the routes that take them before and now, what they have in common, and one."""

    old_route: str | None
    new_route: str | None
    words: str
    example: str
    more: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """All submissions of one form that go from one outcome to another."""

    form: str
    old: Outcome
    new: Outcome
    parts: tuple[Part, ...]


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
    regions = [_regions(old, new, form) for form in new.forms.values() if _earlier(old, form)]
    return Difference(
        changes=(*form_changes(old, new), *route_changes(old, new)),
        shifts=tuple(shift for found in regions for shift in _shifts(found)),
        undecided=tuple((found.form, *pair) for found in regions for pair in found.undecided),
    )


def _earlier(old: Catalog, form: Form) -> str | None:
    """What a form was called in the old version."""
    return next((name for name in (form.id, *form.was) if name in old.forms), None)


def _regions(old: Catalog, new: Catalog, form: Form) -> Changes:
    was, forms = _earlier(old, form), dict.fromkeys(form.was, form.id)
    renaming = _renaming(form.renames)
    renaming = replace(renaming, choices={**renaming.choices, "form": forms})
    return changes(form.id, old.router, new.router, was=was, renaming=renaming)


def _renaming(renames: Renames) -> Renaming:
    return Renaming(renames.fields, renames.choices, {name: _renaming(row) for name, row in renames.rows.items()})


def _shifts(found: Changes) -> Iterator[Shift]:
    for change in found.changes:
        parts = [
            Part(
                region.old_route,
                region.new_route,
                in_words(part.condition, "en", found.scope),
                as_example({**part.witness.answers, **_facts(part.condition.fields, part.witness.moment)}),
                region.more,
            )
            for region in change.regions
            for part in region.parts
        ]
        yield Shift(found.form, change.old, change.new, tuple(parts))


def _facts(names: frozenset[str], moment: Moment) -> dict[str, object]:
    """The facts of a witness that its condition looks at."""
    return {name: fact for name in sorted(names) if (fact := moment.fact(name)) is not None}
