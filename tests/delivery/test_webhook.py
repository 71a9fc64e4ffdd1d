"""Webhooks: signed so that anybody's verifier accepts them, and twenty and more kinds of bad servers."""

import base64
import contextlib
import json
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import standardwebhooks

from formroute.delivery.result import Failed, NotConfiguredError, Sent
from formroute.delivery.webhook import Webhook, judge
from formroute.records import Destination
from formroute.store import Delivery, State
from tests.delivery.servers import ScriptedServer, free_port, read_request, web_server

SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes ...").decode()
ENVIRONMENT = {"SECRET": SECRET, "FORMROUTE_ALLOW_NETWORKS": "127.0.0.0/8"}
NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)
PAYLOAD = '{"answers": "près"}'.encode()


def delivery(url: str, secret_env: str = "SECRET") -> Delivery:
    destination = Destination("streets", "webhook", {"url": url, "secret_env": secret_env})
    return Delivery(1, "0123456789abcdef", "WPG-1", destination, "address", State.PENDING, 1, NOW, NOW)


class TestSignature:
    def test_a_verifier_that_is_not_ours_accepts_it(self) -> None:
        with web_server() as (url, posted):
            assert Webhook(ENVIRONMENT).send(PAYLOAD, delivery(url)) == Sent("HTTP 204")
        (request,) = posted
        assert request.body == PAYLOAD
        assert request.headers["content-type"].startswith("application/cloudevents+json")
        assert request.headers["webhook-id"] == "0123456789abcdef"
        assert standardwebhooks.Webhook(SECRET).verify(request.body, request.headers) == json.loads(PAYLOAD)

    def test_a_changed_byte_or_another_secret_is_noticed(self) -> None:
        with web_server() as (url, posted):
            Webhook(ENVIRONMENT).send(PAYLOAD, delivery(url))
        (request,) = posted
        for verifier, body in [
            (standardwebhooks.Webhook(SECRET), PAYLOAD.replace(b"a", b"A")),
            (standardwebhooks.Webhook("whsec_" + base64.b64encode(b"another").decode()), PAYLOAD),
        ]:
            with pytest.raises(standardwebhooks.WebhookVerificationError):
                verifier.verify(body, request.headers)

    def test_two_secrets_sign_twice_while_a_receiver_changes_over(self) -> None:
        old = "whsec_" + base64.b64encode(b"the older secret of 32 bytes ...").decode()
        with web_server() as (url, posted):
            Webhook({**ENVIRONMENT, "SECRET": f"{SECRET} {old}"}).send(PAYLOAD, delivery(url))
        for secret in (SECRET, old):
            assert standardwebhooks.Webhook(secret).verify(posted[0].body, posted[0].headers)

    @pytest.mark.parametrize(
        "secret", [None, "", "whsec_", "short", "whsec_not base64!", "whsec_c2hvcnQ=", "whsec_é" * 9]
    )
    def test_without_a_secret_nothing_is_sent(self, secret: str | None) -> None:
        environment = {**ENVIRONMENT, "SECRET": secret} if secret is not None else {}
        with web_server() as (url, posted), pytest.raises(NotConfiguredError, match="SECRET"):
            Webhook(environment).send(PAYLOAD, delivery(url))
        assert posted == []


@pytest.mark.parametrize(
    ("status", "result"),
    [
        (200, Sent("HTTP 200")),
        (201, Sent("HTTP 201")),
        (202, Sent("HTTP 202")),
        (204, Sent("HTTP 204")),
        (301, "redirect"),
        (302, "redirect"),
        (304, "redirect"),
        (307, "redirect"),
        (308, "redirect"),
        (400, "HTTP 400"),
        (401, "HTTP 401"),
        (404, "HTTP 404"),
        (409, "HTTP 409"),
        (422, "HTTP 422"),
        (429, "HTTP 429"),
        (500, "HTTP 500"),
        (503, "HTTP 503"),
    ],
)
def test_only_2xx_is_taken(status: int, result: object) -> None:
    judged = judge(status, None, NOW)
    if isinstance(result, Sent):
        assert judged == result
    else:
        assert isinstance(judged, Failed)
        assert result in judged.cause
        assert not judged.final


def test_410_wants_no_next_try() -> None:
    assert judge(410, None, NOW).final


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Sat, 07 Mar 2026 12:10:00 GMT", timedelta(minutes=10)),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 5000, None),
        ("١٢٠", None),
        ("Sat, 99 Foo 99999 12:10:00 GMT", None),
    ],
)
def test_retry_after(header: str | None, wait: timedelta | None) -> None:
    assert judge(503, header, NOW).wait == wait


