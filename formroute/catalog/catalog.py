"""Everything loaded from one schemas folder, ready to judge and to decide."""

from __future__ import annotations

from collections.abc import Container, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from formroute.catalog.archive import Archive
from formroute.catalog.group import Group
from formroute.conditions import BegunRows, Calendar, Moment
from formroute.definitions import Place, Prose, Text, hint
from formroute.definitions.types import Period
from formroute.forms import Form
from formroute.messages import NO_SENTENCES, Sentences, in_words_of
from formroute.problems import Problem
from formroute.records import NOTHING, Decision, Submission
from formroute.routing import Department, Explanation, Nearest, Router


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """One city's forms, routes, departments and calendars; immutable.

    `languages` begins with the default one, `priorities` with the most pressing. `warnings` are the
    findings that did not keep it from loading. `groups` are the headings of the front page, in order;
    `place` is where the catalogue's own file is, `sentences` what the product says in the city's own words.
    """

    city: Text
    languages: tuple[str, ...]
    zone: ZoneInfo
    reference: str
    forms: Mapping[str, Form]
    router: Router
    departments: Mapping[str, Department]
    calendars: Mapping[str, Calendar]
    calendar: Calendar
    priorities: tuple[str, ...]
    keep_for: Period | None
    come_back: Period
    warnings: tuple[Problem, ...]
    archive: Archive
    place: Place
    groups: tuple[Group, ...] = ()
    sentences: Sentences = NO_SENTENCES

    def speaking(self) -> AbstractContextManager[None]:
        """Say sentences of the product meanwhile, in this thread, in the words of this catalogue and of no other.

        The site and the worker do so by themselves; where several catalogues share a process, what else
        asks for a sentence, such as the `say` of an error, is asked within.
        """
        return in_words_of(self.sentences)

    def form(self, name: str) -> Form:
        """The form of this name. Raises UnknownFormError, which says what was meant."""
        try:
            form = self.forms.get(name)
        except TypeError:  # a list, say, has no hash
            form = None
        if form is None:
            raise UnknownFormError(name, self)
        return form

    def today(self, form: str) -> Form | None:
        """The form of this name, or the one that had it before."""
        return self.forms.get(form) or next((known for known in self.forms.values() if form in known.was), None)

    def as_today(self, submission: Submission) -> Submission | None:
        """A past submission under the names that its form, its questions and its choices have by now.

        None when the form is gone.
        """
        form = self.today(submission.form)
        if form is None:
            return None
        return replace(submission, form=form.id, answers=form.renames.carried(submission.answers))

    def submission(
        self,
        form: str,
        answers: Mapping[str, object],
        *,
        received: datetime | None = None,
        channel: str = "web",
        language: str | None = None,
    ) -> Submission:
        """Checked answers with the facts of their sending; `received` is aware, now when it is left out.

        Raises UnknownFormError.
        """
        at = (received or datetime.now(UTC)).astimezone(UTC)
        return Submission(form, self.form(form).version, answers, channel, language or self.languages[0], at)

    def seen(self, form: str, version: str, definition: str) -> Form | None:
        """The form as a submission saw it, by its stored `definition`.

        Where that cannot be compiled any more it is the form of today, and None when that is gone too.
        """
        today = self.today(form)
        if today is not None and today.version == version:
            return today
        return self.archive.form(definition) or today

    def is_personal(self, name: str, seen: Form) -> bool:
        """Whether an answer is personal: the form that was `seen` or the form of today says so, or none explains it."""
        today = self.today(seen.id) or seen
        names = ((seen, name), (today, today.renames.today(name)))
        known = [form.fields[called] for form, called in names if called in form.fields]
        return name not in seen.fields or any(field.private for field in known)

    def decide(self, form: str, answers: Mapping[str, object], **facts: Any) -> Decision:
        """Where canonical `answers` to `form` go and why; `facts` are those of `submission`.

        The answers are trusted: give it what `Form.check` found right, `Checked.answers`, and never what somebody
        typed. Others may be decided wrongly, or raise TypeError. Raises UnknownFormError.
        """
        return self.decision(self.submission(form, answers, **facts))

    def decision(self, submission: Submission) -> Decision:
        """Where a submission goes and why."""
        return self.router.decide(submission, self.moment(submission))

    def notices(
        self, submission: Submission, unasked: Container[str] = (), begun: Mapping[str, BegunRows] = NOTHING
    ) -> tuple[Prose, ...]:
        """What routes tell whoever has answered so by now; the questions that are `unasked` are still to come.

        `begun` are the rows of `Checked.begun`, in which something is wrong yet.
        """
        return self.router.notices(submission, self.moment(submission), unasked, begun)

    def explain(self, submission: Submission, decision: Decision, language: str | None = None) -> Explanation:
        """Why it goes there, and for every route that lost the first test that failed, in words."""
        return self.router.explain(submission, decision, self.moment(submission), language or self.languages[0])

    def nearest(self, submission: Submission, route: str) -> Nearest:
        """The fewest answers that would have to be others for the route of this name to win.

        Raises UnknownRouteError for a route that the form is never asked.
        """
        return self.router.nearest(submission, self.moment(submission), route)

    def moment(self, submission: Submission) -> Moment:
        """The moment and the facts by which the conditions on a submission are judged."""
        facts = {"form": submission.form, "channel": submission.channel, "language": submission.language}
        return Moment(submission.received.astimezone(self.zone), facts)


class UnknownFormError(LookupError):
    """The catalogue has no form of this name: the message says what it is called, or which names there are."""

    def __init__(self, name: object, catalog: Catalog) -> None:
        name = str(name)
        today = catalog.today(name)
        meant = f"It is called `{today.id}` now." if today else hint(name, catalog.forms)
        super().__init__(f"There is no form `{name}`. {meant}")
