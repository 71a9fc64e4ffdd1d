"""Answers that are chosen from a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from typing_extensions import override

from formroute.conditions.answers.domains.domain import FLAG, Domain
from formroute.conditions.answers.wanted import NoAnswer, Wanted, only
from formroute.conditions.axes.aspects import Aspect, Count, Includes, Value
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Spans, Values
from formroute.definitions import Text


@dataclass(frozen=True, slots=True)
class OneOf(Domain):
    """One of these values; for yes_no they are True and False. `labels` is what residents read."""

    sort: ClassVar[str] = "one choice"

    values: tuple[str | bool, ...]
    labels: Mapping[str | bool, Text] = field(default_factory=dict)

    @property
    def written(self) -> Mapping[str, str | bool]:
        """The values by the words that authors write for them: `yes` and `no` for True and False."""
        return _as_written(self.values)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return _choices(self.values) if aspect == Value() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        choices = wanted.get(Value(), ANYTHING)
        if isinstance(choices, Values) and len(choices.members) == 1 and not choices.rest:
            return next(iter(choices.members))
        return next(value for value in self.values if value in choices)


@dataclass(frozen=True, slots=True)
class ManyOf(Domain):
    """Any number of these values; with none the question is blank. Answers are tuples of str."""

    sort: ClassVar[str] = "several choices"
    main: ClassVar[Aspect] = Count()

    values: tuple[str, ...]
    labels: Mapping[str | bool, Text] = field(default_factory=dict)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(1, len(self.values)).on_grid(0) if aspect == Count() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        ticked = [value for value in self.values if only(True, wanted.get(Includes(value), FLAG))]
        free = [value for value in self.values if wanted.get(Includes(value), FLAG) == FLAG]
        counts = range(max(1, len(ticked)), len(ticked) + len(free) + 1)
        count = next((count for count in counts if count in wanted.get(Count(), EVERYWHERE)), None)
        if count is None:
            return NoAnswer(certain=True)
        chosen = {*ticked, *free[: count - len(ticked)]}
        return tuple(value for value in self.values if value in chosen)


@lru_cache(maxsize=256)
def _as_written(values: tuple[str | bool, ...]) -> dict[str, str | bool]:
    return {("yes" if value else "no") if isinstance(value, bool) else value: value for value in values}


@lru_cache(maxsize=256)
def _choices(values: tuple[str | bool, ...]) -> Values:
    return Values(frozenset(values))
