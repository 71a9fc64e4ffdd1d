"""What tests should try: every route, every choice, every condition both ways, every message."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from typing_extensions import override

from formroute.catalog import Catalog, Trial
from formroute.conditions import ALWAYS, All, Condition, ManyOf, Not, Question, Test
from formroute.conditions.axes.aspects import Axis, Includes, Value
from formroute.conditions.axes.sets import Values
from formroute.definitions import Place
from formroute.forms import Check, Field, FieldError, Form, FormTest, Page
from formroute.problems import Mark
from formroute.review.way import looked_at, made, shown, stops_before
from formroute.routing import TableTest
from formroute.routing.deciding.table import Route, Table


@dataclass(frozen=True, slots=True)
class Aim(ABC):
    """One thing that some test should try; those of one `key` are the same thing, met through different forms."""

    sort: ClassVar[str]

    place: Place

    @property
    @abstractmethod
    def what(self) -> str:
        """What no test does, as a clause."""

    @property
    @abstractmethod
    def title(self) -> str:
        """The sentence that names a test of it."""

    @abstractmethod
    def is_met_by(self, trial: Trial) -> bool:
        """Whether a test that came out as expected tries it."""

    @property
    def key(self) -> tuple[Mark, str]:
        """What it is, wherever it was found."""
        return self.place.mark, self.what


@dataclass(frozen=True, slots=True)
class RouteAim(Aim):
    """That a route wins, or adds, in a test of its own table."""

    sort: ClassVar[str] = "route"

    table: Table
    route: Route

    @property
    @override
    def what(self) -> str:
        return f"the route `{self.route.name}` {'wins' if self.table.decides else 'is met'}"

    @property
    @override
    def title(self) -> str:
        return f"{self.route.name} {'wins' if self.table.decides else 'is met'}"

    @override
    def is_met_by(self, trial: Trial) -> bool:
        if trial.decision is None or not isinstance(trial.test, TableTest) or trial.test.table != self.table.name:
            return False
        steps = ((step.table, step.route) for step in trial.decision.trace if step.met)
        return (self.table.name, self.route.name) in steps


@dataclass(frozen=True, slots=True)
class ChoiceAim(Aim):
    """That a choice of a form is chosen."""

    sort: ClassVar[str] = "choice"

    form: Form
    question: Question
    choice: str

    @property
    @override
    def what(self) -> str:
        return f"`{self.choice}` is chosen for `{self.question.name}`"

    @property
    @override
    def title(self) -> str:
        return f"{self.question.name} is {self.choice}"

    @override
    def is_met_by(self, trial: Trial) -> bool:
        given = trial.checked.answers.get(self.question.name)
        return trial.form is self.form and (self.choice in given if isinstance(given, tuple) else self.choice == given)

    @property
    def condition(self) -> Condition:
        """The test that it is chosen."""
        many = isinstance(self.question.domain, ManyOf)
        axis = Axis(self.question.name, Includes(self.choice) if many else Value())
        return Test(axis, Values.of(True if many else self.choice))


@dataclass(frozen=True, slots=True)
class ShowingAim(Aim):
    """That a question, a notice or a whole page shows, or that it does not."""

    sort: ClassVar[str] = "condition"

    form: Form
    page: Page
    field: Field | None
    shows: bool

    @property
    def name(self) -> str:
        """The field or the page."""
        return self.field.name if self.field else self.page.id

    @property
    @override
    def what(self) -> str:
        thing = f"`{self.name}`" if self.field else f"the page `{self.name}`"
        return f"{thing} {'shows' if self.shows else 'stays hidden'}"

    @property
    @override
    def title(self) -> str:
        return f"{self.name} {'shows' if self.shows else 'stays hidden'}"

    @property
    def condition(self) -> Condition:
        """What its author wrote under `show_when`."""
        return self.field.visible if self.field else self.page.visible

    @property
    def names(self) -> tuple[str, ...]:
        """The fields by which it is seen to show or not."""
        return (self.field.name,) if self.field else tuple(field.name for field in self.page.fields)

    @property
    def before(self) -> tuple[Condition, ...]:
        """What must hold for the form to come so far."""
        return (*stops_before(self.form, self.names[0]), *((self.page.visible,) if self.field else ()))

    @override
    def is_met_by(self, trial: Trial) -> bool:
        """A condition on an answer that the test leaves out, or that is refused, is not tried by it."""
        blank = {error.field for error in trial.checked.errors if error.code != "check"}
        if trial.form is not self.form or self.condition.fields & blank:
            return False
        if self.shows:
            return not trial.checked.showing.isdisjoint(self.names)
        answers, moment = trial.checked.answers, trial.moment
        return not self.condition.holds(answers, moment) and all(one.holds(answers, moment) for one in self.before)


@dataclass(frozen=True, slots=True)
class CheckAim(Aim):
    """That a check across answers passes, or that it fails and its message is seen."""

    sort: ClassVar[str] = "message"

    form: Form
    check: Check
    passes: bool

    @property
    @override
    def what(self) -> str:
        return f"the check at `{self.check.at}` {'passes' if self.passes else 'fails, and its message is seen'}"

    @property
    @override
    def title(self) -> str:
        return f"the check at {self.check.at} {'passes' if self.passes else 'fails'}"

    @override
    def is_met_by(self, trial: Trial) -> bool:
        """Its message counts only where a test expects it."""
        checked, at = trial.checked, self.check.at
        if trial.form is not self.form or checked.stopped is not None or at not in checked.showing:
            return False
        if not self.passes:
            return at in _expected(trial) and any(said.message is self.check.message for said in _said(trial))
        later = [id(check.message) for check in self.form.checks[self.form.checks.index(self.check) :]]
        refused = {error.field for error in checked.errors if id(error.message) not in later}
        return not looked_at(self.check) & refused and self.check.require.holds(checked.answers, trial.moment)

    @property
    def condition(self) -> Condition:
        """The check is made, and holds or does not."""
        holds = self.check.require if self.passes else Not(self.check.require)
        return All((holds, *made(self.form, self.check)))


@dataclass(frozen=True, slots=True)
class MessageAim(Aim):
    """That an author's own text about a wrong answer is seen; `sort_of_error` is its key under `errors`."""

    sort: ClassVar[str] = "message"

    form: Form
    page: Page
    field: Field
    sort_of_error: str

    @property
    @override
    def what(self) -> str:
        return f"the message `{self.sort_of_error}` of `{self.field.name}` is seen"

    @property
    @override
    def title(self) -> str:
        return f"{self.field.name} is refused ({self.sort_of_error})"

    @override
    def is_met_by(self, trial: Trial) -> bool:
        text = self.field.errors[self.sort_of_error]
        expected = trial.form is self.form and self.field.name in _expected(trial)
        return expected and any(said.field == self.field.name and said.message is text for said in _said(trial))

    @property
    def condition(self) -> Condition:
        """The field shows."""
        return All((*shown(self.form, self.field.name), *stops_before(self.form, self.field.name)))


