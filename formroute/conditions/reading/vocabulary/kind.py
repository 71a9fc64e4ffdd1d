"""What is known of a test that authors can write, and of a word that is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple

from typing_extensions import TypeVar

from formroute.conditions.answers.domains import Domain
from formroute.conditions.axes.sets import Values
from formroute.conditions.condition import Condition
from formroute.conditions.reading.written import Written
from formroute.definitions.shape import ANY_SCALAR, Plain, one_or_more

D = TypeVar("D", bound=Domain, default=Domain)

YES = Values.of(True)
NO = Values.of(False)
ONE = ANY_SCALAR
SEVERAL: Plain = one_or_more({"type": "array", "items": ONE})
A_FILE: Plain = {"type": "string"}


class TestKind(NamedTuple, Generic[D]):
    """One key of a test: the questions it fits (none listed: every question), and how it becomes a condition.

    It is called only with tests on its `domains`, as `fits` tells them.
    `takes` is what stands behind the key, for editors; they and the reference show `example` and `meaning`.
    """

    key: str
    domains: tuple[type[D], ...]
    compile: Callable[[Written[D]], Condition]
    takes: Plain
    example: str
    meaning: str

    @property
    def shown(self) -> str:
        """The example without the question."""
        return self.example.partition(": ")[2]


class WordKind(NamedTuple, Generic[D]):
    """A word that stands for a whole test, with what is known of such a key."""

    key: str
    domains: tuple[type[D], ...]
    compile: Callable[[Written[D]], Condition]
    example: str
    meaning: str


def fits(kind: TestKind[Any] | WordKind[Any], domain: Domain) -> bool:
    """Whether questions with these answers know the test."""
    return not kind.domains or isinstance(domain, kind.domains)
