"""A form in the browser, without scripts: page by page, back and forth, to the receipt."""

from collections.abc import Callable

import pytest

from formroute.store import Store
from tests.small_city.samples import PNG
from tests.web.resident import Resident


def test_a_pothole_from_the_first_page_to_the_receipt(resident: Resident, store: Store) -> None:
    receipt = resident.fill_pothole().press("Send")
    assert receipt.heading == "We have your request"
    reference = receipt.root.classed("f-reference")[0].text
    stored = store.find(reference)
    assert stored is not None
    assert stored.submission.answers["depth_cm"] == 12
    assert stored.submission.answers["ward"]
    assert (stored.submission.channel, stored.submission.language) == ("web", "en")
    assert "Public Works – Street Maintenance" in receipt.text


def test_a_pothole_in_french(resident: Resident, store: Store) -> None:
    receipt = resident.fill_pothole("fr").press("Envoyer")
    assert receipt.heading == "Nous avons bien reçu votre demande"
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    assert stored.submission.language == "fr"


def test_looking_at_a_form_begins_no_draft(resident: Resident, store: Store) -> None:
    resident.begin()
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("select count(*) from drafts").scalar_one() == 0


def test_a_question_that_depends_on_another_is_asked_once_that_is_answered(resident: Resident) -> None:
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="1 Main").press("Continue")
    assert "trip_hazard" not in page.asked
    page = page.fill(surface="sidewalk").press("Continue")
    assert page.news == "Your answers add something to this page. Look at it, then press Continue."
    assert page.errors == []
    assert "trip_hazard" in page.asked
    assert page.fill(trip_hazard="yes").press("Continue").heading == "How to reach you"


def test_back_keeps_what_was_typed_and_not_yet_right(resident: Resident) -> None:
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="1 Main").press("Continue")
    page = page.fill(surface="road").press("Continue").fill(depth_cm="deep").press("Back")
    assert page.heading == "The place"
    assert page.typed["where.address"] == "1 Main"
    page = page.press("Continue")
    assert (page.typed["surface"], page.typed["depth_cm"]) == ("road", "deep")


def test_a_hidden_question_brings_back_its_answer_when_it_shows_again(resident: Resident) -> None:
    page = resident.fill_pothole().follow("Change What is the hole in?")
    page = page.fill(surface="sidewalk").press("Continue").fill(trip_hazard="no").press("Continue")
    assert "centimetres" not in page.text
    page = page.follow("Change What is the hole in?").fill(surface="lane").press("Continue")
    assert page.typed["depth_cm"] == "12"
    assert "centimetres? 12" in page.press("Continue").text


def test_every_answer_can_be_changed_from_the_last_look(resident: Resident) -> None:
    look = resident.fill_pothole()
    assert look.heading == "Check your answers"
    page = look.follow("Change Where is it?")
    assert page.heading == "The place"
    look = page.fill(where__address="Portage and Main").press("Continue")
    assert look.heading == "Check your answers"
    assert "Portage and Main" in look.text


def test_a_change_that_asks_for_more_leads_there_before_the_last_look(resident: Resident) -> None:
    page = resident.fill_pothole().follow("Change What is the hole in?")
    page = page.fill(surface="sidewalk").press("Continue")
    assert "trip_hazard" in page.asked
    assert page.fill(trip_hazard="yes").press("Continue").heading == "Check your answers"


def test_the_last_look_cannot_be_reached_past_an_unanswered_page(resident: Resident) -> None:
    page = resident.begin().fill(danger="no").press("Continue")
    look = page.address.rpartition("/")[0]
    assert resident.get(look).heading == "The place"


def test_a_form_that_was_begun_goes_on_where_its_answers_are(resident: Resident) -> None:
    resident.begin().fill(danger="no").press("Continue")
    page = resident.begin()
    assert page.news == "You began this form earlier. Your answers are still here."
    assert page.typed["danger"] == "no"
    assert page.press("Start over with an empty form").typed.get("danger") is None


def test_after_sending_the_next_report_begins_empty(resident: Resident) -> None:
    resident.fill_pothole().press("Send")
    assert resident.begin().typed.get("danger") is None


def test_nobody_else_sees_a_draft(visitor: Callable[[], Resident]) -> None:
    look = visitor().fill_pothole()
    page = visitor().get(look.address)
    assert "510 Main Street" not in page.text
    assert page.news == "The answers you began with are no longer here. Please start again."


@pytest.mark.parametrize(
    ("form", "answers", "text", "phone"),
    [
        ("pothole", {"danger": "yes"}, "call 911 now", "tel:911"),
        ("dog_complaint", {"danger": "yes"}, "call 911 now", "tel:911"),
    ],
)
def test_a_notice_that_stops_ends_the_form(
    resident: Resident, form: str, answers: dict[str, str], text: str, phone: str
) -> None:
    page = resident.begin(form).fill(**answers).press("Continue")
    assert text in page.text
    assert phone in [link.attributes["href"] for link in page.root.all("a")]
    assert "Send" not in [button.text for button in page.root.all("button")]
    page = page.follow("Change my answer")
    assert page.fill(danger="no").press("Continue").status == 200


def test_a_stopped_form_cannot_be_sent_by_hand(resident: Resident, store: Store) -> None:
    page = resident.begin().fill(danger="yes").press("Continue")
    answer = resident.post(page.address, {"_seal": "x"})
    assert "call 911 now" in answer.text
    assert store.outbox.standing().submissions.accepted == 0


def test_a_photo_is_kept_with_the_draft_and_sent(resident: Resident, store: Store) -> None:
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="1 Main").press("Continue")
    page = page.fill(surface="lane", car_damage="no") if "car_damage" in page.asked else page.fill(surface="lane")
    page = page.attach("photos", ("hole.png", PNG)).press("Continue")
    assert page.kept_files == ["hole.png (1 kB)"]
    look = page.fill(car_damage="no").press("Continue").press("Continue")
    assert "hole.png" in look.text
    receipt = look.press("Send")
    stored = store.find(receipt.root.classed("f-reference")[0].text)
    assert stored is not None
    (photo,) = stored.submission.answers["photos"]  # type: ignore[misc]
    with store.uploads.open(photo) as content:
        assert content.read() == PNG
