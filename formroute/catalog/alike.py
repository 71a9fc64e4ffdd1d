"""Choices of a question that come out alike, so that nothing but people tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as Anything
from typing import NamedTuple

from formroute.catalog.uses import QuestionName, Uses
from formroute.conditions import (
    All,
    Any,
    Condition,
    ManyOf,
    Not,
    OneOf,
    Question,
    Renaming,
    Test,
    Witness,
    chooses,
    find,
    is_possible,
)
from formroute.conditions.axes.aspects import Includes, Value
from formroute.conditions.axes.sets import Values

Choice = str | bool


def alike(name: QuestionName, domain: OneOf | ManyOf, uses: Uses) -> Iterator[list[Choice]]:
    """Groups of choices that can be exchanged for each other: it changes no condition and no copy."""
    return _Comparison(name, domain, uses).groups()


class _Shown(NamedTuple):
    """A condition, and a submission that meets it."""

    condition: Condition
    by: Witness


class _Comparison:
    """The choices of one question, by what looks at it; `tested` has each condition with its tests on the question."""

    def __init__(self, name: QuestionName, domain: OneOf | ManyOf, uses: Uses) -> None:
        self.question = Question(name.name, domain)
        self.choices, self.copies, self.scope = domain.values, uses.copies(name), uses.scope(name.row)
        self.tested = [
            (one, [test for test in one.tests() if test.axis.question == name.name]) for one in uses.conditions(name)
        ]

    def groups(self) -> Iterator[list[Choice]]:
        """Each group of two choices or more."""
        shown = {choice: self.shown(choice) for choice in self.choices}
        groups: list[list[Choice]] = []
        for choice in self.choices:
            possible = (known for known in groups if not _differ(shown[known[0]], self.question.name, known[0], choice))
            same = next((known for known in possible if self.is_same(known[0], choice)), None)
            if same is None:
                groups.append([choice])
            else:
                same.append(choice)
        return (group for group in groups if len(group) > 1)

    def shown(self, choice: Choice) -> _Shown | None:
        """The first condition that names a choice, with a submission that meets it by that choice; None if unknown.

        It tells the choice apart from most others at once, where a table has a route or more for each.
        """
        chosen = chooses(self.question, choice)
        condition = next((one for one, tests in self.tested if any(_names(test, choice) for test in tests)), None)
        found = condition and find(All((condition, chosen)), self.scope)
        return _Shown(condition, found) if condition and isinstance(found, Witness) else None

    def is_same(self, one: Choice, other: Choice) -> bool:
        """Whether the two can be exchanged."""
        if any(copies.departments.get(one) != copies.departments.get(other) for copies in self.copies):
            return False
        choices: dict[Anything, Anything] = {one: other, other: one}
        exchanged = Renaming(choices={self.question.name: choices})
        telling = (condition for condition, tests in self.tested if any(_tells(test, one, other) for test in tests))
        return all(self.is_equal(condition, exchanged(condition)) for condition in telling)

    def is_equal(self, one: Condition, other: Condition) -> bool:
        """Whether no answers meet one of them and not the other; those at which a notice stops the form count too."""
        differ = Any((All((one, Not(other))), All((other, Not(one)))))
        return not is_possible(differ, self.scope)


def _names(test: Test, choice: Choice) -> bool:
    """Whether the test asks for this choice and not for everything but a few."""
    match test.axis.aspect, test.accepts:
        case Value(), Values(members, rest=False):
            return choice in members
        case Includes(named), accepts:
            return named == choice and True in accepts
    return False


def _differ(shown: _Shown | None, name: str, one: Choice, other: Choice) -> bool:
    """Whether what is shown of `one` no longer holds with `other` in its place."""
    if shown is None:
        return False
    exchange: dict[Anything, Anything] = {one: other, other: one}
    answer: Anything = shown.by.answers.get(name)
    several = isinstance(answer, tuple)
    there = tuple(exchange.get(choice, choice) for choice in answer) if several else exchange.get(answer, answer)
    return not shown.condition.holds({**shown.by.answers, name: there}, shown.by.moment)


def _tells(test: Test, one: Choice, other: Choice) -> bool:
    """Whether the test alone tells two choices apart."""
    match test.axis.aspect:
        case Value():
            return (one in test.accepts) != (other in test.accepts)
        case Includes(choice):
            return choice in (one, other)
    return False
