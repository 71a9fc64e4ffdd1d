"""Letters: all that a department needs, the same bytes on every try, and nothing that was typed out of its place."""

import email
import email.policy
import html
import mailbox
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formroute.catalog import Catalog
from formroute.delivery import Email, Failed, NotConfiguredError, Notice, Post, Sent, compose
from formroute.delivery.email import put_into_maildir
from formroute.delivery.smtp import MailServer
from formroute.intake import Intake
from formroute.records import Destination, Upload
from formroute.store import Delivery
from tests.delivery.servers import Mailbox, ScriptedServer, free_port, mail_server
from tests.small_city.samples import ANSWERS, NOON, PNG, french_city, small_city

LIGHTS, WARD = 0, 3


def sent(intake: Intake, number: int = LIGHTS, token: str | None = None, **changes: object) -> Delivery:
    """One delivery of an accepted submission."""
    receipt = intake.submit("lamp", {**ANSWERS, **changes}, language="fr", token=token)
    return intake.store.find(receipt.reference).deliveries[number]


def handler(intake: Intake, environment: dict[str, str] | None = None) -> Email:
    return Email(Post(environment or {}, intake.store.folder.path / "mail"), intake.store.uploads.open)


def render(intake: Intake, delivery: Delivery, catalog: Catalog | None = None) -> bytes:
    stored = intake.store.find(delivery.reference)
    return handler(intake).render(compose(catalog or small_city(), stored, delivery), delivery)


def read(letter: bytes) -> EmailMessage:
    return email.message_from_bytes(letter, policy=email.policy.default)


def text_in(letter: bytes) -> str:
    """The text as a reader sees it, with plain spaces and line ends."""
    text = read(letter).get_body(("plain",)).get_content()
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\r\n", "\n")


ENGLISH = """\
Report a street light
{reference}

For: Street lights
Received: Saturday, March 7, 2026, 12:00 PM
Sent on the website, in French.
Priority: urgent
Answer due: Monday, March 9, 2026, 12:00 PM
Tags: ward
Why it came here: route dangerous-colour of table lamps
  - “What colour is its light?” is “Yellow”

Are there bare wires?
    No

Where is it?
    510 Main St

What colour is its light?
    Yellow

Since when is it out?
    March 1, 2026

Anything else?
    Behind the old school.
    It blinks, très vite.

Your name
    Zoë Tremblay

--\x20
Smallville
"""

NOTICE = """\
Report a street light
{reference}

This came in, and Street lights handles it.
Received: Saturday, March 7, 2026, 12:00 PM
Sent on the website, in French.
Priority: urgent
Answer due: Monday, March 9, 2026, 12:00 PM
Tags: ward

It is sent for your information, without any answers.

--\x20
Smallville
"""

FRENCH = """\
Signaler un lampadaire
{reference}

Pour : Bureau du quartier
Copie pour votre information. Service responsable : Éclairage des rues.
Reçue le samedi 7 mars 2026 à 12 h
Envoyée sur le site Web, en français.
Priorité : urgente
Réponse attendue le lundi 9 mars 2026 à 12 h
"""


