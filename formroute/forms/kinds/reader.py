"""How an answer is read: as a canonical value, or as the reason why it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from formroute.conditions import Moment
from formroute.records import NOTHING

Reader = Callable[[Any, Moment], object]
"""Takes what was given, never blank, and the moment of answering: a canonical answer, None for none, or a `Refusal`.

It never raises, whatever was given.
"""


class Refusal(NamedTuple):
    """Why an answer is not taken: a code for machines, an English sentence, and the values that stand in it."""

    code: str
    message: str
    values: Mapping[str, object] = NOTHING


def refused(code: str, message: str, **values: object) -> Refusal:
    """What a reader gives in place of an answer; `message` is an English sentence for `messages.say`."""
    return Refusal(code, message, values)
