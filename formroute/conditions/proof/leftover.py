"""What the first conditions of a row leave over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from formroute.conditions.proof.clauses import Clause, as_clauses, box_of, lies_in, meets
from formroute.conditions.proof.division import Division
from formroute.conditions.proof.effort import Bounds

if TYPE_CHECKING:
    from formroute.conditions.proof.survey import Survey

_PARTS = 4


class Leftover:
    """Boxes that hold all that the first conditions leave over, once a survey has written it down.

    `until` says of each number of conditions how many clauses of the `division` are theirs.
    """

    def __init__(self, division: Division, everything: Sequence[int], until: Sequence[int], bounds: Bounds) -> None:
        self._division, self._everything, self._until, self._bounds = division, everything, until, bounds
        self._boxes: list[Clause] | None = None
        self._number = 0
        self._next = 1

    @property
    def is_open(self) -> bool:
        """Whether there are looks left for surveys."""
        return self._looks > 0

    def boxes(self, number: int) -> list[Clause] | None:
        """What so many conditions leave over; None where that is not known."""
        if self._boxes is None or number < self._number:
            return None
        if number > self._number:
            since = self._rows[self._until[self._number] : self._until[number]]
            self._boxes = [box for box in self._boxes if self._leaves(box, since, number)]
            self._number = number
        return self._boxes

    def survey(self, number: int) -> None:
        """Write down all that so many conditions leave over, where that seems to be little."""
        if self._boxes is not None or number < self._next:
            return
        survey = self._survey(self._everything, number)
        if survey.is_promising(self._bounds.boxes):
            self._next = number + number // 4 + 1
            self._boxes, self._number = survey.all(self._bounds.boxes, self._looks), number

    def parts(self, wanted: Iterable[Clause], number: int) -> Iterator[Clause | None]:
        """What so many conditions leave of what is wanted, box by box, and None in the end where it was given up.

        As long as not everything is written down, some looks are kept for that.
        """
        box = box_of(wanted)
        survey = self._survey([cells & box.get(axis, cells) for axis, cells in enumerate(self._everything)], number)
        kept = self._bounds.looks_at_the_whole if self._boxes is None else 0
        yield from survey.boxes((self._looks - kept) / _PARTS)
        if survey.tired:
            yield None

    @property
    def _rows(self) -> list[Clause]:
        return self._division.whole.solver.shared.rows

    @property
    def _looks(self) -> float:
        return self._bounds.looks - self._division.effort.looks

    def _survey(self, everything: Sequence[int], number: int) -> Survey:
        """Few tables need one, and what it counts with (NumPy) takes a while to load."""
        from formroute.conditions.proof.survey import Survey

        return Survey(everything, self._division.whole.solver.shared, self._until[number], self._division.effort)

    def _leaves(self, box: Clause, since: Sequence[Clause], number: int) -> bool:
        """Whether so many of the conditions may leave something of a box; those before `since` take nothing of it."""
        touching = [clause for clause in since if not lies_in(box, clause, self._everything)]
        if not touching or not all(meets(box, clause) for clause in touching):
            return not touching
        search = self._division.share(box).search(self._until[number], as_clauses(box), self._bounds.fewest_steps)
        return search.next() is not None or search.tired
