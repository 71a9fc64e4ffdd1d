"""What a form says under `was`: the former names of its questions, of their choices, and of both in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from formroute.definitions import Place
from formroute.forms.asked import Asked
from formroute.forms.renames import Renamed, Renames, inside, old_names
from formroute.problems import Problem


def renames_of(
    asked: Iterable[Asked], names: Mapping[str, Place], problems: list[Problem], within: str = ""
) -> Renames:
    """What was renamed among questions; `names` has the places of all in the form, `within` the name of their rows."""
    asked = list(asked)
    some = any(vars(item.definition).get("was") for item in asked)  # most forms have none, and there are many
    fields = old_names(_renamed(asked, names, within), problems) if some else {}
    fields |= {old: new for old, new in inside(fields, [item.name for item in asked]) if old not in fields}
    choices = {item.name: _old_choices(item, problems) for item in asked if _has_renamed_choices(item)}
    rows = {item.name: renames_of(item.row, names, problems, f"{item.name}[].") for item in asked if item.row}
    return Renames(
        fields,
        {name: found for name, found in choices.items() if found},
        {name: found for name, found in rows.items() if found},
    )


def _renamed(asked: Iterable[Asked], names: Mapping[str, Place], within: str) -> Iterator[Renamed]:
    """The questions with their old names; those that nobody answers only hold theirs."""
    read_names = {item.name: item for item in asked}
    for whole, at in names.items():
        name = whole.removeprefix(within)
        item = read_names.get(name) if whole.startswith(within) else None
        if item is not None:
            place = item.place if item.is_written else item.place["rows"][name.rpartition(".")[2]]
            yield Renamed(name, getattr(item.definition, "was", ()), place, at)
        elif not within and "[]" not in whole:
            yield Renamed(name, (), at, at)


def _old_choices(asked: Asked, problems: list[Problem]) -> Mapping[str, str]:
    """The old values of a question's choices, each with that of today."""
    if asked.is_written and isinstance(asked.place["choices_from"].plain(), str):  # found right when it was read
        return {old: value for value, offer in asked.offers.items() for old in offer.was}
    place = asked.place["choices" if asked.is_written else "scale"]
    named = (Renamed(value, one.was, place[value], place.key(value)) for value, one in asked.offers.items())
    return old_names(named, problems if asked.is_written or asked.is_first_row else [])


def _has_renamed_choices(asked: Asked) -> bool:
    return any(offer.was for offer in asked.offers.values())
