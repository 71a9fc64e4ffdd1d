"""A form, compiled: what is asked, in which order, and the one judge of the answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from zoneinfo import ZoneInfo

from formroute.conditions import Condition, Moment, Scope
from formroute.definitions import Place, Prose, Text
from formroute.definitions.types import Period
from formroute.forms.checked import Checked
from formroute.forms.field import Check, Field, Page
from formroute.forms.flat import flat_throughout
from formroute.forms.form_test import FormTest
from formroute.forms.json_schema import json_schema
from formroute.forms.judge import Judge, Raw
from formroute.forms.renames import Renames
from formroute.records import to_json

if TYPE_CHECKING:  # WTForms is loaded only where it is asked for
    import wtforms

    from formroute.forms.wtforms import JudgedForm
    from formroute.forms.wtforms.files import Uploads


class Outline(NamedTuple):
    """What a catalogue shows of a form."""

    id: str
    version: str
    title: Text
    summary: Text
    keywords: Mapping[str, tuple[str, ...]]
    was: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Form:
    """One request type. Immutable; `version` changes exactly when what it asks changes.

    `scope` describes its questions to conditions and to the proof, `always` is what every submission of
    it meets. `published` maps a place to the metres within which public output may show it.
    `ask` says how much of it a resident is asked at once: `one_at_a_time`, `page_by_page` or `all_at_once`.
    `acknowledge` names the e-mail question whose answer gets the letters to the resident, `come_back` tells whether
    a link to a draft of it may be sent.
    `was` are the names that it had before, `renames` those of its questions and choices.
    `written_out` gives its `source`. `tests` are its author's examples, `place` is where it was written.
    """

    id: str
    title: Text
    summary: Text
    keywords: Mapping[str, tuple[str, ...]]
    was: tuple[str, ...]
    pages: tuple[Page, ...]
    checks: tuple[Check, ...]
    scope: Scope
    always: tuple[Condition, ...]
    zone: ZoneInfo
    languages: tuple[str, ...]
    written_out: Callable[[], str]
    ask: str
    after_sending: Prose | None
    keep_for: Period | None
    acknowledge: str | None
    come_back: bool
    published: Mapping[str, int]
    tests: tuple[FormTest, ...]
    renames: Renames
    place: Place

    @classmethod
    def unopened(cls, outline: Outline, zone: ZoneInfo, languages: tuple[str, ...], make: Callable[[], Form]) -> Self:
        """A form of which the outline is known, and that is compiled when something else is asked of it."""
        form = cls.__new__(cls)
        vars(form).update(outline._asdict(), zone=zone, languages=languages, _make=make)
        return form

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """What an unopened form does not have yet: no field has a default, so that all are missed here."""
            if name not in type(self).__dataclass_fields__:
                raise AttributeError(f"a form has no {name}")
            vars(self).update(vars(self._make()))
            return vars(self)[name]

    @property
    def outline(self) -> Outline:
        """How it looks from outside."""
        return Outline(self.id, self.version, self.title, self.summary, self.keywords, self.was)

    @cached_property
    def source(self) -> str:
        """The complete definition as JSON: the form that a submission saw."""
        return self.written_out()

    @cached_property
    def version(self) -> str:
        """A digest of the source."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:32]

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Every field by name, in the order asked."""
        return {asked.name: asked for page in self.pages for asked in page.fields}

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.id, self.pages, self.checks, self.zone, self.languages[0])

    def check(
        self,
        raw: Raw,
        page: str | None = None,
        *,
        now: datetime | None = None,
        channel: str = "web",
        language: str | None = None,
    ) -> Checked:
        """Judge answers as posted strings or canonical JSON values; never raises on what `raw` holds.

        With `page`, only the errors of that page are told; what shows is told of the whole form.
        `now` is aware, or the present moment when it is left out.
        """
        checked = self._judge.judge(raw, now or datetime.now(UTC), channel, language)
        if page is None:
            return checked
        return checked.of({item.name for found in self.pages if found.id == page for item in found.fields})

    def named_today(self, raw: Raw) -> Raw:
        """Raw answers under the names that their questions and choices have today, those of groups each by its own."""
        return self.renames.carried(flat_throughout(self.fields.values(), self.renames.carried(raw)))

    def moment(self, now: datetime | None = None, channel: str = "web", language: str | None = None) -> Moment:
        """What conditions are judged at: the time by the city's clocks, and the facts of the sending."""
        facts = {"form": self.id, "channel": channel, "language": language or self.languages[0]}
        return Moment(now or datetime.now(UTC), facts, self.zone)

    def json_schema(self, language: str | None = None) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of canonical answers, titles and descriptions in `language`."""
        return json_schema(self.id, self.title, self.summary, self.pages, self.checks, language or self.languages[0])

    def wtforms_class(
        self,
        language: str | None = None,
        *,
        page: str | None = None,
        base: type[wtforms.Form] | None = None,
        uploads: Uploads | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> type[JudgedForm]:
        """The questions as a WTForms class for a city's own template; `validate` asks the judge.

        All pages are one class, or only `page`. `base` is the class to build on, such as Flask-WTF's `FlaskForm`;
        `uploads` is `store.uploads`, which a form that takes files needs. Make it once, not at every request.
        Raises ValueError for a page that is not there and for files without `uploads`.
        """
        from formroute.forms.wtforms import Asked, wtforms_class

        spoken = language or self.languages[0]
        pages = tuple(found for found in self.pages if page in (None, found.id))
        if not pages:
            raise ValueError(f"the form {self.id} has no page {page}")

        def judge(raw: Raw) -> Checked:
            return self.check(raw, page, now=clock() if clock else None, language=spoken)

        others = self.fields.keys() - {item.name for found in pages for item in found.fields}
        asked = Asked(f"{self.id}_{page or 'form'}", pages, frozenset(others), judge, spoken, uploads)
        return wtforms_class(asked, *([base] if base else []))

    def to_json(self, answers: Mapping[str, object]) -> dict[str, Any]:
        """Canonical answers as JSON values, which `check` reads back to the same answers."""
        return {name: to_json(value) for name, value in answers.items()}

    def shown(self, answers: Mapping[str, object], language: str) -> Iterator[tuple[Field, str, str]]:
        """Each answer that a person is shown, in the order asked: the field, its label, the answer in words."""
        for name, asked in self.fields.items():
            if name in answers and asked.label is not None:
                yield asked, asked.label.inside(language), asked.show(answers[name], language)
