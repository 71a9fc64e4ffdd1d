"""Conditions and questions written as clauses over cells, for the solver.

What is true of every submission becomes clauses too: all aspects of a question are blank together, a
hidden question is blank, a required one that shows is not, and a looked-up one follows its source.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.axes.sets import AnswerSet, Spans, Values
from formroute.conditions.condition import All, Any, Condition, Expression, Not, Test
from formroute.conditions.formula import Formula
from formroute.conditions.proof.cells import BLANK, Absent, Cells
from formroute.conditions.proof.clauses import Clause
from formroute.conditions.proof.landmarks import landmarks
from formroute.conditions.proof.solver import OFF, ON
from formroute.conditions.question import Lookup, Question, Scope
from formroute.conditions.score import Score

_MOST_PRODUCTS = 16


class Encoding:
    """The axes that some conditions look at, cut into cells, with what is true of every submission as `clauses`.

    `everything` has the mask of each axis; axes beyond those of `axes` are switches that stand for a part of a
    condition. `expressions` has the switches of what only FEEL can say: whether one can be on beside the cells
    chosen is known only once there are answers.
    """

    def __init__(self, conditions: Iterable[Condition], scope: Scope) -> None:
        conditions = list(conditions)
        self.scope = scope
        self.questions = _involved(conditions, scope)
        visible = [one.visible for one in self.questions if one.visible]
        visible += [condition for one in self.questions if one.score for _, condition in one.score.parts]
        expressions = dict.fromkeys(found for one in [*conditions, *visible] for found in one.expressions())
        named = [test for expression in expressions for test in landmarks(expression.formula, scope)]
        named += [test for question in self.questions for test in _inputs(question, [*conditions, *visible], scope)]
        sets = _sets([*conditions, *visible, *named], self.questions)
        self.axes = tuple(sets)
        self._numbers = {axis: number for number, axis in enumerate(self.axes)}
        self._axes_of: dict[str, list[int]] = {}
        for number, axis in enumerate(self.axes):
            self._axes_of.setdefault(axis.question, []).append(number)
        self.cells = [self._cut(axis, sets[axis]) for axis in self.axes]
        self.everything = [cells.everything for cells in self.cells]
        self.expressions = {one: number for number, one in enumerate(expressions, len(self.axes))}
        self.everything += [OFF | ON] * len(self.expressions)
        self._masks: dict[tuple[Axis, AnswerSet], int] = {}
        self._switched: list[Clause] = []
        self.clauses = [clause for question in self.questions for clause in self._always(question)]
        self.clauses += [clause for one in self.expressions for clause in self._unless_answered(one)]

    def clauses_of(self, condition: Condition, *, wanted: bool = True) -> list[Clause]:
        """Clauses that all hold just when the condition does or, if not `wanted`, does not."""
        clauses = self._of(condition, wanted)
        clauses += self._switched
        self._switched = []
        return clauses

    def axes_of(self, question: str) -> list[int]:
        """The numbers of the question's axes, the main one first."""
        return self._axes_of.get(question, [])

    def _cut(self, axis: Axis, sets: Iterable[AnswerSet]) -> Cells:
        question = self.scope.get(axis.question)
        if question is None:
            return Absent()
        return Cells.of(question.domain.space(axis.aspect), [self._possible(axis, accepts) for accepts in sets])

    def _possible(self, axis: Axis, accepts: AnswerSet) -> AnswerSet:
        question = self.scope.get(axis.question)
        return accepts if question is None else question.domain.possible(axis.aspect, accepts)

    def _mask(self, axis: Axis, accepts: AnswerSet) -> int:
        mask = self._masks.get((axis, accepts))
        if mask is None:
            mask = self.cells[self._numbers[axis]].mask(self._possible(axis, accepts))
            self._masks[axis, accepts] = mask
        return mask

    def _of(self, condition: Condition, wanted: bool) -> list[Clause]:
        match condition:
            case Test(axis, accepts):
                number, mask = self._numbers[axis], self._mask(axis, accepts)
                return self._clause({number: mask if wanted else self.everything[number] & ~mask})
            case Expression():
                return [{self.expressions[condition]: ON if wanted else OFF}]
            case Not(part):
                return self._of(part, not wanted)
            case All(parts) | Any(parts):
                inner = [self._of(part, wanted) for part in parts]
                return list(itertools.chain(*inner)) if isinstance(condition, All) == wanted else self._either(inner)
        raise TypeError(condition)

    def _either(self, options: Iterable[list[Clause]]) -> list[Clause]:
        """That all clauses of one option hold: each way to take a clause from each; a switch where these are many."""
        return reduce(self._or, options, [{}])

    def _or(self, one: list[Clause], other: list[Clause]) -> list[Clause]:
        if len(one) * len(other) > _MOST_PRODUCTS and min(len(one), len(other)) > 1:
            other = self._switch(other)
        return [clause for a, b in itertools.product(one, other) for clause in self._clause(a, b)]

    def _switch(self, clauses: list[Clause]) -> list[Clause]:
        """A clause that one switch is on; while it is on, all of `clauses` hold."""
        axis = len(self.everything)
        self.everything.append(OFF | ON)
        self._switched += [clause for one in clauses for clause in self._clause({axis: OFF}, one)]
        return [{axis: ON}]

    def _clause(self, *parts: Clause) -> list[Clause]:
        """The clause that one of the parts holds; none when that is always so."""
        clause: dict[int, int] = {}
        for part in parts:
            for axis, mask in part.items():
                clause[axis] = clause.get(axis, 0) | mask
        for axis, mask in clause.items():
            if mask == self.everything[axis]:
                return []
        return [{axis: mask for axis, mask in clause.items() if mask}]

    def _always(self, question: Question) -> Iterator[Clause]:
        main, *others = self.axes_of(question.name)
        blank, answered = {main: BLANK}, {main: self.everything[main] & ~BLANK}
        for other in others:
            yield from self._clause(blank, {other: self.everything[other] & ~BLANK})
            yield from self._clause(answered, {other: BLANK})
        shows = [] if question.visible is None else self._of(question.visible, wanted=True)
        hidden = [{}] if question.visible is None else self._of(question.visible, wanted=False)
        yield from self._either([shows, [blank]])
        if question.lookup is not None:
            yield from self._lookup(question.lookup, main, hidden)
        elif question.calculation is not None:
            yield from self._unless_ready(question.calculation.formula, blank)
        elif question.score is not None:
            yield from self._score(question.score, main, hidden)
        elif question.required:
            yield from self._either([hidden, [answered]])
        yield from self._switched
        self._switched = []

    def _unless_answered(self, expression: Expression) -> Iterator[Clause]:
        """The blank rule: while a question that it names is blank, an expression holds or not as it says."""
        settled = {self.expressions[expression]: ON if expression.blank else OFF}
        yield from self._unless_ready(expression.formula, settled)

    def _unless_ready(self, formula: Formula, settled: Clause) -> Iterator[Clause]:
        """That something is settled while a question that the formula names is blank."""
        for name in sorted(formula.fields):
            answered = {axis: self.everything[axis] & ~BLANK for axis in self.axes_of(name)[:1]}
            yield from self._clause(answered, settled)

    def _lookup(self, lookup: Lookup, main: int, hidden: list[Clause]) -> Iterator[Clause]:
        """The answer follows its source: a value only where the table says so, blank only where it says nothing."""
        source_axis = Axis(lookup.source, Value())
        source, found = self._numbers[source_axis], 0
        possible = BLANK
        for value, keys in _keys_by_value(lookup).items():
            is_value = self._mask(self.axes[main], Values.of(value))
            has_key = self._mask(source_axis, keys)
            yield from self._clause({main: self.everything[main] & ~is_value}, {source: has_key})
            possible |= is_value
            found |= has_key
        yield from self._clause({main: possible})
        answered = {main: self.everything[main] & ~BLANK, source: self.everything[source] & ~found}
        yield from self._either([hidden, [answered]])

    def _score(self, score: Score, main: int, hidden: list[Clause]) -> Iterator[Clause]:
        """The total so far lies on an axis of its own for each part, which adds to it just when its condition holds."""
        so_far = self._axis(len(score.sums[0]))
        for (give, condition), before, after in zip(score.parts, score.sums, score.sums[1:], strict=False):
            then = self._axis(len(after))
            met, unmet = self._of(condition, wanted=True), self._of(condition, wanted=False)
            for number, total in enumerate(before):
                other: list[Clause] = [{so_far: self.everything[so_far] & ~(1 << number)}]
                yield from self._either([other, unmet, [{then: 1 << after.index(total + give)}]])
                yield from self._either([other, met, [{then: 1 << after.index(total)}]])
            so_far = then
        for number, total in enumerate(score.sums[-1]):
            other = [{so_far: self.everything[so_far] & ~(1 << number)}]
            yield from self._either([other, hidden, [{main: self._mask(self.axes[main], Spans.at(total))}]])

    def _axis(self, cells: int) -> int:
        """A new axis that stands for no answer, with so many cells."""
        self.everything.append((1 << cells) - 1)
        return len(self.everything) - 1


