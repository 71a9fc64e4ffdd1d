"""Conditions as JSON Schema: exactly, or as two schemas between which they lie.

A schema here is asked of canonical answers, in which a question without an answer is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from formroute.conditions import ALWAYS, All, Condition, Files, ManyOf, Not, Numbers, OneOf, Rows, Test
from formroute.conditions import Any as AnyOf
from formroute.conditions.axes.aspects import Count, Every, Includes, Some, Value
from formroute.conditions.axes.sets import AnswerSet, Cut, Spans
from formroute.conditions.question import Lookup
from formroute.forms.field import Field

Schema = dict[str, Any] | bool
_INTEGERS = frozenset({"integer", "rating"})  # other numbers are texts in JSON, which it cannot compare


class Bounds(NamedTuple):
    """What is `sure` to meet a condition, and what is `possible`: the same where JSON Schema can say it exactly."""

    sure: Schema
    possible: Schema

    @property
    def is_exact(self) -> bool:
        """Whether nothing lies between the two."""
        return self.sure == self.possible


UNKNOWN = Bounds(sure=False, possible=True)


def exactly(schema: Schema) -> Bounds:
    """A condition that is this schema."""
    return Bounds(schema, schema)


class Translation:
    """Conditions on these `fields` as schemas; of `known` facts the value is known."""

    def __init__(self, fields: Iterable[Field], known: Mapping[str, str]) -> None:
        self.fields = {item.name: item for item in fields}
        self.known = known

    def bounds(self, condition: Condition) -> Bounds:
        """What JSON Schema can say of a condition."""
        match condition:
            case Test():
                return self.test(condition)
            case Not(part):
                found = self.bounds(part)
                return Bounds(negated(found.possible), negated(found.sure))
            case All(parts):
                return _together(all_of, map(self.bounds, parts))
            case AnyOf(parts):
                return _together(any_of, map(self.bounds, parts))
        return UNKNOWN

    def test(self, test: Test) -> Bounds:
        """A test: its question is answered with one of the positions that it takes, or blank where it takes that."""
        name, aspect, accepts = test.axis.question, test.axis.aspect, test.accepts
        if name in self.known:
            return exactly(self.known[name] in accepts)
        item = self.fields.get(name)
        if item is None:
            return UNKNOWN
        if isinstance(item.follows, Lookup):
            return self.looked_up(item, item.follows, accepts)
        if not item.kind.asks:
            return UNKNOWN
        answered = _answered(item, aspect, accepts)
        blank = negated(present(name))
        return _together(any_of, [answered, exactly(blank)]) if accepts.blank else answered

    def looked_up(self, item: Field, lookup: Lookup, accepts: AnswerSet) -> Bounds:
        """A test of a value that follows from a choice, as a test of that choice."""
        source = self.fields.get(lookup.source)
        domain = source and source.kind.domain(source.definition)
        if item.visible != ALWAYS or not isinstance(domain, OneOf):
            return UNKNOWN
        taken = [value for value in domain.values if lookup.table.get(value, lookup.otherwise) in accepts]
        chosen = _one_of(lookup.source, taken)
        blank = negated(present(lookup.source))
        return exactly(any_of([chosen, blank]) if accepts.blank else chosen)


def present(name: str, answer: Schema = True) -> Schema:
    """The question is answered, and its answer fits."""
    if answer is False:
        return False
    shape = {} if answer is True else {"properties": {name: answer}}
    return {**shape, "required": [name]}


def all_of(parts: Iterable[Schema]) -> Schema:
    """All of the parts."""
    return _joined("allOf", parts, nothing=True)


def any_of(parts: Iterable[Schema]) -> Schema:
    """Any of the parts."""
    return _joined("anyOf", parts, nothing=False)


def negated(schema: Schema) -> Schema:
    """What the schema does not take."""
    if isinstance(schema, bool):
        return not schema
    return schema["not"] if schema.keys() == {"not"} else {"not": schema}


def _joined(key: str, parts: Iterable[Schema], *, nothing: bool) -> Schema:
    left = [part for part in parts if part is not nothing]
    if (not nothing) in left:
        return not nothing
    return nothing if not left else left[0] if len(left) == 1 else {key: left}


def _together(join: Callable[[Iterable[Schema]], Schema], found: Iterable[Bounds]) -> Bounds:
    sure, possible = zip(*found, strict=True) if (found := list(found)) else ((), ())
    return Bounds(join(sure), join(possible))


def _answered(item: Field, aspect: object, accepts: AnswerSet) -> Bounds:
    """The question is answered with a position that is taken."""
    if (~accepts).answered.is_empty:
        return exactly(present(item.name))
    if accepts.answered.is_empty:
        return exactly(False)
    domain = item.kind.domain(item.definition)
    match aspect:
        case Value() if isinstance(domain, OneOf):
            return exactly(_one_of(item.name, [value for value in domain.values if value in accepts]))
        case Value() if isinstance(domain, Numbers) and item.kind.name in _INTEGERS and isinstance(accepts, Spans):
            return exactly(present(item.name, _within(accepts, "minimum", "maximum")))
        case Count() if isinstance(domain, Files | Rows) or item.row:
            return (
                exactly(present(item.name, _within(accepts, "minItems", "maxItems"))) if _is_spans(accepts) else UNKNOWN
            )
        case Includes(choice) if isinstance(domain, ManyOf):
            return _flag(item.name, exactly({"contains": {"const": choice}}), accepts)
        case Some(condition) if item.row:
            return _flag(item.name, _each(item, condition, "contains"), accepts)
        case Every(condition) if item.row:
            return _flag(item.name, _each(item, condition, "items"), accepts)
    return UNKNOWN


def _is_spans(accepts: AnswerSet) -> bool:
    return isinstance(accepts, Spans)


def _each(item: Field, condition: Condition, key: str) -> Bounds:
    """A condition on the questions of some row (`contains`) or of every row (`items`)."""
    found = Translation(item.row, {}).bounds(condition)
    return Bounds({key: found.sure}, {key: found.possible})


def _flag(name: str, answer: Bounds, accepts: AnswerSet) -> Bounds:
    """An answer for which something is so, or is not so."""
    wanted = []
    if True in accepts:
        wanted.append(answer)
    if False in accepts:
        wanted.append(Bounds(negated(answer.possible), negated(answer.sure)))
    return Bounds(*(any_of(present(name, one) for one in side) for side in zip(*wanted, strict=True)))


def _one_of(name: str, values: list[Any]) -> Schema:
    return present(name, {"enum": values} if values else False)


def _within(accepts: Any, least: str, most: str) -> Schema:
    """Stretches of whole numbers."""
    return any_of(_stretch(piece.low, piece.high, least, most) for piece in accepts.on_grid(0).pieces())


def _stretch(low: Cut | None, high: Cut | None, least: str, most: str) -> Schema:
    """Whole numbers between two cuts."""
    bounds = {}
    if low is not None:
        bounds[least] = _whole(low.at) + low.after
    if high is not None:
        bounds[most] = _whole(high.at) - (not high.after)
    return bounds or True


def _whole(number: int | Decimal) -> int:
    return int(number)
