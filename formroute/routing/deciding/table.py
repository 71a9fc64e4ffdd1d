"""Compiled tables: what each route asks, in order, and what follows when all of it is met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from formroute.conditions import ALWAYS, All, Condition, Moment, Scope, in_words
from formroute.definitions import Place, Prose
from formroute.messages import say
from formroute.records import Step
from formroute.routing.deciding.index import Look
from formroute.routing.table_test import TableTest
from formroute.routing.written.duration import Duration
from formroute.routing.written.table import Policy

Answers = Mapping[str, object]

_FORM = frozenset({"form"})
_ANY_MOMENT = Moment(datetime.min)


@dataclass(frozen=True)
class Wording:
    """How the steps of one route are told: `asks` is all that it asks, `scope` the questions that it may name.

    `nothing` says what it takes when it asks nothing.
    """

    table: str
    route: str
    asks: Condition
    language: str
    scope: Scope = field(repr=False)
    nothing: str = "everything that is left"

    @cached_property
    def met(self) -> Step:
        """All of it held."""
        words = say(self.language, self.nothing) if self.asks == ALWAYS else self._words(self.asks)
        return Step(self.table, self.route, words, met=True)

    @property
    def in_labels(self) -> str:
        """All of it, with questions by what residents read."""
        return self.met.test if self.asks == ALWAYS else in_words(self.asks, self.language, self.scope, labels=True)

    def failed(self, condition: Condition) -> Step:
        """This part of it did not hold."""
        return Step(self.table, self.route, self._words(condition), met=False)

    def _words(self, condition: Condition) -> str:
        return in_words(condition, self.language, self.scope)


@dataclass(frozen=True)
class Line:
    """One test of a route. Its words are found when they are needed: most lines of a long table are never told."""

    condition: Condition
    wording: Wording

    @cached_property
    def failed(self) -> Step:
        """What is told when it is the first that does not hold."""
        return self.wording.failed(self.condition)

    @property
    def is_about_form(self) -> bool:
        """Whether the form alone decides it; FEEL may ask the clock besides."""
        return self.condition.fields == _FORM and not any(self.condition.expressions())


@dataclass(frozen=True, slots=True)
class CopyBy:
    """Copies by an answer: the department for each choice of `question`; choices that are not there copy to none."""

    question: str
    departments: Mapping[object, str]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What follows from a route; only a table that adds leaves `send_to` open."""

    send_to: str | None = None
    copy_to: tuple[str, ...] = ()
    copy_by: tuple[CopyBy, ...] = ()
    priority: str | None = None
    respond_within: Duration | None = None
    tags: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    notify: tuple[str, ...] = ()
    notices: tuple[Prose, ...] = ()

    def copies(self, answers: Answers) -> tuple[str, ...]:
        """The departments that get a copy of these answers."""
        found = [by.departments.get(answers.get(by.question)) for by in self.copy_by]
        return (*self.copy_to, *filter(None, found))

    def joined(self, added: Sequence[Outputs]) -> Outputs:
        """With what the routes of tables that add give besides, each word once, where it came first."""
        everything = [self, *added]
        return replace(
            self,
            copy_to=_union(one.copy_to for one in everything),
            copy_by=tuple(by for one in everything for by in one.copy_by),
            tags=_union(one.tags for one in everything),
            values={name: value for one in reversed(everything) for name, value in one.values.items()},
            notify=_union(one.notify for one in everything),
            notices=tuple(notice for one in everything for notice in one.notices),
        )


@dataclass(frozen=True, slots=True)
class Route:
    """One row of a table. It is met when every line holds, which is its `condition`; without lines it is always met."""

    name: str
    lines: tuple[Line, ...]
    outputs: Outputs
    wording: Wording
    place: Place = field(compare=False, repr=False)
    condition: Condition = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Join what has to hold, once for all."""
        object.__setattr__(self, "condition", All(tuple(line.condition for line in self.lines)))

    @property
    def full_name(self) -> str:
        """Its name with that of its table: `streets/hazard`."""
        return f"{self.wording.table}/{self.name}"

    def told(self, look: Look) -> Step:
        """What is told of the route: that it is met, or its first line that does not hold."""
        for line in self.lines:
            if not look.holds(line.condition):
                return line.failed
        return self.wording.met

    def asked_of(self, form: str) -> Route | None:
        """The route without the tests that `form` itself decides; None when they shut it out."""
        settled = [line for line in self.lines if line.is_about_form]
        if not all(line.condition.holds({"form": form}, _ANY_MOMENT) for line in settled):
            return None
        return replace(self, lines=tuple(line for line in self.lines if line not in settled)) if settled else self


@dataclass(frozen=True, slots=True)
class Table:
    """One table, its routes in order; `forms` are those it serves, in the order of their names."""

    name: str
    policy: Policy
    forms: tuple[str, ...]
    routes: tuple[Route, ...]
    tests: tuple[TableTest, ...]
    place: Place = field(compare=False, repr=False)

    @property
    def decides(self) -> bool:
        """Whether it chooses where a submission goes, and does not only add."""
        return self.policy != "collect"

    def routes_of(self, form: str) -> tuple[Route, ...]:
        """What is asked of the submissions of one form."""
        return tuple(asked for route in self.routes if (asked := route.asked_of(form)) is not None)


def parts(condition: Condition) -> Iterator[Condition]:
    """What has to hold one by one for `condition` to hold, in the order written."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from parts(part)
    else:
        yield condition


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Each word once, where it came first."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))
