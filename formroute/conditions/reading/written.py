"""One test as an author wrote it, with all that is needed to read it or to say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Generic

from typing_extensions import TypeVar

from formroute.conditions.answers.domains import Domain
from formroute.conditions.axes.aspects import Aspect, Axis
from formroute.conditions.axes.calendars import Calendar
from formroute.conditions.axes.sets import AnswerSet
from formroute.conditions.condition import Condition, Test
from formroute.conditions.question import Question, Scope
from formroute.definitions import Folder, Place
from formroute.definitions.shape import Shaped, shared
from formroute.problems import Problem

T = TypeVar("T")
R = TypeVar("R")
D_co = TypeVar("D_co", bound=Domain, covariant=True, default=Domain)

WrittenCondition = Annotated[Any, Shaped(shared("condition"))]


class WrittenError(Exception):
    """What was written cannot be read; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)


def read_each(read: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """What `read` makes of every item; raises `WrittenError` with the problems of all that it cannot read."""
    found: list[R] = []
    problems: list[Problem] = []
    for item in items:
        try:
            found.append(read(item))
        except WrittenError as misread:
            problems += misread.problems
    if problems:
        raise WrittenError(problems)
    return found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a condition may name besides questions: the catalogue's calendars, the calendar whose hours
    `after_hours` means, and the schemas folder in which word lists and areas lie."""

    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    working: Calendar | None = None
    folder: Folder | None = None


@dataclass(frozen=True, slots=True)
class Written(Generic[D_co]):
    """The YAML value `raw` at `place`, a test on `aspect` of a question; `domain` holds the answers there.

    `inside` compiles a condition on the questions of a row. A value that is `denied` stands alone behind `not`: what
    it never meets is always met. Inside `count` and `time` the domain is the numbers or
    times that are tested, not the question's own.
    """

    raw: Any
    place: Place
    question: Question
    domain: D_co
    aspect: Aspect
    around: Surroundings
    inside: Callable[[Any, Place, Scope], Condition]
    denied: bool = False

    def __getitem__(self, step: str | int) -> Written[D_co]:
        return replace(self, raw=self.raw[step], place=self.place[step])

    def items(self) -> Iterator[Written[D_co]]:
        """Each value of a list, which must have some; a value alone is a list of one."""
        if self.raw in ([], {}, ""):
            raise self.wrong("C311")
        if not isinstance(self.raw, list):
            yield self
            return
        said: set[str] = set()
        for number, raw in enumerate(self.raw):
            if isinstance(raw, str) and raw in said:
                raise self[number].wrong("C328", value=raw)
            said |= {raw} if isinstance(raw, str) else set()
            yield self[number]

    def of(self: Written, domain: Domain, aspect: Aspect) -> Written:
        """The same value, read as a test of something smaller."""
        return replace(self, domain=domain, aspect=aspect)

    def test(self, accepts: AnswerSet, aspect: Aspect | None = None) -> Test:
        """The test that the answer's position is one of these."""
        return Test(Axis(self.question.name, aspect or self.aspect), accepts)

    def otherwise(self) -> Written[D_co]:
        """The same value behind `not`."""
        alone = not isinstance(self.raw, dict) or len(self.raw) == 1
        return replace(self, denied=alone and not self.denied)

    def never(self) -> WrittenError:
        """That no answer meets the test."""
        return self.wrong("C308" if self.denied else "C307")

    def always(self) -> WrittenError:
        """That every answer meets the test."""
        return self.wrong("C307" if self.denied else "C308")

    def wrong(self, code: str, *, instead: str | None = None, **values: object) -> WrittenError:
        """The problem `code` here, to be raised; its sentences may name the `{field}`."""
        return WrittenError([self.place.problem(code, instead=instead, field=self.question.name, **values)])
