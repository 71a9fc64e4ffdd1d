"""What a condition may ask about: the questions of a form and the facts of a submission."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from formroute.conditions.answers.domains import Domain, ManyOf, Now, OneOf, Unclear
from formroute.conditions.axes.aspects import Axis, Includes, Value
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import Values
from formroute.conditions.condition import Condition, Test
from formroute.conditions.formula import Formula
from formroute.conditions.score import Score
from formroute.definitions import Text


@dataclass(frozen=True, slots=True)
class Lookup:
    """An answer that follows another one: `table` maps each choice of `source` to the value taken.

    A choice that the table does not have gives `otherwise`, and None is blank.
    """

    source: str
    table: Mapping[object, object]
    otherwise: object = None

    @property
    def sources(self) -> frozenset[str]:
        """The question that it looks at."""
        return frozenset({self.source})

    def answer(self, answers: Mapping[str, object], _moment: Moment) -> object:
        """What follows from these answers; None when nothing does."""
        source = answers.get(self.source)
        return None if source is None else self.table.get(source, self.otherwise)


@dataclass(frozen=True, slots=True)
class Calculation:
    """An answer that FEEL gives from earlier ones; `given` makes a canonical answer of FEEL's value."""

    formula: Formula
    given: Callable[[Any], object]

    @property
    def sources(self) -> frozenset[str]:
        """The questions and facts that it looks at."""
        return self.formula.fields

    def answer(self, answers: Mapping[str, object], moment: Moment) -> object:
        """What follows from these answers; None when one is missing or FEEL knows no value."""
        value = self.formula.value(answers, moment)
        return None if value is None else self.given(value)


Follows = Lookup | Calculation | Score
"""What an answer that is not asked for comes from: each knows its `sources` by name, and gives the `answer`."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its answers, and when it has one.

    It shows when `visible` holds (always, when that is None); a hidden question is blank, and a
    `required` one that shows is not. One that `follows` from others is not asked.
    """

    name: str
    domain: Domain
    label: Text | None = None
    required: bool = True
    visible: Condition | None = None
    follows: Follows | None = None

    @property
    def lookup(self) -> Lookup | None:
        """The lookup that it follows from."""
        return self.follows if isinstance(self.follows, Lookup) else None

    @property
    def calculation(self) -> Calculation | None:
        """The calculation that it follows from."""
        return self.follows if isinstance(self.follows, Calculation) else None

    @property
    def score(self) -> Score | None:
        """The sum of points that it follows from."""
        return self.follows if isinstance(self.follows, Score) else None

    @property
    def sources(self) -> frozenset[str]:
        """The questions and facts that it follows from, by name."""
        return frozenset() if self.follows is None else self.follows.sources

    @property
    def is_unclear(self) -> bool:
        """Whether there is a mistake in it, so that tests on it cannot be judged."""
        return isinstance(self.domain, Unclear)

    @property
    def always_answered(self) -> bool:
        """Whether it can never be blank."""
        return self.visible is None and (self.score is not None or (self.required and self.follows is None))


Scope = Mapping[str, Question]

FACTS = {
    "form": "the form that is filled in",
    "channel": "the way it comes in: `web`, `api`, `phone`, `counter` or `chat`",
    "language": "the language it is filled in",
    "now": "the moment of checking, by the city's clocks",
    "received": "the moment at which it was accepted, by the city's clocks; only routes know it",
}


def chooses(question: Question, choice: str | bool) -> Test:
    """The test that a choice is the answer to `question`, or is among the answers."""
    several = isinstance(question.domain, ManyOf)
    aspect, accepts = (Includes(str(choice)), Values.of(True)) if several else (Value(), Values.of(choice))
    return Test(Axis(question.name, aspect), accepts)


def facts(
    forms: Mapping[str, Text | None], channels: Iterable[str], languages: Iterable[str], *, received: bool = True
) -> dict[str, Question]:
    """The facts of a submission as questions; `received` is left out where nothing has been accepted yet."""
    titles: dict[str | bool, Text] = {name: title for name, title in forms.items() if title is not None}
    named: list[tuple[str, Domain]] = [
        ("form", OneOf(tuple(forms), titles)),
        ("channel", OneOf(tuple(channels))),
        ("language", OneOf(tuple(languages))),
        ("now", Now()),
    ]
    if received:
        named.append(("received", Now()))
    return {name: Question(name, domain) for name, domain in named}
