"""The difference of two versions beside both, for telling it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from formroute.catalog import Catalog
from formroute.cli.revision import Version
from formroute.problems import Mark
from formroute.review.difference import Difference, Region, Shift
from formroute.review.renamed import renamed_departments
from formroute.review.replay import Held, Move, Replay
from formroute.review.retimed import Retimed
from formroute.review.together import Together, together
from formroute.routing.changes.rows import Outcome


@dataclass
class Report:
    """What changed from `old` to `new`, and from the day `on`; with past submissions. Places are those of versions."""

    former: Version
    version: Version
    difference: Difference
    old: Catalog
    new: Catalog
    on: date
    replay: Replay | None = None

    @property
    def is_harmless(self) -> bool:
        """Whether nobody has to look at it."""
        return self.difference.is_harmless and not any(True for _ in self.unforeseen())

    @cached_property
    def changes(self) -> Sequence[Together]:
        """Each change once, for all forms of which it is to be said, with its places."""
        return [
            replace(each, places=tuple(self.version.mark(self.former.mark(mark)) for mark in each.places))
            for each in together(self.difference.changes)
        ]

    @cached_property
    def renamed(self) -> Sequence[Shift]:
        """What comes to the same department under another name, and fares the same besides."""
        names = renamed_departments(self.old, self.new)
        moving = [each for each in self.difference.shifts if not each.along and each.old.send_to in names]
        return [each for each in moving if replace(each.old, send_to=names[str(each.old.send_to)]) == each.new]

    @property
    def shifts(self) -> Sequence[Shift]:
        """What else fares otherwise."""
        return [each for each in self.difference.shifts if each not in self.renamed]

    def table(self, form: str) -> Mark:
        """Where the table stands that decides a form."""
        return self.version.mark(self.new.router.plans[form].decides.place["table"].mark)

    def past(self, shift: Shift, regions: Sequence[Region]) -> tuple[str, ...]:
        """The references of past submissions that go this way from the one route to the other."""
        moved = self.replay.moved if self.replay else {}
        return tuple(one for region in regions for one in moved.get(_move(shift, region), ()))

    def held(self, each: Retimed) -> Held:
        """The references of past submissions for which something holds otherwise than when they came in."""
        return self.replay.retimed[each] if self.replay else Held([], [])

    def unforeseen(self) -> Iterator[tuple[Move, tuple[str, ...]]]:
        """Past submissions that move though no region says so, such as those that the form refuses by now."""
        shifts = *self.difference.shifts, *self.difference.past_shifts
        known = {_move(shift, region) for shift in shifts for region in shift.regions}
        return (
            (move, found) for move, found in (self.replay.moved if self.replay else {}).items() if move not in known
        )

    def outcome(self, outcome: Outcome, catalog: Catalog) -> str:
        """`Street lights, urgent, 2 days`."""
        known = catalog.departments.get(outcome.send_to or "")
        name = known.name.inside(self.new.languages[0]) if known else outcome.send_to or "nobody"
        within = outcome.respond_within.in_words("en") if outcome.respond_within else None
        return ", ".join(filter(None, (name, outcome.priority, within)))

    def way(self, old: Outcome, new: Outcome, *, along: bool = False) -> str:
        """What becomes of submissions that came to one outcome and come to another, as a clause."""
        if along:
            return f"with other copies, tags, values or notices at {self.outcome(new, self.new)}"
        if old == new:
            return f"due at another moment at {self.outcome(new, self.new)}"
        before, after = self.outcome(old, self.old), self.outcome(new, self.new)
        if before == after and old.send_to != new.send_to:
            return f"from `{old.send_to}` to `{new.send_to}`, both {after}"
        return f"from {before} to {after}"


def _move(shift: Shift, region: Region) -> Move:
    return Move(shift.form, shift.old, shift.new, region.old_route, region.new_route)
