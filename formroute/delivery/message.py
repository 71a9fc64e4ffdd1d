"""What a department is told of a submission, whichever way it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from formroute.catalog import Catalog
from formroute.delivery.result import NotConfiguredError
from formroute.forms import Form, ToldRow
from formroute.messages import calendar_day, clock, say
from formroute.records import RESIDENT, Decision, Submission, Upload, to_json
from formroute.store import Delivery, Stored

_OTHER_CATALOGUE = "Deliver with the schemas that took it in, or put it back until this is delivered."


@dataclass(frozen=True, slots=True)
class Line:
    """One answer under its question, in words; `rows` are those of a repeat, one by one."""

    name: str
    label: str
    text: str
    rows: tuple[ToldRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One submission as one department may see it, in the department's language.

    `answers` are JSON values by field name, `lines` the same for a reader, in the order asked; `met` is what the routes
    on the way asked for, with questions as a reader knows them. `left_out`
    tells that personal answers are missing. `copied` tells that another department handles it. `at_desk`
    tells that the department has a desk.

    For a letter to the resident, `language` is the one of the submission, no answer is in it, and `resident`
    is the address to write to; `after_sending` is what the form says of what comes next.
    """

    key: str
    reference: str
    city: str
    language: str
    department: str
    department_name: str
    handled_by: str
    title: str
    submission: Submission
    decision: Decision
    received: datetime
    due: datetime | None
    answers: Mapping[str, Any]
    lines: tuple[Line, ...]
    met: tuple[str, ...]
    uploads: tuple[Upload, ...]
    left_out: bool
    at_desk: bool = False
    resident: str = ""
    after_sending: str = ""

    @property
    def copied(self) -> bool:
        """Whether it is for the department's information only."""
        return self.department != self.decision.send_to

    @property
    def reasons(self) -> tuple[str, ...]:
        """The same as `met`, with questions by their names."""
        return tuple(dict.fromkeys(step.test for step in self.decision.trace if step.met))

    def moment(self, when: datetime) -> str:
        """A moment as the department reads it, by the clocks of its zone."""
        day = calendar_day(self.language, when, "full")
        return say(self.language, "{day}, {time}", day=day, time=clock(self.language, when.time()))


def compose(catalog: Catalog, stored: Stored, delivery: Delivery) -> Message:
    """What `delivery` tells. Raises NotConfiguredError when the catalogue cannot say what the reader may see."""
    if delivery.destination.department == RESIDENT:
        return _to_resident(catalog, stored, delivery)
    if delivery.destination.handler == "notice":
        return _composed(catalog, stored, delivery, catalog.languages[0], frozenset(stored.submission.answers))
    department = delivery.destination.department
    hidden = _hidden(catalog, _form(catalog, stored), stored.submission, department)
    message = _composed(catalog, stored, delivery, catalog.languages[0], hidden)
    return replace(message, at_desk=catalog.departments[department].has_desk)


def _to_resident(catalog: Catalog, stored: Stored, delivery: Delivery) -> Message:
    """The same without any answer: a letter may be read by others than the one who sent them."""
    spoken = stored.submission.language
    language = spoken if spoken in catalog.languages else catalog.languages[0]
    form = _form(catalog, stored)
    after = form.after_sending.inside(language) if form and form.after_sending else ""
    message = _composed(catalog, stored, delivery, language, frozenset(stored.submission.answers))
    address = str(stored.submission.answers[delivery.destination.settings["answer"]])
    return replace(message, resident=address, after_sending=after)


def _composed(catalog: Catalog, stored: Stored, delivery: Delivery, language: str, hidden: frozenset[str]) -> Message:
    submission, decision = stored.submission, stored.decision
    form = _form(catalog, stored)
    seen = {name: value for name, value in submission.answers.items() if name not in hidden}
    return Message(
        key=delivery.key,
        reference=stored.reference,
        city=catalog.city.inside(language),
        language=language,
        department=delivery.destination.department,
        department_name=_name(catalog, delivery.destination.department, language),
        handled_by=_name(catalog, decision.send_to, language),
        title=form.title.inside(language) if form else submission.form,
        submission=submission,
        decision=decision,
        received=submission.received.astimezone(catalog.zone),
        due=decision.due and decision.due.astimezone(catalog.zone),
        answers=to_json(seen),
        lines=tuple(_lines(form, seen, language)),
        met=catalog.router.met(decision),
        uploads=tuple(_uploads(seen)),
        left_out=bool(hidden),
    )


def _hidden(catalog: Catalog, form: Form | None, submission: Submission, department: str) -> frozenset[str]:
    """The answers that the department may not see; what the form no longer explains counts as personal."""
    known = catalog.departments.get(department)
    if known is None:
        raise NotConfiguredError(f"The catalogue has no department {department}.", _OTHER_CATALOGUE)
    if known.private_answers:
        return frozenset()
    if form is None:
        raise NotConfiguredError(f"The catalogue has no form {submission.form}.", _OTHER_CATALOGUE)
    return frozenset(name for name in submission.answers if catalog.is_personal(name, form))


def _form(catalog: Catalog, stored: Stored) -> Form | None:
    """The form as the resident saw it."""
    return catalog.seen(stored.submission.form, stored.submission.version, stored.definition)


def _lines(form: Form | None, answers: Mapping[str, object], language: str) -> Iterator[Line]:
    """Answers to questions that the form no longer has come last, under their names."""
    for field, label, text in form.shown(answers, language) if form else ():
        yield Line(field.name, label, text, field.told(answers[field.name], language))
    for name, value in answers.items():
        if form is None or name not in form.fields:
            yield Line(name, name, str(to_json(value)))


def _name(catalog: Catalog, department: str, language: str) -> str:
    known = catalog.departments.get(department)
    return known.name.inside(language) if known else department


def _uploads(answers: object) -> Iterator[Upload]:
    match answers:
        case Upload():
            yield answers
        case Mapping():
            for part in answers.values():
                yield from _uploads(part)
        case tuple():
            for part in answers:
                yield from _uploads(part)
