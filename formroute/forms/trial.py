"""The tests that authors write into a form: answers in, what must come of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from formroute.definitions import Place, hint, suggest
from formroute.forms.checked import Checked
from formroute.forms.definition import ExpectDefinition, FormTestDefinition
from formroute.forms.form import Form
from formroute.forms.kinds.file import FileDefinition
from formroute.problems import Problem
from formroute.records import Upload


def posted(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a test as a resident's browser would post them: a file is told by its name alone."""
    return {name: _files(form, name, value) for name, value in answers.items()}


def unknown_answers(form: Form, answers: Mapping[str, Any], place: Place) -> list[Problem]:
    """A finding for each answer of a test that the form does not ask for."""
    asked = [name for name, field in form.fields.items() if field.kind.asks]
    return [
        place.key(name).problem("F207", instead=suggest(name, asked), field=name, hint=hint(name, asked))
        for name in answers
        if name not in asked
    ]


def refused_answers(form: Form, answers: Mapping[str, Any], checked: Checked, place: Place) -> Iterator[Problem]:
    """A finding for each answer of a test that the form refuses, with the choice that was probably meant."""
    for error in checked.errors:
        if error.field in answers:
            choices = getattr(form.fields[error.field].definition, "choices", None) or ()
            near = suggest(str(answers[error.field]), choices) if choices else None
            reason = error.say(form.languages[0]) + (f" Did you mean `{near}`?" if near else "")
            yield place[error.field].problem("G509", instead=near, field=error.field, reason=reason)


def run_form_tests(form: Form, tests: Sequence[FormTestDefinition], place: Place) -> list[Problem]:
    """Every test of a form that fails, at the place of its expectation; `place` is the form's."""
    problems: list[Problem] = []
    for number, test in enumerate(tests):
        here = place.at("tests", number)
        if unknown := unknown_answers(form, test.answers, here["answers"]):
            problems.extend(unknown)
            continue
        checked = form.check(posted(form, test.answers), now=_moment(test.now, form.zone))
        refused = list(refused_answers(form, test.answers, checked, here["answers"])) if not test.expect.errors else []
        if refused:
            problems.extend(refused)
        elif (found := _difference(checked, test)) is not None:
            values = {"test": test.test, "expected": _said(test.expect), "found": found}
            problems.append(here["expect"].problem("F216", **values))
    return problems


def _difference(checked: Checked, test: FormTestDefinition) -> str | None:
    """What came of it, when that is not what was expected; errors are compared where the test answered."""
    errors = sorted(error.field for error in checked.errors if error.field in test.answers or error.code == "check")
    if checked.stopped != test.expect.stops:
        return f"`{checked.stopped}` stops it" if checked.stopped else "nothing stops it"
    if test.expect.errors is not None and errors != sorted(test.expect.errors):
        return f"the errors are at {', '.join(errors)}" if errors else "there is no error"
    return None


def _said(expect: ExpectDefinition) -> str:
    parts = [f"that `{expect.stops}` stops it" if expect.stops else "that nothing stops it"]
    if expect.errors is not None:
        parts.append(f"errors at {', '.join(sorted(expect.errors)) or 'no field'}")
    return " and ".join(parts)


def _moment(written: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if written is None else written.replace(tzinfo=zone)


def _files(form: Form, name: str, value: Any) -> Any:
    field = form.fields.get(name)
    if field is None or not isinstance(field.definition, FileDefinition):
        return value
    names = value if isinstance(value, list) else [value]
    return [Upload(f"{number:022}", str(file), field.definition.media_types[0], 1) for number, file in enumerate(names)]
