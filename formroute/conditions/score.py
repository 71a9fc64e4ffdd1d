"""Answers that are sums of points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from formroute.conditions.answers.domains import Numbers
from formroute.conditions.axes.moments import Moment
from formroute.conditions.condition import Condition

MOST_SUMS = 500
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of what each part gives whose condition holds; a part that names a blank question gives nothing.

    `sums` has every total that can come of the parts so far: of none, of the first, of the first two and so on.
    """

    parts: tuple[tuple[Decimal, Condition], ...]
    sums: tuple[tuple[Decimal, ...], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[Decimal, Condition]]) -> Self | None:
        """The score of these parts; None when more than `MOST_SUMS` totals could come of them."""
        given = tuple(parts)
        sums: list[tuple[Decimal, ...]] = [(Decimal(0),)]
        for give, _ in given:
            sums.append(tuple(sorted({*sums[-1], *(total + give for total in sums[-1])})))
            if len(sums[-1]) > MOST_SUMS:
                return None
        return cls(given, tuple(sums))

    def answer(self, answers: Mapping[str, object], moment: Moment) -> int | Decimal:
        """The total that these answers give."""
        total = sum((give for give, _ in self.given(answers, moment)), Decimal(0))
        return int(total) if self.is_whole else total

    def given(self, answers: Mapping[str, object], moment: Moment) -> list[tuple[Decimal, Condition]]:
        """The parts whose condition holds: why the total is what it is."""
        return [(give, condition) for give, condition in self.parts if condition.holds(answers, moment)]

    @property
    def is_whole(self) -> bool:
        """Whether every total is a whole number."""
        return all(give == give.to_integral_value() for give, _ in self.parts)

    @property
    def domain(self) -> Numbers:
        """Every total that can come of all parts."""
        totals = self.sums[-1]
        return Numbers(totals[0], totals[-1], places=0 if self.is_whole else _PLACES, only=totals)

    @property
    def sources(self) -> frozenset[str]:
        """The questions and facts that it looks at."""
        return frozenset(name for _, condition in self.parts for name in condition.fields)
