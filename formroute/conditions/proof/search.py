"""The search for one submission: answers that meet a condition, or the proof that there are none."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from formroute.conditions.answers.days import all_looked_at, moments, possible_todays
from formroute.conditions.answers.domains import Now
from formroute.conditions.answers.wanted import NoAnswer, Wanted, together
from formroute.conditions.axes.aspects import Age, Aspect
from formroute.conditions.axes.formerly import Formerly
from formroute.conditions.axes.moments import FACTS, Moment
from formroute.conditions.axes.sets import EVERYWHERE
from formroute.conditions.condition import Condition
from formroute.conditions.proof.boxes import as_condition, outside, widened, without_what_follows
from formroute.conditions.proof.cells import BLANK, bits
from formroute.conditions.proof.clauses import Clause, Clauses
from formroute.conditions.proof.division import Division
from formroute.conditions.proof.encoding import Encoding
from formroute.conditions.proof.remainder import within
from formroute.conditions.proof.solver import OFF, ON, Search, Solver
from formroute.conditions.question import Question, Scope

if TYPE_CHECKING:
    from formroute.conditions.proof.survey import Survey

_SOME_DAY = Moment(datetime(2026, 6, 3, 12, tzinfo=UTC))
_MOST_STEPS = 10_000
_MOST_STEPS_IN_ALL = 30_000
_STEPS_BEFORE_SURVEY = 1_000
_STEPS_BEFORE_SURVEY_IN_ALL = 8_000
_MOST_LOOKS = 14_000_000_000
_LOOKS_AT_THE_WHOLE = 12_000_000_000
_LOOKS_IN_A_STEP = 500_000
_FEW_STEPS = 50
_MOST_TAKERS = 12
_MOST_TRIALS = 300


@dataclass(frozen=True, slots=True)
class Witness:
    """A submission that meets what was asked: answers by the questions' names, and the moment with its facts."""

    answers: Mapping[str, object]
    moment: Moment


@dataclass(frozen=True, slots=True)
class Undecided:
    """No submission was found and none ruled out, because no answer could be made up for these `questions` or, when
    `tired`, because the search took too many steps."""

    questions: frozenset[str]
    tired: bool = False


