"""How much a proof does, and how much it may do."""

from __future__ import annotations

import math
from dataclasses import dataclass

_LOOKS_IN_A_STEP = 500_000


@dataclass(slots=True)
class Effort:
    """What all searches and surveys of a proof came to: dead ends, and looks at a word of clauses."""

    steps: int = 0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where searches and surveys give up, counted and not in seconds, so that a file is told the same on every machine.

    One search takes as many `steps`, and the `fewest_steps` when all together took `steps_in_all`; before there is a
    survey, the same with smaller numbers. All surveys together take as many `looks`, of which those in parts of the
    submissions leave `looks_at_the_whole` to those that write down everything, which is not done for more `boxes`.
    """

    steps: float = 10_000
    steps_in_all: float = 30_000
    fewest_steps: float = 50
    steps_before_survey: float = 1_000
    steps_before_survey_in_all: float = 8_000
    looks: float = 14_000_000_000
    looks_at_the_whole: float = 12_000_000_000
    boxes: int = 20_000

    def steps_left(self, effort: Effort) -> float:
        """How many steps the next search may take: fewer and fewer, the more all searches and surveys took together."""
        spent = effort.steps + effort.looks // _LOOKS_IN_A_STEP
        return max(self.fewest_steps, min(self.steps, self.steps_in_all - spent))

    def steps_left_before_survey(self, effort: Effort) -> float:
        """How many steps it may take before what is left is surveyed."""
        left = self.steps_before_survey_in_all - effort.steps
        return max(self.fewest_steps, min(self.steps_before_survey, left))


ORDINARY = Bounds()
THOROUGH = Bounds(steps=math.inf, steps_in_all=math.inf, looks=math.inf)
"""Gives up nothing: tables made to be hard take minutes, or hours."""
