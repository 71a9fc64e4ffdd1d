"""A form that is edited while a resident fills it in: answers survive, and one sentence says what to look at again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import Client

from formroute.catalog import Catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import create_blueprint
from tests.forms.made import form_of, page
from tests.forms.test_judge import field
from tests.web.conftest import NOW
from tests.web.resident import Page, Resident

FIRST = field("surface", "type: choice\nchoices: [road, lane]") + field("depth", "type: integer")
BEFORE = form_of(page(FIRST, "hole"), page(field("email", "type: email"), "contact"))

Edit = Callable[[Form], Resident]


@pytest.fixture
def edit(catalog: Catalog, store: Store) -> Edit:
    """`edit(form)` restarts the site with that form; the resident's browser goes on."""
    cookies = Client(lambda *_: [])

    def restarted(form: Form) -> Resident:
        changed = dataclasses.replace(catalog, forms={**catalog.forms, "example": form})
        app = Flask("city")
        app.config.update(SECRET_KEY="x", TESTING=True)
        app.register_blueprint(create_blueprint(Intake(changed, store, clock=lambda: NOW)))
        client = app.test_client()
        client._cookies = cookies._cookies  # type: ignore[attr-defined]
        return Resident(client)

    return restarted


@pytest.fixture
def begun(edit: Edit) -> Page:
    """The second page, once the first was sent."""
    return edit(BEFORE).begin("example").fill(surface="lane", depth="9").press("Continue")


FEWER = field("surface", "type: choice\nchoices: [road, sidewalk]") + field("depth", "type: integer")
WIDER = field("surface", "type: choice\nchoices: [road, lane, sidewalk]") + field("depth", "type: integer")
MORE = FIRST + field("width", "type: integer")


def after(hole: str) -> Form:
    return form_of(page(hole, "hole"), page(field("email", "type: email"), "contact"))


def test_an_answer_that_fits_no_more_is_named_once_and_the_rest_survives(begun: Page, edit: Edit) -> None:
    resident = edit(after(FEWER))
    again = resident.get(begun.address)
    assert again.news == "This form was changed since you began it. Please look again at: surface"
    assert resident.get(begun.address).news == ""
    first = resident.begin("example")
    assert first.typed["depth"] == "9"


def test_answers_that_still_fit_are_said_to(begun: Page, edit: Edit) -> None:
    assert "Your answers still fit." in edit(after(WIDER)).begin("example").news


def test_a_question_that_is_new_on_a_page_that_was_sent_is_named(begun: Page, edit: Edit) -> None:
    assert edit(after(MORE)).begin("example").news.endswith("Please look again at: width")


def test_what_is_posted_meanwhile_is_kept_and_the_last_look_waits_for_the_new_question(begun: Page, edit: Edit) -> None:
    resident = edit(after(MORE))
    begun._resident = resident
    page = begun.fill(email="a@b.ca").press("Continue")
    assert page.asked == ["surface", "depth", "width"]
    assert page.errors == ["Write a number."]
    assert "Please look again at: width" in page.news
    look = page.fill(width="2").press("Continue")
    assert look.heading == "Check your answers"
    assert "a@b.ca" in look.text
    assert look.news == ""


def test_a_form_that_did_not_change_says_nothing(begun: Page, edit: Edit) -> None:
    assert "changed" not in edit(BEFORE).begin("example").news


@pytest.mark.parametrize("kind", ["file", "date", "yes_no", "choices\nchoices: [a, b]"])
def test_a_question_of_another_kind_never_breaks_a_page(begun: Page, edit: Edit, kind: str) -> None:
    changed = field("surface", f"type: {kind}") + field("depth", f"type: {kind}")
    first = edit(after(changed)).begin("example")
    assert first.status == 200
    assert "Please look again at: " in first.news
