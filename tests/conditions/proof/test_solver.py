"""The search among cells on clauses of its own: it agrees with trying every choice, and says what it rests on."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from formroute.conditions.proof.clauses import Clause
from formroute.conditions.proof.remainder import within
from formroute.conditions.proof.solver import Search, Solver

AXES = (3, 2, 4)
EVERYTHING = [(1 << size) - 1 for size in AXES]
CHOICES = list(itertools.product(*([1 << cell for cell in range(size)] for size in AXES)))
CLAUSE = st.dictionaries(st.sampled_from(range(3)), st.integers(1, 15), max_size=3).map(
    lambda clause: {axis: cells & EVERYTHING[axis] for axis, cells in clause.items() if cells & EVERYTHING[axis]}
)
CLAUSES = st.lists(CLAUSE, max_size=8)


def meets(choice: tuple[int, ...], clauses: list[Clause]) -> bool:
    return all(any(choice[axis] & cells for axis, cells in clause.items()) for clause in clauses)


@given(CLAUSES, st.lists(st.tuples(st.integers(0, 8), CLAUSES), max_size=4))
def test_one_search_after_another_agrees_with_trying_every_choice(
    shared: list[Clause], asked: list[tuple[int, list[Clause]]]
) -> None:
    solver = Solver(EVERYTHING, shared)
    for until, wanted in asked:
        enabled = shared[:until]
        search = Search(solver, len(enabled), wanted, 1000)
        found = search.next()
        possible = [choice for choice in CHOICES if meets(choice, [*enabled, *wanted])]
        if found is None:
            assert not possible
            core = [clause for number, clause in enumerate(shared) if search.core >> number & 1]
            assert not any(meets(choice, [*core, *wanted]) for choice in CHOICES)
        else:
            inside = [one for one in CHOICES if all(cell & cells for cell, cells in zip(one, found, strict=True))]
            assert inside
            assert set(inside) <= set(possible)


@given(CLAUSES)
def test_refusing_each_answer_goes_through_all_of_them(clauses: list[Clause]) -> None:
    search = Search(Solver(EVERYTHING, clauses), len(clauses), [], 1000)
    seen: set[tuple[int, ...]] = set()
    while (found := search.next()) is not None:
        inside = {one for one in CHOICES if all(cell & cells for cell, cells in zip(one, found, strict=True))}
        assert not inside & seen
        seen |= inside
        refusal = {axis: EVERYTHING[axis] & ~cells for axis, cells in enumerate(found) if cells != EVERYTHING[axis]}
        if not search.refuse(refusal):
            break
    assert seen == {choice for choice in CHOICES if meets(choice, clauses)}


@given(CLAUSES)
def test_a_part_within_clauses_meets_them(clauses: list[Clause]) -> None:
    part = within(EVERYTHING, clauses)
    if part is not None:
        inside = [one for one in CHOICES if all(cell & cells for cell, cells in zip(one, part, strict=True))]
        assert inside
        assert all(meets(choice, clauses) for choice in inside)


def test_a_search_gives_up_after_so_many_dead_ends() -> None:
    """Eight pigeons in seven holes: no choice exists, and to show it takes more than a few steps."""
    pigeons, holes = 8, 7
    everything = [(1 << holes) - 1] * pigeons
    apart = [
        {one: everything[one] & ~(1 << hole), other: everything[other] & ~(1 << hole)}
        for one, other in itertools.combinations(range(pigeons), 2)
        for hole in range(holes)
    ]
    solver = Solver(everything, apart)
    search = Search(solver, len(apart), [], 20)
    assert search.next() is None
    assert search.tired
    assert solver.effort.steps == 21


def test_what_was_learned_is_kept_in_bounds() -> None:
    rng = random.Random(4)
    everything = [(1 << 6) - 1] * 8
    clauses = [{axis: rng.randrange(1, 63) & 7 or 1 for axis in rng.sample(range(8), 3)} for _ in range(400)]
    solver = Solver(everything, clauses)
    for until in range(0, 400, 2):
        for axis in range(8):
            Search(solver, until, [{axis: 8}, {(axis + 1) % 8: 16, (axis + 3) % 8: 32}], 1000).next()
    assert len(solver.learned.rows) <= 3_100
