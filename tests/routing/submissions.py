"""All submissions of a form of six questions; a set of them is a number with a bit for each, so one `&` judges all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import Any
from zoneinfo import ZoneInfo

from formroute.conditions import All, Condition, Moment, Not, Test
from formroute.conditions import Any as AnyOf
from formroute.forms import Form
from tests.routing.brute_force import Answers, Raw, meets

NAMES = ("ward", "tree", "height", "harm", "owner", "season")
CHOICES = ("a", "b", "c", "d")
ANSWERS = (None, *CHOICES)
NOON = datetime(2026, 6, 10, 12, tzinfo=ZoneInfo("America/Winnipeg"))
MOMENT = Moment(NOON, {"form": "tree", "channel": "web", "language": "en"})


class Submissions:
    """What the form lets through of all ways to answer; bit `n` is the submission `every[n]`."""

    def __init__(self, form: Form) -> None:
        ways = (dict(zip(NAMES, way, strict=True)) for way in product(ANSWERS, repeat=len(NAMES)))
        given = ({name: answer for name, answer in way.items() if answer} for way in ways)
        self.every: Sequence[Answers] = [answers for answers in given if _is_let_through(form, answers)]
        self.all = (1 << len(self.every)) - 1
        self._having = {(name, answer): self._with(name, answer) for name in NAMES for answer in ANSWERS}

    def _with(self, name: str, answer: str | None) -> int:
        return int("".join("01"[one.get(name) == answer] for one in reversed(self.every)), 2)

    def having(self, answers: Mapping[str, str | None]) -> int:
        """Those with these answers."""
        return self._all_of(self._having[pair] for pair in answers.items())

    def meeting(self, raw: Raw) -> int:
        """Those that meet a condition as it is written."""
        return self._all_of(self._entry(key, test) for key, test in raw.items())

    def _entry(self, key: str, test: Any) -> int:
        if key in NAMES:
            return self._answering(key, lambda answers: meets({key: test}, answers))
        parts = [self.meeting(part) for part in test]
        if key == "all":
            return self._all_of(parts)
        return any_of(parts) if key == "any" else self.all & ~any_of(parts)

    def where(self, condition: Condition) -> int:
        """Those in which a compiled condition holds; each of its tests is asked of one answer after another."""
        match condition:
            case All(parts):
                return self._all_of(map(self.where, parts))
            case AnyOf(parts):
                return any_of(map(self.where, parts))
            case Not(part):
                return self.all & ~self.where(part)
            case Test(axis) if axis.question in NAMES:
                return self._answering(axis.question, lambda answers: condition.holds(answers, MOMENT))
        return self.all if condition.holds({}, MOMENT) else 0

    def _answering(self, name: str, is_so: Any) -> int:
        """Those of which the answer to one question alone says that it is so."""
        taken = (answer for answer in ANSWERS if is_so({} if answer is None else {name: answer}))
        return any_of(self._having[name, answer] for answer in taken)

    def _all_of(self, sets: Iterable[int]) -> int:
        return reduce(and_, sets, self.all)

    def of(self, bits: int) -> Iterator[Answers]:
        """The submissions in a set."""
        return (answers for number, answers in enumerate(self.every) if bits >> number & 1)


def any_of(sets: Iterable[int]) -> int:
    """What is in one of them."""
    return reduce(or_, sets, 0)


def _is_let_through(form: Form, answers: Answers) -> bool:
    checked = form.check(answers, now=NOON)
    return checked.ok and checked.answers == answers
