"""The days on which a route or a department counts, as authors write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from formroute.definitions import Definition, meant, wrong
from formroute.definitions.shape import exactly
from formroute.definitions.types import typed

_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _day(value: Any) -> date:
    """A day of the calendar."""
    if isinstance(value, date):
        return value
    is_written = isinstance(value, str) and _DAY.fullmatch(value)
    try:
        return date.fromisoformat(value if is_written else "")
    except ValueError:
        raise wrong("R407", instead=meant.day(value) if isinstance(value, str) else None) from None


class EffectiveDefinition(Definition):
    """The days, by the city's calendar, on which what is received can meet a route."""

    USUAL = "from"

    from_: Annotated[date, typed(_day, exactly(_DAY, "2027-01-01"))] | None = Field(default=None, alias="from")
    """The first day."""

    until: Annotated[date, typed(_day, exactly(_DAY, "2027-03-31"))] | None = None
    """The last day, which is in."""

    @model_validator(mode="after")
    def _some_days(self) -> EffectiveDefinition:
        if self.from_ is None and self.until is None:
            raise wrong("R408")
        if self.from_ is not None and self.until is not None and self.from_ > self.until:
            raise wrong("R409", first=self.from_, last=self.until)
        return self
