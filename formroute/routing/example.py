"""Answers as an author writes them in a test, to show a case in one line, and names in a row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from operator import or_

from formroute.conditions import Condition, Test, Witness
from formroute.conditions.aspects import Axis, Day
from formroute.conditions.sets import EVERYWHERE, Cut, Spans
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


def periods(conditions: Iterable[Condition]) -> list[Test]:
    """The stretches of days of receipt, in order, within which none of these conditions begins or ends to hold."""
    tests = (test for condition in conditions for test in condition.tests() if test.axis == _DAY_OF_RECEIPT)
    days = {int(cut.at) for test in tests if isinstance(test.accepts, Spans) for cut in test.accepts.on_grid(0).cuts}
    ends = [None, *sorted(days), None]
    spans = (Spans.between(first, None if after is None else after - 1) for first, after in pairwise(ends))
    return [Test(_DAY_OF_RECEIPT, span.on_grid(0)) for span in spans]


def in_periods(held: Iterable[Test]) -> str:
    """` (in the period from 2026-06-01 until 2026-06-30)`; nothing for all of time."""
    days = reduce(or_, (test.accepts for test in held if isinstance(test.accepts, Spans)))
    told = [_in_words(*piece) for piece in days.pieces()] if days != EVERYWHERE else []
    return f" (in the period{'s' if told[1:] else ''} {' and '.join(told)})" if told else ""


def _in_words(low: Cut | None, high: Cut | None) -> str:
    first = None if low is None else f"from {date.fromordinal(int(low.at))}"
    last = "on" if high is None else f"until {date.fromordinal(int(high.at) - 1)}"
    return f"{first} {last}" if first else last


def period_of(found: Witness, conditions: Iterable[Condition]) -> str:
    """Between which days of receipt, at which one of these conditions begins or ends to hold, a witness comes in."""
    return in_periods(one for one in periods(conditions) if one.holds({}, found.moment))


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
