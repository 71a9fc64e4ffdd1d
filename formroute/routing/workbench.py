"""What every step of compiling tables has at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from formroute.conditions import Question, facts
from formroute.definitions import Place, hint, suggest
from formroute.problems import Problem
from formroute.routing.department import Department
from formroute.routing.scope import FormScope, Joined, join
from formroute.routing.settings import RoutingSettings

_SORTS = {"R411": "form", "R412": "departments", "R443": "form"}


@dataclass(frozen=True, slots=True)
class Workbench:
    """What tables may name, and the list that takes what is wrong with them.

    `unread` are the sorts of documents (`form`, `table`, `departments`) of which some could not be read:
    of names that may stand in those, nothing is said.
    """

    departments: Mapping[str, Department]
    scopes: Mapping[str, FormScope]
    settings: RoutingSettings
    problems: list[Problem]
    unread: Collection[str] = ()

    def is_known(self, name: str, known: Iterable[str], place: Place, code: str, **values: object) -> bool:
        """Whether `name` is among `known`; reported as `code` at `place` when not."""
        names = list(known)
        if name not in names and _SORTS.get(code) not in self.unread:
            self.wrong(place, code, instead=suggest(name, names), name=name, hint=hint(name, names), **values)
        return name in names

    def wrong(self, place: Place, code: str, *, instead: str | None = None, **values: object) -> None:
        """Report the problem `code` at `place`."""
        self.problems.append(place.problem(code, instead=instead, **values))

    def join(self, forms: Iterable[str]) -> Joined:
        """The questions that a route for these forms may ask about, without the facts of a submission."""
        return join({form: self.scopes[form] for form in forms})

    def facts(self, forms: Iterable[str]) -> dict[str, Question]:
        """The facts of a submission of one of these forms."""
        titles = {form: self.scopes[form].title for form in forms}
        return facts(titles, self.settings.channels, self.settings.languages)

    def questions(self, form: str, others: Iterable[str] = ()) -> dict[str, Question]:
        """All that a submission of `form` answers: its questions, and its facts beside those of `others`."""
        return {**self.scopes[form].questions, **self.facts(dict.fromkeys([form, *others]))}
