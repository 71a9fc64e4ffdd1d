"""The example of a city's own template: Flask-WTF's CSRF, the judge's errors, and a submission through the one door."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from formroute.intake import Intake
from formroute.store import Store
from tests.web.resident import PNG, Page, Resident

APP = Path(__file__).parent.parent.parent / "examples" / "own_template" / "app.py"


@pytest.fixture
def client(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    spec = importlib.util.spec_from_file_location("own_template", APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "own_template", module)
    spec.loader.exec_module(module)
    app = module.create_app(intake)
    app.testing = True
    return app.test_client()


@pytest.fixture
def begun(client: FlaskClient) -> Page:
    """The page once the questions that depend on the first answers show."""
    page = Resident(client).get("/")
    typed(page, {"danger": "no"})
    page = send(page)
    typed(page, {"where.address": "510 Main Street", "surface": "road"})
    return send(page)


def typed(page: Page, answers: dict[str, str]) -> None:
    for name, answer in answers.items():
        page.typed[name] = answer


def send(page: Page) -> Page:
    page.typed["send"] = "Send"
    return page._resident.post("/", page.typed)


def beside(page: Page) -> dict[str, str]:
    return {found.attributes["id"].removesuffix("-error"): found.text for found in page.root.all("p") if
            found.attributes.get("id", "").endswith("-error")}  # fmt: skip


def test_a_report_in_the_citys_template_is_stored_and_routed(begun: Page, store: Store) -> None:
    assert beside(begun) == {"car_damage": "Choose yes or no."}
    typed(begun, {"depth_cm": "12", "car_damage": "no"})
    sent = send(begun.attach("photos", ("hole.png", PNG)))
    assert sent.heading == "We have your report"
    stored = store.find(sent.root.all("strong")[0].text)
    assert stored is not None
    assert stored.submission.answers["depth_cm"] == 12
    assert [photo.filename for photo in stored.submission.answers["photos"]] == ["hole.png"]  # type: ignore[attr-defined]
    assert stored.decision.route == "pothole-hazard"


def test_a_mistake_stands_beside_its_question_and_the_photo_stays(begun: Page, store: Store) -> None:
    typed(begun, {"depth_cm": "deep", "car_damage": "no"})
    page = send(begun.attach("photos", ("hole.png", PNG)))
    assert page.title.startswith("Error:")
    assert beside(page) == {"depth_cm": "Write a whole number in digits, such as 12."}
    assert "hole.png" in page.text
    page.typed["depth_cm"] = "12"
    assert send(page).heading == "We have your report"
    assert store.outbox.standing().submissions.accepted == 1


def test_the_same_page_sent_twice_is_one_report(begun: Page, store: Store) -> None:
    typed(begun, {"car_damage": "no"})
    assert send(begun).text == send(begun).text
    assert store.outbox.standing().submissions.accepted == 1


def test_without_the_citys_csrf_token_nothing_is_taken(begun: Page, store: Store) -> None:
    typed(begun, {"car_damage": "no", "csrf_token": "made up"})
    assert send(begun).heading == "Report a pothole"
    assert store.outbox.standing().submissions.accepted == 0


def test_danger_stops_it_with_a_number_to_call(client: FlaskClient, store: Store) -> None:
    page = Resident(client).get("/")
    page.typed["danger"] = "yes"
    assert "911" in send(page).text
    assert store.outbox.standing().submissions.accepted == 0


@pytest.mark.parametrize("body", [[], [1, 2], "text", {"danger": {"yes": 1}, "where": [[]], "photos": "x"}, 5])
def test_a_post_that_is_json_never_raises(client: FlaskClient, body: object) -> None:
    assert client.post("/", json=body).status_code == 200
