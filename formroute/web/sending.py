"""The last look at the answers, sending them, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from formroute.forms import Checked, Field, Form
from formroute.messages import say
from formroute.web.changed import changed
from formroute.web.csrf import broken_open, seal
from formroute.web.drafts import Draft, Drafts
from formroute.web.notices import notices_of
from formroute.web.posting import read_posted
from formroute.web.screens import holding, shown
from formroute.web.site import Answer, Site, speaking
from formroute.web.status import after_draft, receipt_address
from formroute.web.wrong import Wrong

AGAIN = "You were away for a while. Nothing was sent yet: look your answers over and press Send."
QUICK = "That was very quick. Nothing was sent yet: look your answers over and press Send."
TRAP = "your_website"
"""The name of a box that no person sees; a program that fills in whatever it finds betrays itself."""


class Row(NamedTuple):
    """One answer as the last look shows it; `text` is empty for a question that was skipped.

    `page` is where it can be changed, empty where it cannot.
    """

    name: str
    label: str
    text: str
    page: str


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
            return self._sent_or_gone(form, token)
        return self._look(form, draft)

    def send(self, form_id: str, token: str) -> Answer:
        """Hand the answers in. The same token a second time gives the first receipt again."""
        form = self._site.form(form_id)
        texts = read_posted(request).texts
        found = broken_open(texts.get("_seal"))
        draft = self._drafts.open(form, token)
        if draft is None:
            return self._sent_or_gone(form, token)
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
            form=form,
            token=draft.token,
            parts=tuple(_parts(form, checked, language)),
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

    def _sent_or_gone(self, form: Form, token: str) -> Response:
        return redirect(after_draft(form, self._site.intake.receipt(token)), 303)


def _cautions(form: Form, checked: Checked, language: str) -> Sequence[Caution]:
    return [Caution(holding(form, {each.field}), Wrong.of(form, each, language)) for each in checked.warnings]


def _first_wrong(form: Form, draft: Draft, checked: Checked) -> str:
    """The first page with a mistake; what is wrong is told at once where the page was sent before."""
    wrong = {error.field for error in checked.errors}
    page = holding(form, wrong)
    told = 1 if page in draft.visited else None
    return url_for(".page", form_id=form.id, token=draft.token, page_id=page, change=1, errors=told)


def _parts(form: Form, checked: Checked, language: str) -> Sequence[Part]:
    pages = (page for page in form.pages if page.id in checked.pages)
    parts = (Part(page.title.inside(language), _rows(form, page.fields, checked, language)) for page in pages)
    return [part for part in parts if part.rows]


def _rows(form: Form, fields: Sequence[Field], checked: Checked, language: str) -> Sequence[Row]:
    shown = [field for field in fields if field.label and field.name in checked.showing]
    return [_row(form, field, checked, language) for field in shown if field.kind.asks or field.name in checked.answers]


def _row(form: Form, field: Field, checked: Checked, language: str) -> Row:
    answered = field.name in checked.answers
    text = field.show(checked.answers[field.name], language) if answered else ""
    label = field.label.inside(language) if field.label else ""
    return Row(field.name, label, text, holding(form, {field.name}) if field.kind.asks else "")
