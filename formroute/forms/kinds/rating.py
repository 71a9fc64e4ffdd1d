"""A mark on a short scale."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from formroute.conditions import Numbers
from formroute.definitions import Text
from formroute.definitions.types import WholeNumber
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.number import WHOLE_SAMPLES, whole
from formroute.messages import fill, say


class RatingDefinition(FieldDefinition):
    """A mark from 1 to `max`; `lowest` and `highest` say what the ends mean."""

    max: Annotated[WholeNumber, Field(ge=2, le=10)] = 5
    """The highest mark."""

    lowest: Text
    """What the mark 1 means."""

    highest: Text
    """What the highest mark means."""

    @property
    def min(self) -> int:
        """The lowest mark."""
        return 1

    def labels(self, language: str) -> dict[int, str]:
        """Every mark as it is read; those at the ends in words too."""
        ends = {self.min: self.lowest, self.max: self.highest}
        marks = range(self.min, self.max + 1)
        return {mark: _at_end(mark, ends[mark].inside(language)) if mark in ends else str(mark) for mark in marks}


def _at_end(mark: int, meaning: str) -> str:
    return fill("{mark} – {meaning}", {"mark": mark, "meaning": meaning})


def _show(definition: RatingDefinition, value: Any, language: str) -> str:
    return say(language, "{mark} out of {most}", mark=value, most=definition.max)


RATING = Kind(
    "rating",
    RatingDefinition,
    widget="rating",
    reader=whole,
    json_schema=lambda d, _language: {"type": "integer", "minimum": d.min, "maximum": d.max},
    domain=lambda d: Numbers(d.min, d.max, places=0),
    show=_show,
    missing="Choose one of the answers.",
    datatype="number",
    samples=Samples(WHOLE_SAMPLES.answers, WHOLE_SAMPLES.faults),
)
