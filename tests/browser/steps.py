"""What a resident does again and again in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from sqlalchemy import update

from formroute.conditions import Witness, find
from formroute.forms import Form
from formroute.forms import Page as FormPage
from formroute.store import Store
from formroute.store.tables import drafts
from tests.small_city.samples import PNG

PHOTO = {"name": "hole.png", "mimeType": "image/png", "buffer": PNG}


def go_on(page: Page) -> None:
    """Send the page, and wait until the next one has loaded and its script has run."""
    with page.expect_navigation():
        page.locator("[data-proceed]").click()


def to_the_hole(page: Page) -> None:
    page.check("[name=danger][value=no]")
    go_on(page)
    page.fill("[name='where.address']", "510 Main Street")
    go_on(page)
    expect(page.locator("h1")).to_have_text(re.compile("The hole|Le trou"))


def to_the_last_look(page: Page) -> None:
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    page.check("[name=car_damage][value=no]")
    go_on(page)
    go_on(page)


def reference(page: Page) -> str:
    return page.locator(".f-reference").inner_text()


def begin_draft(page: Page, language: str) -> str:
    """Switch the language twice, which keeps an empty draft; its address."""
    page.get_by_role("button", name=re.compile("Français|English")).click()
    page.get_by_role("button", name=re.compile("Français|English")).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page.url.rpartition("/")[0]


def answer_so_that_it_shows(store: Store, draft: str, form: Form, page: FormPage) -> None:
    witness = find(page.visible, form.scope, form.always)
    assert isinstance(witness, Witness)
    mine = drafts.c.id == draft.rpartition("/")[2]
    with store.database.writing() as connection:
        connection.execute(update(drafts).where(mine).values(raw=form.to_json(witness.answers)))
