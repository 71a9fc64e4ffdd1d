"""Save and come back: by a letter from a real mail server, on another device, with everything that was typed."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import html
import logging
import re
from email.message import EmailMessage

import pytest
from flask import Flask

from formroute.delivery import Worker, standard_handlers
from formroute.intake import Intake
from formroute.store import State, Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.delivery.servers import Mailbox, mail_server
from tests.small_city.samples import PNG
from tests.web.resident import Page, Resident

PUBLIC = "http://localhost"
ADDRESS = "zoe@example.org"


@pytest.fixture
def app(intake: Intake) -> Flask:
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS, come_back=True))
    return app


@pytest.fixture
def left(app: Flask) -> Page:
    """A pothole with a photo, saved on its third page; the page that asks for an address."""
    page = Resident(app.test_client()).begin().fill(danger="no").press("Continue")
    page = page.fill(where__address="510 Main Street", neighbourhood="wolseley").press("Continue")
    page = page.fill(surface="lane", details="Very deep").attach("photos", ("hole.png", PNG))
    return page.press("Save and come back later")


def letters(intake: Intake, answer: str = "250 OK") -> list[EmailMessage]:
    """What a worker hands to a real mail server of all that is due."""
    mailbox = Mailbox(answer)
    with mail_server(mailbox) as port:
        server = {"FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}", "FORMROUTE_MAIL_FROM": "forms@city.example"}
        handlers = standard_handlers(intake.store, {**server, "FORMROUTE_PUBLIC_URL": PUBLIC})
        Worker(intake.catalog, intake.store, handlers).deliver_due()
    return [email.message_from_bytes(one.content, policy=email.policy.default) for one in mailbox.letters]


def link_in(letter: EmailMessage) -> str:
    text = letter.get_body(("plain",)).get_content()
    (link,) = re.findall(rf"{PUBLIC}/\S+", text)
    assert link in html.unescape(letter.get_body(("html",)).get_content())
    return link.removeprefix(PUBLIC)


def ask(page: Page, address: str = ADDRESS) -> Page:
    page.typed["address"] = address
    return page.press("Email me the link")


def test_from_one_device_to_another_with_everything_that_was_typed(left: Page, app: Flask, intake: Intake) -> None:
    assert left.heading == "Save and come back later"
    done = ask(left)
    assert done.heading == "Check your email"
    assert ADDRESS not in done.text + done.address + done.query
    (letter,) = letters(intake)
    assert letter["To"] == ADDRESS
    assert letter["Subject"].startswith("Continue your form: ")
    other = Resident(app.test_client())
    page = other.get(link_in(letter))
    assert page.address.endswith("/hole")
    assert "Your answers are still here." in page.news
    assert (page.typed["surface"], page.typed["details"]) == ("lane", "Very deep")
    assert page.kept_files == ["hole.png (1 kB)"]
    page = page.press("Continue").fill(depth_cm="12", car_damage="no", seen_on="2026-06-09").press("Continue")
    look = page.fill(name="Zoe", email=ADDRESS).press("Continue")
    assert look.press("Send").root.classed("f-reference")
    gone = other.get(link_in(letter))
    assert (gone.status, gone.heading) == (404, "This link no longer works")


def test_the_first_device_goes_on_too(left: Page, app: Flask, intake: Intake) -> None:
    ask(left)
    page = Resident(app.test_client()).get(link_in(letters(intake)[0]))
    page.fill(surface="road").press("Back")
    first = left.follow("Go back to the form")
    assert first.typed["surface"] == "road"
    assert first.press("Back").fill(where__address="1 King Street").press("Continue").typed["surface"] == "road"


def test_the_page_and_the_letter_speak_french(app: Flask, intake: Intake) -> None:
    page = Resident(app.test_client()).begin(language="fr").fill(danger="no").press("Enregistrer et revenir plus tard")
    page.typed["address"] = ADDRESS
    assert page.press("M’envoyer le lien").heading == "Consultez votre boîte courriel"
    (letter,) = letters(intake)
    assert letter["Content-Language"] == "fr"
    assert letter["Subject"].startswith("Reprenez votre formulaire")
    assert link_in(letter).startswith("/fr/back/")


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Write an email address."), ("zoe", "Write an email address such as")]
)
def test_what_is_no_address_is_told_beside_the_box(left: Page, intake: Intake, typed: str, said: str) -> None:
    page = ask(left, typed)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.errors[0]
    assert page.typed["address"] == typed
    assert letters(intake) == []


def test_a_letter_that_fails_is_tried_again_with_the_same_link(left: Page, intake: Intake) -> None:
    ask(left)
    assert letters(intake, "451 later") == []
    assert intake.store.links.count(State.PENDING) == 1
    assert intake.store.links.causes()


def test_whoever_asks_too_often_is_told_the_same_and_no_letter_goes(left: Page, intake: Intake) -> None:
    pages = {ask(left).text for _ in range(7)}
    assert len(pages) == 1
    assert len(letters(intake)) == 5


def test_an_address_typed_in_other_signs_is_the_same_address(left: Page, intake: Intake) -> None:
    """A domain may be typed with signs of full width, which mean the same (UTS 46)."""
    for typed in (
        ADDRESS,
        "zoe@EXAMPLE.org",
        "zoe@ｅxample.org",
        "zoe@exａmple.org",
        "zoe@example。org",
        "zoe@example．org",
    ):
        assert ask(left, typed).heading == "Check your email"
    assert [letter["To"] for letter in letters(intake)] == [ADDRESS] * 5


def test_links_that_do_not_work_all_say_the_same(left: Page, app: Flask, intake: Intake) -> None:
    ask(left)
    link = link_in(letters(intake)[0])
    stranger = Resident(app.test_client())
    texts = {stranger.get(address).text for address in (link[:-1], f"{link}x", "/en/back/%00", "/en/back/" + "A" * 22)}
    assert len(texts) == 1
    assert "You can start the form again." in texts.pop()


def test_the_link_leads_away_at_once_and_stands_in_no_referrer_cache_store_or_log(
    left: Page, app: Flask, intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(left)
        link = link_in(letters(intake)[0])
    answer = app.test_client().get(link)
    token = link.rpartition("/")[2]
    assert len(token) == 22
    assert answer.status_code == 303
    assert token not in answer.headers["Location"]
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    files = [path for path in intake.store.folder.path.parent.rglob("*") if path.is_file()]
    assert not [path for path in files if token.encode() in path.read_bytes()]
    assert not [one for one in caplog.records if one.name.startswith("formroute") and token in one.getMessage()]


def test_the_address_is_in_no_file_once_the_letter_is_delivered(left: Page, intake: Intake) -> None:
    ask(left, "canary7q3@example.org")
    assert len(letters(intake)) == 1
    intake.store.database.compact()
    files = [path for path in intake.store.folder.path.parent.rglob("*") if path.is_file()]
    assert not [path for path in files if b"canary7q3" in path.read_bytes()]


def test_the_last_look_offers_it_too_and_the_page_says_who_can_use_the_link(app: Flask) -> None:
    page = Resident(app.test_client()).fill_pothole()
    assert page.heading == "Check your answers"
    page = page.follow("Save and come back later")
    assert "Anyone who has the link can see your answers, change them and send the form." in page.text


def test_a_form_can_do_without_it(intake: Intake) -> None:
    """`come_back: no` in its file."""
    pothole = dataclasses.replace(intake.catalog.forms["pothole"], come_back=False)
    forms = {**intake.catalog.forms, "pothole": pothole}
    catalog = dataclasses.replace(intake.catalog, forms=forms)
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(
        create_blueprint(Intake(catalog, intake.store, clock=intake.now), limits=NO_LIMITS, come_back=True)
    )
    resident = Resident(app.test_client())
    page = resident.fill_pothole()
    assert [found for found in page.root.all("a") if "come back" in found.text] == []
    page = page.follow("Back")
    assert [found for found in page.root.all("button") if "come back" in found.text] == []
    assert resident.get(f"{page.address}/later").status == 404
    assert resident.begin("tree").root.all("button", value="later")


def test_a_site_without_letters_offers_no_way_to_come_back(intake: Intake) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    page = Resident(app.test_client()).begin().fill(danger="no").press("Continue")
    assert "Save and come back later" not in page.text
    assert page._resident.get(f"{page.address}/later").status == 404


def test_who_is_not_in_the_draft_cannot_ask_for_a_link_to_it(left: Page, app: Flask, store: Store) -> None:
    stranger = Resident(app.test_client())
    page = stranger.post(left.address, left.typed)
    assert page.heading != "Check your email"
    assert store.links.count(State.PENDING) == 0
