"""How much of a catalogue its tests try."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formroute.catalog import Catalog, Trial
from formroute.review.aims import Aim, aims_of
from formroute.review.finding import Finder

SORTS = ("route", "condition", "message", "choice")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What tests try and what they do not.

    Each of `untried` is a list of aims that are one thing, reached through one form or another; what no
    answers can bring about is not counted. `tried` and `total` count by sort.
    """

    untried: tuple[tuple[Aim, ...], ...]
    tried: Mapping[str, int]
    total: Mapping[str, int]


def measure(catalog: Catalog, trials: Iterable[Trial]) -> Coverage:
    """What of a catalogue is tried by those trials that came out as expected."""
    passed = [trial for trial in trials if trial.passed]
    finder = Finder(catalog)
    tried, total, untried = dict.fromkeys(SORTS, 0), dict.fromkeys(SORTS, 0), []
    for aims in grouped(aims_of(catalog)):
        met = any(aim.is_met_by(trial) for aim in aims for trial in passed)
        possible = aims if met else tuple(aim for aim in aims if finder.may_be(aim))
        tried[aims[0].sort] += met
        total[aims[0].sort] += bool(possible)
        if possible and not met:
            untried.append(possible)
    return Coverage(tuple(untried), tried, total)


def grouped(aims: Iterable[Aim]) -> list[tuple[Aim, ...]]:
    """Aims that are one thing together, in the order in which they come."""
    groups: dict[object, list[Aim]] = {}
    for aim in aims:
        groups.setdefault(aim.key, []).append(aim)
    return [tuple(group) for group in groups.values()]