def _involved(conditions: Iterable[Condition], scope: Scope) -> list[Question]:
    """The questions that the conditions look at, and those on which their showing or their values depend."""
    names = dict.fromkeys(name for condition in conditions for name in sorted(condition.fields))
    waiting = list(names)
    while waiting:
        question = scope.get(waiting.pop())
        if question is None:
            continue
        further = sorted(question.visible.fields) if question.visible else []
        further += sorted(question.sources)
        waiting += [name for name in further if name not in names]
        names |= dict.fromkeys(further)
    return [scope[name] for name in names if name in scope]


def _inputs(question: Question, conditions: Iterable[Condition], scope: Scope) -> Iterator[Test]:
    """Landmarks for what a calculated answer comes from."""
    if question.calculation is not None:
        tests = (test for condition in conditions for test in condition.tests())
        asked_for = [test.accepts for test in tests if test.axis.question == question.name]
        yield from landmarks(question.calculation.formula, scope, asked_for)


def _sets(conditions: Iterable[Condition], questions: Sequence[Question]) -> dict[Axis, dict[AnswerSet, None]]:
    """Every set that occurs on each axis; each question has its main axis, before its others."""
    sets: dict[Axis, dict[AnswerSet, None]] = {Axis(one.name, one.domain.main): {} for one in questions}
    for condition in conditions:
        for test in condition.tests():
            sets.setdefault(test.axis, {})[test.accepts] = None
    for question in questions:
        if question.lookup is not None:
            source = sets.setdefault(Axis(question.lookup.source, Value()), {})
            for value, keys in _keys_by_value(question.lookup).items():
                sets[Axis(question.name, question.domain.main)][Values.of(value)] = None
                source[keys] = None
        if question.score is not None:
            sets[Axis(question.name, question.domain.main)] |= dict.fromkeys(map(Spans.at, question.score.sums[-1]))
    return sets


def _keys_by_value(lookup: Lookup) -> dict[object, AnswerSet]:
    """For each value that the lookup can give, the answers of its source that give it."""
    keys: dict[object, AnswerSet] = {}
    named: AnswerSet = Values()
    for key, value in lookup.table.items():
        named |= Values.of(key)
        if value is not None:
            keys[value] = keys.get(value, Values()) | Values.of(key)
    if lookup.otherwise is not None:
        keys[lookup.otherwise] = keys.get(lookup.otherwise, Values()) | (~named).answered
    return keys
