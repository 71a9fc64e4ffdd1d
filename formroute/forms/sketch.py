"""A form as far as it can be read: what the rest of a catalogue is checked against while there are mistakes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formroute.definitions import Place
from formroute.forms.field import Field
from formroute.forms.form import Form


@dataclass(frozen=True, slots=True)
class Sketch:
    """`form` has what could be read, with an unclear question for each that could not; None where that is too little.

    It is `whole` when there was no mistake, and `closed` when its questions are all known by their names. `place` is
    that of the file.
    """

    place: Place
    form: Form | None = None
    whole: bool = False
    closed: bool = False

    @property
    def finished(self) -> Form | None:
        """The form, fit for use; None when there was a mistake."""
        return self.form if self.whole else None

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its questions as far as they can be read."""
        return {} if self.form is None else self.form.fields

    @property
    def unclear(self) -> list[str]:
        """The questions of which no more is known than their names."""
        scope = {} if self.form is None else self.form.scope
        return [name for name, question in scope.items() if question.is_unclear]

    def supposes(self, name: str) -> bool:
        """Whether there may be a question of this name of which nothing is known."""
        if name not in self.fields and not self.closed:
            return True
        return not {name, name.partition(".")[0]}.isdisjoint(self.unclear)
