"""The examples that authors write into a form, and what is said when one comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from formroute.definitions import Place
from formroute.forms.checked import Checked
from formroute.forms.definition import ExpectDefinition
from formroute.problems import Problem


@dataclass(frozen=True, slots=True)
class FormTest:
    """One example: `answers` as posted at `now` (by the city's clocks; None where the author leaves it open).

    `place` is where it stands, with `answers` and `expect` below.
    """

    name: str
    answers: Mapping[str, Any]
    now: datetime | None
    expect: ExpectDefinition
    place: Place = field(compare=False, repr=False)

    def compare(self, checked: Checked, because: str) -> Problem | None:
        """What came out otherwise than expected; None when nothing did."""
        found = "; ".join(self._differences(checked))
        if not found:
            return None
        values = {"test": self.name, "expected": " and ".join(self._said()), "found": found, "because": because}
        return self.place["expect"].problem("F216", **values)

    def _differences(self, checked: Checked) -> Iterator[str]:
        """Errors are compared where the test answers, so that it may leave out what does not matter to it."""
        expect, errors = self.expect, self.errors(checked)
        if checked.stopped != expect.stops:
            yield f"`{checked.stopped}` stops it" if checked.stopped else "nothing stops it"
        if expect.errors is not None and errors != set(expect.errors):
            yield f"the errors are at {', '.join(sorted(errors))}" if errors else "there is no error"
        warned = {warning.field for warning in checked.warnings}
        if expect.warns is not None and warned != set(expect.warns):
            yield f"the warnings are at {', '.join(sorted(warned))}" if warned else "there is no warning"
        if absent := set(expect.shows) - checked.showing:
            yield f"{_named(absent)} stays hidden"
        if present := set(expect.hides) & checked.showing:
            yield f"{_named(present)} shows"

    def errors(self, checked: Checked) -> set[str]:
        """Where an error stands that this test is about."""
        return {error.field for error in checked.errors if error.field in self.answers or error.code == "check"}

    def _said(self) -> Iterator[str]:
        expect = self.expect
        yield f"that `{expect.stops}` stops it" if expect.stops else "that nothing stops it"
        if expect.errors is not None:
            yield f"errors at {', '.join(sorted(expect.errors)) or 'no question'}"
        if expect.warns is not None:
            yield f"warnings at {', '.join(sorted(expect.warns)) or 'no question'}"
        if expect.shows:
            yield f"to see {_named(expect.shows)}"
        if expect.hides:
            yield f"not to see {_named(expect.hides)}"


def _named(names: set[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
