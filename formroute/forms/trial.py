"""Trying an author's test as a resident would fill the form in: who does what nobody can do is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from formroute.conditions import Condition, Moment, why_not
from formroute.definitions import Place, hint, suggest, unknown
from formroute.forms.checked import Checked, FieldError
from formroute.forms.field import Field
from formroute.forms.files import with_files
from formroute.forms.form import Form
from formroute.forms.form_test import FormTest
from formroute.forms.judge import refusal_of
from formroute.forms.sketch import Sketch
from formroute.problems import Problem
from formroute.records import Upload


def posted(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a test as a resident's browser would post them: a file is told by its name alone."""
    return dict(with_files(form.fields.values(), answers, _files))


def try_form_test(form: Form, test: FormTest, now: datetime) -> tuple[Checked, list[Problem]]:
    """What the form says to the answers of a test at `now`, and what is wrong with the test."""
    checked = form.check(posted(form, test.answers), now=now)
    found = [
        *impossible_acts(form, test.answers, checked, test.place["answers"], refused=test.expect.errors),
        *_unknown_names(form, test),
    ]
    if not found and (failed := test.compare(checked, _because(form, test, checked, now))) is not None:
        found = [failed]
    return checked, found


def foreseen(sketch: Sketch, answers: Mapping[str, Any], place: Place, moment: Moment) -> Iterator[Problem]:
    """What no resident can do in a form with mistakes in it, whatever the rest of it will say."""
    form = sketch.form
    if form is None:
        return
    known = {name: value for name, value in answers.items() if not sketch.supposes(name)}
    yield from _never_asked(form, known, place)
    for name, raw in posted(form, known).items():
        if (field := form.fields.get(name)) is None:
            continue
        if (refusal := refusal_of(name, field.kind, field.definition, raw, moment)) is not None:
            yield _refusal(form, field, refusal, answers[name], place[name])


def misnamed(sketch: Sketch, test: FormTest) -> Iterator[Problem]:
    """What a test expects of fields that a form with mistakes in it will not have either."""
    return iter(()) if sketch.form is None else _unknown_names(sketch.form, test, sketch.supposes)


def impossible_acts(
    form: Form, answers: Mapping[str, Any], checked: Checked, place: Place, refused: Collection[str] | None = None
) -> list[Problem]:
    """What no resident can do: answer what the form does not ask, or not after the others, or as it does not take it.

    `place` is that of the answers, `refused` the fields at which the test expects errors, if it says so.
    """
    unknown = [*_never_asked(form, answers, place)]
    alone = (error for error in checked.errors if error.code != "check" or not unknown)
    found = [*unknown, *_refused(form, answers, alone, place, refused)]
    return found or [place.key(name).problem("G510", field=name) for name in answers if name not in checked.showing]


def _never_asked(form: Form, answers: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    asked = [name for name, field in form.fields.items() if field.kind.asks]
    for name in answers:
        if name in asked:
            continue
        if name in form.fields:
            yield place.key(name).problem("G511", field=name, kind=form.fields[name].kind.name)
        else:
            yield unknown(place.key(name), "F207", name, asked, field=name)


def _refused(
    form: Form, answers: Mapping[str, Any], errors: Iterable[FieldError], place: Place, expected: Collection[str] | None
) -> Iterator[Problem]:
    """A finding for each answer that the form refuses, with the choice that was probably meant."""
    for error in errors:
        if expected is not None and (error.code == "check" or error.field in expected):
            continue
        if error.field in answers:
            yield _refusal(form, form.fields[error.field], error, answers[error.field], place[error.field])


def _refusal(form: Form, field: Field, error: FieldError, value: Any, place: Place) -> Problem:
    here, word = _not_offered(field, value, place)
    choices = _choices(field)
    reason = error.say(form.languages[0]) + (f" {hint(word, choices)}" if choices else "")
    return here.problem("G509", instead=suggest(word, choices), field=field.name, reason=reason)


def _not_offered(field: Field, value: Any, place: Place) -> tuple[Place, str]:
    """The answer or, where several were ticked, the one among them that is no choice."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, str) and item not in _choices(field):
                return place[number], item
    return place, str(value)


def _choices(field: Field) -> Mapping[str, object]:
    return getattr(field.definition, "choices", None) or {}


def _unknown_names(
    form: Form, test: FormTest, supposed: Callable[[str], bool] = lambda _name: False
) -> Iterator[Problem]:
    """What a test expects of fields that are not there, nor are supposed to be."""
    place, expect = test.place["expect"], test.expect
    named = [
        (place[key][number], name)
        for key in ("errors", "warns", "shows", "hides")
        for number, name in _each(expect, key)
    ]
    stops = [name for name, field in form.fields.items() if field.stops]
    if expect.stops is not None and expect.stops not in stops and not supposed(expect.stops):
        yield unknown(place["stops"], "F207", expect.stops, stops, field=expect.stops)
    for here, name in named:
        if name not in form.fields and not supposed(name):
            yield unknown(here, "F207", name, form.fields, field=name)


def _each(expect: object, key: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(getattr(expect, key) or ())


def _because(form: Form, test: FormTest, checked: Checked, now: datetime) -> str:
    """Why a field that should show does not, as far as its own conditions say it; else where to look."""
    wanted = [*filter(None, [test.expect.stops]), *test.expect.shows]
    facts = {"form": form.id, "channel": "web", "language": form.languages[0]}
    moment = Moment(now.astimezone(form.zone), facts)
    for page in form.pages:
        for item in page.fields:
            if item.name in wanted and item.name not in checked.showing:
                return _hidden(form, item, (page.visible, item.visible), checked, moment)
    return "Mend the form or the test."


def _hidden(form: Form, item: Field, conditions: tuple[Condition, ...], checked: Checked, moment: Moment) -> str:
    for condition in conditions:
        if words := why_not(condition, checked.answers, moment, "en", form.scope):
            return f"`{item.name}` shows when {words}."
    return f"`{checked.stopped}` stops the form before `{item.name}`."


def _files(field: Field, value: Any) -> Sequence[Upload]:
    names = value if isinstance(value, list) else [value]
    return [Upload(f"{number:022}", str(file), field.definition.media_types[0], 1) for number, file in enumerate(names)]
