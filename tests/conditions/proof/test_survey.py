"""All that clauses leave over, told as boxes: just what trying every choice finds."""

import itertools
import os
import random
from collections.abc import Sequence

import pytest
from hypothesis import given

from formroute.conditions.proof import cutting
from formroute.conditions.proof.clauses import Clause, Clauses
from formroute.conditions.proof.effort import Effort
from formroute.conditions.proof.survey import Survey
from tests.conditions.proof.test_solver import CHOICES, CLAUSES, EVERYTHING, meets

WIDE = [0b1111] * 5
WIDE_CHOICES = list(itertools.product((1, 2, 4, 8), repeat=5))
MANY, ENOUGH = 10_000, 1_000_000


def surveyed(
    everything: Sequence[int], clauses: Sequence[Clause], most: int = ENOUGH, effort: Effort | None = None
) -> list[Clause] | None:
    columns = Clauses(everything)
    columns.extend(clauses)
    return Survey(everything, columns, len(clauses), effort or Effort()).all(MANY, most)


def holds(choice: tuple[int, ...], boxes: Sequence[Clause]) -> int:
    return sum(all(choice[axis] & cells for axis, cells in box.items()) for box in boxes)


@given(CLAUSES)
def test_the_boxes_hold_each_choice_that_meets_every_clause_once_and_no_other(clauses: list[Clause]) -> None:
    boxes = surveyed(EVERYTHING, clauses)
    assert boxes is not None
    assert [holds(choice, boxes) for choice in CHOICES] == [int(meets(choice, clauses)) for choice in CHOICES]


def wide(seed: int) -> list[Clause]:
    chance = random.Random(seed)
    width, most = chance.choice([(2, 3), (4, 1), (5, 1)])
    return [
        {axis: sum(1 << cell for cell in chance.sample(range(4), most)) for axis in chance.sample(range(5), width)}
        for _ in range(chance.randint(5, 60))
    ]


def test_so_they_do_for_many_wide_clauses_of_which_most_choices_fail_some() -> None:
    for seed in range(6):
        clauses = wide(seed)
        boxes = surveyed(WIDE, clauses)
        assert boxes is not None
        assert [holds(choice, boxes) for choice in WIDE_CHOICES] == [
            int(meets(choice, clauses)) for choice in WIDE_CHOICES
        ]


@pytest.mark.parametrize("processors", [1, 5])
def test_a_survey_goes_the_same_way_however_many_processors_there_are(
    processors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(cutting, "_OPTIONS_IN_A_PORTION", 21)
    clauses, effort = wide(4), Effort()
    boxes = surveyed(WIDE, clauses, effort=effort)
    assert boxes is not None
    assert [holds(choice, boxes) for choice in WIDE_CHOICES] == [int(meets(choice, clauses)) for choice in WIDE_CHOICES]
    assert (len(boxes), effort.looks) == (137, 3604)


def test_nothing_is_left_by_a_clause_without_an_axis_and_everything_by_none() -> None:
    assert surveyed(EVERYTHING, [{}]) == []
    assert surveyed(EVERYTHING, []) == [{}]


def test_a_survey_that_takes_too_long_says_nothing() -> None:
    clauses: list[Clause] = [dict.fromkeys(range(4), 1 << cell) for cell in range(3)]
    assert surveyed([7] * 4, clauses, 1) is None
    assert surveyed([7] * 4, clauses) is not None
