"""The example of a city's own template: Flask-WTF's CSRF, the judge's errors, and a submission through the one door."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from formroute.intake import Intake
from formroute.store import Store
from tests.every_kind.samples import every_kind
from tests.small_city.samples import PNG
from tests.web.resident import Page, Resident

APP = Path(__file__).parent.parent.parent / "examples" / "own_template" / "app.py"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The example's module."""
    spec = importlib.util.spec_from_file_location("own_template", APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "own_template", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def client(intake: Intake, example: ModuleType) -> FlaskClient:
    app = example.create_app(intake)
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


@pytest.fixture
def rows_page(store: Store, example: ModuleType) -> Page:
    """The same template around a form with rows, files and groups in them."""
    app = example.create_app(Intake(every_kind(), store), "damage")
    app.testing = True
    return Resident(app.test_client()).get("/")


def press(page: Page, button: str) -> Page:
    (found,) = [one for one in page.root.all("button") if one.text == button]
    page.typed[found.attributes["name"]] = found.attributes["value"]
    return page._resident.post("/", page.typed)


def test_rows_with_files_in_the_citys_template(rows_page: Page, store: Store) -> None:
    page = rows_page
    typed(page, {"things-0.what": "lamp"})
    page = press(page, "Add another Thing")
    assert [legend.text for legend in page.root.all("legend")].count("Thing 2") == 1
    assert "things-0.photos" in [box.attributes.get("name") for box in page.root.all("input")]
    typed(page, {"things-1.what": "lamp"})
    page = send(page.attach("things-1.photos", ("cut.png", PNG[:40])).attach("things-0.photos", ("one.png", PNG)))
    assert beside(page) == {
        "things-1.photos": "The file cut.png is damaged or was not sent whole. Send it again or choose another."
    }
    assert not [paragraph for paragraph in page.root.all("p") if paragraph.all("fieldset")]
    page = press(page, "Remove Thing 2")
    sent = send(page)
    (found,) = sent.root.all("strong")
    stored = store.find(found.text)
    assert stored is not None
    (thing,) = stored.submission.answers["things"]
    assert [photo.filename for photo in thing["photos"]] == ["one.png"]
