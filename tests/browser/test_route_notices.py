"""With scripts a route's notice comes and goes while somebody answers; where it stood before, it stays in its place."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from flask import Flask
from playwright.sync_api import expect

from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.browser.axe import violations
from tests.browser.conftest import Open, serving
from tests.browser.steps import go_on
from tests.web.test_route_notices import Clock, outages


def test_it_shows_at_once_and_goes_with_the_answer(open_page: Open, tmp_path: Path) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x")
    with closing(Store(f"sqlite:///{tmp_path / 'formroute.db'}")) as store:
        intake = Intake(outages(tmp_path / "schemas"), store, clock=lambda: Clock.now)
        app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
        with serving(app) as address:
            page = open_page(f"{address}/en/forms/example")
            told = page.get_by_text("Water is off on Main Street")
            page.check("[name=street][value=main]")
            expect(told).to_be_visible()
            assert violations(page) == []
            page.check("[name=street][value=elm]")
            expect(told).to_have_count(0)
            page.check("[name=street][value=main]")
            go_on(page)
            expect(told).to_have_count(1)
            page.check("[name=taps][value=some]")
            page.fill("[name=which]", "The basement")
            expect(page.locator("[data-listening]")).to_contain_text("A basement tap may freeze first.")
            expect(told).to_have_count(1)
