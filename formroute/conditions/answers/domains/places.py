"""Answers that are places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from typing_extensions import override

from formroute.conditions.answers.domains.domain import Domain
from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits
from formroute.conditions.axes.aspects import NO_POINT, Aspect, Inside
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import ANYTHING, AnswerSet, Values
from formroute.records import Location

_STREET = "1 Example Street"
_AT_SEA = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Points(Domain):
    """A place: an address, with a point on the map or without."""

    sort: ClassVar[str] = "a place"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Values.of(True, False, NO_POINT) if isinstance(aspect, Inside) else ANYTHING

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        areas = [aspect.area for aspect in wanted if isinstance(aspect, Inside)]
        points = [point for area in areas for point in area.samples()]
        places = [Location(_STREET), *(Location(_STREET, *map(_degrees, point)) for point in [*points, _AT_SEA])]
        return next((place for place in places if fits(place, wanted, moment)), NoAnswer(certain=len(areas) == 1))


def _degrees(angle: float) -> Decimal:
    return Decimal(str(angle))
