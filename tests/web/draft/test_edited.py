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
from formroute.web.limits import NO_LIMITS
from tests.forms.made import field, form_of, page
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
        plans = {**catalog.router.plans, form.id: catalog.router.plans["graffiti"]}
        router = dataclasses.replace(catalog.router, plans=plans)
        changed = dataclasses.replace(catalog, forms={**catalog.forms, form.id: form}, router=router)
        app = Flask("city")
        app.config.update(SECRET_KEY="x", TESTING=True)
        app.register_blueprint(create_blueprint(Intake(changed, store, clock=lambda: NOW), limits=NO_LIMITS))
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


RENAMED = form_of(
    page(
        field(
            "ground",
            "type: choice\nwas: surface\nchoices:\n  lane: {label: Lane}\n  street: {label: Street, was: road}",
        )
        + field("deep", "type: integer\nwas: depth\nmax: 5"),
        "pit",
    ),
    page(field("mail", "type: email\nwas: email") + field("width", "type: integer\nrequired: no"), "contact"),
    rest="was: [cavity, example]\n",
)


@pytest.fixture
def renamed() -> Form:
    """The form with other names throughout: its own, a page's, questions' and a choice's."""
    return dataclasses.replace(RENAMED, id="pit")


def test_a_draft_goes_on_under_new_names_and_says_what_to_look_at_again(
    edit: Edit, begun: Page, renamed: Form, store: Store
) -> None:
    resident = edit(renamed)
    first = resident.get("/en/forms/example")
    assert first.address == "/en/forms/pit"
    assert (first.typed["ground"], first.typed["deep"]) == ("lane", "9")
    assert "Please look again at: deep" in first.news
    second = first.fill(deep="3").press("Continue").fill(mail="a@b.ca")
    look = second.press("Continue")
    assert look.heading == "Check your answers"
    sent = store.find(look.press("Send").root.classed("f-reference")[0].text)
    assert sent.submission.form == "pit"
    assert sent.submission.answers == {"ground": "lane", "deep": 3, "mail": "a@b.ca"}


def test_what_is_posted_under_old_names_to_a_page_that_is_gone_is_kept(edit: Edit, renamed: Form) -> None:
    opened = edit(BEFORE).begin("example").fill(surface="road", depth="4")
    opened._resident = edit(renamed)
    page = opened.press("Continue")
    assert page.address.startswith("/en/forms/pit/")
    assert page.asked == ["mail", "width"]
    back = page.press("Back")
    assert (back.typed["ground"], back.typed["deep"]) == ("street", "4")


def test_a_page_that_was_open_meanwhile_keeps_what_is_typed_on_it(begun: Page, edit: Edit, renamed: Form) -> None:
    begun._resident = edit(renamed)
    page = begun.fill(email="a@b.ca").press("Continue")
    assert page.typed["mail"] == "a@b.ca"
    assert "Please look again at: deep" in page.news
    page = page.press("Continue")
    assert page.asked == ["ground", "deep"]
    look = page.fill(deep="5").press("Continue")
    assert "a@b.ca" in look.text


def test_a_link_with_the_old_name_of_a_form_leads_to_the_new_one(edit: Edit, renamed: Form) -> None:
    client = edit(renamed).client
    for address in ("/fr/forms/cavity", "/api/forms/example", "/en/forms/example/x/hole"):
        answer = client.get(f"{address}?_external=1&_scheme=ftp&q=a")
        new = address.replace("cavity", "pit").replace("example", "pit")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"{new}?_external=1&_scheme=ftp&q=a")
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/en/forms/never").status_code == 404


def test_a_program_may_go_on_sending_the_old_names(edit: Edit, renamed: Form) -> None:
    answers = {"surface": "road", "depth": 3, "mail": "a@b.ca"}
    answer = edit(renamed).client.post("/api/forms/example/submissions", json={"answers": answers})
    assert answer.status_code == 201, answer.json
    assert answer.json.get("ignored") in (None, [])


@pytest.mark.parametrize("kind", ["file", "date", "yes_no", "choices\nchoices: [a, b]"])
def test_a_question_of_another_kind_never_breaks_a_page(begun: Page, edit: Edit, kind: str) -> None:
    changed = field("surface", f"type: {kind}") + field("depth", f"type: {kind}")
    first = edit(after(changed)).begin("example")
    assert first.status == 200
    assert "Please look again at: " in first.news
