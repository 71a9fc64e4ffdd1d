"""Letters to residents: on receipt and with news, in their language, with a link that no stored letter holds."""

import email
import email.policy
import html
from email.message import EmailMessage
from pathlib import Path

import pytest

from formroute.catalog import Catalog, check_catalog
from formroute.delivery import NotConfiguredError, Worker, standard_handlers
from formroute.delivery.public_address import public_address, status_link, with_link
from formroute.delivery.resident_letter import NEWS
from formroute.intake import Intake
from formroute.records import RESIDENT, Status
from formroute.store import State, UnknownReferenceError
from tests.copies import copied, edit
from tests.delivery.servers import Mailbox, mail_server
from tests.small_city.samples import ANSWERS, FOLDER

PUBLIC = "https://city.example/services"
EMAIL_QUESTION = """
      contact:
        type: email
        private: true
        required: false
        label:
          en: Your e-mail address
          fr: Votre adresse courriel
"""
WRITTEN = {**ANSWERS, "contact": "zoe@example.org"}


def city(folder: Path, catalog: str = "  acknowledge: contact", form: str = "") -> Catalog | None:
    """The small city with a question for an e-mail address."""
    catalog_, problems = check_catalog(written(folder, catalog, form))
    assert catalog_ is not None, problems
    return catalog_


def written(folder: Path, catalog: str, form: str = "") -> Path:
    copied(FOLDER, folder)
    with (folder / "lamp.yaml").open("a", encoding="utf-8") as file:
        file.write(EMAIL_QUESTION + form)
    edit(folder / "catalog.yaml", "defaults:\n", f"defaults:\n{catalog}\n")
    return folder


@pytest.fixture
def door(intake: Intake, tmp_path: Path) -> Intake:
    return Intake(city(tmp_path / "schemas"), intake.store, clock=intake.now)


NEXT = """
after_sending:
  en: |
    Keep **away** from the pole.

    - See [our map](https://example.org/map).
"""


def delivered(door: Intake, environment: dict[str, str]) -> list[EmailMessage]:
    """What the worker hands to a real mail server, of all that is for residents."""
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        server = {"FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}", "FORMROUTE_MAIL_FROM": "forms@city.example"}
        handlers = standard_handlers(door.store, {**environment, **server})
        Worker(door.catalog, door.store, {name: handlers[name] for name in ("acknowledgement", "news")}).deliver_due()
    assert all(letter.recipients == ["zoe@example.org"] for letter in mailbox.letters)
    return [email.message_from_bytes(letter.content, policy=email.policy.default) for letter in mailbox.letters]


def texts(letter: EmailMessage) -> tuple[str, str]:
    plain, page = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    return plain.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\r\n", "\n"), page


ACKNOWLEDGED = """\
Nous avons bien reçu votre demande
{reference}

Signaler un lampadaire
Reçue le samedi 7 mars 2026 à 12 h

Service responsable : Éclairage des rues.
La demande devrait être traitée d’ici le 9 mars 2026.

Voir l’état de votre demande
{link}

Quiconque a le lien peut voir l’état de la demande, mais pas vos réponses.

--\x20
Petiteville
"""


class TestAcknowledgement:
    def test_it_tells_what_happens_next_in_the_language_of_the_submission(self, door: Intake) -> None:
        receipt = door.submit("lamp", WRITTEN, language="fr")
        (letter,) = delivered(door, {"FORMROUTE_PUBLIC_URL": PUBLIC})
        link = f"{PUBLIC}/fr/status/{receipt.reference}/{receipt.status_token}"
        plain, page = texts(letter)
        assert plain == ACKNOWLEDGED.format(reference=receipt.reference, link=link)
        assert f'href="{link}"' in page
        assert letter["Content-Language"] == "fr"

    def test_what_the_form_says_in_markdown_is_read_without_its_signs(self, intake: Intake, tmp_path: Path) -> None:
        door = Intake(city(tmp_path / "schemas", form=NEXT), intake.store, clock=intake.now)
        door.submit("lamp", WRITTEN)
        (letter,) = delivered(door, {})
        plain, page = texts(letter)
        assert "\n\nKeep away from the pole.\n\n- See our map (https://example.org/map).\n\n" in plain
        assert "<p>Keep <strong>away</strong> from the pole.</p>" in page
        assert '<li>See <a href="https://example.org/map" rel="noreferrer">our map</a>.</li>' in page

    def test_it_is_part_of_the_commit_that_accepts(self, door: Intake) -> None:
        stored = door.store.find(door.submit("lamp", WRITTEN).reference)
        to = stored.deliveries[-1].destination
        assert (to.department, to.handler) == (RESIDENT, "acknowledgement")
        assert door.store.outbox.standing().deliveries.add_up

    def test_no_answer_is_in_it(self, door: Intake) -> None:
        door.submit("lamp", WRITTEN)
        (letter,) = delivered(door, {})
        for text in texts(letter):
            assert not [answer for answer in ("Zoë", "510 Main", "school", "Yellow") if answer in text]

    def test_without_an_address_there_is_none(self, door: Intake) -> None:
        stored = door.store.find(door.submit("lamp", ANSWERS).reference)
        assert RESIDENT not in {delivery.destination.department for delivery in stored.deliveries}

    def test_without_a_public_address_it_asks_to_keep_the_reference(self, door: Intake) -> None:
        receipt = door.submit("lamp", WRITTEN)
        (letter,) = delivered(door, {})
        for text in map(html.unescape, texts(letter)):
            assert "Keep the reference number" in text
            assert receipt.status_token not in text

    def test_the_stored_letter_holds_no_token_and_no_address_beside_the_answers(self, door: Intake) -> None:
        receipt = door.submit("lamp", WRITTEN)
        handlers = standard_handlers(
            door.store, {"FORMROUTE_PUBLIC_URL": PUBLIC, "FORMROUTE_SMTP_URL": "smtp://[::1]:1"}
        )
        handlers["acknowledgement"]._post.environment = {
            **handlers["acknowledgement"]._post.environment,
            "FORMROUTE_MAIL_FROM": "forms@city.example",
        }
        Worker(door.catalog, door.store, {"acknowledgement": handlers["acknowledgement"]}).deliver_due()
        kept = door.store.find(receipt.reference).deliveries[-1]
        assert kept.state == State.PENDING
        assert b"formroute-status-link" in kept.payload
        assert receipt.status_token.encode() not in kept.payload
        assert "zoe" not in str(kept.destination)

    def test_one_address_that_fails_holds_up_no_other(self, door: Intake) -> None:
        first, second = (door.store.find(door.submit("lamp", WRITTEN).reference) for _ in range(2))
        assert first.deliveries[-1].address != second.deliveries[-1].address

    def test_letters_beyond_ascii_in_an_address(self, door: Intake) -> None:
        door.submit("lamp", {**ANSWERS, "contact": "zoë@exämple.org"})
        mailbox = Mailbox()
        with mail_server(mailbox, enable_SMTPUTF8=True) as port:
            server = {"FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}", "FORMROUTE_MAIL_FROM": "forms@city.example"}
            handlers = standard_handlers(door.store, server)
            Worker(door.catalog, door.store, {"acknowledgement": handlers["acknowledgement"]}).deliver_due()
        (letter,) = mailbox.letters
        assert letter.recipients == ["zoë@exämple.org"]


