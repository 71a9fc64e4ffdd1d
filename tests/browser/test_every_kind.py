"""Every kind of question in a real Chromium: axe finds nothing, with scripts or without, empty or in error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.browser.axe import violations
from tests.browser.conftest import Open, serving
from tests.browser.steps import go_on
from tests.every_kind.samples import SIMPLE, every_kind


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of the city with every kind of question."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('every_kind') / 'formroute.db'}")
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(Intake(every_kind(), store), limits=NO_LIMITS))
    with serving(app) as address:
        yield address
    store.close()


def fill(page: Page, name: str, value: object) -> None:
    """Answer as a person would: tick, choose, type."""
    box = page.locator(f"[name='{name}']").first
    if box.get_attribute("type") in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            page.check(f"[name='{name}'][value='{one}']")
    else:
        box.fill(str(value))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scripts", [True, False])
def test_one_of_each(open_page: Open, language: str, scripts: bool) -> None:
    page = open_page(f"/{language}/forms/simple", java_script_enabled=scripts, viewport={"width": 320, "height": 700})
    found: list[str] = []
    for answers in SIMPLE.values():
        found += look(page, scripts)
        go_on(page)
        assert page.title().startswith(("Error", "Erreur"))
        found += look(page, scripts)
        for name, value in answers.items():
            fill(page, name, value)
        found += look(page, scripts)
        go_on(page)
    assert page.url.endswith("/check") or page.locator("dl.f-answers").count()
    found += look(page, scripts)
    assert found == []


def look(page: Page, scripts: bool) -> list[str]:
    """What axe finds; it is a script itself, so without scripts only what overflows a narrow screen is looked for."""
    if scripts:
        return violations(page)
    width = page.locator("main").bounding_box()
    return [f"{page.url}: wider than the screen"] if width and width["width"] > 320 else []


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}], ids=str)
def test_notices_of_every_tone_are_told_apart_in_any_colours(open_page: Open, look: dict[str, str]) -> None:
    page = open_page("/en/forms/simple", **look)
    assert page.locator(".f-tone").all_inner_texts() == ["Please note", "Good news", "Warning", "Danger"]
    assert len(set(page.locator(".f-tone svg").evaluate_all("icons => icons.map(icon => icon.innerHTML)"))) == 4
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_choice_appears_when_it_is_offered_and_a_warning_passes_axe(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/forms/offers")
    plough = page.locator("[name=wanted][value=plough]")
    page.check("[name=surface][value=road]")
    expect(plough).to_be_hidden()
    page.check("[name=surface][value=lane]")
    plough.check()
    page.check("[name=surface][value=road]")
    expect(plough).to_be_disabled()
    page.check("[name=wanted][value=patch]")
    found = violations(page)
    go_on(page)
    page.fill("[name=depth]", "100")
    go_on(page)
    expect(page.locator(".f-caution")).to_be_focused()
    found += violations(page)
    go_on(page)
    assert found + violations(page) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_group_that_depends_on_an_answer_comes_and_goes(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/forms/together")
    email, keeper = page.locator("[name='owner.email']"), page.locator("[name='keeper.name']")
    expect(email).to_have_count(0)
    page.check("[name='owner.reach'][value=email]")
    email.fill("ann@example.com")
    page.check("[name=shared][value=yes]")
    keeper.fill("Bo")
    found = violations(page)
    page.check("[name=shared][value=no]")
    expect(keeper).to_have_count(0)
    go_on(page)
    found += violations(page)
    page.check("[name=shared][value=yes]")
    keeper.fill("Bo")
    page.fill("[name='owner.name']", "Ann")
    for row in ("speed", "courtesy"):
        page.check(f"[name='service.{row}'][value=good]")
    go_on(page)
    assert found + violations(page) == []
    assert "Bo" in page.inner_text("main")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rows_come_and_go_and_a_question_in_one_follows_its_own_row(open_page: Open, language: str) -> None:
    page = open_page(f"/{language}/forms/kennel", viewport={"width": 320, "height": 700})
    page.check("[name=licensed][value=yes]")
    page.check("[name='animals-0.kind'][value=other]")
    page.fill("[name='animals-0.which']", "A goat")
    with page.expect_navigation():
        page.locator("[value='add:animals']").click()
    page.check("[name='animals-1.kind'][value=dog]")
    expect(page.locator("[name='animals-1.which']")).to_have_count(0)
    fees = page.locator("[data-worked-out]")
    expect(page.locator("[id='q-animals-1'] .f-notice")).to_be_visible()
    expect(fees).to_have_text(["0", "20"])
    page.check("[name='animals-0.needs'][value=run]")
    expect(fees).to_have_text(["5", "20"])
    expect(page.locator("[name='animals-0.which']")).to_have_value("A goat")
    found = violations(page)
    page.fill("[name='animals-1.born.year']", "x")
    go_on(page)
    found += violations(page)
    page.fill("[name='animals-1.born.year']", "")
    page.locator("[name='animals-1.born.year']").press("Enter")  # goes on, and removes no row
    page.wait_for_url("**/end")
    with page.expect_navigation():
        page.locator("[value=back]").click()
    with page.expect_navigation():
        page.locator("[value='remove:animals-0']").click()
    expect(page.locator("[name='animals-0.kind'][value=dog]")).to_be_checked()
    assert found + violations(page) == []


def test_the_browser_refuses_nothing_that_the_judge_accepts(open_page: Open) -> None:
    """`novalidate` keeps a browser's own words out; with its constraints on, it finds nothing either."""
    page = open_page("/en/forms/simple")
    for answers in SIMPLE.values():
        for name, value in answers.items():
            fill(page, name, value)
        page.evaluate("document.querySelector('form[data-form]').noValidate = false")
        assert page.evaluate("document.querySelector('form[data-form]').checkValidity()")
        go_on(page)
