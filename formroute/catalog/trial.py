"""The tests that authors write into route files, run as a resident's submission would run."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.catalog.catalog import Catalog
from formroute.forms import Checked, Form
from formroute.forms.trial import posted, refused_answers, unknown_answers
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
    refused = list(refused_answers(form, test.answers, checked, place))
    yield from refused
    hidden = [] if refused else [name for name in test.answers if name not in checked.showing]
    for name in hidden:
        yield place.key(name).problem("G510", field=name)
