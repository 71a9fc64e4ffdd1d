"""Every page and every error state passes axe (WCAG 2.0 to 2.2, A and AA, and best practice), in both languages."""

from __future__ import annotations

import pytest

from formroute.catalog import Catalog
from formroute.store import Store
from tests.browser.axe import SHOW_ALL, violations
from tests.browser.conftest import Open
from tests.browser.steps import PHOTO, answer_so_that_it_shows, begin_draft, go_on, to_the_hole

LANGUAGES = ["en", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_form_empty_and_in_error(
    open_page: Open, store: Store, catalog: Catalog, language: str
) -> None:
    """A page that several forms share is looked at once; one that depends on answers, with answers that show it."""
    found: list[str] = []
    seen: set[str] = set()
    for form in catalog.forms.values():
        page = open_page(f"/{language}/forms/{form.id}")
        draft = begin_draft(page, language)
        for asked in form.pages:
            if str(asked.fields) in seen:
                continue
            seen.add(str(asked.fields))
            answer_so_that_it_shows(store, draft, form, asked)
            page.goto(f"{draft}/{asked.id}")
            assert page.url.endswith(f"/{asked.id}")
            go_on(page)
            if page.title().startswith(("Error", "Erreur")):
                found += violations(page)
            page.goto(f"{draft}/{asked.id}")
            page.evaluate(SHOW_ALL)
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
