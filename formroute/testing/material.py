"""What the answers to one form at one moment are drawn from, each made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from formroute.conditions import Moment
from formroute.forms import Check, Checked, Field, Form, Samples
from formroute.testing.witnesses import breaking, hints


class Material:
    """Strategies for the questions of a form, and answers that its proof finds."""

    def __init__(self, form: Form, moment: Moment) -> None:
        self.form, self.moment = form, moment
        self._answers: dict[tuple[int, frozenset[str]], st.SearchStrategy[Any]] = {}
        self._faults: dict[int, Mapping[str, st.SearchStrategy[Any]]] = {}

    @cached_property
    def hints(self) -> Sequence[Mapping[str, Any]]:
        """Answers by their boxes with which conditions hold that random answers seldom meet."""
        return hints(self.form, self.moment)

    @cached_property
    def breaking(self) -> Sequence[tuple[Check, Mapping[str, Any]]]:
        """Checks, with answers that break each."""
        return breaking(self.form, self.moment)

    def judged(self, raw: Mapping[str, Any]) -> Checked:
        """The judgement at the moment."""
        facts = self.moment.facts
        return self.form.check(raw, now=self.moment.now, channel=facts["channel"], language=facts["language"])

    def answers(self, item: Field, withheld: frozenset[str]) -> st.SearchStrategy[Any]:
        """The answers that a question can have while some choices are not offered."""
        key = id(item), withheld
        if key not in self._answers:
            definition = item.definition
            if withheld:
                left = {value: offer for value, offer in definition.choices.items() if value not in withheld}
                definition = definition.model_copy(update={"choices": left})
            made = samples_of(item).answers(st, definition, self.moment.now)
            self._answers[key] = st.nothing() if withheld and not definition.choices else made
        return self._answers[key]

    def faults(self, item: Field) -> Mapping[str, st.SearchStrategy[Any]]:
        """Raw answers that the kind of a question refuses, by the code of the error."""
        if id(item) not in self._faults:
            self._faults[id(item)] = samples_of(item).faults(st, item.definition, self.moment.now)
        return self._faults[id(item)]


def samples_of(item: Field) -> Samples:
    """The answers that the kind of a question has for tests. Raises ValueError for a kind that has none."""
    if item.kind.samples is None:
        raise ValueError(f"the kind `{item.kind.name}` has no `samples`, so nothing can be drawn for `{item.name}`")
    return item.kind.samples
