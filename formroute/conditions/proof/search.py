"""The search for one submission: answers that meet a condition, or the proof that there are none."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, reduce
from operator import or_

from formroute.conditions.axes.moments import Moment
from formroute.conditions.condition import Condition
from formroute.conditions.proof.boxes import as_condition, outside, widened, without_what_follows
from formroute.conditions.proof.cells import bits
from formroute.conditions.proof.clauses import Clause, Clauses, as_clauses, box_of, meets
from formroute.conditions.proof.division import Division
from formroute.conditions.proof.effort import ORDINARY, Bounds
from formroute.conditions.proof.encoding import Encoding
from formroute.conditions.proof.found import Found, Undecided, Witness
from formroute.conditions.proof.leftover import Leftover
from formroute.conditions.proof.remainder import within
from formroute.conditions.proof.solver import Search, Solver
from formroute.conditions.proof.submissions import Refused, Submissions
from formroute.conditions.question import Scope

_SOME_DAY = Moment(datetime(2026, 6, 3, 12, tzinfo=UTC))
_MOST_TAKERS = 12
_GIVEN_UP = Undecided(frozenset(), tired=True)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the submissions that were asked for: all that meet `condition`, one of them being `witness`."""

    condition: Condition
    witness: Witness


@dataclass(frozen=True, slots=True)
class Overlap:
    """Earlier conditions that a submission meets together with one, or of which that was not found out."""

    found: Witness | Undecided
    others: tuple[int, ...]


def find(wanted: Condition, scope: Scope, always: Iterable[Condition] = (), *, near: Moment = _SOME_DAY) -> Found:
    """A submission that meets `wanted`, and all of `always`; None is the proof that there is none.

    A name that `scope` does not have is blank. `near` is the moment around which dates are taken.
    """
    return Proof([wanted], scope, always, near=near).reached(0)


