"""A schemas folder as a site while it is being written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from werkzeug.test import Client

from formroute.catalog import Catalog
from formroute.problems import Problem
from formroute.store import Store, Stored
from formroute.web.preview import Preview
from formroute.web.site.security import HEADERS
from tests.copies import copied, edit
from tests.small_city.samples import FOLDER
from tests.web.resident import Page, Resident

POLICY = "Content-Security-Policy"


class Told:
    """What somebody who looks on was told."""

    def __init__(self) -> None:
        self.loads: list[list[str]] = []
        self.references: list[str] = []

    def loaded(self, catalog: Catalog | None, problems: Sequence[Problem]) -> None:
        self.loads.append([problem.code for problem in problems])

    def sent(self, catalog: Catalog, stored: Stored) -> None:
        self.references.append(f"{stored.reference} to {stored.decision.send_to}")


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    return copied(FOLDER, tmp_path / "schemas")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def author(schemas: Path, store: Store, told: Told) -> Resident:
    return Resident(Client(Preview(schemas, store, told)))


def filled(author: Resident) -> Page:
    return author.begin("lamp").fill(danger="no", where__address="510 Main St", colour="yellow")


def test_what_was_saved_is_on_the_next_page(author: Resident, schemas: Path, told: Told) -> None:
    assert "What colour is its light?" in author.begin("lamp").text
    assert told.loads == [[]]
    edit(schemas / "lamp.yaml", "What colour is its light?", "Is it white or yellow?")
    assert "Is it white or yellow?" in author.begin("lamp").text
    assert told.loads == [[], []]


def test_every_mistake_is_on_every_page_until_it_is_mended(author: Resident, schemas: Path, told: Told) -> None:
    edit(schemas / "lamp.yaml", "show_when: {danger: yes}", "show_when: {dagner: yes}")
    edit(schemas / "lamp.yaml", "max_files: 3", "max_files: <three>")
    for address in ("/", "/en/forms/lamp", "/en/forms/lamp/a/b"):
        page = author.get(address)
        assert (page.status, page.heading) == (503, "2 mistakes keep these forms from loading")
        assert f"{schemas}/lamp.yaml:21:21" in page.text
        assert "There is no question `dagner` here. (C301)" in page.text
        assert "show_when: {danger: yes} <- write this" in page.text
        assert "max_files: <three>" in page.text
    assert "whether every submission has a route" in page.text
    assert "(N611)" not in page.text
    assert [code for code in told.loads[0] if code != "N611"] == ["C301", "D115"]
    edit(schemas / "lamp.yaml", "dagner", "danger")
    edit(schemas / "lamp.yaml", "<three>", "3")
    assert author.get("/en/").status == 200


def test_mistakes_in_a_file_whose_name_is_no_utf_8_are_told(author: Resident, schemas: Path) -> None:
    Path(os.fsdecode(os.fsencode(schemas) + b"/b\xff.yaml")).write_text("form: x\n", "utf-8")
    page = author.get("/")
    assert page.status == 503
    assert f"{schemas}/b\\udcff.yaml:1:1" in page.text


def test_mistakes_are_told_as_safely_as_forms_are_shown(author: Resident, schemas: Path) -> None:
    forms = author.headers("/en/")
    edit(schemas / "lamp.yaml", "max_files: 3", "max_files: <three>")
    page = author.get("/en/")
    assert page.status == 503
    assert {name: page.headers[name] for name in HEADERS if name != POLICY} == {
        name: forms[name] for name in HEADERS if name != POLICY
    }
    (style,) = page.root.all("style")
    own = f"'nonce-{style.attributes['nonce']}'"
    assert page.headers[POLICY].replace(f"style-src {own}", "style-src 'self'") == forms[POLICY]
    assert own in page.headers[POLICY]
    assert own not in author.headers("/en/")[POLICY]


def test_what_was_typed_is_there_after_a_change_and_after_a_mistake(author: Resident, schemas: Path) -> None:
    page = filled(author)
    edit(schemas / "lamp.yaml", "label:\n          en: Where is it?", "lable:\n          en: Where is it?")
    assert page.press("Continue").status == 503
    edit(schemas / "lamp.yaml", "lable:", "label:")
    assert "510 Main St" in page.press("Continue").text


def test_what_is_sent_is_told_once_and_delivered_to_nobody(author: Resident, store: Store, told: Told) -> None:
    look = filled(author).press("Continue")
    assert "This is a preview. What is sent here goes to nobody." in look.root.text
    receipt, again = look.press("Send"), look.press("Send")
    assert receipt.address == again.address
    (sent,) = told.references
    assert sent == f"{receipt.root.classed('f-reference')[0].text} to lights"
    standing = store.outbox.standing()
    assert (standing.submissions.accepted, standing.submissions.delivered) == (1, 0)
