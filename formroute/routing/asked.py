"""The routes that are asked of one form, with what is told of those that lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from formroute.records import Step
from formroute.routing.index import Index, Known, Look
from formroute.routing.table import Route

_MOST_TOLD = 50
_CLOSEST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """Routes in order; `index` finds them."""

    routes: tuple[Route, ...]
    index: Index = field(compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.routes)

    @classmethod
    def of(cls, routes: Iterable[Route], known: Known) -> Asked:
        """The routes with an index, which is made when it is first asked."""
        routes = tuple(routes)
        return cls(routes, Index([route.condition for route in routes], known))

    def told(self, look: Look, count: int, met: list[int]) -> list[Step]:
        """The steps of the first `count` routes, of which `met` are met: all or, of many others, the closest."""
        told: Iterable[int] = range(count)
        if count - len(met) > _MOST_TOLD:
            won = set(met)
            close = (number for number in self.index.close(look) if number < count and number not in won)
            told = sorted([*met, *islice(close, _CLOSEST)])
        return [self.routes[number].told(look) for number in told]
