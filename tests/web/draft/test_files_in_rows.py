"""Files in the rows of a page: chosen, kept, taken out, hidden and shown again, and sent each with its row."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask

from formroute.catalog import Catalog
from formroute.delivery import compose
from formroute.delivery.department_letter import department_letter
from formroute.intake import Intake
from formroute.records import Receipt, Upload
from formroute.store import Store, Stored
from formroute.store.accounts import EVERY, Role
from tests.every_kind.samples import every_kind
from tests.pictures.photos import CANARY, photo
from tests.small_city.samples import PNG
from tests.web.resident import Page, Resident, a_file, multipart


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_kind()


def put(page: Page, **answers: str) -> Page:
    """`things_0__what` is the box `things-0.what`."""
    for name, value in answers.items():
        page.typed.setlist(name.replace("things_", "things-").replace("__", "."), [value])
    return page


def two_lamps(resident: Resident) -> Page:
    page = put(resident.begin("damage"), things_0__what="lamp").press("Add another Thing")
    page = put(page.attach("things-0.photos", ("one.png", PNG)), things_1__what="lamp").press("Add another Thing")
    return page.attach("things-1.photos", ("two.png", PNG), ("three.png", PNG)).press("Remove Thing 3")


def test_files_of_several_rows_are_kept_while_rows_come_and_go(resident: Resident) -> None:
    page = two_lamps(resident)
    assert page.kept_files == ["one.png (1 kB)", "two.png (1 kB)", "three.png (1 kB)"]
    page = page.press("Remove Thing 1")
    assert page.kept_files == ["two.png (1 kB)", "three.png (1 kB)"]
    page.typed.setlist("_remove", [page.token_of("three.png")])
    assert page.press("Add another Thing").kept_files == ["two.png (1 kB)"]


def test_a_file_is_hidden_with_its_question_and_comes_back_with_it(resident: Resident) -> None:
    page = put(two_lamps(resident), things_0__what="bench").press("Add another Thing")
    assert page.kept_files == ["two.png (1 kB)", "three.png (1 kB)"]
    page = put(page, things_0__what="lamp").press("Remove Thing 3")
    assert page.kept_files == ["one.png (1 kB)", "two.png (1 kB)", "three.png (1 kB)"]


def test_from_the_page_to_the_store_each_file_with_its_row(resident: Resident, store: Store) -> None:
    page = put(two_lamps(resident), things_1__what="bench", things_0__harm__light="bad", things_0__finder__name="Ann")
    page = page.press("Continue")
    assert "things-0.finder.email" in page.asked
    look = put(page, things_0__finder__email="ann@example.com").press("Continue")
    stored = store.find(look.press("Send").root.classed("f-reference")[0].text)
    assert stored is not None
    lamp, bench = stored.submission.answers["things"]
    (kept,) = lamp["photos"]
    assert {**lamp, "photos": kept.filename} == {
        "what": "lamp", "photos": "one.png", "harm.light": "bad",
        "finder.name": "Ann", "finder.email": "ann@example.com",
    }  # fmt: skip
    assert bench == {"what": "bench"}
    assert store.uploads.path(kept).read_bytes().startswith(b"\x89PNG")
    assert store.uploads.waiting([kept.token]) == {}, "it belongs to the submission"
    assert store.erasures.erase(stored.reference, "asked", even_undelivered=True)
    with pytest.raises(FileNotFoundError):
        store.uploads.open(kept)


# The file | what is said of it
BAD = [
    (
        ("page.html", b"<!doctype html><script>alert(1)</script>\0"),
        "is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF.",
    ),
    (("none.png", b""), "is empty."),
    (("big.png", PNG + bytes(2_000_000)), "is larger than 2 MB."),
    (("cut.jpg", photo("JPEG")[:-40]), "is damaged or was not sent whole. Send it again or choose another."),
]


@pytest.mark.parametrize(("file", "sentence"), BAD)
def test_a_file_that_is_refused_costs_no_other_in_its_row_or_in_others(
    resident: Resident, file: tuple[str, bytes], sentence: str
) -> None:
    page = two_lamps(resident).attach("things-0.photos", file)
    page = put(page, things_1__what="lamp").press("Continue")
    assert page.status == 422
    assert page.errors == [f"The file {file[0]} {sentence}"]
    (link,) = [link.attributes["href"] for box in page.root.classed("f-summary") for link in box.all("a")]
    assert link == "#q-things-0.photos"
    assert page.kept_files == ["one.png (1 kB)", "two.png (1 kB)", "three.png (1 kB)"]
    assert page.press("Continue").press("Continue").heading == "Check your answers"


def test_more_files_than_a_row_takes_are_told_in_that_row(resident: Resident) -> None:
    page = two_lamps(resident).attach("things-1.photos", ("four.png", PNG)).press("Continue")
    assert page.errors == ["Send at most 2 files: remove those that you need least."]


def test_a_photo_in_a_row_loses_what_a_camera_wrote_into_it(resident: Resident, store: Store) -> None:
    page = put(resident.begin("damage"), things_0__what="lamp").press("Add another Thing")
    page = page.attach("things-0.photos", ("here.jpg", photo("JPEG"))).press("Continue")
    token = page.root.classed("f-kept")[0].all("input")[0].attributes["value"]
    assert CANARY.encode() not in store.uploads.path(Upload(token, "here.jpg", "image/jpeg", 1)).read_bytes()


def test_two_windows_lose_no_file_of_a_row(resident: Resident) -> None:
    page = two_lamps(resident)
    other = resident.get(page.address)
    page.attach("things-0.photos", ("late.png", PNG)).press("Add another Thing")
    again = other.press("Remove Thing 1")
    assert "late.png (1 kB)" in again.kept_files
    assert "This was changed or removed in another window." in again.text


@pytest.mark.parametrize("nested", [False, True])
def test_the_api_takes_the_tokens_of_files_in_rows(app: Flask, store: Store, nested: bool) -> None:
    client = app.test_client()
    kept = client.post("/api/forms/damage/uploads", **multipart({"file": a_file("a.png")}))
    assert kept.status_code == 201
    token = kept.get_json()["token"]
    found = {"finder": {"name": "Ann"}} if nested else {"finder.name": "Ann"}
    things = [{"what": "bench"}, {"what": "lamp", "photos": [token], **found}]
    sent = client.post("/api/forms/damage/submissions", json={"answers": {"things": things}})
    assert sent.status_code == 201, sent.get_json()
    assert sent.get_json()["ignored"] == []
    stored = store.find(sent.get_json()["reference"])
    assert stored is not None
    assert stored.submission.answers["things"][1]["photos"][0].filename == "a.png"
    again = client.post("/api/forms/damage/submissions", json={"answers": {"things": things}})
    (error,) = again.get_json()["errors"]
    assert (error["pointer"], error["message"]) == (
        "#/answers/things/1/photos",
        f"No file waits under the token {token}. Send the file first, and once for each submission.",
    )


def test_a_word_that_looks_like_the_token_of_a_file_is_a_word(app: Flask) -> None:
    things = [{"what": "bench", "finder.name": "a" * 22}]
    sent = app.test_client().post("/api/forms/damage/submissions", json={"answers": {"things": things}})
    assert sent.status_code == 201


@pytest.fixture
def sent(intake: Intake, store: Store) -> Stored:
    """Two lamps, each with a photo that a phone called the same."""
    photos = [store.uploads.keep(io.BytesIO(PNG), "image.png", 2_000_000) for _ in range(2)]
    things = [{"what": "lamp", "photos": [photo], "finder.name": "Ann Thing 3"} for photo in photos]
    receipt = intake.submit("damage", {"things": things})
    assert isinstance(receipt, Receipt)
    found = store.find(receipt.reference)
    assert found is not None
    return found


def test_the_last_look_shows_every_photo_to_whoever_sends_it_and_to_nobody_else(
    resident: Resident, visitor: Callable[[], Resident]
) -> None:
    look = put(two_lamps(resident), things_1__what="bench", things_0__harm__light="bad").press("Continue")
    (listed,) = look.root.classed("f-listed")
    (shown,) = [link for link in listed.all("a") if link.all("img")]
    address = shown.attributes["href"]
    assert (shown.text, shown.all("img")[0].attributes) == ("one.png", {"src": address, "alt": ""})
    with resident.client.get(address) as answer:
        assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, "image/png", "no-store")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor().client.get(address).status_code == 404
    assert resident.client.get(address[:-1] + "x").status_code == 404


def test_the_desk_shows_every_photo_with_its_row(resident: Resident, intake: Intake, sent: Stored) -> None:
    intake.store.accounts.add("hall", "correct horse battery", {EVERY: Role.HANDLER})
    door = resident.get("/en/desk/")
    door.typed["name"], door.typed["password"] = "hall", "correct horse battery"
    door.press("Open the desk")
    page = resident.get(f"/en/desk/hall/{sent.reference}")
    (listed,) = page.root.classed("f-listed")
    assert [title.text for title in listed.all("h3")] == ["Thing 1", "Thing 2"]
    photos = [[link for link in row.all("a") if link.all("img")] for row in listed.all("dl")]
    assert [[link.text for link in row] for row in photos] == [["image.png"], ["image-2.png"]]
    with resident.client.get(photos[1][0].attributes["href"]) as answer:
        assert (answer.status_code, answer.data) == (200, store_bytes(intake, sent))
        assert answer.headers["Content-Disposition"] == "attachment; filename=image-2.png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def store_bytes(intake: Intake, sent: Stored) -> bytes:
    (photo,) = sent.submission.answers["things"][1]["photos"]
    return intake.store.uploads.path(photo).read_bytes()


def test_a_letter_tells_the_rows_one_by_one_and_names_their_files(intake: Intake, sent: Stored) -> None:
    message = compose(intake.catalog, sent, sent.deliveries[0])
    assert [upload.filename for upload in message.uploads] == ["image.png", "image-2.png"]
    letter = department_letter(message, message.uploads, (), "")
    text = letter.as_text()
    assert (
        "What is damaged?\n"
        "    Thing 1\n"
        "      What is it? A street lamp\n"
        "      Photos: image.png\n"
        "      Who found it – Name: Ann Thing 3\n"
        "    Thing 2\n"
    ) in text
    html = letter.as_html()
    assert html.count("<dl") == html.count("<h3") == 2
    assert '<dt>Photos</dt>\n<dd style="margin-left: 0; white-space: pre-wrap">image-2.png</dd>' in html


@pytest.mark.parametrize("token", ["a", "\x00", "A" * 22])
def test_no_number_of_what_may_be_files_is_too_much_for_the_store(app: Flask, intake: Intake, token: str) -> None:
    photos = [f"{token}{number}"[-22:] for number in range(40_000)] + [token] * 30_000
    answers = {"things": [{"what": "lamp", "photos": photos}]}
    got = app.test_client().post("/api/forms/damage/submissions", json={"answers": answers})
    assert got.status_code == 422
    assert got.json["errors"][0]["pointer"] == "#/answers/things/0/photos"


def test_a_program_is_told_what_of_a_row_nobody_asked(resident: Resident) -> None:
    rows = [{"what": "lamp"}, {"what": "lamp", "colour": "red", "finder": ["a"]}]
    sent = resident.client.post("/api/forms/damage/submissions", json={"answers": {"things": rows}})
    assert (sent.status_code, sent.get_json()["ignored"]) == (201, ["things/1/colour", "things/1/finder"])
