"""Save and come back: a resident asks for a letter with a link to the draft, and comes back by it on any device."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import abort, redirect, request, url_for

from formroute.conditions import Moment
from formroute.forms import KINDS, Form
from formroute.forms.judge import refusal_of
from formroute.forms.kinds.contact import read_email
from formroute.links import digest_of, draft_token, recipient_of
from formroute.messages import say
from formroute.store.links import MOST
from formroute.web.draft.drafts import Draft, Drafts
from formroute.web.draft.posting import read_posted
from formroute.web.draft.screens import screen
from formroute.web.site.csrf import broken_open, seal
from formroute.web.site.site import Answer, Site, speaking
from formroute.web.views.status import after_draft

_EMAIL = KINDS["email"]
NO_MORE = "This link no longer works"
WHY = "It may be too old, or the form has already been sent. You can start the form again."


class ComingBack:
    """The views of leaving a form and coming back to it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._drafts = Drafts(site.store)

    def ask(self, form_id: str, token: str, page_id: str) -> Answer:
        """Where to send the link; afterwards, that it is on its way."""
        form, draft = self._opened(form_id, token)
        if draft is None:
            return after_draft(self._site, form, token)
        address = str(draft.raw.get(form.acknowledge or "") or "")
        return self._page(form, draft, page_id, address=address, asked="asked" in request.args)

    def send(self, form_id: str, token: str, page_id: str) -> Answer:
        """Keep the draft as long as the link works, and have the letter sent; who asks is told the same in any case."""
        form, draft = self._opened(form_id, token)
        if draft is None:
            return after_draft(self._site, form, token)
        texts = read_posted(request).texts
        found = broken_open(texts.get("_seal"))
        address = texts.get("address", "").strip()
        if found is None or not found.admits(token):
            return self._page(form, draft, page_id, 403, address=address)
        refusal = self._refusal(form, address)
        if refusal:
            return self._page(form, draft, page_id, 422, address=address, error=refusal)
        self._drafts.save(form, draft, self._lasts)
        self._have_sent(draft, page_id, str(read_email(address, self._moment(form))))
        return redirect(url_for(".later", form_id=form.id, token=token, page_id=page_id, asked=1), 303)

    def back(self, token: str) -> Answer:
        """From the link to the page that was left; every link that does not work gives the same page."""
        lead = self._drafts.lead_back(token)
        form = self._site.catalog.today(lead.form) if lead else None
        if lead is None or form is None:
            language = speaking(self._site.catalog)
            return self._site.page("refused.html", 404, heading=say(language, NO_MORE), advice=say(language, WHY))
        self._drafts.remember(form, lead.draft)
        where = url_for(".page", form_id=form.id, token=lead.draft, page_id=lead.page, back=1)
        answer = redirect(where, 303)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @property
    def _lasts(self) -> timedelta:
        now = self._site.store.now()
        return now - self._site.catalog.come_back.before(now)

    def _opened(self, form_id: str, token: str) -> tuple[Form, Draft | None]:
        form = self._site.form(form_id)
        if not self._site.comes_back(form):
            abort(404)
        return form, self._drafts.open(form, token)

    def _have_sent(self, draft: Draft, page_id: str, address: str) -> None:
        key = self._site.store.key
        self._site.store.links.add(
            draft.token,
            page_id,
            language=speaking(self._site.catalog),
            address=address,
            recipient=recipient_of(key, address),
            lasts=self._lasts,
            digest=lambda nonce: digest_of(draft_token(key, nonce)),
        )

    def _refusal(self, form: Form, address: str) -> str:
        language = speaking(self._site.catalog)
        if not address:
            return say(language, _EMAIL.missing)
        found = refusal_of("address", _EMAIL, _EMAIL.definition.model_construct(), address, self._moment(form))
        return found.say(language) if found else ""

    def _moment(self, form: Form) -> Moment:
        return Moment(self._site.intake.now().astimezone(form.zone), {})

    def _page(self, form: Form, draft: Draft, page_id: str, status: int = 200, **more: Any) -> Answer:
        page = screen(form, page_id) or abort(404)
        until: datetime = self._site.store.now() + self._lasts
        shown = {"error": "", "asked": False, **more}
        return self._site.page(
            "later.html",
            status,
            form=form,
            token=draft.token,
            page=page,
            until=until,
            most=MOST,
            seal=seal(draft.token),
            **shown,
        )
