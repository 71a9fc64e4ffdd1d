"""The last look at the answers, sending them, and the receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import redirect, request, url_for

from formroute.forms import Checked, Field, Form, answer_alone, cell
from formroute.messages import say
from formroute.records import Upload
from formroute.web.draft.changed import changed
from formroute.web.draft.drafts import Draft, Drafts
from formroute.web.draft.marks import rows_of
from formroute.web.draft.posting import read_posted
from formroute.web.draft.screens import holding, shown
from formroute.web.page.notices import notices_of
from formroute.web.page.wrong import Wrong
from formroute.web.site.csrf import broken_open, seal
from formroute.web.site.site import Answer, Site, speaking
from formroute.web.views.photos import is_shown, uploads_in
from formroute.web.views.status import after_draft, receipt_address

AGAIN = "You were away for a while. Nothing has been sent yet: check your answers and press Send."
QUICK = "That was very quick. Nothing has been sent yet: check your answers and press Send."
TRAP = "your_website"
"""The name of a box that no person sees; a program that fills in whatever it finds betrays itself."""


class Row(NamedTuple):
    """One answer as the last look shows it; `text` is empty for a question that was skipped, `files` are those sent.

    `page` is where it can be changed, empty where it cannot, and `title` the row that it stands in, so that links tell
    which of several is meant. `rows` are those of a repeat, each with its title and its answers.
    """

    name: str
    label: str
    text: str
    page: str
    title: str = ""
    rows: Sequence[tuple[str, Sequence[Row]]] = ()
    files: Sequence[Upload] = ()


class Part(NamedTuple):
    """The answers of one page."""

    title: str
    rows: Sequence[Row]


class Caution(NamedTuple):
    """What a resident is asked to look at again, and where."""

    page: str
    wrong: Wrong


class Sending:
    """The views that send."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._drafts = Drafts(site.store)

    def overview(self, form_id: str, token: str) -> Answer:
        """Every answer with a way to change it; a form that is stopped shows why and has no Send."""
        form = self._site.form(form_id)
        draft = self._drafts.open(form, token)
        if draft is None:
            return after_draft(self._site, form, token)
        return self._look(form, draft)

    def send(self, form_id: str, token: str) -> Answer:
        """Hand the answers in. The same token a second time gives the first receipt again."""
        form = self._site.form(form_id)
        texts = read_posted(request).texts
        found = broken_open(texts.get("_seal"))
        draft = self._drafts.open(form, token)
        if draft is None:
            return after_draft(self._site, form, token)
        if found is None or not found.admits(token):
            return self._look(form, draft, status=403, news=(AGAIN,))
        # A clock that was set back makes an age negative, which says nothing of haste.
        if texts.get(TRAP) or 0 <= found.age < self._site.least_seconds:
            return self._look(form, draft, status=422, news=(QUICK,))
        language = speaking(self._site.catalog)
        result = self._site.intake.submit(form.id, draft.raw, language=language, token=token, draft=token)
        if isinstance(result, Checked):
            return redirect(url_for(".overview", form_id=form.id, token=token), 303)
        self._drafts.forget(form, token)
        return redirect(receipt_address(result), 303)

    def _look(self, form: Form, draft: Draft, status: int = 200, news: Sequence[str] = ()) -> Answer:
        language = speaking(self._site.catalog)
        checked = form.check(draft.raw, now=self._site.intake.now(), language=language)
        if checked.stopped is not None:
            return self._stopped(form, draft, checked, language)
        if checked.errors:
            return redirect(_first_wrong(form, draft, checked), 303)
        if draft.outdated(form):
            news = (*news, changed(form, draft, checked, language))
            self._drafts.told(form, draft)
        return self._site.page(
            "overview.html",
            status,
            is_shown=is_shown,
            form=form,
            token=draft.token,
            parts=_Look(form, draft.raw, checked, language, self._site.intake.now()).parts,
            last=shown(form, checked)[-1],
            steps=len(shown(form, checked)) + 1,
            seal=seal(draft.token),
            news=[say(language, sentence) for sentence in news],
            cautions=_cautions(form, checked, language),
            notices=notices_of(self._site, form, draft, checked),
        )

    def _stopped(self, form: Form, draft: Draft, checked: Checked, language: str) -> Answer:
        notice = form.fields[checked.stopped or ""].definition
        return self._site.page(
            "stopped.html",
            form=form,
            token=draft.token,
            notice=notice,
            text=notice.text.html(language),
            back=shown(form, checked)[-1],
        )


def _cautions(form: Form, checked: Checked, language: str) -> Sequence[Caution]:
    return [Caution(holding(form, {each.field}), Wrong.of(form, each, language)) for each in checked.warnings]


def _first_wrong(form: Form, draft: Draft, checked: Checked) -> str:
    """The first page with a mistake; what is wrong is told at once where the page was sent before."""
    wrong = {error.field for error in checked.errors}
    page = holding(form, wrong)
    told = 1 if page in draft.visited else None
    return url_for(".page", form_id=form.id, token=draft.token, page_id=page, change=1, errors=told)


@dataclass(frozen=True, slots=True)
class _Look:
    """The answers that are looked at: `raw` as they were typed, and what the judge made of them."""

    form: Form
    raw: Mapping[str, Any]
    checked: Checked
    language: str
    now: datetime

    @property
    def parts(self) -> Sequence[Part]:
        """Page by page, those with something to show."""
        pages = (page for page in self.form.pages if page.id in self.checked.pages)
        parts = (Part(page.title.inside(self.language), self._rows(page.fields)) for page in pages)
        return [part for part in parts if part.rows]

    def _rows(self, fields: Sequence[Field]) -> Sequence[Row]:
        answers, shown = self.checked.answers, [one for one in fields if one.label and one.name in self.checked.showing]
        return [self._row(field) for field in shown if field.kind.asks or field.name in answers]

    def _row(self, field: Field) -> Row:
        row = self._answer(field, field.name, self.checked.answers)
        page = holding(self.form, {field.name}) if field.kind.asks else ""
        return row._replace(page=page, rows=self._told(field, page))

    def _told(self, repeat: Field, page: str) -> Sequence[tuple[str, Sequence[Row]]]:
        """The rows that are sent, each answer with the name of its box: blank rows between them are not."""
        rows: Any = self.checked.answers.get(repeat.name, ()) if repeat.row else ()
        told = []
        places = self._places(repeat)
        for number, row in enumerate(rows):
            title, place = repeat.title(number + 1, self.language), next(places, number)
            boxes = ((item, cell(repeat.name, place, item.name)) for item in repeat.row if item.label)
            seen = ((item, box) for item, box in boxes if box in self.checked.showing or item.name in row)
            answers = [
                self._answer(item, box, row)._replace(page=page if item.kind.asks else "", title=title)
                for item, box in seen
                if item.kind.asks or item.name in row
            ]
            told.append((title, answers))
        return told

    def _places(self, repeat: Field) -> Iterator[int]:
        """Where the rows with an answer stand on the page, counted from 0."""
        moment = self.form.moment(self.now, language=self.language)
        for number, row in enumerate(rows_of(self.raw.get(repeat.name)) if repeat.row else ()):
            asked = (item for item in repeat.row if cell(repeat.name, number, item.name) in self.checked.showing)
            if any(answer_alone(item, row.get(item.name), moment) is not None for item in asked):
                yield number

    def _answer(self, field: Field, name: str, answers: Mapping[str, object]) -> Row:
        answer = answers.get(field.name)
        text = field.show(answer, self.language) if field.name in answers else ""
        return Row(name, field.label.inside(self.language) if field.label else "", text, "", files=uploads_in(answer))
