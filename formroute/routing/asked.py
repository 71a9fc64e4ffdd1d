"""The routes that are asked of one form, with what a trace keeps of those that lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from formroute.conditions import Moment
from formroute.records import Step
from formroute.routing.index import Index
from formroute.routing.table import Answers, Route

_MOST_TOLD = 50
"""With more losing routes than these a trace keeps the closest only, and no more than these."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Routes in order; `index` finds them."""

    routes: tuple[Route, ...]
    index: Index = field(compare=False, repr=False)

    @classmethod
    def of(cls, routes: Iterable[Route]) -> Asked:
        """The routes with an index, which is made when it is first asked."""
        routes = tuple(routes)
        return cls(routes, Index([route.condition for route in routes]))

    def first(self, answers: Answers, moment: Moment) -> int | None:
        """The number of the first route that is met."""
        return self.index.first(answers, moment)

    def met(self, answers: Answers, moment: Moment) -> list[int]:
        """The numbers of all routes that are met."""
        return self.index.met(answers, moment)

    def told(self, count: int, met: list[int], answers: Answers, moment: Moment) -> Iterator[Step]:
        """The steps of the first `count` routes, of which `met` are met: all, or of the others the closest."""
        if count - len(met) <= _MOST_TOLD:
            told: Iterable[int] = range(count)
        else:
            won = set(met)
            close = (number for number in self.index.close(answers, moment) if number < count and number not in won)
            told = sorted([*met, *islice(close, _MOST_TOLD)])
        return (self.routes[number].step(answers, moment) for number in told)
