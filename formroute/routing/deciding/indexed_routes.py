"""The routes that are asked of one form, with what is told of those that lost."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from formroute.records import Step
from formroute.routing.deciding.index import Index, Known, Look
from formroute.routing.deciding.table import Route

_MOST_TOLD = 50
_CLOSEST = 10


@dataclass(frozen=True, slots=True)
class IndexedRoutes:
    """Routes in order; `index` finds them, `known` numbers the axes that they test.

    `misses` keeps, by axis and by route, what is told of a route that misses nothing else.
    """

    routes: tuple[Route, ...]
    index: Index = field(compare=False, repr=False)
    known: Known = field(compare=False, repr=False)
    misses: defaultdict[int | None, dict[int, Step]] = field(
        default_factory=lambda: defaultdict(dict), init=False, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.routes)

    @classmethod
    def of(cls, routes: Iterable[Route], known: Known) -> IndexedRoutes:
        """The routes with an index, which is made when it is first asked."""
        routes = tuple(routes)
        return cls(routes, Index([route.condition for route in routes], known), known)

    def told(self, look: Look, count: int, met: list[int]) -> list[Step]:
        """The steps of the first `count` routes, of which `met` are met: all or, of many others, the closest."""
        if count - len(met) <= _MOST_TOLD:
            return [route.told(look) for route in self.routes[:count]]
        numbers, steps = self._closest(look, count, met)
        for number in met:
            at = bisect(numbers, number)
            numbers.insert(at, number)
            steps.insert(at, self.routes[number].wording.met)
        return steps

    def _closest(self, look: Look, count: int, met: list[int]) -> tuple[list[int], list[Step]]:
        """The routes that were nearly met, with what is told of them."""
        numbers: list[int] = []
        steps: list[Step] = []
        last, misses = -1, self.misses
        for number, axis in self.index.close(look):
            if number >= count or len(steps) == _CLOSEST:
                break
            if number != last and number not in met:
                numbers.append(number)
                steps.append(misses[axis].get(number) or self._missing(number, axis, look))
            last = number
        return numbers, steps

    def _missing(self, number: int, axis: int | None, look: Look) -> Step:
        """What is told of a route that misses something, on this axis alone where there is one.

        It is kept where one line only looks at that axis: this line is what any answers fail that miss nothing else.
        """
        route = self.routes[number]
        step = route.told(look)
        if axis is not None:
            tested = [
                any(self.known.number(test.axis) == axis for test in line.condition.tests()) for line in route.lines
            ]
            if tested.count(True) == 1:
                self.misses[axis][number] = step
        return step
