"""The one door: judged, decided and stored, or told what is wrong; one form token, one submission."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

import formroute.intake
from formroute.catalog import UnknownFormError
from formroute.forms import Checked
from formroute.intake import LETTERS, Intake, new_reference
from formroute.records import Receipt, Upload
from formroute.store import Store
from tests.small_city.samples import ANSWERS, NOON, PNG, small_city


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    store = Store(f"sqlite:///{tmp_path / 'formroute.db'}")
    yield Intake(small_city(), store, clock=lambda: NOON)
    store.close()


def photo(intake: Intake, name: str = "lamp.png") -> Upload:
    return intake.store.uploads.keep(BytesIO(PNG), name, 1_000_000)


def accepted(intake: Intake) -> int:
    return intake.store.outbox.standing().submissions.accepted


class TestSubmit:
    def test_a_good_submission_gets_a_receipt_and_goes_its_way(self, intake: Intake) -> None:
        receipt = intake.submit("lamp", ANSWERS, language="fr")
        assert isinstance(receipt, Receipt)
        assert re.fullmatch(f"SMA-2026-[{LETTERS}]{{6}}", receipt.reference)
        assert receipt.received == NOON
        stored = intake.store.find(receipt.reference)
        assert stored.submission.answers["colour"] == "yellow"
        assert (stored.submission.channel, stored.submission.language) == ("web", "fr")
        assert (stored.decision.route, stored.decision.send_to, stored.decision.copy_to) == (
            "dangerous-colour",
            "lights",
            ("ward",),
        )
        assert [(to.destination.department, to.destination.handler) for to in stored.deliveries] == [
            ("lights", "email"),
            ("lights", "webhook"),
            ("lights", "desk"),
            ("ward", "email"),
        ]
        form = intake.catalog.forms["lamp"]
        assert intake.store.definition("lamp", stored.submission.version) == form.source

    @pytest.mark.parametrize(
        ("answers", "errors"),
        [
            ({}, {"danger", "where", "colour"}),
            ({**ANSWERS, "colour": "green"}, {"colour"}),
            ({**ANSWERS, "out_since": "2027-01-01"}, {"out_since"}),
        ],
    )
    def test_errors_are_told_and_nothing_is_stored(self, intake: Intake, answers: dict, errors: set[str]) -> None:
        checked = intake.submit("lamp", answers)
        assert isinstance(checked, Checked)
        assert {error.field for error in checked.errors} == errors
        assert accepted(intake) == 0

    def test_a_form_that_is_stopped_is_not_accepted(self, intake: Intake) -> None:
        checked = intake.submit("lamp", {**ANSWERS, "danger": "yes"})
        assert isinstance(checked, Checked)
        assert checked.stopped == "call"
        assert accepted(intake) == 0

    def test_a_form_that_is_not_there(self, intake: Intake) -> None:
        with pytest.raises(UnknownFormError, match=r"^There is no form `lmap`\. Did you mean `lamp`\?$"):
            intake.submit("lmap", ANSWERS)
        assert accepted(intake) == 0

    @pytest.mark.parametrize("name", [None, ["lamp"], 3])
    def test_what_is_no_name_of_a_form(self, intake: Intake, name: object) -> None:
        with pytest.raises(UnknownFormError, match=r"^There is no form "):
            intake.catalog.decide(name, {})
        with pytest.raises(UnknownFormError, match=r"^There is no form "):
            intake.submit(name, ANSWERS)

    def test_a_form_that_has_another_name_by_now(self, intake: Intake) -> None:
        lamp = replace(intake.catalog.forms["lamp"], was=("lantern",))
        catalog = replace(intake.catalog, forms={"lamp": lamp})
        with pytest.raises(UnknownFormError, match=r"^There is no form `lantern`\. It is called `lamp` now\.$"):
            Intake(catalog, intake.store).submit("lantern", ANSWERS)

    def test_the_draft_goes_with_it(self, intake: Intake) -> None:
        intake.store.drafts.save("draft", "lamp", "session", ANSWERS)
        intake.submit("lamp", {}, draft="draft")
        assert intake.store.drafts.load("draft", "session") is not None
        intake.submit("lamp", ANSWERS, draft="draft")
        assert intake.store.drafts.load("draft", "session") is None

    def test_a_reference_that_is_taken_is_chosen_again(self, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
        chosen = iter(["SMA-1", "SMA-1", "SMA-1", "SMA-2"])
        monkeypatch.setattr(formroute.intake, "new_reference", lambda *_: next(chosen))
        references = [intake.submit("lamp", ANSWERS).reference for _ in range(2)]
        assert references == ["SMA-1", "SMA-2"]


class TestOneTokenOneSubmission:
    def test_a_second_post_gets_the_first_receipt(self, intake: Intake) -> None:
        answers = {**ANSWERS, "photos": [photo(intake)]}
        first = intake.submit("lamp", answers, token="same")
        assert intake.submit("lamp", answers, token="same") == first == intake.receipt("same")
        assert accepted(intake) == 1

    def test_without_a_token_each_post_is_one(self, intake: Intake) -> None:
        assert intake.submit("lamp", ANSWERS).reference != intake.submit("lamp", ANSWERS).reference

    def test_a_token_of_nobody_has_no_receipt(self, intake: Intake) -> None:
        assert intake.receipt("same") is None

    def test_fifty_posts_at_once_with_a_photo(self, intake: Intake) -> None:
        answers = {**ANSWERS, "photos": [photo(intake)]}
        receipts, start = [], threading.Barrier(50)

        def post() -> None:
            start.wait()
            receipts.append(intake.submit("lamp", answers, token="same"))

        threads = [threading.Thread(target=post) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(receipts) == 50
        assert len(set(receipts)) == 1
        assert accepted(intake) == 1


class TestUploads:
    @pytest.mark.parametrize("named", ["upload", "token", "object", "alone"])
    def test_a_file_is_named_by_its_upload_or_its_token(self, intake: Intake, named: str) -> None:
        upload = photo(intake)
        raw = {"upload": [upload], "token": [upload.token], "object": [{"token": upload.token}], "alone": upload.token}
        receipt = intake.submit("lamp", {**ANSWERS, "photos": raw[named]})
        assert intake.store.find(receipt.reference).submission.answers["photos"] == (upload,)

    def test_what_the_store_knows_of_a_file_counts(self, intake: Intake) -> None:
        forged = Upload(photo(intake).token, "../../x", "text/html", 1)
        receipt = intake.submit("lamp", {**ANSWERS, "photos": [forged]})
        (kept,) = intake.store.find(receipt.reference).submission.answers["photos"]
        assert (kept.filename, kept.media_type, kept.size) == ("lamp.png", "image/png", len(PNG))

    @pytest.mark.parametrize(
        "files",
        [
            ["x" * 22],
            [{"token": "x" * 22}],
            [{"token": 3}],
            [Upload("x" * 22, "a", "image/png", 3)],
            [None],
            [["x"]],
            "x",
            3,
        ],
    )
    def test_a_file_that_the_store_does_not_have_is_an_error(self, intake: Intake, files: object) -> None:
        checked = intake.submit("lamp", {**ANSWERS, "photos": files})
        assert isinstance(checked, Checked)
        assert [error.field for error in checked.errors] == ["photos"]

    def test_a_file_too_large_to_keep_is_named(self, intake: Intake) -> None:
        checked = intake.submit("lamp", {**ANSWERS, "photos": [Upload("", "big.png", "image/png", 9_000_000)]})
        assert [error.code for error in checked.errors] == ["too_large"]

    def test_a_file_of_another_submission_is_an_error(self, intake: Intake) -> None:
        answers = {**ANSWERS, "photos": [photo(intake)]}
        intake.submit("lamp", answers)
        checked = intake.submit("lamp", answers)
        assert [error.field for error in checked.errors] == ["photos"]

    def test_a_file_swept_at_the_last_moment_is_an_error(self, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
        upload = photo(intake)
        seen = iter([{upload.token: upload}, {}])
        monkeypatch.setattr(intake.store.uploads, "waiting", lambda _tokens: next(seen))
        monkeypatch.setattr("formroute.store.uploads._free", lambda _tokens: formroute.store.tables.uploads.c.size < 0)
        checked = intake.submit("lamp", {**ANSWERS, "photos": [upload]})
        assert [error.field for error in checked.errors] == ["photos"]


class TestStatus:
    def test_only_the_link_finds_it(self, intake: Intake) -> None:
        receipt = intake.submit("lamp", ANSWERS)
        assert intake.find(receipt.reference, receipt.status_token).reference == receipt.reference

    @pytest.mark.parametrize("wrong", ["", "x", "é" * 22, "\ud800", "A" * 22])
    def test_any_other_token_finds_nothing(self, intake: Intake, wrong: str) -> None:
        receipt = intake.submit("lamp", ANSWERS)
        assert intake.find(receipt.reference, wrong) is None
        assert intake.find("SMA-2026-NOBODY", wrong) is None
        assert intake.find("\ud800", wrong) is None

    def test_the_token_of_one_does_not_open_another(self, intake: Intake) -> None:
        one, two = intake.submit("lamp", ANSWERS), intake.submit("lamp", ANSWERS)
        assert intake.find(one.reference, two.status_token) is None

    def test_a_right_token_for_a_reference_that_is_not_there_finds_nothing(self, intake: Intake) -> None:
        assert intake.find("SMA-1", intake.status_token("SMA-1")) is None

    def test_tokens_hold_128_bits_and_depend_on_the_key_of_the_site(self, intake: Intake, tmp_path: Path) -> None:
        token = intake.status_token("SMA-1")
        assert re.fullmatch("[A-Za-z0-9_-]{22}", token)
        other = Store(f"sqlite:///{tmp_path / 'other.db'}")
        assert Intake(small_city(), other).status_token("SMA-1") != token
        other.close()

    def test_no_token_is_in_the_database(self, intake: Intake) -> None:
        receipt = intake.submit("lamp", ANSWERS, token="a form token")
        content = Path(intake.store.database.engine.url.database).read_bytes()
        assert receipt.reference.encode() in content
        assert receipt.status_token.encode() not in content
        assert b"a form token" not in content


@pytest.mark.parametrize(
    ("pattern", "reference"),
    [
        ("WPG-YYYY-NNNNNN", "WPG-2026-333333"),
        ("YYYY-NNNNNN", "2026-333333"),
        ("WPG-NNNN-NNNN", "WPG-3333-3333"),
        ("WINNIPEG-NNNNNNNN", "WINNIPEG-33333333"),
    ],
)
def test_a_reference_is_written_as_the_catalogue_says(pattern: str, reference: str) -> None:
    assert new_reference(pattern, 2026, choose=lambda letters: letters[0]) == reference


def test_a_reference_holds_nothing_that_looks_like_something_else() -> None:
    assert not set(LETTERS) & set("0O1IL2Z5S8BAEU")
    assert len(set(LETTERS)) == len(LETTERS)
