"""The tests that authors write into route files, run as a resident's submission would run."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.catalog.catalog import Catalog
from formroute.forms import Checked, Form
from formroute.forms.trial import posted, unknown_answers
from formroute.problems import Problem
from formroute.routing import TableTest, try_test


def run_table_tests(catalog: Catalog) -> Iterator[Problem]:
    """Every test of every table that fails, or that does what no resident could do."""
    for test in catalog.router.tests:
        form = catalog.forms[test.form]
        place = test.place["answers"]
        if unknown := unknown_answers(form, test.answers, place):
            yield from unknown
            continue
        checked = form.check(
            posted(form, test.answers), now=test.received, channel=test.channel, language=test.language
        )
        if impossible := list(_impossible(form, test, checked)):
            yield from impossible
            continue
        submission = catalog.submission(
            test.form, checked.answers, received=test.received, channel=test.channel, language=test.language
        )
        wrong = try_test(catalog.router, test, submission, catalog.moment(submission), checked.stopped)
        if wrong is not None:
            yield wrong


def _impossible(form: Form, test: TableTest, checked: Checked) -> Iterator[Problem]:
    """Answers that the form refuses, or that it never asks for after the others."""
    place = test.place["answers"]
    for error in checked.errors:
        if error.field in test.answers:
            yield place[error.field].problem("G509", field=error.field, reason=error.say(form.languages[0]))
    for name in test.answers.keys() - checked.showing:
        yield place.key(name).problem("G510", field=name)
