"""How fast forms are judged, drawn and loaded, each as a ratio to a peer in the same run.

python -m tests.benchmarks.form_speed
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import wtforms
import yaml
from flask import Flask
from pydantic import BaseModel, Field, ValidationError
from werkzeug.datastructures import MultiDict
from wtforms import validators as v

from formroute.catalog.load import read_catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import create_blueprint
from formroute.web.drafts import Draft
from formroute.web.drawing import draw
from formroute.web.screens import screens
from formroute.web.site import Site
from formroute.web.view import PageView
from tests.forms.made import form_of, page
from tests.forms.test_judge import field

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
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
FORM = form_of(page("".join(field(name, keys) for name, keys in KINDS.items())))
GOOD = {
    "title": "A hole", "surface": "road", "depth": "12", "width": "30.5", "seen": "2026-03-01", "danger": "no",
    "details": "Beside the bus stop", "street": "Main Street", "side": "north", "lanes": "2", "cost": "12.50",
}  # fmt: skip
WRONG = {**GOOD, "depth": "deep", "seen": "yesterday", "side": "up", "lanes": "99"}
JUNK = {**GOOD, "trip": "maybe " * 20}


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


def _radio(*values: str) -> Any:
    choices = [wtforms.fields.choices.SelectChoice(value, value) for value in values]  # type: ignore[attr-defined]
    return wtforms.RadioField("label", [v.InputRequired()], choices=choices, description="hint")


class ByHand(wtforms.Form):
    """The same form as it is written in WTForms."""

    title = wtforms.StringField("title", [v.InputRequired(), v.Length(max=80)])
    surface = _radio("road", "lane", "sidewalk")
    depth = wtforms.IntegerField("depth", [v.Optional(), v.NumberRange(1, 200)])
    width = wtforms.DecimalField("width", [v.Optional(), v.NumberRange(0, 500)])
    seen = wtforms.DateField("seen", [v.InputRequired()])
    danger = _radio("yes", "no")
    details = wtforms.TextAreaField("details", [v.InputRequired(), v.Length(max=500)])
    trip = wtforms.RadioField("trip", [v.Optional()], choices=_radio("yes", "no").kwargs["choices"])
    street = wtforms.StringField("street", [v.InputRequired(), v.Length(max=80)])
    side = _radio("north", "south", "east", "west")
    lanes = wtforms.IntegerField("lanes", [v.InputRequired(), v.NumberRange(1, 8)])
    cost = wtforms.DecimalField("cost", [v.InputRequired(), v.NumberRange(0, 9999)])


MACROS = """
{% macro draw(field) %}
<div class="f-question{% if field.errors %} f-wrong{% endif %}">
  {{ field.label(class="f-label") }}
  {% if field.description %}<p class="f-hint" id="{{ field.id }}-hint">{{ field.description }}</p>{% endif %}
  {% if field.errors %}<p class="f-message" id="{{ field.id }}-error">{{ field.errors|join(" ") }}</p>{% endif %}
  {% if field.type == "RadioField" %}
  {% for option in field %}<label class="f-choice">{{ option }} {{ option.label.text }}</label>{% endfor %}
  {% else %}{{ field(class="f-input", **{"aria-describedby": field.id ~ "-hint"}) }}{% endif %}
</div>
{% endmacro %}
<!doctype html><html><head><title>{{ title }}</title></head><body><main><h1>{{ title }}</h1>
<form method="post">{% for field in form %}{{ draw(field) }}{% endfor %}<button>Continue</button></form>
</main></body></html>
"""


def best(act: Callable[[], object], times: int, rounds: int = 7) -> float:
    """Microseconds for one call, the best of some rounds."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(times):
            act()
        found.append((time.process_time() - start) / times * 1e6)
    return min(found)


def tell(what: str, ours: float, theirs: float, *, times_faster: bool, target: float) -> None:
    ratio = theirs / ours if times_faster else ours / theirs
    word = "x faster" if times_faster else "x the time"
    aim = f"{'at least' if times_faster else 'at most'} {target:g}"
    print(f"{what:<62} {ours:10.1f} µs {theirs:10.1f} µs {ratio:8.2f} {word}, aim {aim}")


def bare(raw: dict[str, str]) -> None:
    try:
        Bare.model_validate(raw)
    except ValidationError as error:
        error.errors()


