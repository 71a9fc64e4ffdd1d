"""One form of twelve questions three times: ours, a bare pydantic model, and written by hand in WTForms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import wtforms
from pydantic import BaseModel, Field
from wtforms import validators as v

from formroute.forms import Form
from tests.forms.made import field, form_of, page

KINDS = {
    "title": "type: text\nmax_length: 80",
    "surface": "type: choice\nchoices: [road, lane, sidewalk]",
    "depth": "type: integer\nmin: 1\nmax: 200\nshow_when: {surface: [road, lane]}",
    "width": "type: number\nmin: 0\nmax: 500\nshow_when: {surface: [road, lane]}",
    "seen": "type: date\nmin: 2020-01-01\nmax: 2030-12-31",
    "danger": "type: yes_no",
    "details": "type: long_text\nmax_length: 500",
    "trip": "type: yes_no\nshow_when: {surface: sidewalk}",
    "street": "type: text\nmax_length: 80",
    "side": "type: choice\nchoices: [north, south, east, west]",
    "lanes": "type: integer\nmin: 1\nmax: 8",
    "cost": "type: number\nmin: 0\nmax: 9999",
}
GOOD = {
    "title": "A hole", "surface": "road", "depth": "12", "width": "30.5", "seen": "2026-03-01", "danger": "no",
    "details": "Beside the bus stop", "street": "Main Street", "side": "north", "lanes": "2", "cost": "12.50",
}  # fmt: skip
WRONG = {**GOOD, "depth": "deep", "seen": "yesterday", "side": "up", "lanes": "99"}
JUNK = {**GOOD, "surface": "sidewalk", "trip": "yes", "depth": "deep " * 20, "width": "wide " * 20}
CLEAN = {name: answer for name, answer in JUNK.items() if name not in {"depth", "width"}}


def street_form(fields: int = len(KINDS)) -> Form:
    """The form; one with more questions asks the same again, each dozen with a surface of its own to depend on."""
    return form_of(page("".join(field(name + dozen, _keys(name, dozen)) for name, dozen in _asked(fields))))


def answers(fields: int) -> dict[str, str]:
    """Good answers to so many questions."""
    return {name + dozen: GOOD[name] for name, dozen in _asked(fields) if name in GOOD}


def _asked(fields: int) -> list[tuple[str, str]]:
    """Each question with what sets its dozen apart."""
    dozens = ("", *(f"_{number}" for number in range(1, fields // len(KINDS) + 1)))
    return [(name, dozen) for dozen in dozens for name in KINDS][:fields]


def _keys(name: str, dozen: str) -> str:
    return KINDS[name].replace("{surface:", f"{{surface{dozen}:")


class Bare(BaseModel):
    """The same answers as a plain pydantic model, which knows no conditions."""

    title: Annotated[str, Field(max_length=80)]
    surface: Literal["road", "lane", "sidewalk"]
    depth: Annotated[int, Field(ge=1, le=200)] | None = None
    width: Annotated[Decimal, Field(ge=0, le=500)] | None = None
    seen: Annotated[date, Field(ge=date(2020, 1, 1), le=date(2030, 12, 31))]
    danger: bool
    details: Annotated[str, Field(max_length=500)]
    trip: bool | None = None
    street: Annotated[str, Field(max_length=80)]
    side: Literal["north", "south", "east", "west"]
    lanes: Annotated[int, Field(ge=1, le=8)]
    cost: Annotated[Decimal, Field(ge=0, le=9999)]


class AskedWhen:
    """Required where `surface` is one of these, else nothing is said of what was posted."""

    def __init__(self, *surfaces: str) -> None:
        self.surfaces = surfaces

    def __call__(self, form: Any, asked: wtforms.Field) -> None:
        if form.surface.data not in self.surfaces:
            asked.errors = []
            raise v.StopValidation
        if not asked.raw_data or not asked.raw_data[0]:
            raise v.StopValidation("Answer this question.")


def _between(first: date, last: date) -> Callable[[Any, wtforms.Field], None]:
    def check(_form: Any, asked: wtforms.Field) -> None:
        if asked.data is None or not first <= asked.data <= last:
            raise v.ValidationError("Choose a date between these.")

    return check


def _radio(values: Iterable[str], required: Any = None) -> Any:
    choices = [wtforms.fields.choices.SelectChoice(value, value) for value in values]  # type: ignore[attr-defined]
    return wtforms.RadioField("label", [required or v.InputRequired()], choices=choices, description="hint")


class ByHand(wtforms.Form):
    """The same form as it is written in WTForms, its conditions too."""

    title = wtforms.StringField("title", [v.InputRequired(), v.Length(max=80)])
    surface = _radio(("road", "lane", "sidewalk"))
    depth = wtforms.IntegerField("depth", [AskedWhen("road", "lane"), v.NumberRange(1, 200)])
    width = wtforms.DecimalField("width", [AskedWhen("road", "lane"), v.NumberRange(0, 500)])
    seen = wtforms.DateField("seen", [v.InputRequired(), _between(date(2020, 1, 1), date(2030, 12, 31))])
    danger = _radio(("yes", "no"))
    details = wtforms.TextAreaField("details", [v.InputRequired(), v.Length(max=500)])
    trip = _radio(("yes", "no"), AskedWhen("sidewalk"))
    street = wtforms.StringField("street", [v.InputRequired(), v.Length(max=80)])
    side = _radio(("north", "south", "east", "west"))
    lanes = wtforms.IntegerField("lanes", [v.InputRequired(), v.NumberRange(1, 8)])
    cost = wtforms.DecimalField("cost", [v.InputRequired(), v.NumberRange(0, 9999)])
