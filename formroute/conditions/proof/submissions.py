"""Cells turned into a submission, or into what stands in its way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formroute.conditions.answers.days import all_looked_at, moments, possible_todays
from formroute.conditions.answers.domains import Now
from formroute.conditions.answers.wanted import NoAnswer, Wanted, together
from formroute.conditions.axes.aspects import Age, Aspect
from formroute.conditions.axes.formerly import Formerly
from formroute.conditions.axes.moments import FACTS, Moment
from formroute.conditions.axes.sets import EVERYWHERE
from formroute.conditions.proof.cells import BLANK, bits
from formroute.conditions.proof.encoding import Encoding
from formroute.conditions.proof.found import Witness
from formroute.conditions.proof.solver import OFF, ON
from formroute.conditions.question import Question

_MOST_TRIALS = 300


@dataclass(frozen=True, slots=True)
class Refused:
    """These questions have no answers that stand together so; not `certain`: none was found.

    `by_feel` tells that there were answers, but FEEL said otherwise of them than the cells and `switches`.
    """

    questions: frozenset[str]
    certain: bool
    by_feel: bool = False
    switches: tuple[int, ...] = ()


class Submissions:
    """Submissions made up for choices of cells; `near` is the moment around which dates are taken."""

    def __init__(self, encoding: Encoding, near: Moment) -> None:
        self._encoding, self._near = encoding, near

    def of(self, state: Sequence[int]) -> Witness | Refused:
        """Answers in these cells for which all that FEEL says is as the cells have it; several are tried."""
        first = self._judged(state)
        if isinstance(first, Witness) or not first.by_feel:
            return first
        tried = map(self._judged, itertools.islice(self._narrowed(state), _MOST_TRIALS))
        return next((found for found in tried if isinstance(found, Witness)), first)

    def _judged(self, state: Sequence[int]) -> Witness | Refused:
        """Answers in these cells, calculated ones as they come out, unless FEEL says otherwise than the cells."""
        found = _Answers(self._encoding, state, self._near).witness()
        if isinstance(found, Refused):
            return found
        found = self._calculated(found)
        for question in self._encoding.questions:
            if question.calculation is not None and not self._lies(question.name, found, state):
                fields = question.calculation.formula.fields | {question.name}
                return Refused(fields, certain=False, by_feel=True)
        for expression, switch in self._encoding.expressions.items():
            if not state[switch] & (ON if expression.holds(found.answers, found.moment) else OFF):
                return Refused(expression.fields, certain=False, by_feel=True, switches=(switch,))
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

    def witness(self) -> Witness | Refused:
        """Answers to every question that is not blank, or the questions that stand in the way."""
        answers: dict[str, object] = {}
        for question in self.questions:
            if not self.is_dated(question):
                answer = question.domain.answer(self.wanted[question.name], self.near)
                if isinstance(answer, NoAnswer):
                    return Refused(frozenset({question.name}), answer.certain)
                answers[question.name] = answer
        return self.dated(answers)

    def is_dated(self, question: Question) -> bool:
        """Whether it depends on which day today is."""
        wanted = self.wanted[question.name].items()
        return isinstance(question.domain, Now) or any(
            _is_age(aspect) and accepts != EVERYWHERE for aspect, accepts in wanted
        )

    def dated(self, answers: dict[str, object]) -> Witness | Refused:
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
        return Refused(frozenset(question.name for question in dated), certain)


def _is_age(aspect: Aspect) -> bool:
    return isinstance(aspect.aspect if isinstance(aspect, Formerly) else aspect, Age)


def _submission(answers: Mapping[str, object], moment: Moment) -> Witness:
    """The answers, with the facts among them moved to the moment."""
    facts = {name: str(answer) for name, answer in answers.items() if name in FACTS}
    return Witness(
        {name: answer for name, answer in answers.items() if name not in facts}, moment._replace(facts=facts)
    )
