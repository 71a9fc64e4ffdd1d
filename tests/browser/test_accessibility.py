"""What only somebody at work sees passes axe too (WCAG 2.0 to 2.2, A and AA, and best practice): steps and states."""

from __future__ import annotations

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Open
from tests.browser.steps import PHOTO, go_on, to_the_hole

LANGUAGES = ["en", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pothole_all_the_way(open_page: Open, language: str, scheme: str) -> None:
    page = open_page(f"/{language}/forms/pothole", color_scheme=scheme)
    found = violations(page)
    page.check("[name=danger][value=yes]")
    page.locator(".f-call").wait_for()
    found += violations(page)
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    page.fill("[name=depth_cm]", "deep")
    page.check("[name=car_damage][value=yes]")
    page.set_input_files("[name=photos]", [PHOTO, {**PHOTO, "name": "empty.png", "buffer": b""}])
    found += violations(page)
    go_on(page)
    found += violations(page)
    page.fill("[name=depth_cm]", "12")
    go_on(page)
    go_on(page)
    found += violations(page)
    page.get_by_role("button", name={"en": "Send", "fr": "Envoyer"}[language]).click()
    page.locator(".f-reference").wait_for()
    found += violations(page)
    page.locator("a[href*='/status/']").click()
    found += violations(page)
    assert found == []


def test_a_stopped_form_and_a_draft_taken_up_again(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    page.check("[name=danger][value=yes]")
    page.evaluate("document.querySelector('form').submit()")
    page.get_by_role("link", name="Change my answer").wait_for()
    found = violations(page)
    page.goto("/en/forms/pothole")
    found += violations(page)
    page.context.clear_cookies()
    page.check("[name=danger][value=no]")
    go_on(page)
    page.get_by_text("Your answers are still here").wait_for()
    found += violations(page)
    assert found == []


def test_a_list_that_is_open(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    page.check("[name=danger][value=no]")
    go_on(page)
    page.get_by_role("combobox").fill("wols")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
