"""A form is left on a telephone and sent from another browser after it was renamed, through a real mail server."""

from __future__ import annotations

import email
import email.policy
import re
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from formroute.catalog import load_catalog
from formroute.delivery import Worker, standard_handlers
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.browser.axe import violations
from tests.browser.conftest import serving
from tests.delivery.servers import Mailbox, mail_server
from tests.review.cities import FORM, field, write

TABLE = "table: holes\nforms: [hole]\nroutes:\n  - route: rest\n    send_to: parks\n"
SURFACE = field("surface", "choice", more="        choices: [road, lane]\n")
DEPTH = field("depth", "integer", more="        min: 1\n        max: 30\n")
BEFORE = {"hole.yaml": FORM + SURFACE + DEPTH, "holes.yaml": TABLE}
CHOICES = "        choices:\n          street: {label: road, was: road}\n          lane: lane\n        was: surface\n"
DEEP = field("deep", "integer", more="        min: 1\n        max: 5\n        was: depth\n")
AFTER = {
    "hole.yaml": FORM.replace("form: hole\n", "form: pit\nwas: hole\n")
    + field("ground", "choice", more=CHOICES)
    + DEEP,
    "holes.yaml": TABLE.replace("[hole]", "[pit]"),
}
SMALL = {"width": 320, "height": 700}


def site(folder: Path, store: Store) -> Flask:
    app = Flask("city")
    app.config.update(SECRET_KEY="the same for both")
    intake = Intake(load_catalog(folder), store)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS, come_back=True))
    return app


def link_from(store: Store, folder: Path) -> str:
    """What stands in the letter that a worker hands to a real mail server."""
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        said = {"FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}", "FORMROUTE_MAIL_FROM": "forms@city.example"}
        handlers = standard_handlers(store, {**said, "FORMROUTE_PUBLIC_URL": "https://city.example"})
        Worker(load_catalog(folder), store, handlers).deliver_due()
    (letter,) = (email.message_from_bytes(one.content, policy=email.policy.default) for one in mailbox.letters)
    (path,) = re.findall(r"https://city.example(/\S+)", letter.get_body(("plain",)).get_content())
    return path


def opened(browser: Browser, address: str, path: str, scripts: bool) -> Page:
    context = browser.new_context(base_url=address, viewport=SMALL, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(path)
    return page


def press(page: Page, button: str) -> None:
    """Press it, and wait until the next page has loaded."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_one_device_to_another_while_the_form_is_renamed(browser: Browser, tmp_path: Path, scripts: bool) -> None:
    old, new = write(tmp_path / "old", BEFORE), write(tmp_path / "new", AFTER)
    found: list[str] = []
    with closing(Store(f"sqlite:///{tmp_path / 'town.db'}")) as store:
        with serving(site(old, store)) as address:
            page = opened(browser, address, "/en/forms/hole", scripts)
            page.check("[name=surface][value=road]")
            page.fill("[name=depth]", "12")
            press(page, "Save and come back later")
            found += violations(page) if scripts else []
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
            press(page, "Email me the link")
            found += violations(page) if scripts else []
            page.fill("[name=address]", "zoe@example.org")
            press(page, "Email me the link")
            page.get_by_role("heading", name="Check your email").wait_for()
            found += violations(page) if scripts else []
            link = link_from(store, old)
        with serving(site(new, store)) as address:
            there = opened(browser, address, link, scripts)
            assert "/en/forms/pit/" in there.url
            there.get_by_text("Please look again at: deep").wait_for()
            assert there.is_checked("[name=ground][value=street]")
            assert there.input_value("[name=deep]") == "12"
            found += violations(there) if scripts else []
            there.fill("[name=deep]", "4")
            press(there, "Continue")
            there.get_by_role("heading", name="Check your answers").wait_for()
            there.wait_for_timeout(100)
            press(there, "Send")
            reference = there.locator(".f-reference").first.text_content()
            sent = store.find((reference or "").strip())
            assert sent is not None
            assert (sent.submission.form, sent.submission.answers) == ("pit", {"ground": "street", "deep": 4})
            there.goto(link)
            there.get_by_role("heading", name="This link no longer works").wait_for()
            found += violations(there) if scripts else []
    assert found == []
