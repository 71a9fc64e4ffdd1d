"""To the department desk that is built in: its page reads the store, so the submission is there already."""

from __future__ import annotations

from formroute.delivery.message import Message
from formroute.delivery.result import Result, Sent
from formroute.store import Delivery


class Desk:
    """The handler `desk`."""

    def render(self, message: Message, delivery: Delivery) -> bytes:  # noqa: ARG002
        """Nothing is sent."""
        return b""

    def send(self, payload: bytes, delivery: Delivery) -> Result:  # noqa: ARG002
        """It has arrived."""
        return Sent("on the desk")
