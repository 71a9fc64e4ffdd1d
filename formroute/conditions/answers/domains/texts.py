"""Answers that are typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from formroute.conditions.answers.domains.domain import FLAG, Domain
from formroute.conditions.answers.texts import sample_text
from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits
from formroute.conditions.axes.aspects import Aspect, Value, Wording
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.patterns import Pattern
from formroute.conditions.axes.sets import ANYTHING, AnswerSet


@dataclass(frozen=True, slots=True)
class Texts(Domain):
    """Free text, of a `pattern` where there is one. `examples` are texts that the question surely takes; `special`
    says that it takes others only by rules of its own (an e-mail address), so that only the examples stand for them.
    Not in `own_words` are names of people and streets, in which a word is no word."""

    sort: ClassVar[str] = "a text"

    max_length: int | None = None
    special: bool = False
    examples: tuple[str, ...] = ()
    pattern: Pattern | None = None
    own_words: bool = True

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return ANYTHING if aspect in (Value(), Wording()) else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        known = next((text for text in self.examples if fits(text, wanted, moment)), None)
        if known is not None or self.special:
            return known or NoAnswer(certain=False)
        return sample_text(wanted, moment, max_length=self.max_length, pattern=self.pattern)
