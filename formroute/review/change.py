"""One thing that is otherwise in a new version of a catalogue, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from formroute.problems import Mark


class Safety(StrEnum):
    """What becomes of answers that were given before the change."""

    SAFE = "safe"
    NEEDS_WAS = "needs `was:`"
    LOSES = "loses answers"


@dataclass(frozen=True, slots=True)
class Change:
    """A change for residents or for departments, about a form, a table or a department.

    `place` is where it stands in the new version; in the old one, where it is there no more. `fix` is the line to
    write, where one line keeps the answers.
    """

    audience: Literal["residents", "departments"]
    subject: str
    what: str
    place: Mark | None = None
    safety: Safety = Safety.SAFE
    fix: str = ""
