"""How fast forms are drawn and loaded, each as a ratio to a peer in the same run.

python -m tests.benchmarks.form_speed
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import yaml
from flask import Flask
from werkzeug.datastructures import MultiDict

from formroute.catalog.load import load_catalog, read_catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import create_blueprint
from formroute.web.draft.drafts import Draft
from formroute.web.draft.screens import screens
from formroute.web.page.drawing import draw
from formroute.web.page.view import PageView
from formroute.web.site.site import Site
from tests.benchmarks.beside import tell
from tests.benchmarks.street_form import WRONG, ByHand, street_form

NOW = datetime(2026, 3, 9, 18, 0, tzinfo=UTC)
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
    """One generated form of some 170 lines, with conditions."""
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
        + (_texts("hint", "As you remember it.", 8) if kind in {"choice", "date"} else "")
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
    lines = sum(text.count("\n") for text in texts)

    def reading() -> None:
        for text in texts:
            yaml.load(text, yaml.CSafeLoader)

    load(folder / "300")
    ours, theirs = interleaved(lambda: load(folder / "300"), reading, 7)
    tell(f"load and prove 300 forms, {lines} lines, beside PyYAML in C", ours, theirs, times_faster=False, target=1.5)
    load_catalog(folder / "300", cache=folder / "cache")
    ours, theirs = interleaved(lambda: opened(folder / "300", folder / "cache", 0), reading, 7)
    tell("open the same from the cache", ours, theirs, times_faster=False, target=0.7)  # 0.2 s where PyYAML takes 0.28
    ours, theirs = interleaved(lambda: opened(folder / "300", folder / "cache", 1), reading, 7)
    tell("open it and answer one form", ours, theirs, times_faster=False, target=0.7)
    catalogue(folder / "10", 10)
    catalogue(folder / "3000", 3_000)
    many, few = interleaved(lambda: load(folder / "3000"), lambda: load(folder / "10"), 3)
    tell("load one of 3,000 forms, beside one of 10", many / 3_000, few / 10, times_faster=False, target=1.3)


def opened(folder: Path, cache: Path, forms: int) -> None:
    """The catalogue from the cache, and an answer to the first of its forms."""
    catalog = load_catalog(folder, cache=cache)
    for form in islice(catalog.forms.values(), forms):
        form.check({}, now=NOW)


def interleaved(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Microseconds for one call of each, the best of some turns, so that what else runs falls on both."""
    found = [(best(ours, 1, 1), best(theirs, 1, 1)) for _ in range(rounds)]
    return min(one for one, _ in found), min(other for _, other in found)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        drawing(Path(temporary), street_form())
        loading(Path(temporary))