class TestNews:
    @pytest.mark.parametrize("status", NEWS)
    def test_a_new_status_is_told_once(self, door: Intake, status: str) -> None:
        receipt = door.submit("lamp", WRITTEN, language="en")
        assert door.change_status(receipt.reference, Status(status), by="lights")
        assert not door.change_status(receipt.reference, Status(status), by="lights")
        _, letter = delivered(door, {"FORMROUTE_PUBLIC_URL": PUBLIC})
        assert letter["Subject"] == f"Update on your request: {receipt.reference}"
        assert NEWS[status].format(department="Street lights") in texts(letter)[0]
        assert door.store.find(receipt.reference).status == status
        assert door.store.outbox.standing().deliveries.add_up

    def test_each_letter_has_a_key_of_its_own(self, door: Intake) -> None:
        reference = door.submit("lamp", WRITTEN).reference
        for status in (Status.IN_PROGRESS, Status.DONE, Status.IN_PROGRESS):
            assert door.change_status(reference, status, by="lights")
        keys = [delivery.key for delivery in door.store.find(reference).deliveries]
        assert len(set(keys)) == len(keys) == 4 + 1 + 3

    def test_an_unknown_reference(self, door: Intake) -> None:
        with pytest.raises(UnknownReferenceError, match="There is no submission SMA-2026-NOBODY"):
            door.change_status("SMA-2026-NOBODY", Status.DONE, by="lights")


class TestAuthors:
    def test_a_form_can_name_another_question(self, tmp_path: Path) -> None:
        form = EMAIL_QUESTION.replace("contact", "owner") + "acknowledge: owner\n"
        assert city(tmp_path / "schemas", form=form).forms["lamp"].acknowledge == "owner"

    def test_a_catalogue_without_the_key_writes_to_nobody(self, tmp_path: Path) -> None:
        assert city(tmp_path / "schemas", "").forms["lamp"].acknowledge is None

    @pytest.mark.parametrize(
        ("catalog", "form", "code", "corrected"),
        [
            ("  acknowledge: contacts", "", "G520", "  acknowledge: contact"),
            ("", "acknowledge: colour\n", "F230", None),
            ("", "acknowledge: contakt\n", "F230", "acknowledge: contact"),
        ],
    )
    def test_a_question_that_asks_for_no_address_is_told(
        self, tmp_path: Path, catalog: str, form: str, code: str, corrected: str | None
    ) -> None:
        _, problems = check_catalog(written(tmp_path / "schemas", catalog, form))
        (problem,) = [problem for problem in problems if problem.severity == "error"]
        assert (problem.code, problem.corrected) == (code, corrected)


class TestPublicAddress:
    @pytest.mark.parametrize(
        "text",
        ["city.example", "ftp://city.example", "https://", "https://city.example/?a=b", "https://a b/", "https://é/"],
    )
    def test_one_that_cannot_be_used_is_told(self, text: str) -> None:
        with pytest.raises(NotConfiguredError, match="FORMROUTE_PUBLIC_URL"):
            public_address({"FORMROUTE_PUBLIC_URL": text})

    def test_a_link_needs_one(self) -> None:
        with pytest.raises(NotConfiguredError, match="not set any more"):
            status_link({}, b"key", "en", "SMA-2026-1")

    @pytest.mark.parametrize("length", [10, 66, 67, 200, 2000])
    def test_a_long_link_survives_the_encoding(self, length: int) -> None:
        letter = EmailMessage(email.policy.SMTP)
        letter.set_content('<a\nhref="@@formroute-status-link@@"\n>here</a>', "html", cte="quoted-printable")
        link = "https://city.example/" + "a=b/" * (length // 4)
        filled = with_link(letter.as_bytes(), link)
        assert max(map(len, filled.split(b"\r\n"))) <= 78
        read = email.message_from_bytes(filled, policy=email.policy.default)
        assert f'href="{link}"' in read.get_content()

    def test_only_the_body_is_filled(self) -> None:
        letter = b"To: @@formroute-status-link@@\r\n\r\n@@formroute-status-link@@"
        assert with_link(letter, "https://c.example") == b"To: @@formroute-status-link@@\r\n\r\nhttps://c.example"
