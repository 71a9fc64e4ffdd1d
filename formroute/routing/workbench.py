"""What every step of compiling tables has at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from formroute.conditions import ORDINARY, Bounds, OneOf, Question, facts
from formroute.definitions import Place, Text, hint, suggest
from formroute.problems import Problem
from formroute.routing.department import Department
from formroute.routing.scope import FormScope, Joined, join
from formroute.routing.settings import RoutingSettings

_SORTS = {"R411": "form", "R412": "departments", "R443": "form"}


@dataclass(frozen=True, slots=True)
class Workbench:
    """What tables may name, and the list that takes what is wrong with them.

    `unread` are the sorts of documents (`form`, `table`, `departments`) of which some could not be read because of
    problems of their own: of names that may stand in those, nothing is said. A proof of one table ends at its `bounds`.
    """

    departments: Mapping[str, Department]
    scopes: Mapping[str, FormScope]
    settings: RoutingSettings
    problems: list[Problem]
    unread: Collection[str] = ()
    bounds: Bounds = ORDINARY

    def is_known(self, name: str, known: Collection[str], place: Place, code: str, **values: object) -> bool:
        """Whether `name` is among `known`; reported as `code` at `place` when not."""
        if name in known:
            return True
        if _SORTS.get(code) not in self.unread:
            near = self.meant(name, known, code)
            advice = f"Did you mean `{near}`?" if near else hint(name, known)
            self.wrong(place, code, instead=near, name=name, hint=advice, **values)
        return False

    def meant(self, name: str, known: Collection[str], code: str) -> str | None:
        """What `name` stands for among `known`: what residents read so, or else what is written nearly so."""
        titles: Mapping[str, Text | None] = {"R412": _names(self.departments), "R411": _titles(self.scopes)}.get(
            code, {}
        )
        named = {
            words.casefold(): id_ for id_, title in titles.items() if title for words in title.translations.values()
        }
        return named.get(name.strip().casefold()) or suggest(name, known)

    def are_whole(self, forms: Iterable[str]) -> bool:
        """Whether there is no mistake in any of these forms."""
        return all(self.scopes[form].whole for form in forms)

    def wrong(self, place: Place, code: str, *, instead: str | None = None, **values: object) -> None:
        """Report the problem `code` at `place`."""
        self.problems.append(place.problem(code, instead=instead, **values))

    def join(self, forms: Iterable[str]) -> Joined:
        """The questions that a route for these forms may ask about, without the facts of a submission."""
        return join({form: self.scopes[form] for form in forms})

    def facts(self, forms: Iterable[str]) -> dict[str, Question]:
        """The facts of a submission of one of these forms."""
        titles = {form: self.scopes[form].title for form in sorted(forms)}
        return facts(titles, self.settings.channels, self.settings.languages)

    def questions(self, form: str) -> dict[str, Question]:
        """All that a submission of `form` answers: its questions and its facts."""
        return {**self.scopes[form].questions, **self.facts([form])}


def _names(departments: Mapping[str, Department]) -> Mapping[str, Text | None]:
    return {name: department.name for name, department in departments.items()}


def _titles(scopes: Mapping[str, FormScope]) -> Mapping[str, Text | None]:
    return {name: scope.title for name, scope in scopes.items()}


def beginning_with(form: str, question: Question) -> Question:
    """The question which form it is, with this one first: a submission that is made up is one of it."""
    match question.domain:
        case OneOf(values) as domain:
            others = (value for value in values if value != form)
            return replace(question, domain=replace(domain, values=(form, *others)))
    return question
