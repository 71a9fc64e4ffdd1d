"""Boxes: on each axis some cells, whatever the others are; how large one can be, and which condition it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.sets import EVERYWHERE, AnswerSet, Piece, Spans, Values
from formroute.conditions.condition import All, Condition, Not, Test
from formroute.conditions.proof.cells import BLANK
from formroute.conditions.proof.clauses import Clause
from formroute.conditions.proof.encoding import Encoding
from formroute.conditions.proof.solver import ON, Search, Solver


def widened(box: Sequence[int], clauses: Sequence[Clause], encoding: Encoding) -> list[int]:
    """The box with more cells on one axis after another, as long as each clause holds in all of it.

    Clauses hold in a box when one axis lies in their mask. Switches stay as they are.
    """
    wide = list(box)
    for axis in range(len(encoding.axes)):
        wide[axis] = encoding.everything[axis]
        for clause in clauses:
            if axis in clause and not any(wide[other] & ~cells == 0 for other, cells in clause.items()):
                wide[axis] &= clause[axis]
    return wide


def without_what_follows(box: Sequence[int], encoding: Encoding, solver: Solver, until: int, most: float) -> list[int]:
    """The box without axes on which the first clauses leave no other cells anyway."""
    wide = list(box)
    for axis in range(len(encoding.axes)):
        rest = encoding.everything[axis] & ~wide[axis]
        if rest:
            others = [{other: cells} for other, cells in _narrow(wide, encoding) if other != axis]
            search = Search(solver, until, [*others, {axis: rest}], most)
            if search.next() is None and not search.tired:
                wide[axis] = encoding.everything[axis]
    return wide


def outside(box: Sequence[int], encoding: Encoding) -> Clause:
    """The clause that something lies outside the box."""
    clause = {axis: encoding.everything[axis] & ~cells for axis, cells in _narrow(box, encoding)}
    return {axis: cells for axis, cells in clause.items() if cells}


def as_condition(box: Sequence[int], encoding: Encoding) -> Condition:
    """What the box says of the answers, question by question as they are asked."""
    order = {name: number for number, name in enumerate(encoding.scope)}
    tests: list[Test] = []
    others: list[Condition] = []
    expressions = {number: one for one, number in encoding.expressions.items()}
    for axis, cells in _narrow(box, encoding):
        if axis in expressions:
            others.append(expressions[axis] if cells == ON else Not(expressions[axis]))
        else:
            tests.append(Test(encoding.axes[axis], _accepts(encoding, axis, cells)))
    tests.sort(key=lambda test: order.get(test.axis.question, -1))
    parts = (*tests, *others)
    return parts[0] if len(parts) == 1 else All(parts)


def _narrow(box: Sequence[int], encoding: Encoding) -> Iterator[tuple[int, int]]:
    """The axes on which the box leaves something out; switches that only help the search say nothing."""
    for axis in range(len(encoding.axes) + len(encoding.expressions)):
        if box[axis] != encoding.everything[axis]:
            yield axis, box[axis]


def _accepts(encoding: Encoding, axis: int, cells: int) -> AnswerSet:
    """The positions in these cells, said the shorter way."""
    every, rest = encoding.cells[axis], encoding.everything[axis] & ~cells & ~BLANK
    accepts = every.union(cells)
    if isinstance(accepts, Values) and rest.bit_count() < (cells & ~BLANK).bit_count():
        accepts = (~every.union(rest)).answered
    elif isinstance(accepts, Spans):
        accepts = _answers(encoding, encoding.axes[axis], accepts) if rest else EVERYWHERE
    return accepts.or_blank if cells & BLANK else accepts.answered


def _answers(encoding: Encoding, axis: Axis, spans: Spans) -> Spans:
    """Stretches as an author would write them: no ends where the answers end, and the last number in."""
    domain = encoding.scope[axis.question].domain
    beyond = EVERYWHERE - Spans.narrowed(domain.space(axis.aspect))
    stretches = [_stretch(piece) for piece in (spans | beyond).pieces()]
    told = [stretch for stretch in stretches if not (stretch & spans).answered.is_empty]
    return reduce(or_, told, Spans()).with_ends(domain.grid)


def _stretch(piece: Piece) -> Spans:
    return Spans(tuple(cut for cut in piece if cut is not None), starts=piece.low is None)
