"""What moved in a sequence of names, such as routes that are tried or questions that are asked one after another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MOST = 3  # that are told one by one


class Moved(NamedTuple):
    """A name that stands elsewhere now: before the name `then` of those that both versions have, None at the end."""

    name: str
    then: str | None


def moved(before: Sequence[str], after: Sequence[str]) -> list[Moved]:
    """The fewest names that changed their place among those that both have, in their order of now."""
    places = {name: number for number, name in enumerate(before)}
    shared = [name for name in after if name in places]
    stay = set(_rising([places[name] for name in shared]))
    following = [*shared, None][1:]
    return [Moved(name, then) for name, then in zip(shared, following, strict=True) if places[name] not in stay]


def told_in_order(before: Sequence[str], after: Sequence[str]) -> list[Moved] | None:
    """The names that moved, where these are few; None where so many did that nobody would read them."""
    found = moved(before, after)
    return found if len(found) <= _MOST else None


def _rising(numbers: Sequence[int]) -> Iterator[int]:
    """The longest rising sequence in numbers that are all different, last one first (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    for number in numbers:
        pile = bisect_left(tops, number)
        tops[pile : pile + 1] = [number]
        piles.append(pile)
    wanted = len(tops) - 1
    for number, pile in zip(reversed(numbers), reversed(piles), strict=True):
        if pile == wanted:
            yield number
            wanted -= 1