def _expected(trial: Trial) -> tuple[str, ...]:
    """The fields at which a test of a form expects an error or a warning."""
    expect = trial.test.expect if isinstance(trial.test, FormTest) else None
    return (*(expect.errors or ()), *(expect.warns or ())) if expect else ()


def _said(trial: Trial) -> tuple[FieldError, ...]:
    return (*trial.checked.errors, *trial.checked.warnings)


def aims_of(catalog: Catalog) -> Iterator[Aim]:
    """Everything that the tests of a catalogue should try, routes first."""
    for table in catalog.router.tables.values():
        yield from (RouteAim(route.place["route"], table, route) for route in table.routes)
    for form in catalog.forms.values():
        yield from _showing(form)
        yield from _checks(form)
        yield from _messages(form)
    for form in catalog.forms.values():
        yield from _choices(form)


def _showing(form: Form) -> Iterator[Aim]:
    for page in form.pages:
        for field in (None, *page.fields):
            written = page if field is None else field
            if written.visible is not ALWAYS:
                place = written.place["show_when"]
                yield from (ShowingAim(place, form, page, field, shows) for shows in (True, False))


def _checks(form: Form) -> Iterator[Aim]:
    for check in form.checks:
        yield CheckAim(check.place["require"], form, check, passes=True)
        yield CheckAim(check.place["message"], form, check, passes=False)


def _messages(form: Form) -> Iterator[Aim]:
    """The texts under `errors` that a wrong answer can bring about."""
    for page in form.pages:
        for field in page.fields:
            for sort in field.errors:
                if sort != "required" or field.required:
                    yield MessageAim(field.place["errors"][sort], form, page, field, sort)


def _choices(form: Form) -> Iterator[Aim]:
    """Choices that are written in the form itself; a list from a file is looked up, not told apart."""
    for name, field in form.fields.items():
        plain, place = field.place.plain().get("choices"), field.place["choices"]
        if not isinstance(plain, dict | list):
            continue
        for number, choice in enumerate(field.definition.choices):
            at = place.key(choice) if isinstance(plain, dict) else place[number]
            yield ChoiceAim(at, form, form.scope[name], choice)