def tags_in(letter: bytes) -> list[str]:
    """The elements of the HTML part, in order, with the names of their attributes."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            found.append(" ".join((tag, *(name for name, _ in attributes))))

    Reader().feed(read(letter).get_body(("html",)).get_content())
    return found


TAGS = [
    *("html lang", "head", "meta charset", "meta name content", "title", "body style", "main", "h1 style", "p"),
    "strong",
    *("p", *["br"] * 6, "ul", "li", *["h2 style", "p style"] * 7, "p", "hr", "p"),
]


class TestHtml:
    def test_it_says_the_same_as_the_text(self, intake: Intake) -> None:
        letter = render(intake, sent(intake))
        page = re.sub(r"<title>.*?</title>", "", read(letter).get_body(("html",)).get_content())
        words = html.unescape(re.sub(r"<[^>]+>", " ", page)).split()
        assert words == [word for word in text_in(letter).split() if word not in ("-", "--")]

    def test_what_was_typed_is_text(self, intake: Intake) -> None:
        letter = render(intake, sent(intake, details="<script>alert('1')</script> & <img src=x onerror=y>"))
        assert not {"script", "img"} & {tag.partition(" ")[0] for tag in tags_in(letter)}
        assert "&lt;script&gt;" in read(letter).get_body(("html",)).get_content()

    def test_it_loads_nothing(self, intake: Intake) -> None:
        assert re.findall(r"src=|url\(|<link|<script|<style", read(render(intake, sent(intake))).as_string()) == []


def test_who_is_notified_reads_that_it_came_and_no_answer(intake: Intake) -> None:
    delivery = replace(
        sent(intake), destination=Destination("press@example.org", "notice", {"to": "press@example.org"})
    )
    message = compose(small_city(), intake.store.find(delivery.reference), delivery)
    notice = Notice(Post({}, intake.store.folder.path / "mail"))
    letter = notice.render(message, delivery)
    assert text_in(letter) == NOTICE.format(reference=delivery.reference)
    assert (read(letter)["To"], message.answers, message.uploads) == ("press@example.org", {}, ())
    assert isinstance(notice.send(letter, delivery), Sent)


class TestLetter:
    def test_it_tells_a_department_everything(self, intake: Intake) -> None:
        delivery = sent(intake)
        letter = read(render(intake, delivery))
        assert text_in(letter.as_bytes()) == ENGLISH.format(reference=delivery.reference)
        assert {name: str(value) for name, value in letter.items()} == {
            "From": "formroute@localhost",
            "To": "lights@example.org",
            "Subject": f"{delivery.reference} – Report a street light (urgent)",
            "Date": "Sat, 07 Mar 2026 12:00:00 -0600",
            "Message-ID": f"<{delivery.key}@localhost>",
            "Auto-Submitted": "auto-generated",
            "MIME-Version": "1.0",
            "Content-Language": "en",
            "Content-Type": f'multipart/alternative; boundary="=_{delivery.key}_texts"',
        }

    def test_it_speaks_the_first_language_of_the_city(self, intake: Intake, tmp_path: Path) -> None:
        (tmp_path / "schemas").mkdir()
        delivery = sent(intake, WARD)
        text = text_in(render(intake, delivery, french_city(tmp_path / "schemas")))
        assert text.startswith(FRENCH.format(reference=delivery.reference))
        assert "De quelle couleur est sa lumière?\n    Jaune\n" in text

    def test_personal_answers_stay_with_departments_that_may_have_them(self, intake: Intake) -> None:
        text = text_in(render(intake, sent(intake, WARD)))
        assert "Zoë" not in text
        assert "Your name" not in text
        assert "Personal answers are left out." in text

    def test_photos_are_attached(self, intake: Intake) -> None:
        upload = intake.store.uploads.keep(BytesIO(PNG), "lampe brisée.png", 1000)
        letter = read(render(intake, sent(intake, photos=[upload])))
        (attached,) = letter.iter_attachments()
        assert attached.get_filename() == "lampe brisée.png"
        assert attached.get_content_type() == "image/png"
        assert attached.get_content() == PNG
        assert "Attached: lampe brisée.png" in text_in(letter.as_bytes())

    def test_photos_that_do_not_fit_are_named(self, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("formroute.delivery.email.ATTACH_AT_MOST", len(PNG) + 50)
        uploads = [intake.store.uploads.keep(BytesIO(PNG), f"{number}.png", 1000) for number in (1, 2)]
        letter = read(render(intake, sent(intake, photos=uploads)))
        assert [attached.get_filename() for attached in letter.iter_attachments()] == ["1.png"]
        assert "Too large to attach, kept with the submission: 2.png" in text_in(letter.as_bytes())

    def test_they_can_be_seen_at_the_desk_where_there_is_one(
        self, intake: Intake, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("formroute.delivery.email.ATTACH_AT_MOST", 1)
        delivery = sent(intake, photos=[intake.store.uploads.keep(BytesIO(PNG), "1.png", 1000)])
        stored = intake.store.find(delivery.reference)
        city = handler(intake, {"FORMROUTE_PUBLIC_URL": "https://city.example/services/"})
        letter = city.render(compose(small_city(), stored, delivery), delivery)
        assert (
            "All files at the department desk\n"
            f"https://city.example/services/en/desk/lights/{delivery.reference}\n" in text_in(letter)
        )

    def test_the_same_delivery_is_the_same_letter(self, intake: Intake) -> None:
        upload = intake.store.uploads.keep(BytesIO(PNG), "lamp.png", 1000)
        delivery = sent(intake, photos=[upload])
        assert render(intake, delivery) == render(intake, delivery)

    def test_it_waits_while_the_catalogue_cannot_say_what_the_department_may_see(self, intake: Intake) -> None:
        delivery = sent(intake)
        gone = small_city()
        without = Catalog(**{name: getattr(gone, name) for name in Catalog.__slots__} | {"departments": {}})
        with pytest.raises(NotConfiguredError, match="The catalogue has no department lights"):
            render(intake, delivery, without)

    def test_it_tells_when_no_route_took_it(self, intake: Intake) -> None:
        delivery = sent(intake)
        stored = intake.store.find(delivery.reference)
        unrouted = replace(stored, decision=replace(stored.decision, route=None, tags=("unrouted",)))
        letter = handler(intake).render(compose(small_city(), unrouted, delivery), delivery)
        assert "Why it came here: no route took it, so the fallback department gets it." in text_in(letter)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        filename=st.text(st.characters(exclude_categories=[]) | st.sampled_from('\r\n\t\0"\\;=\u2028\x85')),
        details=st.text(st.sampled_from("\r\n -=_.:abé\u2028\x85\u202e\0")) | st.just("\nBcc: x@example.org\n\n--=_"),
    )
    def test_nothing_typed_gets_out_of_its_place(self, intake: Intake, filename: str, details: str) -> None:
        """The same headers, parts and unindented lines as for plain answers."""
        photo = Upload("", filename, "image/png", len(PNG))
        delivery = sent(intake, token="once")
        stored = intake.store.find(delivery.reference)
        stored.submission.answers.update(details=details, photos=(photo,))
        handler = Email(Post({}, intake.store.folder.path), lambda _upload: BytesIO(PNG))
        letter = handler.render(compose(small_city(), stored, delivery), delivery)
        parsed = read(letter)
        assert [part.get_content_type() for part in parsed.walk()] == [
            *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "image/png")
        ]
        assert len(parsed.keys()) == 9
        assert [part.keys() for part in parsed.walk()][1:] == [
            ["Content-Type"],
            ["Content-Type", "Content-Transfer-Encoding"],
            ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"],
            ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"],
        ]
        assert tags_in(letter) == TAGS
        lines = text_in(letter).split("\n")
        assert len([line for line in lines if line.strip() and not line.startswith("    ")]) == 20
        assert parsed["To"] == "lights@example.org"
        assert parsed["Bcc"] is None

    @pytest.mark.parametrize("to", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nBcc: b@example.org"])
    def test_a_header_cannot_be_injected_by_a_setting(self, intake: Intake, to: str) -> None:
        delivery = sent(intake)
        delivery.destination.settings["to"] = to
        with pytest.raises(ValueError, match="linefeed or carriage return"):
            render(intake, delivery)


class TestMaildir:
    def test_letters_can_be_read_by_any_program(self, intake: Intake) -> None:
        delivery = sent(intake)
        letter = render(intake, delivery)
        assert isinstance(handler(intake).send(letter, delivery), Sent)
        (found,) = mailbox.Maildir(intake.store.folder.path / "mail", create=False)
        assert found["Message-ID"] == f"<{delivery.key}@localhost>"

    def test_a_second_try_replaces_the_first(self, tmp_path: Path) -> None:
        (tmp_path / "tmp").mkdir()
        (tmp_path / "tmp" / "key").write_bytes(b"left by a killed worker")
        put_into_maildir(tmp_path, "key", b"letter")
        path = put_into_maildir(tmp_path, "key", b"letter")
        assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"letter"]
        assert path.stat().st_mode & 0o777 == 0o600

    def test_the_operator_can_say_where(self, intake: Intake, tmp_path: Path) -> None:
        delivery = sent(intake)
        result = handler(intake, {"FORMROUTE_MAILDIR": str(tmp_path / "box")}).send(b"letter", delivery)
        assert result == Sent(f"put into {tmp_path / 'box' / 'new' / delivery.key}", aside=True)


class TestMailServer:
    @pytest.mark.parametrize(
        ("url", "server"),
        [
            ("smtp://mail.example.org", MailServer("mail.example.org", 587)),
            ("smtp://mail.example.org:25", MailServer("mail.example.org", 25)),
            ("smtps://mail.example.org", MailServer("mail.example.org", 465, tls=True)),
            ("smtp://me:p%40ss@host:2525", MailServer("host", 2525, user="me", password="p@ss")),
            ("smtp://[::1]:25", MailServer("::1", 25)),
        ],
    )
    def test_a_server_is_named_by_an_address(self, url: str, server: MailServer) -> None:
        assert MailServer.from_environment({"FORMROUTE_SMTP_URL": url}) == server
        assert "p@ss" not in repr(server)

    @pytest.mark.parametrize(
        "url", ["mail.example.org", "http://host", "smtp://", "smtp://host:port", "smtp://[", "smtp://" + "a" * 70]
    )
    def test_an_address_that_cannot_be_read_is_told(self, url: str) -> None:
        with pytest.raises(NotConfiguredError, match="FORMROUTE_SMTP_URL"):
            MailServer.from_environment({"FORMROUTE_SMTP_URL": url})

    @pytest.mark.parametrize("sender", [None, "", "nobody", "@example.org", "a@example.org\r\nBcc: b@example.org"])
    def test_a_server_needs_a_sender(self, intake: Intake, sender: str | None) -> None:
        environment = {"FORMROUTE_SMTP_URL": "smtp://host"} | ({"FORMROUTE_MAIL_FROM": sender} if sender else {})
        with pytest.raises(NotConfiguredError, match="FORMROUTE_MAIL_FROM"):
            handler(intake, environment).send(b"letter", sent(intake))

    def test_it_gets_the_very_bytes(self, intake: Intake) -> None:
        received = Mailbox()
        delivery = sent(intake)
        letter = render(intake, delivery)
        with mail_server(received) as port:
            environment = {
                "FORMROUTE_SMTP_URL": f"smtp://127.0.0.1:{port}",
                "FORMROUTE_MAIL_FROM": "forms@smallville.example",
            }
            assert handler(intake, environment).send(letter, delivery) == Sent("taken by 127.0.0.1")
        (taken,) = received.letters
        assert (taken.sender, taken.recipients) == ("forms@smallville.example", ["lights@example.org"])
        assert taken.content == letter

    @pytest.mark.parametrize("tls", ["begins", "is offered"])
    def test_a_password_goes_under_tls(self, certificate: Path, monkeypatch: pytest.MonkeyPatch, tls: str) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        given = []

        def check(*known: object) -> AuthResult:
            given.append(known[-1])
            return AuthResult(success=known[-1] == LoginPassword(b"me", b"p@ss"))

        options = {"ssl_context": context} if tls == "begins" else {"tls_context": context}
        received = Mailbox()
        with mail_server(received, authenticator=check, auth_required=tls != "begins", **options) as port:
            scheme = "smtps" if tls == "begins" else "smtp"
            server = MailServer.from_environment({"FORMROUTE_SMTP_URL": f"{scheme}://me:p%40ss@localhost:{port}"})
            result = server.send("a@example.org", "b@example.org", b"letter\r\n")
        if tls == "is offered":
            assert given == [LoginPassword(b"me", b"p@ss")]
            assert result == Sent("taken by localhost")

    def test_a_password_never_goes_without_tls(self) -> None:
        with mail_server(Mailbox()) as port:
            result = MailServer("127.0.0.1", port, user="me", password="p@ss").send("a@b.example", "c@d.example", b"x")
        assert isinstance(result, Failed)
        assert "no TLS" in result.cause
        assert "p@ss" not in result.cause + result.fix

    def test_a_certificate_of_nobody_is_refused(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with mail_server(Mailbox(), tls_context=context) as port:
            result = MailServer("localhost", port).send("a@b.example", "c@d.example", b"x")
        assert isinstance(result, Failed)
        assert "certificate" in result.cause.lower()


Behaviour = Callable[[socket.socket], None]


def talk(*lines: str, then: Behaviour = lambda connection: None) -> Behaviour:
    """A server that says each line in turn, reading one line of the client in between."""

    def behave(connection: socket.socket) -> None:
        with connection.makefile("rb") as client:
            for line in lines:
                connection.sendall(line.encode() + b"\r\n")
                client.readline()
            then(connection)

    return behave


def drip(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


BAD_SERVERS = {
    "closes at once": (lambda connection: None, "closed"),
    "says nothing": (lambda connection: connection.recv(1), "no full answer within 0.4 seconds"),
    "drips": (drip, "no full answer within 0.4 seconds"),
    "is no mail server": (talk("HTTP/1.1 400 Bad Request"), "400 Bad Request"),
    "is not taking": (talk("421 too busy"), "421 too busy"),
    "hangs after its greeting": (talk("220 hello", then=lambda connection: connection.recv(1)), "no full answer"),
    "refuses the sender": (talk("220 hello", "250 hi", "550 who are you", "250 reset", "221 bye"), "550 who are you"),
    "knows no such mailbox": (
        talk("220 hello", "250 hi", "250 ok", "550 no such user", "250 r", "221 b"),
        "550 no such",
    ),
    "has a full mailbox": (talk("220 hello", "250 hi", "250 ok", "452 full", "250 r", "221 b"), "452 full"),
    "refuses the data": (talk("220 hello", "250 hi", "250 ok", "250 ok", "554 no", "250 r", "221 b"), "554 no"),
    "goes away in the data": (talk("220 hello", "250 hi", "250 ok", "250 ok", "354 go"), "closed"),
    "hangs in the data": (
        talk("220 hello", "250 hi", "250 ok", "250 ok", "354 go", then=lambda connection: time.sleep(0.6)),
        "no full answer",
    ),
    "sends signs for the terminal": (talk("554 \x1b[2J\x07 no"), "554 [2J no"),
}


@pytest.mark.parametrize(("behaviour", "cause"), BAD_SERVERS.values(), ids=BAD_SERVERS)
def test_a_bad_mail_server_is_one_failure(behaviour: Callable[[socket.socket], None], cause: str) -> None:
    with ScriptedServer(behaviour) as server:
        began = time.monotonic()
        result = MailServer("127.0.0.1", server.port).send("a@b.example", "c@d.example", b"letter\r\n", seconds=0.4)
        assert time.monotonic() - began < 1.4
    assert isinstance(result, Failed)
    assert cause in result.cause
    assert not result.final
    assert result.fix


def test_a_mail_server_that_is_not_there_is_a_failure() -> None:
    result = MailServer("127.0.0.1", free_port()).send("a@b.example", "c@d.example", b"letter")
    assert isinstance(result, Failed)
    assert "refused" in result.cause


def take_and_hang_up(connection: socket.socket) -> None:
    with connection.makefile("rb") as client:
        for line in ("220 hello", "250 hi", "250 ok", "250 ok", "354 go"):
            connection.sendall(line.encode() + b"\r\n")
            client.readline()
        while client.readline() != b".\r\n":
            pass
        connection.sendall(b"250 taken\r\n")


def test_a_letter_that_was_taken_counts_though_the_goodbye_fails() -> None:
    with ScriptedServer(take_and_hang_up) as server:
        result = MailServer("127.0.0.1", server.port).send("a@b.example", "c@d.example", b"letter")
    assert result == Sent("taken by 127.0.0.1")


def test_the_time_a_letter_bears_is_that_of_its_submission(intake: Intake) -> None:
    assert read(render(intake, sent(intake)))["Date"].datetime == NOON