def judging() -> None:
    for what, raw, target in (
        ("good answers", GOOD, 3),
        ("four errors", WRONG, 4),
        ("junk in a hidden field", JUNK, 5),
    ):
        ours = best(lambda raw=raw: FORM.check(raw, now=NOW), 2_000)
        same = GOOD if what.startswith("junk") else raw
        pydantic = best(lambda raw=same: bare(raw), 2_000)
        posted = MultiDict(raw)
        by_hand = best(lambda posted=posted: ByHand(posted).validate(), 100)
        tell(f"judge {what}, beside a bare pydantic model", ours, pydantic, times_faster=False, target=target)
        tell(f"judge {what}, beside WTForms", ours, by_hand, times_faster=True, target=20)


def drawing(folder: Path, form: Form) -> None:
    city = read_catalog(Path("tests/small_city"))[0]
    assert city is not None
    store = Store(f"sqlite:///{folder / 'formroute.db'}")
    app = Flask("bench")
    app.secret_key = "x"
    intake = Intake(city, store)
    app.register_blueprint(create_blueprint(intake))
    site = Site(intake, "formroute/base.html")
    screen = screens(form)[0]
    macros = app.jinja_env.from_string(MACROS)
    with app.test_request_context("/en/forms/lamp"):
        for what, raw, target in (("a page with four errors", WRONG, 4), ("a blank page", {}, 15)):
            checked = form.check(raw, now=NOW)
            errors = checked.errors if raw else ()
            view = PageView(form, screen, Draft("x" * 22, raw), checked, "en", errors, seal="seal")
            theirs = ByHand(MultiDict(raw) if raw else None)
            if raw:
                theirs.validate()
            ours = best(lambda view=view: draw(site, view), 200)
            other = best(lambda theirs=theirs: macros.render(form=theirs, title="Report"), 50)
            tell(f"draw {what}, beside WTForms in Jinja2 macros", ours, other, times_faster=True, target=target)
    store.close()


def written(number: int) -> str:
    """One generated form of some 150 lines, with conditions."""
    pages = "".join(
        f"  - page: p{part}\n{_texts('title', f'Page {part}', 4)}    fields:\n{_fields(number, part)}"
        for part in range(3)
    )
    head = f"form: f{number}\n{_texts('title', f'Form {number}', 0)}{_texts('summary', 'One sentence.', 0)}"
    return f"{head}pages:\n{pages}"


def _fields(number: int, part: int) -> str:
    kinds = ("yes_no", "integer", "text", "choice", "date")
    return "".join(
        f"      q{part}_{index}:\n        type: {kind}\n{_texts('label', f'Question {index} of form {number}', 8)}"
        + ("        choices:\n" + "".join(_texts(value, value, 10) for value in "abc") if kind == "choice" else "")
        + (f"        required: no\n        show_when: {{q{part}_0: yes}}\n" if index else "")
        for index, kind in enumerate(kinds)
    )


def _texts(key: str, text: str, indent: int) -> str:
    """A key with a text in each language."""
    return "".join(f"{' ' * indent}{line}\n" for line in (f"{key}:", f"  en: {text}", f"  fr: {text}"))


def catalogue(folder: Path, forms: int) -> Path:
    folder.mkdir()
    for name in ("catalog.yaml", "departments.yaml"):
        (folder / name).write_text((Path("tests/small_city") / name).read_text("utf-8"), "utf-8")
    for number in range(forms):
        (folder / f"f{number}.yaml").write_text(written(number), "utf-8")
    names = ", ".join(f"f{number}" for number in range(forms))
    routes = f"table: all\nforms: [{names}]\nroutes:\n  - route: any\n    send_to: lights\n"
    (folder / "routes.yaml").write_text(routes, "utf-8")
    return folder


def load(folder: Path) -> None:
    catalog, problems = read_catalog(folder)
    assert catalog is not None, problems[0]


def loading(folder: Path) -> None:
    texts = [path.read_text("utf-8") for path in catalogue(folder / "300", 300).glob("*.yaml")]
    ours = best(lambda: load(folder / "300"), 1, 3)
    theirs = best(lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts], 1, 3)
    lines = sum(text.count("\n") for text in texts)
    tell(f"load and prove 300 forms, {lines} lines, beside PyYAML in C", ours, theirs, times_faster=False, target=1.5)
    catalogue(folder / "10", 10)
    catalogue(folder / "3000", 3_000)
    few, many = (best(lambda at=at: load(folder / at), 1, 1) / int(at) for at in ("10", "3000"))
    tell("load one of 3,000 forms, beside one of 10", many, few, times_faster=False, target=1.3)


if __name__ == "__main__":
    judging()
    with tempfile.TemporaryDirectory() as temporary:
        drawing(Path(temporary), FORM)
        loading(Path(temporary))
