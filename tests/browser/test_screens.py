"""One thing at a time and all at once in a real browser, with scripts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from formroute.catalog import Catalog
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.browser.axe import violations
from tests.browser.conftest import Open, serving
from tests.browser.steps import go_on


@pytest.fixture
def asked(open_page: Open, catalog: Catalog, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """`asked("all_at_once")` opens the pothole form asked so."""
    store = Store(f"sqlite:///{tmp_path / 'formroute.db'}")
    app = Flask("city")
    app.config.update(SECRET_KEY="x")
    for ask in ("one_at_a_time", "all_at_once"):
        pothole = dataclasses.replace(catalog.forms["pothole"], ask=ask)
        intake = Intake(dataclasses.replace(catalog, forms={**catalog.forms, "pothole": pothole}), store)
        app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS), name=ask, url_prefix=f"/{ask}")
    with serving(app) as address:
        yield lambda ask: open_page(f"{address}/{ask}/en/forms/pothole")
    store.close()


def test_one_thing_at_a_time(asked: Callable[[str], Page]) -> None:
    page = asked("one_at_a_time")
    page.check("[name=danger][value=yes]")
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    page.check("[name=danger][value=no]")
    expect(page.get_by_role("link", name="Call 911")).to_have_count(0)
    go_on(page)
    expect(page.locator("h1")).to_have_text("The place")
    assert violations(page) == []
    page.fill("[name='where.address']", "510 Main Street")
    with page.expect_navigation():
        page.get_by_role("button", name="Back").click()
    go_on(page)
    expect(page.locator("[name='where.address']")).to_have_value("510 Main Street")


def test_all_at_once(asked: Callable[[str], Page]) -> None:
    page = asked("all_at_once")
    assert violations(page) == []
    page.check("[name=danger][value=yes]")
    expect(page.locator("h2")).to_have_text(["Before you start"])
    page.check("[name=danger][value=no]")
    expect(page.locator("h2")).to_have_text(["Before you start", "The place", "The hole", "How to reach you"])
    page.fill("[name='where.address']", "510 Main Street")
    page.check("[name=surface][value=road]")
    page.check("[name=car_damage][value=no]")
    go_on(page)
    expect(page.locator("h1")).to_have_text("Check your answers")
