"""What a form says under `was`: the former names of its questions, of their choices, and of both in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from formroute.definitions import Place
from formroute.forms.renames import Renamed, Renames, inside, old_names
from formroute.forms.written_fields import WrittenField
from formroute.problems import Problem


def renames_of(
    written: Iterable[WrittenField], names: Mapping[str, Place], problems: list[Problem], within: str = ""
) -> Renames:
    """What was renamed among questions; `names` has the places of all in the form, `within` the name of their rows."""
    written = list(written)
    some = any(vars(item.definition).get("was") for item in written)  # most forms have none, and there are many
    fields = old_names(_renamed(written, names, within), problems) if some else {}
    fields |= {old: new for old, new in inside(fields, [item.name for item in written]) if old not in fields}
    choices = {item.name: _old_choices(item, problems) for item in written if _has_renamed_choices(item)}
    rows = {item.name: renames_of(item.row, names, problems, f"{item.name}[].") for item in written if item.row}
    return Renames(
        fields,
        {name: found for name, found in choices.items() if found},
        {name: found for name, found in rows.items() if found},
    )


def _renamed(written: Iterable[WrittenField], names: Mapping[str, Place], within: str) -> Iterator[Renamed]:
    """The questions with their old names; those that nobody answers only hold theirs."""
    read_names = {item.name: item for item in written}
    for whole, at in names.items():
        name = whole.removeprefix(within)
        item = read_names.get(name) if whole.startswith(within) else None
        if item is not None:
            place = item.place if item.stands_alone else item.place["rows"][name.rpartition(".")[2]]
            yield Renamed(name, getattr(item.definition, "was", ()), place, at)
        elif not within and "[]" not in whole:
            yield Renamed(name, (), at, at)


def _old_choices(written: WrittenField, problems: list[Problem]) -> Mapping[str, str]:
    """The old values of a question's choices, each with that of today."""
    if written.stands_alone and isinstance(written.place["choices_from"].plain(), str):  # found right when it was read
        return {old: value for value, offer in written.offers.items() for old in offer.was}
    place = written.place["choices" if written.stands_alone else "scale"]
    named = (Renamed(value, one.was, place[value], place.key(value)) for value, one in written.offers.items())
    return old_names(named, problems if written.stands_alone or written.is_first_row else [])


def _has_renamed_choices(written: WrittenField) -> bool:
    return any(offer.was for offer in written.offers.values())
