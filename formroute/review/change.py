"""One thing that is otherwise in a new version of a catalogue, as a sentence."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from formroute.definitions import Place, Text

_ALIKE = 0.6
_LONGEST = 120


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
    place: Place | None = None
    safety: Safety = Safety.SAFE
    fix: str = ""


def pairs_alike(
    gone: Mapping[str, str], new: Mapping[str, str], sorts: Mapping[str, object] | None = None
) -> dict[str, str]:
    """For each name that is gone the new name that it most likely has, by what is said of both; each used once.

    With `sorts`, only names of one sort are taken for each other.
    """
    found: dict[str, str] = {}
    for _, one, other in sorted(_likes(gone, new, sorts or {}), key=lambda like: (-like[0], like[1:])):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _likes(
    gone: Mapping[str, str], new: Mapping[str, str], sorts: Mapping[str, object]
) -> Iterator[tuple[float, str, str]]:
    """How alike each pair is, from 0 to 1, where that is enough; what reads the same is the same."""
    for (one, said), (other, told) in itertools.product(gone.items(), new.items()):
        ratio = 1.0 if said == told else difflib.SequenceMatcher(None, f"{one} {said}", f"{other} {told}").ratio()
        if ratio >= _ALIKE and sorts.get(one) == sorts.get(other):
            yield ratio, one, other


def reworded(old: Text | None, new: Text | None) -> Iterable[str]:
    """How a text differs, a clause for each language: `“Road” now reads “Street” (en)`."""
    before, after = (dict(text.translations) if text else {} for text in (old, new))
    for language in dict.fromkeys((*before, *after)):
        one, other = before.get(language), after.get(language)
        if one != other:
            now = f"now reads {quoted(other)}" if other else "is gone"
            yield f"{quoted(one)} {now} ({language})" if one else f"{quoted(other or '')} is added ({language})"


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    plain = " ".join(text.split())
    return f"“{plain[:_LONGEST].rstrip()}…”" if len(plain) > _LONGEST else f"“{plain}”"
