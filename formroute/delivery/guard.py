"""Which addresses a webhook may lead to."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Self

from formroute.delivery.result import NotConfiguredError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ALLOW = "FORMROUTE_ALLOW_NETWORKS"
_TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class Guard:
    """Which addresses may be connected to: public ones, and the operator's networks when the operator says so."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Networks from FORMROUTE_ALLOW_NETWORKS, such as `10.1.0.0/16 fd00::/8`. Raises NotConfiguredError."""
        words = environment.get(ALLOW, "").replace(",", " ").split()
        try:
            return cls([ipaddress.ip_network(word) for word in words])
        except ValueError as error:
            raise NotConfiguredError(
                f"{ALLOW} cannot be read: {error}.", "Write networks such as 10.1.0.0/16."
            ) from None

    def __call__(self, address: Address) -> bool:
        """Whether a connection to `address` may be made."""
        return self.allowed(address) or is_public(address)

    def allowed(self, address: Address) -> bool:
        """Whether the operator named a network that `address` is in."""
        return any(address in network for network in self._allowed)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large, and so does every address hidden inside it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour or address.teredo or address.is_site_local:
            return False
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
