"""What every way of delivering has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from formroute.delivery.message import Message
from formroute.delivery.result import Result
from formroute.store import Delivery


class Handler(Protocol):
    """One way to reach a department. Bytes are rendered once per delivery and sent on every try.

    Either method may raise NotConfiguredError, and OSError when the other side cannot be reached.
    """

    def render(self, message: Message, delivery: Delivery) -> bytes:
        """The bytes to send."""

    def send(self, payload: bytes, delivery: Delivery) -> Result:
        """Send them, within half a minute."""


@runtime_checkable
class Keeper(Protocol):
    """A handler that keeps copies of what it sent on this machine."""

    def forget(self, keys: Sequence[str]) -> None:
        """Remove the copies of the deliveries that have these keys."""
