"""A FEEL text, ready to be evaluated on answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from formroute.conditions.answers.variables import value_of
from formroute.conditions.axes.aspects import Axis
from formroute.conditions.axes.moments import Moment
from formroute.feel import FeelError, Program


@dataclass(frozen=True, slots=True)
class Formula:
    """`text` with the axis from which each variable in it takes its value; equal texts on equal axes are equal.

    Its clock is that of the moment or, where one is given, that of another `zone`.
    """

    text: str
    inputs: tuple[tuple[str, Axis], ...]
    program: Program = field(compare=False, repr=False)
    zone: tzinfo | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The questions and facts that it looks at."""
        return frozenset(axis.question for _, axis in self.inputs)

    def is_ready(self, answers: Mapping[str, object], moment: Moment) -> bool:
        """Whether every question that it names has an answer."""
        return all(axis.position(answers, moment) is not None for _, axis in self.inputs)

    def value(self, answers: Mapping[str, object], moment: Moment) -> object:
        """What it gives, with the moment as FEEL's clock; None when an answer is missing or FEEL knows no value."""
        if not self.is_ready(answers, moment):
            return None
        moment = moment if self.zone is None else moment.by(self.zone)
        zone = moment.now.tzinfo
        values = {name: value_of(axis.position(answers, moment), zone) for name, axis in self.inputs}
        try:
            return self.program(values, now=moment.now)
        except FeelError:
            return None
