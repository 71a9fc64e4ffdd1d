"""What cannot be known of a catalogue before the mistakes in it are mended: told once, and not wherever it matters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from formroute.problems import Mark, Problem, listed, problem

_MOST_NAMED = 4


@dataclass(slots=True)
class Unknown:
    """Names in the order of finding; `files` could not be read, and the rest was read but not wholly judged.

    Of the forms that are `open` it is not known what else they ask, of the `unshown` ones whether all of it can show.
    For `deciding` tables it is not known whether each submission has a route, for `unproved` ones whether each of their
    routes can be met. The tests of `untried` forms and tables were not run. With `everything` nothing but the
    catalogue's own file was looked at.
    """

    files: list[str] = field(default_factory=list)
    everything: bool = False
    open: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    deciding: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)

    def told(self, mark: Mark) -> Iterator[Problem]:
        """The one note of all this, at the `mark` of the first mistake; nothing where all is known."""
        if what := "; ".join(self._parts()):
            yield problem("N611", mark, what=what)

    def _parts(self) -> Iterator[str]:
        if self.files:
            yield f"what else {_named(self.files)} says"
        if self.everything:
            yield "whether anything is wrong in the other files"
        if self.open:
            yield f"what else {_named(self.open)} asks"
        if self.unshown:
            yield f"whether every question of {_named(self.unshown)} can show"
        if self.deciding:
            yield f"whether every submission has a route in {_named(self.deciding)}"
        if self.unproved:
            yield f"whether every route of {_named(self.unproved)} can be met"
        if self.untried:
            yield f"what the tests of {_named(self.untried)} give"


def _named(names: Collection[str]) -> str:
    return listed(names, _MOST_NAMED)
