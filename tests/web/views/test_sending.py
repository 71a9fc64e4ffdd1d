"""Sending: once is once, and the receipt leads to a status page that nobody can guess."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from formroute.intake import Intake
from formroute.store import Store
from tests.web.resident import POTHOLE, Page, Resident


def test_a_double_post_is_one_submission_with_one_reference(resident: Resident, store: Store) -> None:
    look = resident.fill_pothole()
    first, second = look.press("Send"), look.press("Send")
    assert first.address == second.address
    assert store.outbox.standing().submissions.accepted == 1


def test_many_posts_at_once_are_one_submission(resident: Resident, store: Store) -> None:
    look = resident.fill_pothole()
    cookie = resident.client.get_cookie("session")
    assert cookie is not None

    def send(_number: int) -> str:
        client = resident.client.application.test_client()  # type: ignore[attr-defined]
        client.set_cookie("session", cookie.value)
        return client.post(look.address, data=look.typed).location

    with ThreadPoolExecutor(8) as pool:
        addresses = set(pool.map(send, range(24)))
    assert len(addresses) == 1
    assert store.outbox.standing().submissions.accepted == 1


def test_back_to_the_last_look_after_sending_shows_the_receipt(resident: Resident) -> None:
    look = resident.fill_pothole()
    receipt = look.press("Send")
    assert resident.get(look.address).address == receipt.address


def test_back_to_a_page_after_sending_shows_the_receipt(resident: Resident) -> None:
    hole = resident.fill_pothole().follow("Change What is the hole in?")
    receipt = resident.get(hole.address.rpartition("/")[0]).press("Send")
    assert resident.get(hole.address).address == receipt.address


def test_answers_typed_after_going_back_begin_a_second_report(resident: Resident, store: Store) -> None:
    look = resident.fill_pothole()
    where = look.follow("Change Where")
    first = look.press("Send")
    page = where.fill(where__address="1 Portage Avenue").press("Continue")
    reference = first.root.classed("f-reference")[0].text
    assert (page.status, page.typed["where.address"]) == (409, "1 Portage Avenue")
    assert reference in page.news
    assert page.link("See the report you sent") == first.address
    for _ in range(8):
        if "Send" not in [button.text for button in page.root.all("button")]:
            typed = {name: value for part in POTHOLE for name, value in part.items() if name in page.asked}
            page = page.fill(**typed).press("Continue")
    assert "1 Portage Avenue" in page.text
    assert reference not in page.press("Send").text
    assert store.outbox.standing().submissions.accepted == 2


def test_the_receipt_says_what_happens_next_and_links_to_the_status(resident: Resident) -> None:
    receipt = resident.fill_pothole().press("Send")
    assert "Street Maintenance looks at the hole" in receipt.text
    status = receipt.follow("Status of")
    assert status.heading == "Report a pothole"
    assert receipt.root.classed("f-reference")[0].text in status.text
    assert "On its way to Public Works – Street Maintenance" in status.text


def test_the_status_page_shows_no_answers(resident: Resident) -> None:
    status = resident.fill_pothole().press("Send").follow("Status of")
    assert "510 Main Street" not in status.text
    assert "Alex" not in status.text


def test_the_status_can_be_read_in_the_other_language(resident: Resident) -> None:
    status = resident.fill_pothole().press("Send").follow("Status of").follow("Français")
    assert "En route vers : Travaux publics" in status.text


def test_status_links_answer_alike_whether_or_not_the_submission_exists(
    resident: Resident, visitor: Callable[[], Resident], intake: Intake
) -> None:
    reference = resident.fill_pothole().press("Send").root.classed("f-reference")[0].text
    token = intake.status_token(reference)
    guesses = [
        (reference, token[:-1] + ("A" if token[-1] != "A" else "B")),
        (reference, "x"),
        (reference, token + "é"),
        ("WPG-2026-XXXXXX", token),
        ("WPG-2026-XXXXXX", intake.status_token("WPG-2026-XXXXXX")),
    ]
    answers = [visitor().get(f"/en/status/{name}/{guess}") for name, guess in guesses]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert visitor().get(f"/en/status/{reference}/{token}").status == 200


@pytest.mark.parametrize("address", ["/en/forms/nothing", "/en/forms/pothole/x/nothing", "/en/status/a/b"])
def test_what_is_not_there_is_said_in_plain_words(resident: Resident, address: str) -> None:
    page = resident.get(address)
    assert (page.status, page.heading) == (404, "This page is not here")


def test_two_pages_posted_at_once_are_both_kept(resident: Resident) -> None:
    look = resident.fill_pothole()
    where = look.follow("Change Where").fill(where__address="1 Portage Avenue")
    hole = look.follow("Change What is the hole in?").fill(depth_cm="33")
    cookie = resident.client.get_cookie("session")
    assert cookie is not None

    def post(page: Page) -> int:
        client = resident.client.application.test_client()  # type: ignore[attr-defined]
        client.set_cookie("session", cookie.value)
        return client.post(page.address, data=page.typed).status_code

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(post, (where, hole))) == {303}
    kept = resident.get(look.address).text
    assert "1 Portage Avenue" in kept
    assert "33" in kept
