"""Every page and every error state passes axe (WCAG 2.0 to 2.2, A and AA, and best practice), in both languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from formroute.catalog import Catalog
from tests.browser.conftest import Open
from tests.browser.test_forms import PHOTO, go_on, to_the_hole, to_the_last_look

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["en", "fr"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{page.url} {problem['id']}: {node['target']}"
        for problem in found.response["violations"]
        for node in problem["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "?q=pipe", "?q=zzzqqq", "desk/", "forms/nothing"])
def test_pages_beside_the_forms(open_page: Open, language: str, path: str) -> None:
    assert violations(open_page(f"/{language}/{path}")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_form_empty_and_in_error(open_page: Open, catalog: Catalog, language: str) -> None:
    """A page that several forms share is looked at once. Pages that depend on answers are looked at below."""
    found: list[str] = []
    seen: set[str] = set()
    for form in catalog.forms.values():
        page = open_page(f"/{language}/forms/{form.id}")
        page.get_by_role("button", name={"en": "Français", "fr": "English"}[language]).click()
        draft = page.url.rpartition("/")[0].replace(f"/{'fr' if language == 'en' else 'en'}/", f"/{language}/")
        for asked in form.pages:
            answer = page.goto(f"{draft}/{asked.id}")
            assert answer is not None
            if str(asked.fields) not in seen and page.url.endswith(asked.id):
                seen.add(str(asked.fields))
                found += violations(page)
                go_on(page)
                if page.title().startswith(("Error", "Erreur")):
                    found += violations(page)
        page.context.close()
    assert found == []


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


def test_the_desk(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_last_look(page)
    page.get_by_role("button", name="Send").click()
    reference = page.locator(".f-reference").inner_text()
    page.goto("/en/desk/")
    page.fill("[name=password]", "x")
    page.keyboard.press("Enter")
    page.locator(".f-summary").wait_for()
    found = violations(page)
    page.fill("[name=password]", "desk")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Leave the desk").wait_for()
    found += violations(page)
    page.goto("/en/desk/street-maintenance/")
    found += violations(page)
    page.goto(f"/en/desk/street-maintenance/{reference}")
    found += violations(page)
    assert found == []
