"""All that a row of clauses leaves over, found by counting how many of them each cell could meet.

Where every clause names many axes, a search meets dead ends that teach it little. Here nothing is learned. Cells are
chosen axis by axis, and a branch ends as soon as the best cells of its open axes together meet fewer clauses than are
still unmet. That holds with any weights: clauses which the best cells leave unmet count more in the next
round, until the sum falls short or a few rounds are over (the dual of a linear program, in small steps).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause, Clauses

_FIRST_WEIGHT = 2
_MOST_ROUNDS = 12
_FARTHEST = 0.3
_MOST_BOXES = 2_000
_FEW = 500


Option = tuple[int, int, int]
"""Some cells of an axis that the same clauses accept: how much these weigh, which they are, and the cells."""


class Choice(NamedTuple):
    """An open axis, the heaviest of its options, and all those that have not been ruled out."""

    axis: int
    best: Option
    options: Sequence[Option]


class _Axis(NamedTuple):
    """An open axis beside other ones: clauses that none of these names, and its options."""

    number: int
    alone: int
    options: Sequence[Option]


class _Branch(NamedTuple):
    """Cells chosen so far, the axes still open, the clauses not yet met, and what share of the whole it is."""

    chosen: tuple[tuple[int, int], ...]
    open: int
    unmet: int
    share: float


class Survey:
    """The first `until` clauses, to be gone through axis by axis; `steps` counts how often a cell was weighed.

    What comes first is what the heaviest cells lead to.
    """

    def __init__(self, everything: Sequence[int], clauses: Clauses, until: int) -> None:
        self.steps, self.tired = 0, False
        self._step = 1 + until // 1_000
        self._all = (1 << until) - 1
        naming = {axis: numbers & self._all for axis, numbers in clauses.naming().items()}
        self._naming = {axis: numbers for axis, numbers in naming.items() if numbers}
        self._options = {axis: _options(axis, everything[axis], clauses, self._all) for axis in self._naming}
        self._everything, self._rows = everything, clauses.rows[:until]
        self._possible = all(everything) and all(self._rows)
        self._layouts: dict[int, list[_Axis]] = {}

    def is_promising(self) -> bool:
        """Whether few choices are left over, as far as can be told from how much each clause takes by itself."""
        return _expected(self._naming, self._rows, self._everything) <= _FEW

    def all(self, most: int) -> list[Clause] | None:
        """The boxes; None when it takes more than `most` steps, or when they are too many to be of use."""
        found = list(itertools.islice(self.boxes(most), _MOST_BOXES + 1))
        return None if self.tired or len(found) > _MOST_BOXES else found

    def boxes(self, most: int) -> Iterator[Clause]:
        """Boxes that lie apart and together hold just what meets every clause, unless it grew `tired` before the end.

        `most` is the number of steps. When a fifth of them led less than a hundredth of the way, it gives up, too.
        """
        waiting = [_Branch((), sum(1 << axis for axis in self._naming), self._all, 1.0)] if self._possible else []
        left = 1.0
        while waiting:
            branch = waiting.pop()
            if not branch.unmet:
                yield dict(branch.chosen)
            further = list(self._further(branch)) if branch.unmet else []
            left += sum(one.share for one in further) - branch.share
            waiting += further
            if self.steps > most or (self.steps > most / 5 and left > 0.99):
                self.tired = True
                return

    def _further(self, branch: _Branch) -> Iterator[_Branch]:
        """The branch cut along one of its axes, without what cannot meet every clause."""
        choices = self._choices(branch)
        if choices is not None:
            axis, _, options = min(choices, key=_breadth)
            for _, clauses, cells in sorted(options):
                chosen = (*branch.chosen, (axis, cells))
                share = branch.share / len(options)
                yield _Branch(chosen, branch.open & ~(1 << axis), branch.unmet & ~clauses, share)

    def _choices(self, branch: _Branch) -> list[Choice] | None:
        """Of each open axis the options that may still lead to meeting every clause; None when nothing does."""
        choices = self._counted(branch)
        weight = _FIRST_WEIGHT * branch.unmet.bit_count()
        for further in reversed(range(_MOST_ROUNDS)):
            excess = sum([choice.best[0] for choice in choices]) - weight
            if excess < 0 or not choices:
                return None
            missed = branch.unmet
            for choice in choices:
                missed &= ~choice.best[1]
            if not (further and missed) or excess > weight * _FARTHEST:
                break
            weight += missed.bit_count()
            choices = [self._recounted(choice, choice.best[0] - excess, missed) for choice in choices]
        return [_within(choice, choice.best[0] - excess) for choice in choices]

    def _counted(self, branch: _Branch) -> list[Choice]:
        """What each open axis can meet, those clauses included that no other one can; none when one cannot."""
        unmet = branch.unmet
        choices: list[Choice] = []
        for axis, alone, options in self._layout(branch.open):
            forced = unmet & alone
            self.steps += len(options) * self._step
            counted = [
                (_FIRST_WEIGHT * (unmet & clauses).bit_count(), clauses, cells)
                for _, clauses, cells in options
                if forced & clauses == forced
            ]
            if not counted:
                return []
            choices.append(Choice(axis, max(counted), counted))
        return choices

    def _recounted(self, choice: Choice, least: int, missed: int) -> Choice:
        """The options of at least this weight, with each missed clause one heavier."""
        axis, _, options = choice
        self.steps += len(options) * self._step
        options = [
            (weight + (missed & one).bit_count(), one, cells) for weight, one, cells in options if weight >= least
        ]
        return Choice(axis, max(options), options)

    def _layout(self, open_: int) -> list[_Axis]:
        """The open axes, each with the clauses that it alone of them names."""
        layout = self._layouts.get(open_)
        if layout is None:
            once = twice = 0
            for axis in bits(open_):
                twice |= once & self._naming[axis]
                once |= self._naming[axis]
            alone = once & ~twice
            layout = [_Axis(axis, alone & self._naming[axis], self._options[axis]) for axis in bits(open_)]
            self._layouts[open_] = layout
        return layout


def _expected(axes: Iterable[int], rows: Sequence[Clause], everything: Sequence[int]) -> float:
    """How many choices would meet every clause if no clause had to do with another, apart from those of one axis."""
    allowed = list(everything)
    for row in rows:
        if len(row) == 1:
            ((axis, cells),) = row.items()
            allowed[axis] &= cells
    several = [row for row in rows if len(row) > 1]
    taken = (math.prod(1 - _share(cells, allowed[axis]) for axis, cells in row.items()) for row in several)
    return math.prod(allowed[axis].bit_count() for axis in axes) * math.prod(1 - share for share in taken)


def _share(cells: int, allowed: int) -> float:
    return (cells & allowed).bit_count() / max(1, allowed.bit_count())


def _options(axis: int, everything: int, clauses: Clauses, among: int) -> list[Option]:
    """The cells of an axis, those together that the same clauses accept."""
    together: dict[int, int] = {}
    for cell in bits(everything):
        accepting = clauses.meeting(axis, cell) & among
        together[accepting] = together.get(accepting, 0) | 1 << cell
    return [(0, accepting, cells) for accepting, cells in together.items()]


def _within(choice: Choice, least: int) -> Choice:
    """The choice without the options of less than this weight."""
    return Choice(choice.axis, choice.best, [option for option in choice.options if option[0] >= least])


def _breadth(choice: Choice) -> tuple[int, int]:
    """How many ways an axis leaves; of equal ones the heavier comes first."""
    return len(choice.options), -sum(option[0] for option in choice.options)
