"""The department desk: behind a password, and only what the department may see."""

import io
from collections.abc import Callable

import pytest
from flask import Flask

from formroute.intake import Intake
from formroute.records import Receipt
from formroute.status_link import status_path
from formroute.web import create_blueprint
from tests.web.resident import PNG, Page, Resident

STREETS = "/en/desk/street-maintenance/"
RAW = {
    "danger": "no",
    "where": {"address": "510 Main Street"},
    "surface": "road",
    "depth_cm": "12",
    "car_damage": "no",
    "name": "Alex Tremblay",
}


@pytest.fixture
def receipt(intake: Intake) -> Receipt:
    photo = intake.store.uploads.keep(io.BytesIO(PNG), "hole.png", 8_000_000)
    receipt = intake.submit("pothole", {**RAW, "photos": [photo]})
    assert isinstance(receipt, Receipt)
    return receipt


def enter(resident: Resident, password: str = "desk") -> Page:
    page = resident.get("/en/desk/")
    page.typed["password"] = password
    return page.press("Open the desk")


def test_the_password_opens_the_desk(resident: Resident) -> None:
    page = enter(resident)
    assert "Public Works – Street Maintenance" in page.text


def test_a_wrong_password_does_not(resident: Resident) -> None:
    page = enter(resident, "x")
    assert (page.status, page.errors) == (403, ["This is not the password."])
    assert page.title.startswith("Error: Department desk")


def test_nothing_is_seen_without_the_password(resident: Resident, receipt: Receipt) -> None:
    for address in (STREETS, f"{STREETS}{receipt.reference}", f"{STREETS}{receipt.reference}/x"):
        assert resident.get(address).heading == "Department desk"


def test_a_department_sees_what_came_and_the_answers(resident: Resident, receipt: Receipt) -> None:
    enter(resident)
    line = resident.get(STREETS)
    assert receipt.reference in line.text
    page = line.follow(receipt.reference)
    assert "510 Main Street" in page.text
    assert "streets / " in page.text


def test_a_photo_is_an_attachment_of_its_own_type(resident: Resident, receipt: Receipt) -> None:
    enter(resident)
    page = resident.get(f"{STREETS}{receipt.reference}")
    with resident.client.get(page.link("hole.png")) as answer:
        assert answer.data == PNG
        assert answer.mimetype == "image/png"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_name_of_a_file_is_an_error_of_ours(resident: Resident, receipt: Receipt) -> None:
    enter(resident)
    assert resident.get(f"{STREETS}{receipt.reference}/%C3%A9%ED%A0%80").status == 404


def test_private_answers_are_left_out_where_the_department_gets_none(
    resident: Resident, receipt: Receipt, intake: Intake
) -> None:
    enter(resident)
    shown = resident.get(f"{STREETS}{receipt.reference}").text
    private = intake.catalog.departments["street-maintenance"].private_answers
    assert ("Alex Tremblay" in shown) is private


def test_another_departments_submission_is_not_there(resident: Resident, receipt: Receipt) -> None:
    enter(resident)
    assert resident.get(f"/en/desk/urban-forestry/{receipt.reference}").status == 404


@pytest.mark.parametrize("address", ["/en/desk/nothing/", f"{STREETS}WPG-2026-XXXXXX", f"{STREETS}?before=x"])
def test_what_is_not_there(resident: Resident, address: str) -> None:
    enter(resident)
    assert resident.get(address).status == (200 if "?" in address else 404)


def test_leaving_closes_the_desk(resident: Resident) -> None:
    enter(resident).press("Leave the desk")
    assert resident.get(STREETS).heading == "Department desk"


def test_a_new_password_closes_every_open_desk(resident: Resident, app: Flask, intake: Intake) -> None:
    enter(resident)
    renewed = Flask("city")
    renewed.config.update(SECRET_KEY=app.config["SECRET_KEY"], TESTING=True)
    renewed.register_blueprint(create_blueprint(intake, desk_password_hash="another"))
    client = renewed.test_client()
    cookie = resident.client.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    assert Resident(client).get(STREETS).heading == "Department desk"


def test_without_a_password_there_is_no_desk(intake: Intake, visitor: Callable[[], Resident]) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(intake))
    assert Resident(app.test_client()).get("/en/desk/").status == 404


def test_a_new_status_is_shown_to_the_resident_and_a_letter_tells_of_it(
    resident: Resident, visitor: Callable[[], Resident], intake: Intake
) -> None:
    receipt = intake.submit("pothole", {**RAW, "email": "alex@example.com"})
    enter(resident)
    page = resident.get(f"{STREETS}{receipt.reference}")
    page.typed["status"] = "in_progress"
    assert page.press("Change").typed["status"] == "in_progress"
    news = intake.store.find(receipt.reference).deliveries[-1].destination
    assert (news.handler, news.settings) == ("news", {"answer": "email", "status": "in_progress"})
    seen = visitor().get(status_path("fr", receipt.reference, receipt.status_token))
    assert "Travaux publics – Entretien des rues s’occupe de votre demande." in seen.text


def test_a_status_is_not_changed_without_the_page_or_to_what_is_none(
    resident: Resident, visitor: Callable[[], Resident], receipt: Receipt, intake: Intake
) -> None:
    enter(resident)
    page = resident.get(f"{STREETS}{receipt.reference}")
    page.typed["status"] = "lost"
    page.press("Change")
    page.typed["status"] = "done"
    visitor().post(f"{STREETS}{receipt.reference}", page.typed)
    page.typed["_seal"] = "forged"
    page.press("Change")
    assert intake.store.find(receipt.reference).status == "received"
