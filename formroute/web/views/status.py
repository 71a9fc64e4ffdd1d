"""What became of a submission, for whoever holds its link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from formroute.delivery.resident_letter import NEWS
from formroute.forms import Form
from formroute.messages import in_language
from formroute.records import RESIDENT, Receipt
from formroute.store import Delivery, State, Stored
from formroute.web.page.notices import Notice
from formroute.web.site.site import Answer, Site, speaking


class Status:
    """The receipt and the status page; a link that is wrong in any way gives the same 404."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def receipt(self, reference: str, status_token: str) -> Answer:
        """What a resident is told on sending."""
        stored = self._stored(reference, status_token)
        form = self._form(stored)
        language = speaking(self._site.catalog)
        after = form.after_sending.html(language) if form and form.after_sending else ""
        letters = _letters(stored)
        going = (one for one in letters if one.state is not State.DEAD)
        return self._page(
            "receipt.html",
            stored,
            status_token,
            after=after,
            letter_to=next((_masked(stored, letter) for letter in going), ""),
            no_letter=form is not None and form.acknowledge is not None and not (letters and self._site.mails),
        )

    def status(self, reference: str, status_token: str) -> Answer:
        """When it came, who has it, and how far it is."""
        stored = self._stored(reference, status_token)
        return self._page("status.html", stored, status_token, arrived=_arrived(stored), news=NEWS.get(stored.status))

    def _page(self, template: str, stored: Stored, status_token: str, **more: Any) -> Answer:
        form = self._form(stored)
        return self._site.page(
            template,
            stored=stored,
            notices=tuple(map(Notice.of, self._notices(stored))),
            status_token=status_token,
            title=form.title.inside(speaking(self._site.catalog)) if form else stored.submission.form,
            department=self._site.department_name(stored.decision.send_to),
            **more,
        )

    def _notices(self, stored: Stored) -> Sequence[str]:
        """What routes told, as they told it then: in the language in which it was sent."""
        told, spoken = stored.decision.notices, stored.submission.language
        return told if spoken == speaking(self._site.catalog) else [in_language(notice, spoken) for notice in told]

    def _stored(self, reference: str, status_token: str) -> Stored:
        return self._site.intake.find(reference, status_token) or abort(404)

    def _form(self, stored: Stored) -> Form | None:
        return self._site.catalog.seen(stored.submission.form, stored.submission.version, stored.definition)


def receipt_address(receipt: Receipt) -> str:
    """Where a receipt is shown."""
    return url_for(".receipt", reference=receipt.reference, status_token=receipt.status_token)


def after_draft(site: Site, form: Form, token: str) -> Response:
    """On from a draft that is no more: to its receipt, or to the start of the form when it was never sent."""
    receipt = site.intake.receipt(token)
    return redirect(receipt_address(receipt) if receipt else url_for(".first_page", form_id=form.id, gone=1), 303)


def _letters(stored: Stored) -> Sequence[Delivery]:
    """What tells the resident by mail that the request is here."""
    sent = (one for one in stored.deliveries if one.destination.department == RESIDENT)
    return [one for one in sent if one.destination.handler == "acknowledgement"]


def _masked(stored: Stored, letter: Delivery) -> str:
    """Where a letter goes, so that whoever wrote the address knows it again and nobody else learns it."""
    name, _, host = str(stored.submission.answers.get(letter.destination.settings["answer"], "")).rpartition("@")
    return f"{name[:1]}…@{host}" if name else ""


def _arrived(stored: Stored) -> bool:
    """Whether the department that deals with it has it by at least one way."""
    own = [delivery for delivery in stored.deliveries if delivery.destination.department == stored.decision.send_to]
    return any(delivery.state is State.DELIVERED for delivery in own)
