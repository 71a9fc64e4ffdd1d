"""By webhook: a CloudEvent as JSON, signed as Standard Webhooks 1.0 says."""

from __future__ import annotations

import base64
import contextlib
import email.utils
import hmac
import http.client
import json
import re
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from formroute.delivery.deadline import ATTEMPT_SECONDS, Deadline, RefusedAddressError, connect
from formroute.delivery.event import cloud_event
from formroute.delivery.guard import Address, Guard
from formroute.delivery.message import Message
from formroute.delivery.result import Failed, NotConfiguredError, Result, Sent, plain
from formroute.store import Delivery

SECRET_BYTES = 24
_PORTS = {"https": 443, "http": 80}
_SECONDS = re.compile(r"[0-9]{1,9}")


class Webhook:
    """The handler `webhook`. Settings: `url`, and `secret_env`, the variable that holds the secret.

    The secret is `whsec_` and base64, as Standard Webhooks writes it; two of them apart by a space sign
    twice, so that a receiver can change from one to the other. Private networks are refused unless
    FORMROUTE_ALLOW_NETWORKS names them, and so is plain http.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: float = ATTEMPT_SECONDS,
    ) -> None:
        self._environment = environment
        self._clock = clock
        self._seconds = seconds

    def render(self, message: Message, delivery: Delivery) -> bytes:  # noqa: ARG002
        """The event; its `id` is the delivery's key."""
        return json.dumps(cloud_event(message), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """POST it. Only 2xx counts as taken, a redirect is not followed, 410 means never again."""
        settings = delivery.destination.settings
        url = _parsed(settings["url"])
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "User-Agent": "formroute",
            **signature(self._secrets(settings["secret_env"]), delivery.key, self._clock(), payload),
        }
        guard = Guard.from_environment(self._environment)
        try:
            with Deadline(self._seconds) as deadline:
                return self._post(url, headers, payload, guard, deadline)
        except RefusedAddressError as error:
            return Failed(f"{error}.", "Write a public https url, or name its network in FORMROUTE_ALLOW_NETWORKS.")
        except (OSError, http.client.HTTPException) as error:
            if deadline.passed:
                return Failed(f"No full answer within {self._seconds:g} seconds.", "Ask the department to look at it.")
            return Failed(
                f"No connection: {plain(str(error)) or type(error).__name__}.", "Check the url and the server."
            )

    def _post(
        self, url: SplitResult, headers: Mapping[str, str], payload: bytes, guard: Guard, deadline: Deadline
    ) -> Result:
        connection = _Connection(url, self._may(url, guard), deadline)
        with contextlib.closing(connection):
            connection.request("POST", _path(url), payload, dict(headers))
            response = connection.getresponse()
            deadline.remaining()
            return judge(response.status, response.headers.get("Retry-After"), self._clock())

    def _may(self, url: SplitResult, guard: Guard) -> Callable[[Address], bool]:
        return guard if url.scheme == "https" else guard.allowed

    def _secrets(self, variable: str) -> list[bytes]:
        words = self._environment.get(variable, "").split()
        if not words:
            raise NotConfiguredError(f"{variable} is not set.", f"Set {variable} to the secret of this webhook.")
        with contextlib.suppress(ValueError):
            secrets = [base64.b64decode(word.removeprefix("whsec_"), validate=True) for word in words]
            if min(map(len, secrets)) >= SECRET_BYTES:
                return secrets
        raise NotConfiguredError(
            f"{variable} is not a webhook secret.",
            f"Write whsec_ and the base64 of {SECRET_BYTES} random bytes or more.",
        )


class _Connection(http.client.HTTPConnection):
    """One that goes to the address that was judged, and ends at the deadline."""

    def __init__(self, url: SplitResult, may: Callable[[Address], bool], deadline: Deadline) -> None:
        super().__init__(url.hostname or "", url.port or _PORTS[url.scheme])
        self._secure = url.scheme == "https"
        self._may = may
        self._deadline = deadline

    def connect(self) -> None:
        """Connect, with TLS for https."""
        self.sock = connect(self.host, self.port, self._deadline, self._may)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def judge(status: int, retry_after: str | None, now: datetime) -> Result:
    """What an HTTP status means for a delivery."""
    if 200 <= status < 300:
        return Sent(f"HTTP {status}")
    if status == http.HTTPStatus.GONE:
        return Failed("HTTP 410: the receiver wants no more.", "Ask the department for its new address.", final=True)
    if 300 <= status < 400:
        return Failed(f"HTTP {status}: a redirect, which is not followed.", "Write the final address as the url.")
    return Failed(f"HTTP {status}.", "Ask the department what is wrong with its server.", wait=_wait(retry_after, now))


def signature(secrets: Sequence[bytes], key: str, now: datetime, payload: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: what is signed is the key, the time of this try, and the bytes."""
    timestamp = str(int(now.timestamp()))
    signed = b".".join((key.encode(), timestamp.encode(), payload))
    digests = (base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets)
    return {
        "webhook-id": key,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{digest}" for digest in digests),
    }


def _parsed(text: str) -> SplitResult:
    url = urlsplit(text)
    with contextlib.suppress(ValueError):
        if url.scheme in _PORTS and url.hostname and url.port != 0:
            return url
    raise NotConfiguredError("The url of the webhook cannot be read.", "Correct it in departments.yaml.")


def _path(url: SplitResult) -> str:
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


def _wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """What `Retry-After` asks for, as seconds or as a date (RFC 9110, 10.2.3)."""
    text = (retry_after or "").strip()
    if _SECONDS.fullmatch(text):
        return timedelta(seconds=int(text))
    try:
        return email.utils.parsedate_to_datetime(text).astimezone(UTC) - now
    except (ValueError, OverflowError):
        return None
