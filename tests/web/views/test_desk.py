"""The department desk: behind a password, and only what the department may see."""

import contextlib
import io
import itertools
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from formroute.intake import Intake
from formroute.links import status_path
from formroute.records import Receipt, Status
from formroute.store.accounts import EVERY, Role
from formroute.web import create_blueprint
from formroute.web.views.desk import SHIFT
from tests.faults.test_disk_full import full
from tests.small_city.samples import PNG
from tests.web.conftest import NOW
from tests.web.resident import Page, Resident

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


PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def people(intake: Intake) -> None:
    accounts = intake.store.accounts
    accounts.add("everybody", PASSWORD, {EVERY: Role.HANDLER})
    accounts.add("parks", PASSWORD, {"parks": Role.HANDLER})
    accounts.add("looks", PASSWORD, {"street-maintenance": Role.READER})


def enter(resident: Resident, password: str = PASSWORD, name: str = "everybody") -> Page:
    page = resident.get("/en/desk/")
    page.typed["name"] = name
    page.typed["password"] = password
    return page.press("Open the desk")


def test_the_password_opens_the_desk(resident: Resident) -> None:
    page = enter(resident)
    assert "Public Works – Street Maintenance" in page.text


def test_the_priority_is_told_in_the_readers_language(resident: Resident, receipt: Receipt) -> None:
    enter(resident)
    for address in (STREETS, f"{STREETS}{receipt.reference}"):
        assert "urgente" in resident.get(address.replace("/en/", "/fr/")).text


def test_who_has_no_desk_to_look_at_reads_what_to_write(resident: Resident, intake: Intake) -> None:
    intake.store.accounts.add("early", PASSWORD, {"a department without a desk": Role.HANDLER})
    page = enter(resident, name="early")
    assert "None of your departments has a desk yet." in page.text
    assert "It gets one by the line “- desk: {}” under “deliver” in “departments.yaml”." in page.text


def test_a_wrong_password_does_not(resident: Resident) -> None:
    page = enter(resident, "x")
    told = "The name and password do not match. After five wrong tries an account is locked for a quarter of an hour."
    assert (page.status, page.errors) == (403, [told])
    assert page.title.startswith("Error: Department desk")


def test_a_wrong_password_costs_no_name(resident: Resident) -> None:
    page = enter(resident, "x", name='zoé "<b>"')
    assert page.root.all("input", name="name")[0].attributes["value"] == 'zoé "<b>"'


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


@pytest.mark.parametrize("end", ["password", "account", "shift"])
def test_what_ends_a_session(resident: Resident, intake: Intake, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    enter(resident)
    assert resident.get(STREETS).heading != "Department desk"
    if end == "password":
        intake.store.accounts.set_password("everybody", "another long password")
    elif end == "account":
        intake.store.accounts.remove("everybody")
    else:
        monkeypatch.setattr(intake, "now", lambda: NOW + SHIFT)
    assert resident.get(STREETS).heading == "Department desk"


def test_who_was_shut_out_enters_again(resident: Resident, intake: Intake) -> None:
    enter(resident)
    intake.store.accounts.set_password("everybody", "another long password")
    assert "Street Maintenance" in enter(resident, "another long password").text


def test_a_seal_from_before_somebody_entered_changes_nothing(
    resident: Resident, receipt: Receipt, intake: Intake
) -> None:
    """Who planted a session of theirs in another's browser has such a seal (session fixation)."""
    planted = resident.get("/en/desk/").typed["_seal"]
    enter(resident)
    resident.post(f"{STREETS}{receipt.reference}", {"_seal": planted, "status": "done"})
    found = intake.store.find(receipt.reference)
    assert found is not None
    assert found.status is Status.RECEIVED
    assert resident.post("/en/desk/", {"_seal": planted, "_go": "out"}).status == 403
    assert resident.get(STREETS).heading != "Department desk"


def test_who_is_inside_comes_in_by_the_door_of_another_window(resident: Resident) -> None:
    other = resident.get("/en/desk/")
    enter(resident)
    other.typed["name"], other.typed["password"] = "everybody", PASSWORD
    page = other.press("Open the desk")
    assert (page.status, page.address) == (200, "/en/desk/")
    assert "Street Maintenance" in page.text


@pytest.mark.parametrize("name", ["parks", ""])
def test_a_door_that_is_too_old_says_so_and_lets_nobody_in(resident: Resident, name: str) -> None:
    other = resident.get("/en/desk/")
    enter(resident, name="looks")
    other.typed["name"], other.typed["password"] = name, PASSWORD
    page = other.press("Open the desk")
    assert page.status == 403
    assert page.news == "This page was too old, or your browser did not send its cookie back. Please try again."
    assert "do not fit" not in page.text
    assert "Parks" not in resident.get("/en/desk/").text
    page.typed["name"], page.typed["password"] = "parks", PASSWORD
    assert "Parks" in page.press("Open the desk").text


def test_a_seal_of_another_browser_opens_no_door(visitor: Callable[[], Resident]) -> None:
    """Or somebody could be made to work in the account of another (login CSRF)."""
    planted = visitor().get("/en/desk/").typed["_seal"]
    victim = visitor()
    page = victim.post("/en/desk/", {"_seal": planted, "name": "everybody", "password": PASSWORD})
    assert (page.status, page.heading) == (403, "Department desk")
    assert "too old" in page.news
    assert victim.get(STREETS).heading == "Department desk"


def test_who_leaves_by_an_old_page_sees_that_they_are_inside(resident: Resident) -> None:
    enter(resident)
    page = resident.post("/en/desk/", {"_seal": "old", "_go": "out"})
    assert "too old" in page.news
    assert page.press("Leave the desk").root.all("input", name="password")


def test_every_page_inside_has_the_way_out(resident: Resident, receipt: Receipt) -> None:
    for address in ("/en/desk/", STREETS, f"{STREETS}?status=done", f"{STREETS}{receipt.reference}"):
        enter(resident)
        (out,) = [one for one in resident.get(address).root.all("button") if one.text == "Leave the desk"]
        assert out.attributes["name"] == "_go"
        seal = resident.get(address).typed["_seal"]
        assert resident.post("/en/desk/", {"_seal": seal, "_go": "out"}).root.all("input", name="password")
        assert resident.get(STREETS).root.all("input", name="password")


def test_the_desk_promises_a_letter_only_where_it_leaves(resident: Resident, receipt: Receipt, intake: Intake) -> None:
    enter(resident)
    assert "The resident gets an email when this changes" in resident.get(f"{STREETS}{receipt.reference}").text
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(intake))
    silent = Resident(app.test_client())
    enter(silent)
    assert "The resident gets no email when this changes" in silent.get(f"{STREETS}{receipt.reference}").text