def answer(text: str) -> Callable[[socket.socket], None]:
    """Read the request, send this, close."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(text.encode())

    return behave


def repeat(first: str, again: str, pause: float = 0.0) -> Callable[[socket.socket], None]:
    """Read the request, send the first part, then the other for ever."""

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(first.encode())
        while True:
            time.sleep(pause)
            connection.sendall(again.encode())

    return behave


def silent(connection: socket.socket) -> None:
    read_request(connection)
    connection.recv(1)


def reset(connection: socket.socket) -> None:
    read_request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


SECONDS = 0.4


BAD_SERVERS = {
    "closes at once": (lambda connection: None, "No connection"),
    "closes after the request": (answer(""), "No connection"),
    "resets": (reset, "No connection"),
    "says nothing": (silent, "No full answer within 0.4 seconds"),
    "speaks something else": (answer("SSH-2.0-OpenSSH_9.9\r\n"), "No connection"),
    "speaks HTTP/9": (answer("HTTP/9.9 200 OK\r\n\r\n"), "No connection"),
    "has a status of letters": (answer("HTTP/1.1 OK\r\n\r\n"), "No connection"),
    "has a status that is none": (answer("HTTP/1.1 99999 OK\r\n\r\n"), "No connection"),
    "breaks off in the status": (answer("HTTP/1."), "No connection"),
    "has too long a header": (repeat("HTTP/1.1 200 OK\r\nX: ", "x" * 65536), "No connection"),
    "has too many headers": (repeat("HTTP/1.1 200 OK\r\n", "X: y\r\n" * 50), "No connection"),
    "drips its headers": (repeat("HTTP/1.1 200 OK\r\nX: ", "x", pause=0.05), "No full answer"),
    "always continues": (repeat("", "HTTP/1.1 100 Continue\r\n\r\n", pause=0.01), "No full answer"),
    "redirects to itself": (answer("HTTP/1.1 307 T\r\nLocation: /\r\n\r\n"), "redirect"),
    "redirects elsewhere": (answer("HTTP/1.1 302 F\r\nLocation: http://169.254.169.254/\r\n\r\n"), "redirect"),
    "is overloaded": (answer("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n"), "HTTP 503"),
    "is gone": (answer("HTTP/1.1 410 Gone\r\n\r\n"), "HTTP 410"),
}


@pytest.mark.parametrize(("behaviour", "cause"), BAD_SERVERS.values(), ids=BAD_SERVERS)
def test_a_bad_server_is_one_failure(behaviour: Callable[[socket.socket], None], cause: str) -> None:
    with ScriptedServer(behaviour) as server:
        began = time.monotonic()
        result = Webhook(ENVIRONMENT, seconds=SECONDS).send(PAYLOAD, delivery(f"http://127.0.0.1:{server.port}/"))
        assert time.monotonic() - began < SECONDS + 1
    assert isinstance(result, Failed)
    assert cause in result.cause
    assert result.fix
    assert server.connections == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
        repeat("HTTP/1.1 200 OK\r\n\r\n", "endless", pause=0.01),
        answer("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\ncut off"),
    ],
    ids=["with a body", "with an endless body", "with a body cut off"],
)
def test_what_follows_a_2xx_does_not_matter(behaviour: Callable[[socket.socket], None]) -> None:
    with ScriptedServer(behaviour) as server:
        url = f"http://127.0.0.1:{server.port}/"
        assert Webhook(ENVIRONMENT, seconds=5).send(PAYLOAD, delivery(url)) == Sent("HTTP 200")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_server_that_is_not_there_is_a_failure(scheme: str) -> None:
    result = Webhook(ENVIRONMENT).send(PAYLOAD, delivery(f"{scheme}://127.0.0.1:{free_port()}/"))
    assert isinstance(result, Failed)
    assert "refused" in result.cause


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/", "https://", "ftp://example.org/", "http://127.0.0.1:0/", "x"]
)
def test_a_url_that_cannot_be_used_is_told(url: str) -> None:
    with pytest.raises(NotConfiguredError, match="url"):
        Webhook(ENVIRONMENT).send(PAYLOAD, delivery(url))


def test_the_inside_is_refused_unless_allowed() -> None:
    with web_server() as (url, posted):
        result = Webhook({"SECRET": SECRET}).send(PAYLOAD, delivery(url))
    assert isinstance(result, Failed)
    assert "127.0.0.1" in result.cause
    assert "FORMROUTE_ALLOW_NETWORKS" in result.fix
    assert posted == []


def test_plain_http_to_the_outside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_options: found)
    result = Webhook(ENVIRONMENT).send(PAYLOAD, delivery("http://example.org/intake"))
    assert isinstance(result, Failed)
    assert "https" in result.fix


@contextlib.contextmanager
def tls_server(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def behave(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            answer("HTTP/1.1 200 OK\r\n\r\n")(secure)

    with ScriptedServer(behave) as server:
        yield server.port


def test_a_certificate_that_is_trusted_is_taken(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_server(certificate) as port:
        result = Webhook(ENVIRONMENT).send(PAYLOAD, delivery(f"https://localhost:{port}/"))
    assert result == Sent("HTTP 200")


@pytest.mark.parametrize(
    ("host", "trusted"), [("localhost", False), ("127.0.0.1", True)], ids=["unknown", "other name"]
)
def test_a_certificate_that_is_not_is_a_failure(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, trusted: bool
) -> None:
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_server(certificate) as port:
        result = Webhook(ENVIRONMENT).send(PAYLOAD, delivery(f"https://{host}:{port}/"))
    assert isinstance(result, Failed)
    assert "certificate" in result.cause.lower()
