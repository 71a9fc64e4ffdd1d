"""How often one address may do what costs something: read drafts, send, upload, guess."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from flask import Blueprint, Request, request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from formroute.web.counts import Counts

MEMORY = "memory://"
HOME = 64
"""Bits of an IPv6 address that one connection has to itself (RFC 6177)."""

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "send": "60 per hour",
        "draft": "1200 per hour",
        "upload": "200 per hour",
        "desk": "20 per 15 minutes",
        "status": "120 per minute",
        "letter": "10 per hour",
    }
)
"""What an address may do by default; sending, drafts and uploads are counted for each form."""

_OF_EACH_FORM = ("send", "draft", "upload")
"""What is counted for each form; a letter asked for in one form is one less in all others."""

_MEASURED: Mapping[tuple[str, str], str] = {
    ("POST", "send"): "send",
    ("POST", "api_submit"): "send",
    ("POST", "answer"): "draft",
    ("POST", "showing"): "draft",
    ("POST", "api_upload"): "upload",
    ("POST", "desk_enter"): "desk",
    ("GET", "status"): "status",
    ("GET", "back"): "status",
    ("POST", "later_send"): "letter",
    ("GET", "receipt"): "status",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """`measures` are texts such as `60 per hour`; what is left out is not limited.

    `storage` is where counts are kept, as the library `limits` names it: each process for itself unless it
    is a server, such as `redis://localhost`. A page that is sent within `least_seconds` after it was shown is shown
    again, as a program would be quicker than a person.
    """

    measures: Mapping[str, str] = field(default_factory=lambda: MEASURES)
    storage: str = MEMORY
    least_seconds: int = 2


NO_LIMITS = Limits({}, least_seconds=0)
"""For tests, and for a site that limits elsewhere."""


def limit(blueprint: Blueprint, limits: Limits, forms: Container[str]) -> None:
    """Refuse with 429 what goes over the measures; what is asked of other than these `forms` is counted together."""
    measures: dict[str, RateLimitItem] = {name: parse(measure) for name, measure in limits.measures.items()}
    counter = _counter(limits.storage, measures.values())

    @blueprint.before_request
    def count() -> None:
        name = _MEASURED.get((request.method, (request.endpoint or "").rpartition(".")[2]), "")
        measure = measures.get(name)
        if measure is None:
            return
        form = (request.view_args or {}).get("form_id", "") if name in _OF_EACH_FORM else ""
        key = (name, form if form in forms else "", who(request))
        if not counter.hit(measure, *key):
            reset = counter.get_window_stats(measure, *key).reset_time
            raise TooManyRequests(retry_after=max(1, math.ceil(reset - time.time())))


def _counter(storage: str, measures: Iterable[RateLimitItem]) -> MovingWindowRateLimiter | Counts:
    if storage == MEMORY:
        return Counts(max((measure.get_expiry() for measure in measures), default=0))
    return MovingWindowRateLimiter(storage_from_string(storage))


def who(request: Request) -> str:
    """The address that is counted: of IPv6 the part that belongs to one connection.

    It is the other end of the connection; a site behind a proxy says so with werkzeug's ProxyFix.
    """
    try:
        address = ipaddress.ip_address((request.remote_addr or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.IPv6Network((address, HOME), strict=False))
    return str(address)