class Proof:
    """What can be said of conditions in a row, such as the routes of a table: made once, asked often.

    What is not found out within its `bounds` stays undecided.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        scope: Scope,
        always: Iterable[Condition] = (),
        *,
        near: Moment = _SOME_DAY,
        bounds: Bounds = ORDINARY,
    ) -> None:
        always = list(always)
        self._bounds = bounds
        self._conditions = conditions
        self._encoding = encoding = Encoding([*conditions, *always], scope)
        self._wanted = [encoding.clauses_of(condition) for condition in conditions]
        self._unmet = [encoding.clauses_of(condition, wanted=False) for condition in conditions]
        rows = [*encoding.clauses, *(clause for condition in always for clause in encoding.clauses_of(condition))]
        self._until = [len(rows)]
        for clauses in self._unmet:
            rows += clauses
            self._until.append(len(rows))
        self._division = Division(encoding.everything, rows)
        self._effort = self._division.effort
        self._solver = self._division.whole.solver
        self._submissions = Submissions(encoding, near)
        self._leftover = Leftover(self._division, encoding.everything, self._until, bounds)
        self._left: list[int] | None = None
        self._left_by = 0
        self._taken_by: int | None = None
        self._taken_core: list[int] = []
        self._looked_at_all = False
        self._cores: dict[int, list[int]] = {}

    @property
    def taken_by(self) -> int | None:
        """How many conditions are known to leave nothing, so that no later one is reached; None as long as none are."""
        return self._taken_by

    def met(self, number: int) -> Found:
        """A submission that meets this condition."""
        return self._search(self._wanted[number], 0)

    def reached(self, number: int) -> Found:
        """A submission that meets this condition and none before it; asked in order, each answer helps the next.

        What is not known may be known when it is asked again in the end.
        """
        if self._taken_by is not None and number >= self._taken_by:
            return None
        found = self._decided(self._wanted[number], number)
        if found is None and self._leftover.boxes(number) is None:
            self._look_for_rest(number)
        elif _is_tired(found) and not self._looked_at_all:
            self._looked_at_all = True
            self._prove_taken(len(self._unmet))
        return found

    def missed(self) -> Found:
        """A submission that meets none of the conditions."""
        return None if self._taken_by is not None else self._decided([], len(self._unmet))

    def _decided(self, wanted: Sequence[Clause], number: int) -> Found:
        """By a search of its own or, when that takes long, among all that so many conditions leave over."""
        boxes = self._leftover.boxes(number)
        if boxes is None:
            surveys = self._leftover.is_open
            patience = self._bounds.steps_left_before_survey if surveys else self._bounds.steps_left
            found = self._ruled_out(wanted, number, patience(self._effort))
            if not (surveys and _is_tired(found)):
                return found
            self._leftover.survey(number)
            boxes = self._leftover.boxes(number)
        if boxes == []:
            self._taken_by, self._taken_core = number, list(range(self._until[number]))
        found = self._in_boxes(self._leftover.parts(wanted, number) if boxes is None else boxes, wanted, number)
        if boxes is None and _is_tired(found):
            return self._ruled_out(wanted, number, self._bounds.steps_left(self._effort))
        if found is None:
            self._cores[number] = self._touching(wanted, number)
        return found

    def _ruled_out(self, wanted: Sequence[Clause], number: int, most: float) -> Found:
        """By a search; what leaves nothing is kept."""
        share = self._division.share(box_of(wanted))
        search = share.search(self._until[number], wanted, most)
        found = self._first(search)
        self._cores[number] = share.core(search)
        return found

    def _in_boxes(self, boxes: Iterable[Clause | None], wanted: Sequence[Clause], number: int) -> Found:
        """A submission in one of the boxes that so many conditions leave over; None is a box that nobody found."""
        doubtful: list[Undecided] = []
        for box in boxes:
            found = _GIVEN_UP if box is None else self._in_box(box, wanted, number)
            if isinstance(found, Witness):
                return found
            if found is not None:
                doubtful.append(found)
        questions = frozenset(name for one in doubtful for name in one.questions)
        return Undecided(questions, any(one.tired for one in doubtful)) if doubtful else None

    def _in_box(self, box: Clause, wanted: Sequence[Clause], number: int) -> Found:
        if not all(meets(box, clause) for clause in wanted):
            return None
        return self._search([*wanted, *as_clauses(box)], number)

    def _touching(self, wanted: Sequence[Clause], number: int) -> list[int]:
        """The clauses that can tell whether so many conditions take all that is wanted."""
        earlier = bits(self._boxes.touching(box_of(wanted), (1 << number) - 1))
        own = (range(self._until[one], self._until[one + 1]) for one in earlier)
        return [*range(self._until[0]), *itertools.chain(*own)]

    def together(self, number: int, also: Iterable[int], *, after: int = 0) -> Found:
        """A submission that meets this condition and those numbered in `also`, and none of the first `after`."""
        wanted = [clause for one in (number, *also) for clause in self._wanted[one]]
        return self._search(wanted, after)

    def overlaps(self, number: int, among: int = -1) -> Iterator[Overlap]:
        """The earlier conditions that share a submission with this one; a search tells of all that its witness meets.

        Conditions that lie apart on one axis are not searched. `among` has the bits of those that are asked for.
        """
        left = self._boxes.touching(self._boxes.rows[number], (1 << number) - 1 & among)
        while left:
            first = next(bits(left))
            found = self.together(number, (first,))
            met = [first]
            if isinstance(found, Witness):
                others = (one for one in bits(left & left - 1) if self._holds(one, found))
                met += others
            left ^= sum(1 << one for one in met)
            if found is not None:
                yield Overlap(found, tuple(met))

    @cached_property
    def _boxes(self) -> Clauses:
        """Of each condition the cells that it leaves open, axis by axis."""
        boxes = Clauses(self._encoding.everything)
        boxes.extend(map(box_of, self._wanted))
        return boxes

    def _holds(self, number: int, found: Witness) -> bool:
        return self._conditions[number].holds(found.answers, found.moment)

    def _look_for_rest(self, number: int) -> None:
        """See whether the conditions before this one leave anything at all."""
        while self._left is not None and self._left_by < number:
            self._left = within(self._left, self._unmet[self._left_by])
            self._left_by += 1
        if self._left is None:
            self._left, self._left_by = self._prove_taken(number), number

    def _prove_taken(self, number: int) -> list[int] | None:
        """Something that so many conditions leave. When they leave nothing, no later one can be reached.

        That only saves searches, so it ends within ordinary bounds, too.
        """
        most = min(bounds.steps_left(self._effort) for bounds in (self._bounds, ORDINARY))
        search = self._division.whole.search(self._until[number], [], most)
        rest = search.next()
        if rest is None and not search.tired:
            self._taken_core = self._division.whole.core(search)
            self._taken_by = bisect_left(self._until, search.core.bit_length())
        return None if rest is None else list(rest)

    def parts(self, number: int, also: int) -> Iterator[Part | Undecided]:
        """All submissions that meet this condition, the one numbered `also`, and none before this one.

        Parts may overlap. What cannot be decided comes last.
        """
        encoding, until = self._encoding, self._until[number]
        wanted = [*self._wanted[number], *self._wanted[also]]
        search = Search(self._solver, until, wanted, self._bounds.steps_left(self._effort))
        doubtful: set[str] = set()
        while (state := search.next()) is not None:
            found = self._submissions.of(state)
            if isinstance(found, Witness):
                box = widened(state, [*self._solver.shared.rows[:until], *wanted], encoding)
                box = without_what_follows(
                    box, encoding, self._solver, self._until[0], self._bounds.steps_left(self._effort)
                )
                yield Part(as_condition(box, encoding), found)
                refused = outside(box, encoding)
            else:
                doubtful |= found.questions if not found.certain else frozenset()
                refused = self._not_so(found, state)
            if not search.refuse(refused):
                break
        if doubtful or search.tired:
            yield Undecided(frozenset(doubtful), search.tired)

    def takers(self, number: int | None) -> tuple[int, ...]:
        """Conditions before an unreachable one that together take all that it could take, and none too many.

        None asks for those that take everything, where `taken_by` says that there are some.
        """
        core = self._taken_core if number is None else self._cores.get(number, self._taken_core)
        wanted = [] if number is None else self._wanted[number]
        clauses = (clause for clause in core if clause >= self._until[0])
        takers = list(dict.fromkeys(bisect_right(self._until, clause) - 1 for clause in clauses))
        return self._needed(takers, wanted) if len(takers) <= _MOST_TAKERS else tuple(takers)

    def _needed(self, takers: Sequence[int], wanted: Sequence[Clause]) -> tuple[int, ...]:
        """Those that together leave nothing of what is wanted, found among these few alone."""
        few = [self._solver.shared.rows[: self._until[0]], *(self._unmet[one] for one in takers)]
        solver = Solver(self._encoding.everything, itertools.chain(*few), self._effort)
        ends = list(itertools.accumulate(map(len, few)))
        parts = zip(takers, itertools.pairwise(ends), strict=True)
        own = {one: (1 << end) - (1 << start) for one, (start, end) in parts}
        for one in reversed(takers):
            others = {other: own[other] for other in own if other != one}
            only = reduce(or_, others.values(), (1 << ends[0]) - 1)
            search = Search(solver, 0, wanted, self._bounds.fewest_steps, only=only)
            if search.next() is None and not search.tired:
                own = others
        return tuple(own)

    def _search(self, wanted: Sequence[Clause], number: int) -> Found:
        """A submission that meets what is wanted and none of so many conditions."""
        return self._first(
            self._division.share(box_of(wanted)).search(
                self._until[number], wanted, self._bounds.steps_left(self._effort)
            )
        )

    def _first(self, search: Search) -> Found:
        """The first submission that a search comes to."""
        doubtful: set[str] = set()
        while (state := search.next()) is not None:
            found = self._submissions.of(state)
            if isinstance(found, Witness):
                return found
            if not found.certain:
                doubtful |= found.questions
            if not search.refuse(self._not_so(found, state)):
                break
        return Undecided(frozenset(doubtful), search.tired) if doubtful or search.tired else None

    def _not_so(self, refused: Refused, state: Sequence[int]) -> Clause:
        """That these questions and switches do not stand as they do."""
        axes = [axis for name in refused.questions for axis in self._encoding.axes_of(name)]
        clause = {axis: self._encoding.everything[axis] & ~state[axis] for axis in [*axes, *refused.switches]}
        return {axis: mask for axis, mask in clause.items() if mask}


def _is_tired(found: Found) -> bool:
    return isinstance(found, Undecided) and found.tired
