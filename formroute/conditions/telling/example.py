"""Answers as an author writes them in a test, to show a case in one line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from formroute.conditions.answers.domains import Numbers
from formroute.conditions.axes.aspects import Age
from formroute.conditions.axes.moments import RelativeDay
from formroute.conditions.axes.sets import Spans
from formroute.conditions.condition import Condition, Expression, Test
from formroute.conditions.proof.found import Witness
from formroute.conditions.question import Scope
from formroute.records import Location, Upload

_PLAIN = re.compile(r"\w[\w .@+’-]*")


def as_example(answers: Mapping[str, object]) -> str:
    """`surface: lane`, `depth_cm: 12`, `seen_on: blank`; nothing at all stands for every submission."""
    return ", ".join(f"`{name}: {in_yaml(answer)}`" for name, answer in answers.items()) or "any answers"


def example_of(found: Witness, conditions: Iterable[Condition], scope: Scope) -> str:
    """The answers of a witness to what these conditions ask, behind the answers that make the form ask for them."""
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    asked = (name for leaf in leaves for name in sorted(leaf.fields))
    answers = {name: _answer(found, name) for one in asked for name in (*_shows(found, one, scope), one)}
    return as_example({**answers, **_from_today(found, leaves)})


def _shows(found: Witness, name: str, scope: Scope) -> Iterator[str]:
    """The questions whose answers let one show that is answered, the first of them first."""
    visible = scope[name].visible if name in found.answers and name in scope else None
    for other in sorted(visible.fields) if visible else ():
        if _answer(found, other) is not None:
            yield from (*_shows(found, other, scope), other)


def _answer(found: Witness, name: str) -> object:
    return found.answers.get(name, found.moment.fact(name))


def _from_today(found: Witness, leaves: Iterable[Test | Expression]) -> Mapping[str, RelativeDay]:
    """The days that are tested only by how long ago they are, said so too."""
    said = {
        name: {isinstance(leaf, Test) and leaf.axis.aspect == Age() for leaf in leaves if name in leaf.fields}
        for name, answer in found.answers.items()
        if isinstance(answer, date) and not isinstance(answer, datetime)
    }
    return {
        name: RelativeDay(Age().of(found.answers[name], found.moment))
        for name, by_age in said.items()
        if by_age == {True}
    }


def between_whole(found: Witness, conditions: Iterable[Condition], scope: Scope) -> str:
    """What to do where a witness falls between two whole numbers of tests, as from 4 to 5; nothing elsewhere."""
    tests = [test for condition in conditions for test in condition.tests()]
    for name, answer in found.answers.items():
        if isinstance(answer, Decimal) and answer % 1 and name in scope and isinstance(scope[name].domain, Numbers):
            spans = (test.accepts for test in tests if test.axis.question == name and isinstance(test.accepts, Spans))
            below = max((cut.at for accepts in spans for cut in accepts.cuts if cut.at <= answer), default=None)
            if below is not None and not below % 1:
                return (
                    f" `{name}` takes fractions too: begin with `more_than: {int(below)}`, or give it `type: integer`."
                )
    return ""


def in_yaml(value: object, nothing: str = "blank") -> str:
    """One canonical value as it stands in a test, or the word for nothing."""
    match value:
        case None:
            return nothing
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case tuple():
            return f"[{', '.join(map(in_yaml, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{name}: {in_yaml(part)}' for name, part in value.items())}}}"
        case Location(address) | Upload(_, address):
            return in_yaml(address)
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
