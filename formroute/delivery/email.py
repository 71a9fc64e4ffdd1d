"""By e-mail: letters to departments with the files attached, and letters to residents; by SMTP or into a Maildir."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from typing import BinaryIO, Self

from formroute.catalog import Catalog
from formroute.delivery.deadline import ATTEMPT_SECONDS
from formroute.delivery.department_letter import department_letter, notice
from formroute.delivery.draft_letter import draft_letter
from formroute.delivery.letter import Letter, one_line
from formroute.delivery.message import Message
from formroute.delivery.public_address import STATUS_LINK, public_address, status_link, with_link
from formroute.delivery.resident_letter import acknowledgement, news
from formroute.delivery.result import NotConfiguredError, Result, Sent
from formroute.delivery.smtp import MailServer
from formroute.links import draft_path, draft_token
from formroute.records import Upload
from formroute.store import Delivery, DraftLetter, Store
from formroute.store.folder import sync_folder, write_synced

ATTACH_AT_MOST = 10_000_000
"""Bytes of files in one letter; what comes after is named in it and stays with the submission."""
SET_A_SERVER = "Set FORMROUTE_SMTP_URL=smtp://name:password@mail.example.org:587 and FORMROUTE_MAIL_FROM."
"""What an operator writes so that letters leave the machine."""


class Post:
    """Where letters go: the server that FORMROUTE_SMTP_URL names, from FORMROUTE_MAIL_FROM.

    Without a server they are put into a Maildir: FORMROUTE_MAILDIR, or `maildir`.
    """

    def __init__(self, environment: Mapping[str, str], maildir: Path, *, seconds: float = ATTEMPT_SECONDS) -> None:
        self.environment = environment
        self._maildir = maildir
        self._seconds = seconds

    @classmethod
    def beside(cls, store: Store, environment: Mapping[str, str]) -> Self:
        """With the Maildir in the folder of `store`."""
        return cls(environment, store.folder.path / "mail")

    def hand_over(self, to: str, key: str, letter: bytes) -> Result:
        """Send one letter."""
        server = MailServer.from_environment(self.environment)
        if server is not None:
            return server.send(self.sender(), to, letter, self._seconds)
        return Sent(f"put into {put_into_maildir(self.folder, key, letter)}", aside=True)

    def where(self) -> str:
        """What an operator is told before the first letter: that none leaves this machine; nothing where they do.

        Raises NotConfiguredError where the settings of the mail server are wrong.
        """
        self.sender()
        if MailServer.from_environment(self.environment) is not None:
            return ""
        return f"No mail server is set, so letters are put into {self.folder} and reach nobody. {SET_A_SERVER}"

    def lying(self) -> int:
        """How many letters lie in the Maildir."""
        return sum(1 for part in ("new", "cur") for _ in self.folder.glob(f"{part}/*"))

    def forget(self, keys: Sequence[str]) -> None:
        """Remove the letters of these deliveries from the Maildir, read or not."""
        for path in (path for key in keys for path in self.folder.glob(f"*/{key}*")):
            path.unlink(missing_ok=True)

    @property
    def folder(self) -> Path:
        """The Maildir."""
        return Path(self.environment.get("FORMROUTE_MAILDIR") or self._maildir)

    def sender(self) -> str:
        """The address that letters come from. Raises NotConfiguredError."""
        sender = self.environment.get("FORMROUTE_MAIL_FROM", "")
        if not sender and not self.environment.get("FORMROUTE_SMTP_URL"):
            return "formroute@localhost"
        if not sender.rpartition("@")[0] or one_line(sender) != sender:
            raise NotConfiguredError(
                f"FORMROUTE_MAIL_FROM is {'not an address' if sender else 'missing'}.",
                "Set it to the address letters come from, such as forms@city.example.",
            )
        return sender

    def written(
        self, letter: Letter, to: str, key: str, at: datetime, files: Sequence[tuple[Upload, bytes]] = ()
    ) -> bytes:
        """A letter as RFC 5322 has it, in plain text and HTML; its Message-ID is made of `key`."""
        sender = self.sender()
        mail = EmailMessage(SMTP if to.isascii() else SMTPUTF8)
        mail["From"] = sender
        mail["To"] = to
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.as_text(), cte="quoted-printable")
        mail.add_alternative(letter.as_html(), "html", cte="quoted-printable")
        mail.set_boundary(f"=_{key}_texts")
        for upload, content in files:
            kind, _, subkind = upload.media_type.partition("/")
            mail.add_attachment(content, kind, subkind, cte="base64", filename=one_line(upload.filename))
        if files:
            mail.set_boundary(f"=_{key}")
        mail["Content-Language"] = letter.language  # last: what is set before moves into a part
        return mail.as_bytes()


class Email:
    """The handler `email`: letters to a department. Setting: `to`, one address."""

    def __init__(self, post: Post, open_upload: Callable[[Upload], BinaryIO]) -> None:
        self.post = post
        self._open_upload = open_upload

    def render(self, message: Message, delivery: Delivery) -> bytes:
        """The letter with the files that fit into it."""
        attached, elsewhere = _that_fit(message.uploads)
        letter = department_letter(message, attached, elsewhere, self._desk(message))
        to = delivery.destination.settings["to"]
        return self.post.written(letter, to, message.key, message.received, self._files(attached))

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """Hand the letter over."""
        return self.post.hand_over(delivery.destination.settings["to"], delivery.key, payload)

    def forget(self, keys: Sequence[str]) -> None:
        """Remove what was put into the Maildir."""
        self.post.forget(keys)

    def _desk(self, message: Message) -> str:
        """Where the department sees the submission, if anywhere."""
        address = public_address(self.post.environment)
        if not address or not message.at_desk:
            return ""
        return f"{address}/{message.language}/desk/{message.department}/{message.reference}"

    def _files(self, uploads: Sequence[Upload]) -> Sequence[tuple[Upload, bytes]]:
        files = []
        for upload in uploads:
            with self._open_upload(upload) as file:
                files.append((upload, file.read()))
        return files


class Notice:
    """The handler `notice`: a letter without answers to somebody whom a route notifies. Setting: `to`, one address."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def render(self, message: Message, delivery: Delivery) -> bytes:
        """The letter."""
        to = delivery.destination.settings["to"]
        return self._post.written(notice(message), to, message.key, message.received)

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """Hand the letter over."""
        return self._post.hand_over(delivery.destination.settings["to"], delivery.key, payload)


