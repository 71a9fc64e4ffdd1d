"""Days of the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, date, datetime
from typing import Annotated, Any

from pydantic import Field, PrivateAttr

from formroute.conditions import Dates, Moment
from formroute.definitions import Place
from formroute.definitions.types import one_of
from formroute.forms.kinds.base import Kind, Samples
from formroute.forms.kinds.between import Between, beyond, bounds, days, fixed_bounds, outside, typed_day, written_day
from formroute.forms.kinds.reader import Reader, refused
from formroute.forms.lookup import Library
from formroute.messages import calendar_day, order_of_a_day
from formroute.problems import Problem

_NO_DATE = refused("date", "Write a date that exists, as year-month-day, such as 2026-03-09.")


class DateDefinition(Between):
    """A calendar day, picked from a calendar or typed into three boxes; `as` chooses."""

    shown_as: Annotated[str, one_of("boxes", "picker")] | None = Field(default=None, alias="as")
    """Boxes for dates that people know by heart, otherwise a calendar; birthdays have boxes by themselves."""

    _country: str = PrivateAttr("CA")

    def order(self, language: str) -> tuple[str, ...]:
        """The order of the three boxes, as the catalogue's country writes a day in that language."""
        return order_of_a_day(language, self._country)


def _in_country(definition: DateDefinition, _place: Place, library: Library, _problems: list[Problem]) -> Any:
    here = definition.model_copy()
    here._country = library.country
    return here


def _date(definition: DateDefinition) -> Reader:
    fixed = fixed_bounds(definition)

    def read(value: Any, moment: Moment) -> object:
        if isinstance(value, str):
            day = written_day(typed_day(value.strip()))
        elif isinstance(value, Mapping):
            typed = _in_boxes(value)
            return read(typed, moment) if typed else None
        else:
            day = value if isinstance(value, date) and not isinstance(value, datetime) else None
        if day is None:
            return _NO_DATE
        first, last = fixed or bounds(definition, moment.now)
        return day if first <= day <= last else outside(day, first, last)

    return read


def _in_boxes(boxes: Mapping[str, Any]) -> str:
    """Year, month and day as typed into three boxes, written as ISO 8601 says; empty when all are blank."""
    year, month, day = typed = [_in_box(boxes.get(part) or "") for part in ("year", "month", "day")]
    return f"{year}-{month:0>2}-{day:0>2}" if any(typed) else ""


def _in_box(value: Any) -> str:
    """What was typed into one box; what is neither a text nor part of a date is written so that it is none."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and 0 <= value <= MAXYEAR else "?"


def _date_faults(st: Any, definition: DateDefinition, now: datetime) -> dict[str, Any]:
    no_days = ["2026-02-30", "soon", "1767225600", 1767225600, {"year": "2026", "month": "2", "day": "30"}]
    return {"date": st.sampled_from(no_days), "range": beyond(st, definition, now)}


DATE = Kind(
    "date",
    DateDefinition,
    widget="date",
    reader=_date,
    json_schema=lambda _definition, _language: {
        "type": "string",
        "format": "date",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\s\S])",
    },
    domain=lambda definition: Dates(definition.min, definition.max),
    show=lambda _definition, value, language: calendar_day(language, value),
    resolve=_in_country,
    missing="Choose a date.",
    wider="a day may lie before `min` or after `max`",
    datatype="datetime",
    samples=Samples(
        days,
        _date_faults,
        lambda _d, value: [
            {"year": str(value.year), "month": str(value.month), "day": str(value.day)},
            f"{value.day}.{value.month}.{value.year:04}",
        ],
    ),
)
