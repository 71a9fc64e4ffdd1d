"""Old names by which drafts, links and programs find an answer, and the line that keeps one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from formroute.definitions import Text
from formroute.forms import Field
from formroute.forms.renames import Renames
from formroute.review.change import Change, Safety
from formroute.review.form_pair import FormPair
from formroute.review.labels import Fields, by_name, choices_of


def forgotten(forms: FormPair, old: Renames, new: Renames, fields: Fields) -> Iterator[Change]:
    """Names of before the old version that drafts, links and programs may still have, and that nothing says now."""
    for name, was in _dropped(old.fields, new.fields).items():
        called = new.fields.get(name, name)
        if called in fields:
            kept = (*(one for one, other in new.fields.items() if other == called), *was)
            what = f"Answers to `{called}` under {listed(was)} are not found any more."
            yield forms.change(what, fields[called], Safety.NEEDS_WAS, old_name(fields[called], *kept))
    for name, choices in old.choices.items():
        field = fields.get(new.fields.get(name, name))
        known = new.choices.get(field.name, {}) if field else {}
        for value, was in _dropped(choices, known).items() if field else ():
            called = known.get(value, value)
            if field is not None and called in choices_of(field):
                kept = (*(one for one, other in known.items() if other == called), *was)
                what = f"The choice `{called}` of `{field.name}` is not found under {listed(was)} any more."
                yield forms.change(what, field, Safety.NEEDS_WAS, old_value(forms, field, called, *kept))
    for name, rows in old.rows.items():
        field = fields.get(new.fields.get(name, name))
        if field is not None and field.row:
            inside = forgotten(forms, rows, new.rows.get(field.name, Renames()), by_name(field.row))
            yield from (replace(each, what=f"In the rows of `{field.name}`: {each.what}") for each in inside)


def old_name(field: Field, *was: str) -> str:
    """What keeps the answers that a question had under another name: its own `was` or, of a matrix, that of a row."""
    group, _, own = field.name.rpartition(".")
    if group and own in (field.place["rows"].plain() or ()):
        return _long(own, field.short, was)
    return was_of(*was)


def old_value(forms: FormPair, field: Field, value: str, *was: str) -> str:
    """The same of a choice; that of one from a CSV file stands in its line there, below the names of the columns."""
    offer = field.definition.choices[value]
    if (listing := forms.listing(field)) is not None:
        return listing.renamed(value, was)
    return was_of(*was) if offer.show_when is not None else _long(value, offer.label, was)


def was_of(*names: str) -> str:
    """The line that says old names."""
    told = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    return f"was: {told}"


def listed(names: Iterable[str]) -> str:
    """Names as they stand in a sentence."""
    return " or ".join(f"`{name}`" for name in names)


def _long(name: str, label: Text | None, names: Sequence[str]) -> str:
    """A choice, or a row of a matrix, in its long form; each language on a line of its own."""
    was = names[0] if len(names) == 1 else list(names)
    texts = dict(label.translations) if label is not None else {}
    if len(texts) > 1:
        told: Any = {name: {"label": texts, "was": was}}
    else:
        told = {name: {"label": next(iter(texts.values()), name), "was": was}}
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1 << 30).rstrip("\n")


def _dropped(old: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Old names that are not said any more, by the names for which they stood."""
    found: dict[str, list[str]] = {}
    for was, name in old.items():
        if was not in new:
            found.setdefault(name, []).append(was)
    return found
