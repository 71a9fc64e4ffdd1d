"""The operator's mail server."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from formroute.delivery.deadline import ATTEMPT_SECONDS, Deadline, connect
from formroute.delivery.result import Failed, NotConfiguredError, Result, Sent, plain

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over. `tls` says that the connection begins with TLS.

    Otherwise TLS begins when the server offers it, and a name and password are sent under TLS only.
    """

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self | None:
        """The server of FORMROUTE_SMTP_URL, such as `smtp://name:password@mail.example.org:587` or `smtps://…`.

        None when the variable is not set. Raises NotConfiguredError.
        """
        text = environment.get("FORMROUTE_SMTP_URL")
        if not text:
            return None
        try:
            url = urlsplit(text)
            port = url.port or _PORTS[url.scheme]
            host = url.hostname or ""
            host.encode("idna")
        except (KeyError, ValueError):
            host = ""
        if not host:
            raise NotConfiguredError(
                "FORMROUTE_SMTP_URL cannot be read.",
                "Write smtp://name:password@host:587 or smtps://name:password@host.",
            )
        return cls(host, port, url.scheme == "smtps", unquote(url.username or ""), unquote(url.password or ""))

    def send(self, sender: str, to: str, letter: bytes, seconds: float = ATTEMPT_SECONDS) -> Result:
        """Hand over one letter; it counts as sent once the server has taken its last line."""
        try:
            with Deadline(seconds) as deadline:
                return self._hand_over(sender, to, letter, deadline)
        except OSError as error:
            cause, fix = _explained(error)
            if deadline.passed:
                cause, fix = f"no full answer within {seconds:g} seconds", "Check that the mail server is well."
            return Failed(f"Mail server {self.host}:{self.port}: {plain(cause)}.", fix)

    def _hand_over(self, sender: str, to: str, letter: bytes, deadline: Deadline) -> Result:
        client = _Client(self, deadline)
        try:
            client.ehlo()
            if not self.tls and client.has_extn("starttls"):
                client.starttls(context=ssl.create_default_context())
            if self.user:
                self._log_in(client)
            client.sendmail(sender, [to], letter, () if to.isascii() else self._international(client))
            deadline.remaining()
            with contextlib.suppress(OSError):
                client.quit()
        finally:
            client.close()
        return Sent(f"taken by {self.host}")

    def _international(self, client: _Client) -> tuple[str, ...]:
        if not client.has_extn("smtputf8"):
            raise smtplib.SMTPNotSupportedError("it takes no address with letters beyond ASCII (SMTPUTF8)")
        return ("SMTPUTF8", "BODY=8BITMIME")

    def _log_in(self, client: _Client) -> None:
        if not isinstance(client.sock, ssl.SSLSocket):
            raise smtplib.SMTPNotSupportedError("no TLS, and the password is not sent without")
        client.login(self.user, self.password)


class _Client(smtplib.SMTP):
    """A connection that ends at the deadline; naming ourselves asks no name server."""

    def __init__(self, server: MailServer, deadline: Deadline) -> None:
        self._server = server
        self._deadline = deadline
        super().__init__(server.host, server.port, local_hostname=socket.gethostname())

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:  # noqa: ARG002
        connection = connect(host, port, self._deadline)
        if not self._server.tls:
            return connection
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host)


def _explained(error: OSError) -> tuple[str, str]:
    """What went wrong, and what to do."""
    match error:
        case ssl.SSLError():
            return f"no TLS ({error})", "Check the certificate and the port of the mail server."
        case smtplib.SMTPRecipientsRefused(recipients={**refused}):
            said = "; ".join(f"{code} {_text(text)}" for code, text in refused.values())
            return said, "Check the address in departments.yaml and the log of the mail server."
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=text):
            return f"{code} {_text(text)}", "Check FORMROUTE_SMTP_URL and the log of the mail server."
        case smtplib.SMTPException():
            return str(error), "Check FORMROUTE_SMTP_URL and the log of the mail server."
        case _:
            return f"no connection ({error})", "Check that the mail server runs and can be reached."


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
