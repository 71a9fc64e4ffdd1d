"""A part of what a row of clauses has left over, kept while more of them are added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from formroute.conditions.proof.clauses import Clause


def within(box: Sequence[int], clauses: Iterable[Clause]) -> list[int] | None:
    """A part of the box in which all clauses hold; None when none was found by narrowing one axis after another."""
    left = list(box)
    for clause in clauses:
        if not any(left[axis] & ~cells == 0 for axis, cells in clause.items()):
            share = {axis: (left[axis] & cells).bit_count() / left[axis].bit_count() for axis, cells in clause.items()}
            axis = max(share, key=share.__getitem__, default=None)
            if axis is None or not share[axis]:
                return None
            left[axis] &= clause[axis]
    return left
