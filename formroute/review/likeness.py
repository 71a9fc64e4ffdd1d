"""What looks like something else under a new name, also where no `was:` says so."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Mapping

from formroute.conditions import Renaming
from formroute.forms import Field, Form
from formroute.forms.renames import Renames
from formroute.review.labels import Fields, choices_of, inside, said_of

_ALIKE = 0.6


def guessed(old: Form, new: Form) -> Renaming:
    """What looks renamed, also where no `was:` says so."""
    names = likely_names(old.fields, new.fields, new.renames)
    pairs = {names.get(name, name): field for name, field in old.fields.items()}
    choices = {
        name: likely_choices(pairs[name], field, new.renames.choices.get(name, {}))
        for name, field in new.fields.items()
        if name in pairs
    }
    return Renaming(names, choices)


def likely_names(old: Fields, new: Fields, renames: Renames) -> dict[str, str]:
    """For each question that is gone the one that it became, as `was:` says or as it looks."""
    gone = {name: said_of(field) for name, field in old.items() if name not in new}
    added = {name: said_of(field) for name, field in new.items() if name not in old}
    sorts = {name: field.kind.name for name, field in {**old, **new}.items()}
    return {**pairs_alike(gone, added, sorts), **{was: name for was, name in renames.fields.items() if was in gone}}


def likely_choices(old: Field, new: Field, renames: Mapping[str, str]) -> dict[str, str]:
    """The same of the choices of one question."""
    before, after = choices_of(old), choices_of(new)
    gone = {name: inside(text) for name, text in before.items() if name not in after}
    added = {name: inside(text) for name, text in after.items() if name not in before}
    return {**pairs_alike(gone, added), **{was: name for was, name in renames.items() if was in gone}}


def pairs_alike(
    gone: Mapping[str, str], new: Mapping[str, str], sorts: Mapping[str, object] | None = None
) -> dict[str, str]:
    """For each name that is gone the new name that it most likely has, by what is said of both; each used once.

    With `sorts`, only names of one sort are taken for each other.
    """
    found: dict[str, str] = {}
    for _, one, other in sorted(_likes(gone, new, sorts or {}), key=lambda like: (-like[0], like[1:])):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _likes(
    gone: Mapping[str, str], new: Mapping[str, str], sorts: Mapping[str, object]
) -> Iterator[tuple[float, str, str]]:
    """How alike each pair is, from 0 to 1, where that is enough; what reads the same is the same."""
    for (one, said), (other, told) in itertools.product(gone.items(), new.items()):
        ratio = 1.0 if said == told else difflib.SequenceMatcher(None, f"{one} {said}", f"{other} {told}").ratio()
        if ratio >= _ALIKE and sorts.get(one) == sorts.get(other):
            yield ratio, one, other


def earlier_name(name: str, names: Mapping[str, str]) -> str:
    """Which of these names became this one; empty for none."""
    return next((one for one, other in names.items() if other == name), "")
