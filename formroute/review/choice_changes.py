"""What is otherwise with the choices of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formroute.conditions import ALWAYS
from formroute.forms import Field
from formroute.problems import Mark
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.labels import choices_of, inside
from formroute.review.likeness import likely_choices
from formroute.review.listing import Listing
from formroute.review.old_names import old_value
from formroute.review.order import told_in_order
from formroute.review.rewording import quoted, reworded


def choice_changes(forms: FormPair, old: Field, new: Field, renames: Mapping[str, str]) -> Iterator[Change]:
    """Choices that are new, gone, called otherwise or worded otherwise."""
    before, after = choices_of(old), choices_of(new)
    places = _Places(new, forms.listing(new), tuple(before))
    likely = likely_choices(old, new, renames)
    for name, label in ((name, inside(before[name])) for name in before if name not in after):
        other = likely.get(name)
        if name in renames:
            yield forms.change(f"The choice `{name}` of `{new.name}` is called `{other}` now.", places.of(str(other)))
        elif other is not None:
            what = f"The choice `{name}` of `{new.name}` is gone; `{other}` looks like it under a new name."
            yield forms.change(what, places.of(other), Safety.NEEDS_WAS, old_value(forms, new, other, name))
        else:
            what = f"{quoted(label)} (`{name}`) can no longer be chosen for `{new.name}`."
            yield forms.change(what, places.gap(name), Safety.LOSES)
    for name in [name for name in after if name not in before and name not in likely.values()]:
        yield forms.change(f"{quoted(inside(after[name]))} (`{name}`) can be chosen for `{new.name}`.", places.of(name))
    yield from _order(forms, new, [str(likely.get(name, name)) for name in before], places)
    for name in after:
        for clause in reworded(before.get(name), after[name]) if name in before else ():
            yield forms.change(f"The choice `{name}` of `{new.name}`: {clause}.", places.of(name))


def _order(forms: FormPair, field: Field, before: Sequence[str], places: _Places) -> Iterator[Change]:
    """Choices that stand elsewhere among the others."""
    moved = told_in_order(before, list(choices_of(field)))
    if moved is None:
        yield forms.change(f"The choices of `{field.name}` stand in another order.", field)
    for name, then in moved or ():
        where = f"before `{then}`" if then else "last"
        yield forms.change(f"The choice `{name}` of `{field.name}` stands {where} now.", places.of(name))


def offers(forms: FormPair, old: Field, new: Field) -> Iterator[Change]:
    """Choices that are offered to others than before."""
    renamed = likely_choices(old, new, forms.new.renames.choices.get(new.name, {}))
    known = {renamed.get(value, value): value for value in choices_of(old)}
    for choice in [choice for choice in choices_of(new) if choice in known]:
        before, after = old.offered.get(known[choice], ALWAYS), new.offered.get(choice, ALWAYS)
        if (words := forms.otherwise(before, after)) is not None:
            what = f"The choice `{choice}` of `{new.name}` is offered {words}."
            yield forms.change(what, new, forms.safety(before, after))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the choices of a question stand: in the lines of a CSV file, or in the form."""

    field: Field
    listing: Listing | None
    before: Sequence[str]

    def of(self, value: str) -> Field | Mark:
        written = self.field.place["choices"]
        own = written.key(value).mark if value in (written.plain() or ()) else None
        return (self.listing.line(value) if self.listing else own) or self.field

    def gap(self, value: str) -> Field | Mark:
        """Where one stood that is gone."""
        return self.listing.gap(value, self.before) if self.listing else self.field
