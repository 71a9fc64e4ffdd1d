"""What a search for a submission comes to: one that does, the proof that there is none (None), or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formroute.conditions.axes.moments import Moment


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
