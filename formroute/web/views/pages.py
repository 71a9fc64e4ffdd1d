"""Asking, page by page: each post keeps what was typed and leads on; nothing that was typed is ever lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import abort, jsonify, redirect, request, url_for
from markupsafe import escape
from werkzeug.wrappers import Response

from formroute.forms import Checked, FieldError, Form
from formroute.messages import say
from formroute.records import Receipt
from formroute.web.draft.beginning import begin, carried
from formroute.web.draft.changed import changed
from formroute.web.draft.drafts import Draft, Drafts, Saved, new_token
from formroute.web.draft.posting import Posted, read_posted
from formroute.web.draft.reading import with_posted
from formroute.web.draft.rows import cells_of, followed_in, is_meant
from formroute.web.draft.screens import Screen, screen, shown
from formroute.web.draft.uploads import largest_of, sift
from formroute.web.draft.windows import told
from formroute.web.page.drawing import draw
from formroute.web.page.notices import notices_of
from formroute.web.page.plan import questions
from formroute.web.page.view import PageView, is_shown, worked_out
from formroute.web.site.csrf import broken_open, seal
from formroute.web.site.site import Answer, Site, queried, speaking
from formroute.web.views.status import after_draft

AWAY = (
    "You were away for a while, or your browser did not send its cookie back. Your answers are still here: "
    "look them over and press Continue. If you see this again, allow cookies for this site."
)
GONE = "The answers you began with are no longer here. Please start again."
MORE = "Your answers add something to this page. Look at it, then press Continue."
RESUMED = "You began this form earlier. Your answers are still here."


class Pages:
    """The views that ask."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._drafts = Drafts(site.store)

    def first(self, form_id: str) -> Answer:
        """The first page; no draft begins until something is sent."""
        form = self._site.form(form_id)
        draft = self._drafts.current(form)
        begun = begin(form, draft or Draft(new_token()), request.args)
        news = (GONE,) if "gone" in request.args else (RESUMED,) if draft else ()
        checked = self._check(form, begun)
        page = _page(form, shown(form, checked)[0])
        return self._show(form, page, begun, checked, news=news, resumed=draft is not None)

    def page(self, form_id: str, token: str, page_id: str) -> Answer:
        """A page with what was answered before; with `?errors` its mistakes are told at once."""
        form = self._site.form(form_id)
        page = screen(form, page_id)
        draft = self._drafts.open(form, token)
        if draft is None:
            return after_draft(self._site, form, token) if page else abort(404)
        if page is None:
            return self._overview(form, draft)
        checked = self._check(form, draft, page)
        if not page.shows(checked):
            return self._overview(form, draft)
        errors = checked.errors if "errors" in request.args else ()
        news = (MORE,) if "more" in request.args else (RESUMED,) if "back" in request.args else ()
        return self._show(form, page, draft, checked, errors=errors, news=news)

    def answer(self, form_id: str, token: str, page_id: str) -> Answer:
        """Keep what was posted; go on when it is right, else show the page again with what is wrong."""
        form = self._site.form(form_id)
        posted = read_posted(request, largest_of(form.fields.values()))
        page = screen(form, page_id)
        if page is None:
            return self._elsewhere(form, token, posted)
        found = broken_open(posted.texts.get("_seal"))
        if found is None or not found.admits(token):
            return self._shown_again(form, page, posted, self._drafts.recover(form, token, found))
        sent = self._site.intake.receipt(token)
        if sent is not None:
            return self._begun_anew(form, page, posted, sent)
        way = posted.texts.get("_go", "on")
        draft = self._merged(form, posted, self._opened(form, token), way)
        if way.startswith(("add:", "remove:")):
            return self._rows(form, page, draft, way)
        if way != "on":
            return self._aside(form, page, draft, way)
        return self._onward(form, page, draft, posted)

    def showing(self, form_id: str, token: str, page_id: str) -> Answer:
        """Which questions show with what is typed so far: for the script, nothing is kept."""
        form = self._site.form(form_id)
        page = _page(form, page_id)
        posted = read_posted(request)
        found = broken_open(posted.texts.get("_seal"))
        if found is None or not found.admits(token):
            abort(403)
        draft = with_posted(form, posted, self._opened(form, token))
        checked = self._check(form, draft, page)
        language = speaking(self._site.catalog)
        names = [item.name for item in questions(page, language) if is_shown(item, checked)]
        stopped = checked.stopped in names
        withheld = {name: sorted(choices) for name, choices in checked.withheld.items()}
        names += [*cells_of(page.fields, checked), *followed_in(page.fields, checked, language)]
        values = {name: escape(value) for name, value in worked_out(form, checked, language).items()}
        told = notices_of(self._site, form, draft, checked)
        drawn = [(one.key, self._site.page("told.html", notices=(one,))[0]) for one in told]
        return jsonify(showing=names, stopped=stopped, worked_out=values, withheld=withheld, told=drawn)

    def _opened(self, form: Form, token: str) -> Draft:
        """The session's draft under a token, or a new one; with the first answers of the link that began it."""
        return begin(form, self._drafts.open(form, token) or Draft(token), request.args)

    def _onward(self, form: Form, page: Screen, draft: Draft, posted: Posted) -> Answer:
        asked, seen = set(posted.texts.getlist("_asked")), set(posted.texts.getlist("_warned"))
        sifted = sift(page, draft.raw, lambda raw: self._check(form, replace(draft, raw=raw), page))
        checked = sifted.checked
        for name, edit in sifted.without.items():
            draft = draft.edited(name, edit)
        errors = tuple(error for error in sifted.errors if error.at in asked)
        more = _unseen(page, checked, asked)
        saved = self._drafts.save(form, draft if sifted.errors or more else draft.after(page.id))
        if saved.others:
            return self._look_again(form, page, saved)
        if errors:
            return self._show(form, page, saved.draft, checked, status=422, errors=errors)
        if any(warning.code not in seen for warning in checked.warnings):
            return self._show(form, page, saved.draft, checked, warnings=checked.warnings)
        change = request.args.get("change")
        if more:
            return redirect(self._address(form, draft, page.id, more=1, change=change), 303)
        following = _following(form, page, checked)
        if following is None or change:
            return self._overview(form, draft)
        return redirect(self._address(form, draft, following), 303)

    def _rows(self, form: Form, page: Screen, draft: Draft, way: str) -> Answer:
        """One row more, or one less; nothing is judged."""
        field = next((field for field in page.fields if field.row and is_meant(field, way)), None)
        if field is None:
            return self._aside(form, page, draft, way)
        saved = self._drafts.save(form, draft)
        if saved.others:
            return self._look_again(form, page, saved)
        rows = saved.draft.raw[field.name]
        place = f"{field.name}-{len(rows) - 1}" if way.startswith("add:") else field.name
        return redirect(self._address(form, draft, page.id, _anchor=f"q-{place}", **queried("change", "more")), 303)

    def _aside(self, form: Form, page: Screen, draft: Draft, way: str) -> Answer:
        """The ways that judge nothing: back, over, later, and into another language."""
        if way == "over":
            self._drafts.forget(form, draft.token)
            return redirect(url_for(".first_page", form_id=form.id), 303)
        saved = self._drafts.save(form, draft)
        if saved.others:
            return self._look_again(form, page, saved)
        if way == "later" and self._site.comes_back(form):
            return redirect(url_for(".later", form_id=form.id, token=draft.token, page_id=page.id), 303)
        verb, _, language = way.partition(":")
        if verb == "language" and language in self._site.catalog.languages:
            carried = queried("change", "more", "errors")
            return redirect(self._address(form, draft, page.id, lang=language, **carried), 303)
        before = _preceding(form, page, self._check(form, draft)) if way == "back" else None
        return redirect(self._address(form, draft, before or page.id), 303)

    def _look_again(self, form: Form, page: Screen, saved: Saved) -> Answer:
        """The page once more, because another window changed the same answers."""
        sentences = told(form, saved.others, self._site.intake.now(), speaking(self._site.catalog))
        here = {field.name for field in page.fields}
        warnings = tuple(sentence for sentence in sentences if sentence.field in here)
        checked = self._check(form, saved.draft, page)
        return self._show(form, page, saved.draft, checked, status=409, warnings=warnings)

    def _elsewhere(self, form: Form, token: str, posted: Posted) -> Answer:
        """What is posted to a page that the form has no more: kept, and on to what wants an answer now."""
        found = broken_open(posted.texts.get("_seal"))
        genuine = found is not None and found.admits(token) and self._site.intake.receipt(token) is None
        draft = self._opened(form, token) if genuine else self._drafts.recover(form, token, found)
        return self._overview(form, self._drafts.save(form, self._merged(form, posted, draft)).draft)

    def _shown_again(self, form: Form, page: Screen, posted: Posted, lost: Draft) -> Answer:
        draft = self._drafts.save(form, self._merged(form, posted, lost)).draft
        return self._show(form, page, draft, self._check(form, draft, page), status=403, news=(AWAY,))

    def _begun_anew(self, form: Form, page: Screen, posted: Posted, sent: Receipt) -> Answer:
        """What is posted to a report that was sent begins another, so that it is neither lost nor taken for sent."""
        draft = self._drafts.save(form, self._merged(form, posted, Draft(new_token()))).draft
        return self._show(form, page, draft, self._check(form, draft, page), status=409, sent=sent)

    def _merged(self, form: Form, posted: Posted, draft: Draft, way: str = "") -> Draft:
        """The draft with the posted answers, files included."""
        return with_posted(form, posted, draft, self._site.store, way)

    def _show(
        self,
        form: Form,
        page: Screen,
        draft: Draft,
        checked: Checked,
        *,
        status: int = 200,
        errors: tuple[FieldError, ...] = (),
        warnings: tuple[FieldError, ...] = (),
        news: tuple[str, ...] = (),
        resumed: bool = False,
        sent: Receipt | None = None,
    ) -> Answer:
        language = speaking(self._site.catalog)
        if draft.outdated(form):
            news = (*news, changed(form, draft, self._check(form, draft), language))
            self._drafts.told(form, draft)
        view = PageView(
            form,
            page,
            draft,
            checked,
            language,
            errors=errors,
            warnings=warnings,
            news=tuple(say(language, sentence) for sentence in news),
            change="change" in request.args and sent is None,
            resumed=resumed,
            seal=seal(draft.token),
            sent=sent,
            carried=carried(form, request.args),
            notices=notices_of(self._site, form, draft, checked),
            listens=self._site.catalog.router.tells(form.id),
        )
        return draw(self._site, view, status)

    def _overview(self, form: Form, draft: Draft) -> Response:
        return redirect(url_for(".overview", form_id=form.id, token=draft.token), 303)

    def _address(self, form: Form, draft: Draft, page: str, **more: Any) -> str:
        return url_for(".page", form_id=form.id, token=draft.token, page_id=page, **more)

    def _check(self, form: Form, draft: Draft, page: Screen | None = None) -> Checked:
        language = speaking(self._site.catalog)
        checked = form.check(draft.raw, now=self._site.intake.now(), language=language)
        return checked.of({field.name for field in page.fields}) if page else checked


def _unseen(page: Screen, checked: Checked, asked: Collection[str]) -> bool:
    """Whether a question or a notice shows now that was not on the page when it was posted."""
    told = (field for field in page.fields if field.follows is None and field.name not in asked)
    names = [
        *(field.name for field in told),
        *(name for name in cells_of(page.fields, checked) if name not in asked),
    ]
    return checked.stopped is None and any(name in checked.showing for name in names)


def _page(form: Form, page_id: str) -> Screen:
    return screen(form, page_id) or abort(404)


def _following(form: Form, page: Screen, checked: Checked) -> str | None:
    """The page after this one among those that show."""
    pages = shown(form, checked)
    rest = pages[pages.index(page.id) + 1 :] if page.id in pages else ()
    return next(iter(rest), None)


def _preceding(form: Form, page: Screen, checked: Checked) -> str | None:
    """The page before this one among those that show."""
    pages = shown(form, checked)
    before = pages[: pages.index(page.id)] if page.id in pages else pages
    return before[-1] if before else None
