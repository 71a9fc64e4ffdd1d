"""Answers as an author writes them in a test, to show a case in one line, and names in a row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from formroute.conditions import Condition, Witness
from formroute.conditions.aspects import Axis, Day
from formroute.conditions.sets import Spans
from formroute.records import Location, Upload

_MOST_NAMES = 5
_DAY_OF_RECEIPT = Axis("received", Day())
_PLAIN = re.compile(r"\w[\w .@+’-]*")


def as_example(answers: Mapping[str, object]) -> str:
    """`surface: lane`, `depth_cm: 12`, `seen_on: blank`; nothing at all stands for every submission."""
    return ", ".join(f"`{name}: {in_yaml(answer)}`" for name, answer in answers.items()) or "any answers"


def example_of(found: Witness, conditions: Iterable[Condition]) -> str:
    """The answers of a witness to what these conditions ask."""
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    names = dict.fromkeys(name for leaf in leaves for name in sorted(leaf.fields))
    return as_example({name: found.answers.get(name, found.moment.fact(name)) for name in names})


def period_of(found: Witness, conditions: Iterable[Condition]) -> str:
    """Between which days of receipt, at which one of these conditions begins or ends to hold, a witness comes in."""
    tests = (test for condition in conditions for test in condition.tests() if test.axis == _DAY_OF_RECEIPT)
    days = {int(cut.at) for test in tests if isinstance(test.accepts, Spans) for cut in test.accepts.on_grid(0).cuts}
    today = found.moment.today.toordinal()
    first = max((day for day in days if day <= today), default=None)
    after = min((day for day in days if day > today), default=None)
    begins = [] if first is None else [f"from {date.fromordinal(first)}"]
    ends = [] if after is None else [f"until {date.fromordinal(after - 1)}"]
    period = [*begins, *(ends or ["on"])] if days else []
    return f" (in the period {' '.join(period)})" if period else ""


def listed(names: Sequence[str]) -> str:
    """`a`, `b` and 3 more."""
    shown = [f"`{name}`" for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(shown)} and {len(names) - _MOST_NAMES} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]])) or "the routes"


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
