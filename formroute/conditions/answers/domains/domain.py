"""What all sorts of answers have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from formroute.conditions.answers.wanted import NoAnswer, Wanted
from formroute.conditions.axes.aspects import Aspect, Value
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import ANYTHING, AnswerSet, Values

FLAG = Values.of(True, False)


class Domain(ABC):
    """All answers of one question.

    `sort` says in a problem what the question asks for, `main` is the aspect that `answered`, `blank` and
    bare values look at.
    """

    __slots__ = ()
    sort: ClassVar[str]
    main: ClassVar[Aspect] = Value()

    @property
    def grid(self) -> int | None:
        """How many decimals the positions on a line have; None when they can have any number."""
        return 0

    @abstractmethod
    def space(self, aspect: Aspect) -> AnswerSet:
        """Every position that an answer can have on `aspect`; blank is not among them."""

    def possible(self, aspect: Aspect, accepts: AnswerSet) -> AnswerSet:
        """The positions in `accepts` that an answer can have; blank stays as it is.

        A set of another sort, as of a question that was of another type before, has none or all of them.
        """
        space = self.space(aspect)
        if type(accepts) is type(space):
            return accepts.on_grid(self.grid) & space.or_blank
        found = space if isinstance(accepts, Values) and accepts.rest else space - space
        return found.or_blank if accepts.blank else found

    @property
    def bounds(self) -> Wanted:
        """What is wanted of every answer on aspects beside the main one."""
        return {}

    @abstractmethod
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        """An answer whose position on every aspect lies in the wanted set, or `NoAnswer`.

        The sets lie within the spaces, and the `bounds` are among them.
        """


@dataclass(frozen=True, slots=True)
class Unclear(Domain):
    """Nobody knows what: there is a mistake in the question. Tests on it are read and not judged."""

    sort: ClassVar[str] = "something unclear"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return ANYTHING

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return NoAnswer(certain=False)
