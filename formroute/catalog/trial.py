"""The tests that authors write into forms and tables, run as a resident's submission would run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from formroute.catalog.catalog import Catalog
from formroute.conditions import Moment
from formroute.forms import Checked, Form, FormTest, Sketch
from formroute.forms.trial import foreseen, impossible_acts, misnamed, posted, try_form_test
from formroute.problems import Problem
from formroute.records import Decision
from formroute.routing import TableTest, try_test

# When a case is sent that does not say when: a Wednesday at noon. A case never depends on the day on which it is run.
NOON = datetime(2026, 6, 3, 12)


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that was run: what the form said, what was decided (None where nothing was), and what is wrong."""

    test: FormTest | TableTest
    form: Form
    checked: Checked
    moment: Moment
    decision: Decision | None
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether it came out as its author expects."""
        return not self.problems


def run_tests(catalog: Catalog) -> Iterator[Trial]:
    """Every test of every form and table, each by the clock that it names, or at noon of one and the same day."""
    for form in catalog.forms.values():
        yield from (run_form_test(catalog, form, test) for test in form.tests)
    yield from (run_table_test(catalog, test) for test in catalog.router.tests if test.form in catalog.router.plans)


def read_tests(
    sketches: Mapping[str, Sketch], doubtful: Mapping[str, Sketch], untried: Iterable[TableTest], zone: tzinfo
) -> Iterator[Problem]:
    """What is wrong with the tests that cannot be run yet, for mistakes in what they rest on, whatever becomes of it.

    These are those of the `doubtful` forms among all `sketches`, and the `untried` ones of tables.
    """
    for name, sketch in doubtful.items():
        for test in () if sketch.form is None else sketch.form.tests:
            moment = Moment((test.now or NOON).replace(tzinfo=zone), {"form": name})
            yield from foreseen(sketch, test.answers, test.place["answers"], moment)
            yield from misnamed(sketch, test)
    for one in untried:
        moment = Moment(one.received or NOON.replace(tzinfo=zone), {"form": one.form})
        yield from foreseen(sketches[one.form], one.answers, one.place["answers"], moment)


def run_form_test(catalog: Catalog, form: Form, test: FormTest) -> Trial:
    """One test of a form."""
    now = (test.now or NOON).replace(tzinfo=form.zone)
    checked, found = try_form_test(form, test, now)
    facts = {"form": form.id, "channel": "web", "language": catalog.languages[0]}
    return Trial(test, form, checked, Moment(now, facts), None, tuple(found))


def run_table_test(catalog: Catalog, test: TableTest) -> Trial:
    """One test of a table."""
    form = catalog.forms[test.form]
    received = test.received or NOON.replace(tzinfo=catalog.zone)
    checked = form.check(posted(form, test.answers), now=received, channel=test.channel, language=test.language)
    submission = catalog.submission(
        test.form, checked.answers, received=received, channel=test.channel, language=test.language
    )
    moment = catalog.moment(submission)
    if impossible := impossible_acts(form, test.answers, checked, test.place["answers"]):
        return Trial(test, form, checked, moment, None, tuple(impossible))
    wrong = try_test(catalog.router, test, submission, moment, checked.stopped)
    decision = catalog.decision(submission) if checked.stopped is None else None
    return Trial(test, form, checked, moment, decision, () if wrong is None else (wrong,))