def test_a_site_can_do_without_a_desk(intake: Intake) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(intake, desk=False))
    assert Resident(app.test_client()).get("/en/desk/").status == 404


def test_an_account_sees_its_departments_and_no_other(resident: Resident, receipt: Receipt) -> None:
    page = enter(resident, name="parks")
    assert "Parks" in page.text
    assert "Street Maintenance" not in page.text
    for address in (STREETS, f"{STREETS}{receipt.reference}", f"{STREETS}{receipt.reference}/x"):
        assert resident.get(address).status == 404


def test_a_reader_changes_nothing(resident: Resident, receipt: Receipt, intake: Intake) -> None:
    enter(resident, name="looks")
    page = resident.get(f"{STREETS}{receipt.reference}")
    assert not page.root.all("select")
    seal = resident.get("/en/desk/").typed["_seal"]
    assert resident.post(f"{STREETS}{receipt.reference}", {"_seal": seal, "status": "done"}).status == 403
    assert intake.store.find(receipt.reference).status == "received"


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(
    visitor: Callable[[], Resident], intake: Intake
) -> None:
    for _ in range(5):
        assert enter(visitor(), "wrong").status == 403
    assert enter(visitor()).status == 403
    assert enter(visitor(), name="parks").status == 200
    intake.store.accounts.set_password("everybody", PASSWORD)
    assert enter(visitor()).status == 200


def test_the_list_can_be_of_one_status_alone(resident: Resident, receipt: Receipt, intake: Intake) -> None:
    enter(resident)
    assert receipt.reference in resident.get(f"{STREETS}?status=received").text
    assert "There are none." in resident.get(f"{STREETS}?status=done").text
    intake.change_status(receipt.reference, Status.DONE, by="zoe")
    assert receipt.reference in resident.get(f"{STREETS}?status=done").text
    assert receipt.reference in resident.get(f"{STREETS}?status=nonsense").text


def test_who_read_a_submission_is_in_the_log_once(
    visitor: Callable[[], Resident], receipt: Receipt, intake: Intake
) -> None:
    for name in ("everybody", "looks"):
        person = visitor()
        enter(person, name=name)
        for _ in range(2):
            person.get(f"{STREETS}{receipt.reference}")
    read = [event.detail for event in intake.store.find(receipt.reference).events if event.kind == "read"]
    assert read == [{"department": "street-maintenance", "by": name} for name in ("everybody", "looks")]
    assert intake.store.chain.audit().broken is None


def test_a_case_is_seen_on_a_full_disk_too_and_the_page_tells_when_that_was_not_noted(
    resident: Resident, intake: Intake
) -> None:
    references = [intake.submit("pothole", RAW).reference for _ in range(3)]
    enter(resident)
    resident.get(f"{STREETS}{references[0]}")
    with full(intake.store, spare_pages=0):
        with contextlib.suppress(OperationalError):
            for number in itertools.count():
                intake.store.readings.note(references[0], (), department="street-maintenance", by=f"clerk {number}")
        pages = {reference: resident.get(f"{STREETS}{reference}") for reference in references}
    assert all("510 Main Street" in page.text for page in pages.values())
    told = {reference for reference, page in pages.items() if "It could not be noted" in page.text}
    noted = {one for one in references if any(event.kind == "read" for event in intake.store.find(one).events)}
    assert told == set(references[1:])
    assert noted == {references[0]}


def test_who_changed_a_status_is_in_the_log(resident: Resident, receipt: Receipt, intake: Intake) -> None:
    enter(resident)
    page = resident.get(f"{STREETS}{receipt.reference}")
    page.typed["status"] = "done"
    page.press("Change")
    event = intake.store.find(receipt.reference).events[-1]
    assert (event.kind, event.detail) == ("status", {"status": "done", "by": "everybody"})


def test_a_new_status_is_shown_to_the_resident_and_a_letter_tells_of_it(
    resident: Resident, visitor: Callable[[], Resident], intake: Intake
) -> None:
    receipt = intake.submit("pothole", {**RAW, "email": "alex@example.com"})
    enter(resident)
    page = resident.get(f"{STREETS}{receipt.reference}")
    page.typed["status"] = "in_progress"
    changed = page.press("Change")
    assert changed.typed["status"] == "in_progress"
    assert "The status is now: Being worked on." in changed.text
    news = intake.store.find(receipt.reference).deliveries[-1].destination
    assert (news.handler, news.settings) == ("news", {"answer": "email", "status": "in_progress"})
    seen = visitor().get(status_path("fr", receipt.reference, receipt.status_token))
    assert "Votre demande est en traitement." in seen.text


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
    assert "The page was too old, so the status was not changed." in page.press("Change").text
    assert intake.store.find(receipt.reference).status == "received"
