"""What a resident does again and again in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

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
