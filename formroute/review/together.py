"""Changes of which the same is to be said, such as those of a block that many forms use, told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formroute.problems import Mark
from formroute.review.change import Change


@dataclass(frozen=True, slots=True)
class Together:
    """One sentence on all its `subjects`, and the places where what it tells was written."""

    change: Change
    subjects: tuple[str, ...]
    places: tuple[Mark, ...]


def together(changes: Iterable[Change]) -> tuple[Together, ...]:
    """Changes in their order, each at the first that says the same of the same audience."""
    found: dict[tuple[str, str, str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.audience, change.what, change.safety, change.fix), []).append(change)
    return tuple(
        Together(
            same[0],
            tuple(dict.fromkeys(one.subject for one in same)),
            tuple(dict.fromkeys(one.place for one in same if one.place is not None)),
        )
        for same in found.values()
    )
