"""By e-mail: one letter in plain text with the files attached, sent by SMTP or put into a Maildir."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import BinaryIO

from formroute.delivery.letter import one_line, subject_of, text_of
from formroute.delivery.message import Message
from formroute.delivery.result import NotConfiguredError, Result, Sent
from formroute.delivery.smtp import MailServer
from formroute.records import Upload
from formroute.store import Delivery
from formroute.store.folder import sync_folder, write_synced

ATTACH_AT_MOST = 10_000_000
"""Bytes of files in one letter; what comes after is named in it and stays with the submission."""


class Email:
    """The handler `email`. Setting: `to`, one address.

    Letters go to the server that FORMROUTE_SMTP_URL names, from FORMROUTE_MAIL_FROM. Without a server
    they are put into a Maildir: FORMROUTE_MAILDIR, or `maildir`.
    """

    def __init__(
        self, environment: Mapping[str, str], maildir: Path, open_upload: Callable[[Upload], BinaryIO]
    ) -> None:
        self._environment = environment
        self._maildir = maildir
        self._open_upload = open_upload

    def render(self, message: Message, delivery: Delivery) -> bytes:
        """The letter as RFC 5322 has it; its Message-ID is made of the delivery's key."""
        sender = self._sender()
        attached, elsewhere = _that_fit(message.uploads)
        letter = EmailMessage(SMTP)
        letter["From"] = sender
        letter["To"] = delivery.destination.settings["to"]
        letter["Subject"] = subject_of(message)
        letter["Date"] = format_datetime(message.received)
        letter["Message-ID"] = f"<{delivery.key}@{sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text_of(message, attached, elsewhere), cte="quoted-printable")
        for upload in attached:
            self._attach(letter, upload)
        if attached:
            letter.set_boundary(f"=_{delivery.key}")
        return letter.as_bytes()

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """Hand the letter over."""
        server = MailServer.from_environment(self._environment)
        if server is not None:
            return server.send(self._sender(), delivery.destination.settings["to"], payload)
        folder = Path(self._environment.get("FORMROUTE_MAILDIR") or self._maildir)
        return Sent(f"put into {put_into_maildir(folder, delivery.key, payload)}")

    def _sender(self) -> str:
        sender = self._environment.get("FORMROUTE_MAIL_FROM", "")
        if not sender and not self._environment.get("FORMROUTE_SMTP_URL"):
            return "formroute@localhost"
        if not sender.rpartition("@")[0] or one_line(sender) != sender:
            raise NotConfiguredError(
                "FORMROUTE_MAIL_FROM is not an address.", "Set it to the address letters come from."
            )
        return sender

    def _attach(self, letter: EmailMessage, upload: Upload) -> None:
        kind, _, subkind = upload.media_type.partition("/")
        with self._open_upload(upload) as file:
            letter.add_attachment(file.read(), kind, subkind, cte="base64", filename=one_line(upload.filename))


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
