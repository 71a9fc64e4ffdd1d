"""A resident on a phone, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from formroute.store import Store
from tests.browser.conftest import Open
from tests.browser.steps import PHOTO, go_on, reference, to_the_hole, to_the_last_look


def test_a_pothole_in_english_with_scripts(open_page: Open, store: Store) -> None:
    page = open_page("/")
    page.fill("#q", "there is a huge hole in my street")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Report a pothole").click()
    to_the_hole(page)
    expect(page.locator("[name=depth_cm]")).to_have_count(0)
    page.check("[name=surface][value=road]")
    page.fill("[name=depth_cm]", "12")
    page.check("[name=car_damage][value=yes]")
    expect(page.get_by_text("Manitoba Public Insurance")).to_be_visible()
    page.set_input_files("[name=photos]", [PHOTO])
    go_on(page)
    page.fill("[name=email]", "alex@example.com")
    go_on(page)
    expect(page.locator("h1")).to_have_text("Check your answers")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("h1")).to_have_text("We have your request")
    stored = store.find(reference(page))
    assert stored is not None
    assert stored.submission.answers["depth_cm"] == 12
    assert stored.submission.answers["photos"][0].media_type == "image/png"  # type: ignore[index]


def test_a_pothole_in_french_without_scripts(open_page: Open, store: Store) -> None:
    page = open_page("/", java_script_enabled=False, locale="fr-CA")
    page.locator("#q").fill("la chaussée est pleine de trous")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Signaler un nid-de-poule").click()
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    go_on(page)
    expect(page.get_by_text("Vos réponses ont ajouté quelque chose à cette page.")).to_be_visible()
    page.fill("[name=depth_cm]", "12")
    page.check("[name=car_damage][value=no]")
    go_on(page)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Vérifiez vos réponses")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("h1")).to_have_text("Nous avons bien reçu votre demande")
    stored = store.find(reference(page))
    assert stored is not None
    assert stored.submission.language == "fr"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mistake_and_its_correction(open_page: Open, scripts: bool) -> None:
    page = open_page("/en/forms/pothole", java_script_enabled=scripts)
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    if not scripts:
        go_on(page)
    page.fill("[name=depth_cm]", "deep")
    page.check("[name=car_damage][value=no]")
    page.set_input_files("[name=photos]", [PHOTO])
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: The hole"))
    if scripts:
        expect(page.locator(".f-summary")).to_be_focused()
    page.get_by_role("link", name="Write a whole number in digits, such as 12.").click()
    box = page.locator("[name=depth_cm]")
    expect(box).to_have_value("deep")
    expect(box).to_be_focused()
    expect(page.get_by_text("hole.png (1 kB)")).to_be_visible()
    box.fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("How to reach you")


@pytest.mark.parametrize("scripts", [True, False])
def test_danger_stops_the_form_with_a_number_to_call(open_page: Open, scripts: bool) -> None:
    page = open_page("/en/forms/pothole", java_script_enabled=scripts)
    page.check("[name=danger][value=yes]")
    if not scripts:
        go_on(page)
    expect(page.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    expect(page.get_by_role("button", name="Send")).to_have_count(0)


def test_a_number_to_call_is_never_broken_over_two_lines(open_page: Open) -> None:
    page = open_page("/fr/forms/graffiti", viewport={"width": 320, "height": 700})
    page.check("[name=in_progress][value=yes]")
    number = page.get_by_role("link", name="Appeler le 204-986-6222").get_by_text("204-986-6222", exact=True)
    assert number.evaluate("element => element.getClientRects().length") == 1


def test_a_stop_that_is_answered_otherwise_goes_away(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    page.check("[name=danger][value=yes]")
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    page.check("[name=danger][value=no]")
    expect(page.get_by_role("link", name="Call 911")).to_have_count(0)
    go_on(page)
    expect(page.locator("h1")).to_have_text("The place")


def test_a_hidden_question_comes_back_as_it_was(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    page.fill("[name=depth_cm]", "12")
    page.check("[name=surface][value=sidewalk]")
    expect(page.locator("[name=depth_cm]")).to_have_count(0)
    page.check("[name=surface][value=lane]")
    expect(page.locator("[name=depth_cm]")).to_have_value("12")


def test_questions_still_work_when_the_network_goes_while_typing(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.route("**/showing", lambda route: route.abort())
    page.check("[name=surface][value=sidewalk]")
    go_on(page)
    page.check("[name=trip_hazard][value=yes]")
    go_on(page)
    expect(page.locator("h1")).to_have_text("How to reach you")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lost_session_shows_the_page_again_with_its_answers(open_page: Open, scripts: bool) -> None:
    page = open_page("/en/forms/pothole", java_script_enabled=scripts)
    page.check("[name=danger][value=no]")
    go_on(page)
    page.fill("[name='where.address']", "510 Main Street")
    page.context.clear_cookies()
    go_on(page)
    expect(page.get_by_text("Your answers are still here")).to_be_visible()
    expect(page.locator("[name='where.address']")).to_have_value("510 Main Street")
    go_on(page)
    expect(page.locator("h1")).to_have_text("The hole")


@pytest.mark.parametrize("scripts", [True, False])
def test_switching_the_language_keeps_the_page_and_what_is_typed(open_page: Open, scripts: bool) -> None:
    page = open_page("/en/forms/pothole", java_script_enabled=scripts)
    page.check("[name=danger][value=no]")
    go_on(page)
    page.fill("[name='where.address']", "rue Principale")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("h1")).to_have_text("L’endroit")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("[name='where.address']")).to_have_value("rue Principale")


def test_enter_goes_on_and_not_into_another_language(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    page.check("[name=danger][value=no]")
    go_on(page)
    page.fill("[name='where.address']", "510 Main Street")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("The hole")


def test_the_browsers_back_loses_nothing(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.go_back()
    expect(page.locator("[name='where.address']")).to_have_value("510 Main Street")
    page.go_back()
    expect(page.locator("[name=danger][value=no]")).to_be_checked()
    go_on(page)
    expect(page.locator("[name='where.address']")).to_have_value("510 Main Street")


def test_a_double_click_on_send_is_one_submission(open_page: Open, store: Store) -> None:
    page = open_page("/en/forms/pothole")
    to_the_last_look(page)
    before = store.outbox.standing().submissions.accepted
    page.get_by_role("button", name="Send").dblclick()
    expect(page.locator("h1")).to_have_text("We have your request")
    assert store.outbox.standing().submissions.accepted == before + 1


def test_a_long_list_is_found_by_typing(open_page: Open, store: Store) -> None:
    page = open_page("/en/forms/pothole")
    page.check("[name=danger][value=no]")
    go_on(page)
    page.fill("[name='where.address']", "1 Main")
    finder = page.get_by_role("combobox", name="Which neighbourhood is it in?")
    finder.fill("WOLS")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(finder).to_have_value("Wolseley")
    expect(page.locator("[data-worked-out]")).to_have_text("Daniel McIntyre")
    finder.fill("")
    finder.press("Tab")
    expect(page.locator("[data-worked-out]")).to_have_count(0)
    finder.fill("Wolsly")
    go_on(page)
    expect(page.get_by_role("link", name="Choose one of the answers.")).to_be_visible()
    expect(finder).to_have_value("Wolsly")
    page.get_by_role("link", name="Choose one of the answers.").click()
    expect(finder).to_be_focused()


def test_the_position_of_the_phone_is_noted_and_can_be_removed(open_page: Open, store: Store) -> None:
    here = {"latitude": 49.8951, "longitude": -97.1384, "accuracy": 12}
    page = open_page("/en/forms/pothole", geolocation=here, permissions=["geolocation"])
    page.check("[name=danger][value=no]")
    go_on(page)
    page.get_by_role("button", name="Use where I am now").click()
    expect(page.get_by_text("Your position is noted, to within 12 m.")).to_be_visible()
    go_on(page)
    expect(page.locator("h1")).to_have_text("The hole")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("[name='where.latitude']")).to_have_value("49.895100")
    page.get_by_role("button", name="Remove the position").click()
    expect(page.locator("[name='where.latitude']")).to_have_value("")


def test_a_refused_position_is_no_dead_end(open_page: Open) -> None:
    page = open_page("/en/forms/pothole", permissions=[])
    page.check("[name=danger][value=no]")
    go_on(page)
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = (_yes, no) => no({code: 1}) }")
    page.get_by_role("button", name="Use where I am now").click()
    expect(page.get_by_text("Your position could not be found. Please write the address.")).to_be_visible()


def test_the_characters_left_are_counted_near_the_end(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.fill("[name=details]", "x" * 100)
    expect(page.locator("#q-details-count")).to_be_hidden()
    page.fill("[name=details]", "x" * 990)
    expect(page.locator("#q-details-count")).to_have_text("Characters left: 10")
    page.fill("[name=details]", "x" * 1003)
    expect(page.locator("#q-details-count")).to_have_text("Characters over the limit: 3")


def test_the_desk_shows_what_came_with_its_photo(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    page.check("[name=car_damage][value=no]")
    page.set_input_files("[name=photos]", [PHOTO])
    go_on(page)
    go_on(page)
    page.get_by_role("button", name="Send").click()
    sent = reference(page)
    page.goto("/en/desk/")
    page.fill("[name=name]", "demo")
    page.fill("[name=password]", "a long password")
    page.get_by_role("button", name="Open the desk").click()
    page.get_by_role("link", name="Public Works – Street Maintenance").click()
    page.get_by_role("link", name=sent).click()
    image = page.locator(".f-photos img")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.naturalWidth") == 1


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("path", ["/en/", "/fr/forms/pothole", "/en/desk/", "/en/forms/nothing"])
def test_nothing_is_wider_than_the_screen(open_page: Open, path: str, width: int) -> None:
    """640 px at twice the size is what 200 % zoom of a 1280 px window gives."""
    page = open_page(path, viewport={"width": width // (2 if width == 640 else 1), "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_touched_is_large_enough(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_hole(page)
    page.check("[name=surface][value=road]")
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll('main button, main .f-choice, main .f-input'))
            .filter(item => item.offsetParent && item.getBoundingClientRect().height < 44)
            .map(item => item.outerHTML)"""
    )
    assert small == []
