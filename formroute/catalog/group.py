"""Forms that a resident looks for in one place, and how the front page brings them together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from formroute.definitions import Definition, Place, Text, unknown
from formroute.definitions.shape import Named, one_or_more
from formroute.definitions.types import Reference, listed, typed
from formroute.problems import Problem


class GroupDefinition(Definition):
    """Forms under one heading of the front page."""

    title: Text
    """The heading."""

    forms: Annotated[tuple[Annotated[Reference, Named("forms")], ...], typed(listed, one_or_more)]
    """The forms under it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms under one heading; a form is in one group at most."""

    id: str
    title: Text
    forms: tuple[str, ...]


def misplaced(groups: Mapping[str, GroupDefinition], forms: Collection[str], place: Place) -> Iterator[Problem]:
    """An error for each form that is not there, or that another group has."""
    found: dict[str, str] = {}
    for name, group in groups.items():
        for number, form in enumerate(group.forms):
            at = place.at(name, "forms", number)
            if form not in forms:
                yield unknown(at, "G540", form, forms, form=form)
            elif form in found:
                yield at.problem("G541", form=form, group=found[form])
            found.setdefault(form, name)