Found = Witness | Undecided | None


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
    """What can be said of conditions in a row, such as the routes of a table: made once, asked often."""

    def __init__(
        self,
        conditions: Sequence[Condition],
        scope: Scope,
        always: Iterable[Condition] = (),
        *,
        near: Moment = _SOME_DAY,
    ) -> None:
        always = list(always)
        self._near = near
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
        self._solver = self._division.whole.solver
        self._left: list[int] | None = None
        self._left_by = 0
        self._taken_by: int | None = None
        self._taken_core: list[int] = []
        self._looked_at_all = False
        self._survey_from = 1
        self._looks = _MOST_LOOKS
        self._rest: list[Clause] | None = None
        self._rest_by = 0
        self._cores: dict[int, list[int]] = {}

    @property
    def taken_by(self) -> int | None:
        """How many conditions are known to leave nothing, so that no later one is reached; None as long as none are."""
        return self._taken_by

    def met(self, number: int) -> Found:
        """A submission that meets this condition."""
        return self._search(self._wanted[number], self._until[0])

    def reached(self, number: int) -> Found:
        """A submission that meets this condition and none before it; asked in order, each answer helps the next."""
        if self._taken_by is not None and number >= self._taken_by:
            return None
        found = self._decided(number)
        if found is None and self._rest is None:
            self._look_for_rest(number)
        elif _is_tired(found) and not self._looked_at_all:
            self._looked_at_all = True
            self._prove_taken(len(self._unmet))
        return found

    def _decided(self, number: int) -> Found:
        """By a search of its own or, when that takes long, among all that the conditions before left over."""
        wanted, until = self._wanted[number], self._until[number]
        if self._rest is None or number < self._rest_by:
            surveys = self._rest is None and self._looks > 0
            found = self._search(wanted, until, number, self._short_patience() if surveys else None)
            if not (surveys and _is_tired(found)):
                return found
            self._survey(number)
            if self._rest is None:
                return self._surveyed(wanted, until, number)
        self._narrow_rest(number)
        self._cores[number] = self._touching(number)
        return self._in_boxes(self._rest or [], wanted, until)

    def _survey(self, number: int) -> None:
        """Find all that the conditions before this one leave over, where that seems to be little."""
        if number < self._survey_from:
            return
        survey = _survey(self._encoding.everything, self._solver.shared, self._until[number])
        if survey.is_promising():
            boxes = survey.all(self._looks)
            self._survey_from = number + number // 4 + 1
            self._looks -= survey.looks
            if boxes is not None:
                self._rest, self._rest_by = boxes, number

    def _surveyed(self, wanted: Sequence[Clause], until: int, number: int | None = None) -> Found:
        """A submission in one of the boxes that so many clauses leave of what is wanted."""
        box = _box(wanted)
        everything = [cells & box.get(axis, cells) for axis, cells in enumerate(self._encoding.everything)]
        survey = _survey(everything, self._solver.shared, until)
        found = self._in_boxes(survey.boxes((self._looks - _LOOKS_AT_THE_WHOLE) // 4), wanted, until)
        self._looks -= survey.looks
        if survey.tired and not isinstance(found, Witness):
            return self._search(wanted, until, number)
        if found is None and number is not None:
            self._cores[number] = self._touching(number)
        return found

    def _narrow_rest(self, number: int) -> None:
        """Forget what the conditions since have taken of the rest."""
        if self._rest is not None and number > self._rest_by:
            since = self._solver.shared.rows[self._until[self._rest_by] : self._until[number]]
            self._rest = [box for box in self._rest if self._leaves(box, since, number)]
            self._rest_by = number
        if not self._rest:
            self._taken_by, self._taken_core = number, list(range(self._until[number]))

    def _leaves(self, box: Clause, since: Sequence[Clause], number: int) -> bool:
        """Whether so many of the conditions may leave something of a box; those before `since` take nothing of it."""
        everything = self._encoding.everything
        touching = [clause for clause in since if not _lies_in(box, clause, everything)]
        if not touching or not all(_meets(box, clause) for clause in touching):
            return not touching
        search = self._division.share(box).search(self._until[number], _clauses(box), _FEW_STEPS)
        return search.next() is not None or search.tired

    def _in_boxes(self, boxes: Iterable[Clause], wanted: Sequence[Clause], until: int) -> Found:
        """A submission in one of the boxes that were left over."""
        doubtful: list[Undecided] = []
        for box in boxes:
            met = all(_meets(box, clause) for clause in wanted)
            found = self._search([*wanted, *_clauses(box)], until) if met else None
            if isinstance(found, Witness):
                return found
            if found is not None:
                doubtful.append(found)
        questions = frozenset(name for one in doubtful for name in one.questions)
        return Undecided(questions, any(one.tired for one in doubtful)) if doubtful else None

    def _touching(self, number: int) -> list[int]:
        """The clauses that can tell whether earlier conditions take all that this one could take."""
        earlier = bits(self._boxes.touching(self._boxes.rows[number], (1 << number) - 1))
        own = (range(self._until[one], self._until[one + 1]) for one in earlier)
        return [*range(self._until[0]), *itertools.chain(*own)]

    def together(self, number: int, also: Iterable[int], *, after: int = 0) -> Found:
        """A submission that meets this condition and those numbered in `also`, and none of the first `after`."""
        wanted = [clause for one in (number, *also) for clause in self._wanted[one]]
        return self._search(wanted, self._until[after])

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
        boxes.extend(map(_box, self._wanted))
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
        """Something that so many conditions leave. When they leave nothing, no later one can be reached."""
        search = self._division.whole.search(self._until[number], [], self._patience())
        rest = search.next()
        if rest is None and not search.tired:
            self._taken_core = self._division.whole.core(search)
            self._taken_by = bisect_left(self._until, search.core.bit_length())
        return None if rest is None else list(rest)

    def _patience(self) -> int:
        """How many steps a search may take: fewer and fewer, the more all searches took together."""
        surveyed = (_MOST_LOOKS - self._looks) // _LOOKS_IN_A_STEP
        return max(_FEW_STEPS, min(_MOST_STEPS, _MOST_STEPS_IN_ALL - self._division.effort.steps - surveyed))

    def _short_patience(self) -> int:
        """How many steps a search may take before what is left is surveyed."""
        return max(_FEW_STEPS, min(_STEPS_BEFORE_SURVEY, _STEPS_BEFORE_SURVEY_IN_ALL - self._division.effort.steps))

    def missed(self) -> Found:
        """A submission that meets none of the conditions."""
        if self._taken_by is not None:
            return None
        if self._rest is None:
            found = self._search([], self._until[-1], most=self._short_patience())
            if not _is_tired(found):
                return found
            self._survey(len(self._unmet))
        if self._rest is None:
            return self._surveyed([], self._until[-1])
        return self._in_boxes(self._rest, [], self._until[-1])

    def parts(self, number: int, also: int) -> Iterator[Part | Undecided]:
        """All submissions that meet this condition, the one numbered `also`, and none before this one.

        Parts may overlap. What cannot be decided comes last.
        """
        encoding, until = self._encoding, self._until[number]
        wanted = [*self._wanted[number], *self._wanted[also]]
        search = Search(self._solver, until, wanted, self._patience())
        doubtful: set[str] = set()
        while (state := search.next()) is not None:
            found = self._found(state)
            if isinstance(found, Witness):
                box = widened(state, [*self._solver.shared.rows[:until], *wanted], encoding)
                box = without_what_follows(box, encoding, self._solver, self._until[0], self._patience())
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
        solver = Solver(self._encoding.everything, itertools.chain(*few), self._division.effort)
        ends = list(itertools.accumulate(map(len, few)))
        parts = zip(takers, itertools.pairwise(ends), strict=True)
        own = {one: (1 << end) - (1 << start) for one, (start, end) in parts}
        for one in reversed(takers):
            others = {other: own[other] for other in own if other != one}
            only = reduce(or_, others.values(), (1 << ends[0]) - 1)
            search = Search(solver, 0, wanted, _FEW_STEPS, only=only)
            if search.next() is None and not search.tired:
                own = others
        return tuple(own)

    def _search(
        self, wanted: Sequence[Clause], until: int, number: int | None = None, most: int | None = None
    ) -> Found:
        share = self._division.share(_box(wanted))
        search = share.search(until, wanted, self._patience() if most is None else most)
        doubtful: set[str] = set()
        while (state := search.next()) is not None:
            found = self._found(state)
            if isinstance(found, Witness):
                return found
            if not found.certain:
                doubtful |= found.questions
            if not search.refuse(self._not_so(found, state)):
                break
        if number is not None:
            self._cores[number] = share.core(search)
        return Undecided(frozenset(doubtful), search.tired) if doubtful or search.tired else None

    def _found(self, state: Sequence[int]) -> Witness | _Refused:
        """Answers in these cells for which all that FEEL says is as the cells have it; several are tried."""
        first = self._judged(state)
        if isinstance(first, Witness) or not first.by_feel:
            return first
        tried = map(self._judged, itertools.islice(self._narrowed(state), _MOST_TRIALS))
        return next((found for found in tried if isinstance(found, Witness)), first)

    def _judged(self, state: Sequence[int]) -> Witness | _Refused:
        """Answers in these cells, calculated ones as they come out, unless FEEL says otherwise than the cells."""
        found = _Answers(self._encoding, state, self._near).witness()
        if isinstance(found, _Refused):
            return found
        found = self._calculated(found)
        for question in self._encoding.questions:
            if question.calculation is not None and not self._lies(question.name, found, state):
                fields = question.calculation.formula.fields | {question.name}
                return _Refused(fields, certain=False, by_feel=True)
        for expression, switch in self._encoding.expressions.items():
            if not state[switch] & (ON if expression.holds(found.answers, found.moment) else OFF):
                return _Refused(expression.fields, certain=False, by_feel=True, switches=(switch,))
        return found

    def _calculated(self, found: Witness) -> Witness:
        """The same with every calculated answer that shows, in the order in which they stand in the form."""
        answers = dict(found.answers)
        known = {question.name for question in self._encoding.questions}
        for name, question in self._encoding.scope.items():
            if name in known and question.calculation is not None:
                shows = question.visible is None or question.visible.holds(answers, found.moment)
                answer = question.calculation.answer(answers, found.moment) if shows else None
                answers.pop(name, None)
                answers |= {} if answer is None else {name: answer}
        return replace(found, answers=answers)

    def _lies(self, name: str, found: Witness, state: Sequence[int]) -> bool:
        """Whether the answer to a question lies in its cells."""
        for axis in self._encoding.axes_of(name):
            position = self._encoding.axes[axis].position(found.answers, found.moment)
            cells = self._encoding.cells[axis].union(state[axis])
            if not (state[axis] & BLANK if position is None else position in cells):
                return False
        return True

    def _narrowed(self, state: Sequence[int]) -> Iterator[list[int]]:
        """The same with one cell on each axis that FEEL looks at."""
        formulas = [expression.formula for expression in self._encoding.expressions]
        formulas += [one.calculation.formula for one in self._encoding.questions if one.calculation is not None]
        names = sorted({name for formula in formulas for name in formula.fields})
        axes = [axis for name in names for axis in self._encoding.axes_of(name)]
        for cells in itertools.product(*(bits(state[axis]) for axis in axes)):
            narrow = list(state)
            for axis, cell in zip(axes, cells, strict=True):
                narrow[axis] = 1 << cell
            yield narrow

    def _not_so(self, refused: _Refused, state: Sequence[int]) -> Clause:
        """That these questions and switches do not stand as they do."""
        axes = [axis for name in refused.questions for axis in self._encoding.axes_of(name)]
        clause = {axis: self._encoding.everything[axis] & ~state[axis] for axis in [*axes, *refused.switches]}
        return {axis: mask for axis, mask in clause.items() if mask}


def _survey(everything: Sequence[int], clauses: Clauses, until: int) -> Survey:
    """A survey; few tables need one, and what it counts with (NumPy) takes a while to load."""
    from formroute.conditions.proof.survey import Survey

    return Survey(everything, clauses, until)


def _is_tired(found: Found) -> bool:
    return isinstance(found, Undecided) and found.tired


def _clauses(box: Clause) -> list[Clause]:
    """The box as clauses of an axis each."""
    return [{axis: cells} for axis, cells in box.items()]


def _meets(box: Clause, clause: Clause) -> bool:
    """Whether something of the box may meet the clause."""
    return any(box.get(axis, cells) & cells for axis, cells in clause.items())


def _lies_in(box: Clause, clause: Clause, everything: Sequence[int]) -> bool:
    """Whether all of the box meets the clause."""
    return any(not box.get(axis, everything[axis]) & ~cells for axis, cells in clause.items())


def _box(clauses: Iterable[Clause]) -> Clause:
    """On each axis the cells in which those of the clauses that name it alone leave it."""
    box: dict[int, int] = {}
    for clause in clauses:
        if len(clause) == 1:
            ((axis, cells),) = clause.items()
            box[axis] = box.get(axis, cells) & cells
    return box


@dataclass(frozen=True, slots=True)
class _Refused:
    """These questions have no answers that stand together so; not `certain`: none was found.

    `by_feel` tells that there were answers, but FEEL said otherwise of them than the cells and `switches`.
    """

    questions: frozenset[str]
    certain: bool
    by_feel: bool = False
    switches: tuple[int, ...] = ()


class _Answers:
    """One choice of cells, to be turned into answers; axes on which every answer will do are not looked at."""

    def __init__(self, encoding: Encoding, state: Sequence[int], near: Moment) -> None:
        self.near = near
        self.questions: list[Question] = []
        self.wanted: dict[str, Wanted] = {}
        for question in encoding.questions:
            axes = encoding.axes_of(question.name)
            if not any(state[axis] & BLANK for axis in axes):
                asked = [axis for axis in axes if state[axis] | BLANK != encoding.everything[axis]]
                sets = {encoding.axes[axis].aspect: encoding.cells[axis].union(state[axis]) for axis in asked}
                self.wanted[question.name] = {**question.domain.bounds, **sets}
                self.questions.append(question)

    def witness(self) -> Witness | _Refused:
        """Answers to every question that is not blank, or the questions that stand in the way."""
        answers: dict[str, object] = {}
        for question in self.questions:
            if not self.is_dated(question):
                answer = question.domain.answer(self.wanted[question.name], self.near)
                if isinstance(answer, NoAnswer):
                    return _Refused(frozenset({question.name}), answer.certain)
                answers[question.name] = answer
        return self.dated(answers)

    def is_dated(self, question: Question) -> bool:
        """Whether it depends on which day today is."""
        wanted = self.wanted[question.name].items()
        return isinstance(question.domain, Now) or any(
            _is_age(aspect) and accepts != EVERYWHERE for aspect, accepts in wanted
        )

    def dated(self, answers: dict[str, object]) -> Witness | _Refused:
        """The same for answers that hang together through what day today is."""
        dated = [question for question in self.questions if self.is_dated(question)]
        if not dated:
            return _submission(answers, self.near)
        days = [question for question in dated if not isinstance(question.domain, Now)]
        now = together([self.wanted[question.name] for question in dated if isinstance(question.domain, Now)])
        seen = [self.wanted[question.name] for question in days]
        todays = possible_todays(now, seen)
        doubtful = False
        for moment in moments(now, todays, self.near):
            found = {question.name: question.domain.answer(self.wanted[question.name], moment) for question in days}
            missing = [answer for answer in found.values() if isinstance(answer, NoAnswer)]
            if not missing:
                return _submission(answers | found, moment)
            doubtful = doubtful or not all(answer.certain for answer in missing)
        certain = not doubtful and all_looked_at(todays, now, seen, self.near)
        return _Refused(frozenset(question.name for question in dated), certain)


def _is_age(aspect: Aspect) -> bool:
    return isinstance(aspect.aspect if isinstance(aspect, Formerly) else aspect, Age)


def _submission(answers: Mapping[str, object], moment: Moment) -> Witness:
    """The answers, with the facts among them moved to the moment."""
    facts = {name: str(answer) for name, answer in answers.items() if name in FACTS}
    return Witness(
        {name: answer for name, answer in answers.items() if name not in facts}, moment._replace(facts=facts)
    )
