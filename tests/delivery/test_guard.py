"""A webhook cannot be turned inward: only public addresses, and networks that the operator allows."""

import base64
import ipaddress
import socket
from datetime import UTC, datetime

import pytest

from formroute.delivery import Failed, Webhook
from formroute.delivery.deadline import Deadline, RefusedAddressError, connect
from formroute.delivery.guard import Guard
from formroute.delivery.result import NotConfiguredError
from formroute.records import Destination
from formroute.store import Delivery, State

INWARD = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3",
    "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.2.1", "192.168.0.1",
    "192.168.255.254", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:c0a8:1::1", "fc00::1", "fd00::1", "fd12:3456:789a::1", "fe80::1",
    "fec0::1", "ff02::1", "ff0e::1", "5f00::1", "10.10.10.10", "100.100.100.200", "127.255.255.255", "169.254.170.2",
    "172.20.1.1", "192.0.0.170", "192.168.1.1", "198.19.255.255", "224.0.0.251", "255.255.255.254",
    "::ffff:192.168.0.1", "::ffff:100.64.0.1", "64:ff9b::a00:1", "fd00:ec2::254", "fe80::a9fe:a9fe",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "192.169.0.1", "2606:4700:4700::1111", "2a00:1450::1"]


@pytest.mark.parametrize("address", INWARD)
def test_an_inward_address_is_refused(address: str) -> None:
    assert not Guard()(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_not(address: str) -> None:
    assert Guard()(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("allowed", "address", "may"),
    [
        ("10.1.0.0/16", "10.1.2.3", True),
        ("10.1.0.0/16", "10.2.2.3", False),
        ("10.1.0.0/16, fd00::/8", "fd00::1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("", "127.0.0.1", False),
    ],
)
def test_the_operator_can_allow_networks(allowed: str, address: str, may: bool) -> None:
    assert Guard.from_environment({"FORMROUTE_ALLOW_NETWORKS": allowed})(ipaddress.ip_address(address)) is may


@pytest.mark.parametrize("allowed", ["all", "10.0.0.1/8", "10.0.0.0/99", "example.org"])
def test_a_network_that_cannot_be_read_is_told(allowed: str) -> None:
    with pytest.raises(NotConfiguredError, match="FORMROUTE_ALLOW_NETWORKS"):
        Guard.from_environment({"FORMROUTE_ALLOW_NETWORKS": allowed})


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1", "::ffff:127.0.0.1", "0"],
)
def test_no_way_of_writing_it_leads_inward(host: str) -> None:
    refused = pytest.raises((RefusedAddressError, socket.gaierror))
    with socket.create_server(("127.0.0.1", 0)) as server, Deadline(5) as deadline, refused:
        connect(host, server.getsockname()[1], deadline, Guard())


def test_the_address_that_was_judged_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time it is asked is asked once."""
    answers = iter(["127.0.0.1", "127.0.0.2"])
    judged = []

    def resolve(_host: str, port: int, **_options: object) -> list:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with socket.create_server(("127.0.0.1", 0)) as server, Deadline(5) as deadline:
        connection = connect(
            "example.org", server.getsockname()[1], deadline, lambda address: not judged.append(address)
        )
        with connection:
            assert connection.getpeername()[0] == "127.0.0.1" == str(judged[0])


def test_one_inward_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_options: found)
    with Deadline(5) as deadline, pytest.raises(RefusedAddressError, match=r"10\.0\.0\.1"):
        connect("example.org", 443, deadline, Guard())


def test_sixty_targets_are_refused_at_connect_by_the_webhook_itself() -> None:
    """Each by its address, and by a name that leads to it; nothing is ever connected to."""
    assert len(set(INWARD)) >= 60
    secret = "whsec_" + base64.b64encode(bytes(32)).decode()
    for address in INWARD:
        host = f"[{address}]" if ":" in address else address
        destination = Destination("streets", "webhook", {"url": f"https://{host}/intake", "secret_env": "SECRET"})
        moment = datetime(2026, 3, 7, tzinfo=UTC)
        delivery = Delivery(1, "key", "WPG-1", destination, "address", State.PENDING, 1, moment, moment)
        result = Webhook({"SECRET": secret}).send(b"{}", delivery)
        assert isinstance(result, Failed), address
        assert "where nothing may be sent" in result.cause, address


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1"])
def test_a_name_that_is_rebound_between_two_tries_is_refused_on_the_second(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    judged = Guard()
    assert judged(ipaddress.ip_address("93.184.216.34"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given, **_options: found)
    with Deadline(5) as deadline, pytest.raises(RefusedAddressError):
        connect("example.org", 443, deadline, judged)
