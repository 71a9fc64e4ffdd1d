"""The tests that are missing, ready to be pasted: each was run, and came out as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from formroute.catalog import Catalog, Trial
from formroute.catalog.trial import NOON, run_form_test, run_table_test
from formroute.conditions.telling.example import in_yaml
from formroute.definitions import Definition, Place, parse_source, read
from formroute.forms import FormTest
from formroute.forms.definition import FormTestDefinition
from formroute.forms.trial import posted
from formroute.problems import Problem
from formroute.records import NOTHING, Location
from formroute.review.aims import Aim, CheckAim, MessageAim, RouteAim, ShowingAim
from formroute.review.coverage import Coverage
from formroute.review.finding import Example, Finder
from formroute.review.wrong_answers import wrong_answers
from formroute.routing import TableTest
from formroute.routing.deciding.table import Table
from formroute.routing.deciding.trial import outcome
from formroute.routing.written.table import TestDefinition

D = TypeVar("D", bound=Definition)
_DECIDED = ("route", "send_to", "priority", "copy_to", "tags")
_ADDED = ("route", "copy_to", "tags")


@dataclass(frozen=True, slots=True)
class Case:
    """One test to be written below `tests:` in `file`, as the lines to paste."""

    file: str
    text: str
    trial: Trial


def suggest_cases(catalog: Catalog, coverage: Coverage) -> Iterator[Case]:
    """A test for everything that is untried, as few as come of trying one after the other.

    Nothing is suggested for what no example is found.
    """
    finder, cases = Finder(catalog), list[Case]()
    for aims in coverage.untried:
        tried = any(aim.is_met_by(case.trial) for aim in aims for case in cases)
        if not tried and (case := _case(catalog, aims, finder)):
            cases.append(case)
            yield case


def _case(catalog: Catalog, aims: tuple[Aim, ...], finder: Finder) -> Case | None:
    for aim in aims:
        for example in finder.examples(aim):
            writer = _Writer(catalog, aim, example)
            for case in writer.cases(example.table):
                if aim.is_met_by(case.trial):
                    return case
    return None


class _Writer:
    """One example on its way to a test: run once to see what comes of it, then written, read and run again."""

    def __init__(self, catalog: Catalog, aim: Aim, example: Example) -> None:
        self.catalog, self.aim = catalog, aim
        self.form, self.witness, self.moment = example.form, example.witness, example.witness.moment
        facts = {name: fact for name in ("channel", "language") if (fact := self.moment.facts.get(name))}
        self.facts: Mapping[str, str] = facts
        self.checked = self.form.check(self.witness.answers, now=self.moment.now, **facts)

    def cases(self, table: Table | None) -> Iterator[Case]:
        """Tests that come out as they say; of wrong answers several are tried."""
        found: Iterable[Case | None]
        if isinstance(self.aim, MessageAim):
            answers, name = self.checked_answers(), self.aim.field.name
            wrong = wrong_answers(self.form, self.aim.field, self.aim.sort_of_error, self.moment)
            found = (self.form_case({**answers, name: answer}) for answer in wrong)
        elif table is not None:
            found = [self.table_case(table)]
        else:
            found = [self.form_case(self.checked_answers())]
        yield from filter(None, found)

    def form_case(self, answers: Mapping[str, object]) -> Case | None:
        """A test of the form that expects what comes of the answers."""
        draft = self._form_test(answers, {})
        if draft is None:
            return None
        found = self._form_test(answers, self._came(draft[0]))
        if found is None:
            return None
        test, text = found
        trial = run_form_test(self.catalog, self.form, test)
        return Case(self.form.place.mark.file, text, trial) if trial.passed else None

    def _form_test(self, answers: Mapping[str, object], expect: Mapping[str, object]) -> tuple[FormTest, str] | None:
        text = self._written(answers, expect, "now")
        read_back = _read(FormTestDefinition, text)
        if read_back is None:
            return None
        definition, place = read_back
        return FormTest(definition.test, definition.answers, definition.now, definition.expect, place), text

    def _came(self, test: FormTest) -> dict[str, object]:
        """What a test of the form has to expect: what stops it, what is refused, and what the aim is about."""
        aim, checked = self.aim, self.form.check(posted(self.form, test.answers), now=self.moment.now)
        came: dict[str, object] = {}
        if checked.stopped is not None:
            came["stops"] = checked.stopped
        elif isinstance(aim, ShowingAim):
            seen = [name for name in aim.names if (name in checked.showing) == aim.shows]
            came |= {"shows" if aim.shows else "hides": seen[0]} if seen else {}
        if refused := test.errors(checked):
            came["errors"] = tuple(name for name in self.form.fields if name in refused)
        if isinstance(aim, CheckAim) and aim.check.warning:
            came["warns"] = tuple(dict.fromkeys(warning.field for warning in checked.warnings))
        return came

    def table_case(self, table: Table) -> Case | None:
        """A test of the table that expects what is decided; None when the example is not sent or leaves it open."""
        draft = self._table_test(table, {"stops": "none"})
        run = None if draft is None else run_table_test(self.catalog, draft[0])
        if draft is None or run is None or run.decision is None:
            return None
        came = outcome(self.catalog.router, draft[0], run.checked.answers, run.decision)
        keys = _DECIDED if table.decides else _ADDED
        expect = {key: value for key in keys if (value := getattr(came, key))}
        if isinstance(self.aim, RouteAim):
            expect["route"] = self.aim.route.name
        found = self._table_test(table, expect)
        if found is None:
            return None
        test, text = found
        trial = run_table_test(self.catalog, test)
        return Case(table.place.mark.file, text, trial) if trial.passed else None

    def _table_test(self, table: Table, expect: Mapping[str, object]) -> tuple[TableTest, str] | None:
        text = self._written(self.checked_answers(), expect, "received", {"form": self.form.id, **self.facts})
        read_back = _read(TestDefinition, text)
        if read_back is None:
            return None
        definition, place = read_back
        settings = self.catalog.router.settings
        return TableTest.of(definition, table.name, self.form.id, settings, place), text

    def checked_answers(self) -> dict[str, object]:
        """The answers that matter, as far as the form asks for them."""
        answers, asked = self.witness.answers, self.form.fields
        names = [name for name in asked if name in answers and name in self.checked.showing]
        return {name: answers[name] for name in names if asked[name].kind.asks}

    def _written(
        self, answers: Mapping[str, object], expect: Mapping[str, object], when: str, facts: Mapping[str, str] = NOTHING
    ) -> str:
        lines = [f"- test: {in_yaml(self.aim.title)}", *(f"  {name}: {fact}" for name, fact in facts.items())]
        now = self.moment.now.replace(tzinfo=None)
        if now != NOON or any(isinstance(answer, date) for answer in answers.values()):
            lines.append(f"  {when}: {now:%Y-%m-%d %H:%M}")
        pairs = ", ".join(f"{name}: {_posted(answer)}" for name, answer in answers.items())
        shown = ", ".join(f"{name}: {in_yaml(value)}" for name, value in expect.items())
        return "\n".join([*lines, f"  answers: {{{pairs}}}", f"  expect: {{{shown}}}"]) + "\n"


def _posted(answer: object) -> str:
    """An answer as a test has it."""
    match answer:
        case Location(address, None, None):
            return f"{{address: {in_yaml(address)}}}"
        case Location(address, latitude, longitude):
            return f"{{address: {in_yaml(address)}, latitude: {in_yaml(latitude)}, longitude: {in_yaml(longitude)}}}"
        case Mapping():
            return f"{{{', '.join(f'{name}: {_posted(one)}' for name, one in answer.items())}}}"
        case tuple() | list():
            return f"[{', '.join(map(_posted, answer))}]"
    return in_yaml(answer)


def _read(model: type[D], text: str) -> tuple[D, Place] | None:
    """A test as it stands in a file, alone in a list; None when it cannot be read."""
    problems: list[Problem] = []
    source = parse_source(text, "suggestion", problems)
    if source is None:
        return None
    place = Place.of(source)[0]
    definition = read(model, place, problems)
    return None if definition is None else (definition, place)
