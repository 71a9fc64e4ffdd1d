"""What is wrong is told beside each question, and nothing that was typed or attached is lost."""

import pytest

from tests.small_city.samples import PNG
from tests.web.resident import Page, Resident


@pytest.fixture
def hole(resident: Resident) -> Page:
    """The page about the hole, with the questions on a street open."""
    page = resident.begin().fill(danger="no").press("Continue").fill(where__address="1 Main").press("Continue")
    return page.fill(surface="road").press("Continue")


def test_the_page_comes_again_with_a_summary_a_message_and_the_answers(hole: Page) -> None:
    page = hole.fill(depth_cm="500", car_damage="no", details="Near the bus stop").press("Continue")
    assert page.status == 422
    assert page.title.startswith("Error: The hole")
    assert page.errors == ["Enter a number from 1 to 200."]
    box = page.root.all("input", name="depth_cm")[0].attributes
    assert (box["value"], box["aria-invalid"]) == ("500", "true")
    assert page.root.all("a", href="#q-depth_cm")
    described = [page.root.all(id=name)[0].text for name in box["aria-describedby"].split()]
    assert described[0] == "Error: Enter a number from 1 to 200."
    assert (page.typed["surface"], page.typed["details"]) == ("road", "Near the bus stop")


def test_a_mistake_corrected_leads_on(hole: Page) -> None:
    page = hole.fill(depth_cm="x", car_damage="no").press("Continue").fill(depth_cm="12").press("Continue")
    assert page.heading == "How to reach you"


def test_every_mistake_of_a_page_is_told_at_once_in_the_order_asked(hole: Page) -> None:
    page = hole.fill(depth_cm="x", seen_on="2027-01-01").press("Continue")
    assert page.errors == [
        "Write a whole number in digits, such as 12.",
        "Enter June 10, 2026 or an earlier date.",
        "Choose yes or no.",
    ]


def test_mistakes_are_told_in_french(resident: Resident) -> None:
    page = resident.begin(language="fr").press("Continuer")
    assert page.title.startswith("Erreur : Avant de commencer")
    assert page.errors == ["Choisissez oui ou non."]


def test_a_line_of_the_summary_names_the_question_and_the_sentence_beside_it_does_not(hole: Page) -> None:
    page = hole.fill(depth_cm="x").attach("photos", ("notes.txt", b"words")).press("Continue")
    assert page.summary == [
        "About how deep is it, in centimetres? Write a whole number in digits, such as 12.",
        "Did it damage your vehicle? Choose yes or no.",
        "Photos: The file notes.txt is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF.",
    ]
    assert page.root.all(id="q-car_damage-error")[0].text == "Error: Choose yes or no."


def test_a_line_of_the_summary_names_the_question_in_french(resident: Resident) -> None:
    page = resident.begin(language="fr").fill(danger="no").press("Continuer").press("Continuer")
    assert page.summary == ["Où est-ce? Écrivez une adresse ou l’intersection la plus proche."]
    page = page.fill(where__address="1, rue Main").press("Continuer").fill(surface="sidewalk").press("Continuer")
    page = page.fill(trip_hazard="yes").attach("photos", ("notes.txt", b"mots")).press("Continuer")
    (line,) = page.summary
    assert line.startswith("Photos : Le fichier notes.txt n’est pas une photo. Choisissez une photo")


def test_a_photo_stays_when_something_else_is_wrong(hole: Page) -> None:
    page = hole.fill(depth_cm="x", car_damage="no").attach("photos", ("hole.png", PNG)).press("Continue")
    assert page.kept_files == ["hole.png (1 kB)"]
    page = page.fill(depth_cm="3").press("Continue")
    assert "hole.png" in page.press("Continue").text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "notes.txt",
            b"not a photo",
            "The file notes.txt is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF.",
        ),
        (
            "fake.png",
            b"MZ\x90\x00",
            "The file fake.exe is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF.",
        ),
        ("empty.png", b"", "The file empty.png is empty."),
        ("huge.png", PNG + bytes(8_000_001), "The file huge.png is larger than 8 MB."),
        ("../../etc/passwd", b"x", "The file passwd is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF."),
    ],
)
def test_a_bad_file_is_named_and_dropped_and_the_others_stay(
    hole: Page, name: str, content: bytes, message: str
) -> None:
    files = (name, content), ("good.png", PNG)
    page = hole.fill(car_damage="no", details="kept").attach("photos", *files).press("Continue")
    assert page.status == 422
    assert page.errors == [message]
    assert page.kept_files == ["good.png (1 kB)"]
    assert page.typed["details"] == "kept"
    assert page.press("Continue").heading == "How to reach you"


def test_each_bad_file_is_named(hole: Page) -> None:
    files = ("one.png", b""), ("two.png", b"text"), ("three.png", PNG)
    page = hole.fill(car_damage="no").attach("photos", *files).press("Continue")
    assert page.errors == [
        "The file one.png is empty.",
        "The file two.png is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF.",
    ]
    assert page.kept_files == ["three.png (1 kB)"]


def test_too_many_files_stay_until_the_resident_takes_some_out(hole: Page) -> None:
    files = [(f"{number}.png", PNG) for number in range(4)]
    page = hole.fill(car_damage="no").attach("photos", *files).press("Continue")
    assert page.errors == ["Send at most 3 files: remove those that you need least."]
    assert len(page.kept_files) == 4
    page.typed.add("_remove", page.root.all("input", name="_remove")[1].attributes["value"])
    page = page.press("Continue")
    assert page.heading == "How to reach you"
    assert "1.png" not in page.press("Continue").text


def test_a_choice_that_is_not_in_the_list_is_told(resident: Resident) -> None:
    page = resident.begin().fill(danger="no").press("Continue")
    page = page.fill(where__address="1 Main", neighbourhood="Wolsley").press("Continue")
    assert page.errors == ["Choose one of the answers."]
    assert page.root.all("select", name="neighbourhood")[0].attributes["data-typed"] == "Wolsley"


def test_a_text_that_is_far_too_long_costs_no_other_answer(resident: Resident) -> None:
    hole = resident.fill_pothole().follow("Change What is the hole in?")
    page = hole.fill(depth_cm="33", details="x" * 1_000_000).press("Continue")
    assert (page.status, len(page.errors)) == (422, 1)
    assert page.typed["depth_cm"] == "33"