class ToResident:
    """The handlers `acknowledgement` and `news`: letters to the resident, in the language of the submission.

    Setting: `answer`, the question that was answered with the address; of `news` also `status`. `site_key`
    gives the key that status links are made with.
    """

    def __init__(self, post: Post, site_key: Callable[[], bytes]) -> None:
        self._post = post
        self._site_key = site_key

    def render(self, message: Message, delivery: Delivery) -> bytes:
        """The letter, with a placeholder for the link."""
        link = STATUS_LINK if public_address(self._post.environment) else ""
        status = delivery.destination.settings.get("status")
        letter = news(message, status, link) if status else acknowledgement(message, link)
        return self._post.written(letter, message.resident, message.key, message.received)

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """Put the link in and hand the letter over."""
        head = email.message_from_bytes(payload, policy=email.policy.SMTP)
        if STATUS_LINK.encode() in payload:
            language = str(head["Content-Language"])
            link = status_link(self._post.environment, self._site_key(), language, delivery.reference)
            payload = with_link(payload, link)
        return self._post.hand_over(str(head["To"]), delivery.key, payload)

    def lead_back(self, catalog: Catalog, letter: DraftLetter) -> Result:
        """Write and send the letter with the link to a draft, the same on every try; it is put into no Maildir."""
        environment = self._post.environment
        address = public_address(environment)
        if not leads_back(environment):
            raise NotConfiguredError(
                "FORMROUTE_SMTP_URL or FORMROUTE_PUBLIC_URL is not set any more.",
                "Set both: letters with links to drafts go out by a mail server only.",
            )
        link = address + draft_path(letter.language, draft_token(self._site_key(), letter.nonce))
        made, key = letter.made.astimezone(catalog.zone), f"draft-{letter.id}"
        written = self._post.written(draft_letter(catalog, letter, link), letter.address, key, made)
        return self._post.hand_over(letter.address, key, written)


def letters_leave(environment: Mapping[str, str]) -> bool:
    """Whether letters reach anybody: there is a mail server."""
    return bool(environment.get("FORMROUTE_SMTP_URL"))


def leads_back(environment: Mapping[str, str]) -> bool:
    """Whether letters with links to drafts can go out: there is a mail server, and a public address to lead to."""
    return letters_leave(environment) and bool(public_address(environment))


def put_into_maildir(folder: Path, key: str, letter: bytes) -> Path:
    """Put a letter into a Maildir under a name made of its key: a second time replaces the first."""
    for part in (folder, folder / "tmp", folder / "new", folder / "cur"):
        part.mkdir(mode=0o700, exist_ok=True)
    draft, path = folder / "tmp" / key, folder / "new" / key
    draft.unlink(missing_ok=True)
    write_synced(draft, [letter])
    draft.replace(path)
    sync_folder(path.parent)
    return path


def _that_fit(uploads: tuple[Upload, ...]) -> tuple[list[Upload], list[Upload]]:
    """The files to attach, and those for which there is no room left."""
    attached: list[Upload] = []
    elsewhere: list[Upload] = []
    for upload in uploads:
        room = ATTACH_AT_MOST - sum(other.size for other in attached)
        (attached if upload.size <= room else elsewhere).append(upload)
    return attached, elsewhere
