"""A text that its author did not translate is marked with its own language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.forms.made import page as asking
from tests.forms.made import written
from tests.web.resident import Resident
from tests.web.test_route_notices import outages

FORM = written(
    asking(
        "road: {type: choice, choices: [Lane, Street], label: Road, hint: Near it}\n"
        "name: {type: text, label: Name}\n"
        "note: {type: notice, text: Hang up & call.}\n"
        "city: {type: choice, choices: [Elm, Oak], as: select, label: City}\n"
        "age:\n  type: integer\n  label:\n    en: Age\n    fr: Âge\n"
    )
)
ROUTES = """\
table: water
forms: [example]
routes:
  - route: all
    send_to: hall
---
table: more
forms: all
policy: collect
routes:
  - route: more
    tags: [more]
"""
FOREIGN = ["Road", "Near it", "Lane", "Street", "Name", "Hang up & call.", "City", "Elm", "Oak"]


@pytest.fixture
def app(store: Store, tmp_path: Path) -> Flask:
    catalog = outages(tmp_path / "schemas", FORM, ROUTES)
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(create_blueprint(Intake(catalog, store), limits=NO_LIMITS))
    return app


def foreign(resident: Resident, language: str) -> list[str]:
    body = resident.begin("example", language).root.all("main")[0]
    return [
        one.text
        for tag in ("span", "div", "option")
        for one in body.all(tag)
        if one.attributes.get("lang", language) != language
    ]


def test_every_text_of_a_question_says_in_which_language_it_is(resident: Resident) -> None:
    assert sorted(foreign(resident, "fr")) == sorted(FOREIGN)


def test_nothing_is_marked_in_the_language_of_the_page(resident: Resident) -> None:
    assert foreign(resident, "en") == []
