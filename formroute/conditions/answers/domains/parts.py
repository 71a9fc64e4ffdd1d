"""Answers of several parts: files, and rows of further answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from typing_extensions import override

from formroute.conditions.answers.domains.domain import FLAG, Domain
from formroute.conditions.answers.wanted import Wanted, lowest
from formroute.conditions.axes.aspects import Aspect, Count
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import AnswerSet, Spans
from formroute.records import Upload


@dataclass(frozen=True, slots=True)
class Files(Domain):
    """From one to `max_files` files of the type `media_type`; with none the question is blank."""

    sort: ClassVar[str] = "files"
    main: ClassVar[Aspect] = Count()

    max_files: int | None = None
    media_type: str = "image/jpeg"

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(1, self.max_files).on_grid(0)

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        count = lowest(wanted.get(Count(), self.space(Count())))
        return tuple(
            Upload(f"{number:022}", f"file-{number}", self.media_type, 1) for number in range(1, int(count) + 1)
        )


@dataclass(frozen=True, slots=True)
class Rows(Domain):
    """From `min_items` to `max_items` rows; with none the question is blank. Answers are tuples of mappings.

    `scope` has the questions of one row by their names there, `make` answers for them.
    """

    sort: ClassVar[str] = "rows"
    main: ClassVar[Aspect] = Count()

    scope: Mapping[str, Any]
    min_items: int
    max_items: int
    make: Callable[[Rows, Wanted, Moment], object] = field(compare=False, repr=False)

    @override
    def space(self, aspect: Aspect) -> AnswerSet:
        return Spans.between(max(1, self.min_items), self.max_items).on_grid(0) if aspect == Count() else FLAG

    @override
    def answer(self, wanted: Wanted, moment: Moment) -> object:
        return self.make(self, wanted, moment)
