"""Values that follow from answers; they never come from the browser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from formroute.conditions import (
    MOST_SUMS,
    Calculation,
    Condition,
    Domain,
    Follows,
    Lookup,
    OneOf,
    Scope,
    Score,
    WrittenCondition,
    compile_formula,
)
from formroute.definitions import Definition, Place, Text, unknown, wrong
from formroute.definitions.shape import Named, Shaped, shared
from formroute.definitions.types import Currency, DecimalNumber, FieldName, OldFieldNames, Word, YesNo, one_of
from formroute.forms.kinds.base import Kind
from formroute.forms.kinds.gift import GIFTS
from formroute.forms.lookup import Library, Table, column
from formroute.problems import Mark, Problem, problem


class LookupDefinition(Definition):
    """The file to look in, the column that holds an earlier answer, and the column to take."""

    source: Annotated[Word, Named("tables")] = Field(alias="from")
    """A CSV file below the schemas folder."""

    match: Annotated[dict[Word, FieldName], Field(min_length=1, max_length=1)]
    """Which column holds which earlier answer: `value: neighbourhood`."""

    take: Word
    """The column that is the result."""

    otherwise: Word | None = None
    """What stands for an answer that the file does not have; without it that is blank."""


class PointsDefinition(Definition):
    """So many points, when a condition is met."""

    give: DecimalNumber
    """How many points; fewer than none take away."""

    when: WrittenCondition
    """When they are given: a condition on earlier questions."""


class CalculatedDefinition(Definition):
    """A value that follows from answers, by a table, by FEEL or by points; with a label it is shown.

    Money is in the catalogue's currency or in `currency`.
    """

    type: Word
    """What it is."""

    lookup: LookupDefinition | None = None
    """Takes the value from a CSV file."""

    value: Annotated[Word, Shaped(shared("feel"))] | None = None
    """The value in FEEL, from earlier answers; blank while one of them is missing."""

    points: Annotated[list[PointsDefinition], Field(min_length=1)] | None = None
    """The value is the sum of what each line gives whose condition is met; 0 when none is."""

    currency: Currency | None = None
    """A code of ISO 4217 for money; the catalogue's currency unless this is written."""

    gives: Annotated[str, one_of(*GIFTS)] | None = None
    """What `value` is; money is rounded half up to the cent."""

    label: Text | None = None
    """What stands before the value where it is shown; without it, it is not."""

    private: YesNo = False
    """`yes` for a value that only departments with `private_answers: yes` get."""

    show_when: WrittenCondition = None
    """When it is there: a condition on earlier questions."""

    was: OldFieldNames = Field(default=(), exclude=True)
    """Its name before, or several: values that were stored under it are found."""

    @model_validator(mode="after")
    def _one_way(self) -> CalculatedDefinition:
        ways = [way for way in (self.lookup, self.value, self.points) if way is not None]
        if len(ways) != 1 or (self.value is None) != (self.gives is None):
            raise wrong("F217")
        return self

    def looked_at(self) -> Iterator[tuple[str, Any]]:
        """What it looks at, as conditions or FEEL, by the key that says so."""
        yield "value", self.value
        yield "lookup", dict.fromkeys(self.lookup.match.values()) if self.lookup else None
        yield "points", [line.when for line in self.points or ()]


def read_calculation(
    definition: CalculatedDefinition, place: Place, scope: Scope, later: Collection[str], problems: list[Problem]
) -> Calculation | None:
    """The FEEL under `value`; None when `problems` say why not."""
    place, gift = place["value"], GIFTS[str(definition.gives)]
    typed = compile_formula(definition.value, place, scope, problems, later=later)
    if typed is None or typed.type is None:
        return None
    if typed.type.name != gift.type:
        problems.append(place.problem("F218", type=typed.type.name, gives=definition.gives, expected=gift.type))
        return None
    return Calculation(typed.formula, gift.given)


def read_lookup(
    definition: LookupDefinition, place: Place, scope: Scope, library: Library, problems: list[Problem]
) -> Lookup | None:
    """The table as a mapping from the earlier answer to the value taken; None when `problems` say why not."""
    place = place["lookup"]
    (key, source), *_ = definition.match.items()
    table = library.table(definition.source, place["from"], problems)
    if source not in scope:
        problems.append(unknown(place.at("match", key), "F207", source, scope, field=source))
    if table is None:
        return None
    known = column(table, key, place["match"].key(key), problems)
    known &= column(table, definition.take, place["take"], problems)
    if not known or source not in scope:
        return None
    values = _values(table, key, definition.take, problems)
    domain = scope[source].domain
    if definition.otherwise is None and isinstance(domain, OneOf):
        missed = (value for value in domain.values if value not in values)
        problems.extend(place["from"].problem("F208", value=value, field=source) for value in missed)
    return Lookup(source, values, definition.otherwise)


def _values(table: Table, key: str, take: str, problems: list[Problem]) -> dict[object, object]:
    values: dict[object, object] = {}
    for number, row in enumerate(table.rows, 2):
        if row[key] in values and values[row[key]] != row[take]:
            problems.append(problem("D124", Mark(table.file, number, 1), value=row[key]))
        values[row[key]] = row[take] or None
    return values


def read_points(
    definition: list[PointsDefinition],
    place: Place,
    compile_when: Callable[[Any, Place], Condition],
    problems: list[Problem],
) -> Score | None:
    """The points as a score; None when they could add up to too many different sums."""
    place = place["points"]
    parts = [(line.give, compile_when(line.when, place[number]["when"])) for number, line in enumerate(definition)]
    score = Score.of(parts)
    if score is None:
        problems.append(place.problem("F227", most=MOST_SUMS))
    return score


def looked_up(lookup: Lookup) -> OneOf:
    """The values that a lookup can give, as a domain for conditions."""
    values = dict.fromkeys(str(value) for value in [*lookup.table.values(), lookup.otherwise] if value is not None)
    return OneOf(tuple(values))


def calculated_domain(definition: CalculatedDefinition, follows: Follows) -> Domain:
    """Every value that can come of it."""
    if isinstance(follows, Score):
        return follows.domain
    return looked_up(follows) if isinstance(follows, Lookup) else GIFTS[str(definition.gives)].domain


def _show(definition: CalculatedDefinition, value: Any, language: str) -> str:
    gives = "number" if definition.points else definition.gives
    return str(value) if gives is None else GIFTS[gives].show(definition, value, language)


def _in_currency(definition: CalculatedDefinition, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    """The definition with the catalogue's currency, where it gives money and names none."""
    if definition.gives != "money":
        return definition
    return definition.model_copy(update={"currency": definition.currency or library.currency})


CALCULATED = Kind("calculated", CalculatedDefinition, widget="calculated", show=_show, resolve=_in_currency)
