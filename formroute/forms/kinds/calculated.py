"""Values that follow from answers; they never come from the browser."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from formroute.conditions import Lookup, OneOf, Scope
from formroute.definitions import Definition, Place, Text, hint, suggest
from formroute.definitions.types import Name, Word, YesNo
from formroute.forms.kinds.base import Kind
from formroute.forms.lookup import Library, Table, column
from formroute.problems import Mark, Problem, problem


class LookupDefinition(Definition):
    """The file to look in, the column that holds an earlier answer, and the column to take."""

    source: Word = Field(alias="from")
    match: Annotated[dict[Word, Name], Field(min_length=1, max_length=1)]
    take: Word
    otherwise: Word | None = None


class CalculatedDefinition(Definition):
    """A value looked up from an answer; with a label it is shown."""

    type: Word
    lookup: LookupDefinition
    label: Text | None = None
    private: YesNo = False
    show_when: Any = None


def read_lookup(
    definition: CalculatedDefinition, place: Place, scope: Scope, library: Library, problems: list[Problem]
) -> Lookup | None:
    """The table as a mapping from the earlier answer to the value taken; None when `problems` say why not."""
    place = place["lookup"]
    (key, source), *_ = definition.lookup.match.items()
    table = library.table(definition.lookup.source, place["from"], problems)
    if source not in scope:
        near = suggest(source, scope)
        found = place.at("match", key).problem("F207", instead=near, field=source, hint=hint(source, scope))
        problems.append(found)
    if table is None:
        return None
    known = column(table, key, place["match"].key(key), problems)
    known &= column(table, definition.lookup.take, place["take"], problems)
    if not known or source not in scope:
        return None
    values = _values(table, key, definition.lookup.take, problems)
    domain = scope[source].domain
    if definition.lookup.otherwise is None and isinstance(domain, OneOf):
        missed = (value for value in domain.values if value not in values)
        problems.extend(place["from"].problem("F208", value=value, field=source) for value in missed)
    return Lookup(source, values, definition.lookup.otherwise)


def _values(table: Table, key: str, take: str, problems: list[Problem]) -> dict[object, object]:
    values: dict[object, object] = {}
    for number, row in enumerate(table.rows, 2):
        if row[key] in values and values[row[key]] != row[take]:
            problems.append(problem("D124", Mark(table.file, number, 1), value=row[key]))
        values[row[key]] = row[take] or None
    return values


def looked_up(lookup: Lookup) -> OneOf:
    """The values that a lookup can give, as a domain for conditions."""
    values = dict.fromkeys(str(value) for value in [*lookup.table.values(), lookup.otherwise] if value is not None)
    return OneOf(tuple(values))


CALCULATED = Kind("calculated", CalculatedDefinition, widget="calculated")
