"""The department desk: what came in, for those who have an account."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import abort, redirect, request, send_file, session, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from formroute.forms import Field
from formroute.records import Destination, Status, Upload
from formroute.routing import Department
from formroute.store import Stored
from formroute.store.accounts import Account, Role
from formroute.web.draft.posting import read_posted
from formroute.web.site.csrf import broken_open, seal
from formroute.web.site.site import Answer, Site, speaking
from formroute.web.views.photos import is_shown, uploads_in

_KEY = "formroute_desk"
_SUBJECT = "desk"
_MANY = 50
SHIFT = timedelta(hours=10)
"""For which an account stays inside."""

log = logging.getLogger(__name__)

STATUSES = {
    Status.RECEIVED: "Received",
    Status.IN_PROGRESS: "Being worked on",
    Status.DONE: "Done",
    Status.DECLINED: "Declined",
}
"""What a desk calls a status."""


class Line(NamedTuple):
    """One answer as the desk shows it, with the files that belong to it or, of a repeat, its rows."""

    label: str
    text: str
    files: Sequence[Upload]
    rows: Sequence[tuple[str, Sequence[Line]]] = ()

    @property
    def all_files(self) -> Sequence[Upload]:
        """Its files, those in rows included."""
        return [*self.files, *(file for _, lines in self.rows for line in lines for file in line.files)]


class Desk:
    """The views of a department."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def door(self) -> Answer:
        """The departments that the account may see, or the way in."""
        return self._front(self._account())

    def enter(self) -> Answer:
        """Let in who knows name and password, and out whoever asks."""
        texts = read_posted(request).texts
        found = broken_open(texts.get("_seal"))
        if found is None or not found.admits(_visit()):
            return self._too_old(texts)
        if texts.get("_go") == "out":
            session.pop(_KEY, None)
            return redirect(url_for(".desk"), 303)
        account = self._site.store.accounts.check(texts.get("name", ""), texts.get("password", ""))
        if account is None:
            return self._front(None, 403, refused=True, name=texts.get("name", ""))
        session[_KEY] = [account.name, account.mark, self._site.intake.now().timestamp()]
        return redirect(url_for(".desk"), 303)

    def _too_old(self, texts: Mapping[str, str]) -> Answer:
        """Such a page does nothing; the door of another window leads in who is inside under that name already."""
        account = self._account()
        if account is not None and texts.get("name") == account.name:
            return redirect(url_for(".desk"), 303)
        inside = account if texts.get("_go") == "out" else None
        return self._front(inside, 403, too_old=True, name=texts.get("name", ""))

    def _front(self, account: Account | None, status: int = 200, *, name: str = "", **told: bool) -> Answer:
        """The departments for `account`, or the door with the `name` that was typed there.

        It tells that the page was `too_old` or the password `refused`.
        """
        if account is None:
            return self._site.page("desk/door.html", status, seal=seal(_visit()), typed=name, **told)
        departments = self._departments(account)
        return self._site.page("desk/departments.html", status, seal=seal(_visit()), departments=departments, **told)

    def department(self, department: str) -> Answer:
        """The latest submissions of one department, all or those of one `status`; `before` turns the page."""
        found = self._department(department)
        chosen = next((status for status in STATUSES if status == request.args.get("status")), None)
        before = request.args.get("before")
        lines = self._site.store.at_desk(department, status=chosen, before=before, limit=_MANY)
        return self._site.page(
            "desk/department.html",
            department=department,
            name=found.name.inside(speaking(self._site.catalog)),
            lines=[(line, self._title(line.form)) for line in lines],
            more=lines[-1].reference if len(lines) == _MANY else "",
            statuses=STATUSES,
            chosen=chosen,
            seal=seal(_visit()),
        )

    def submission(self, department: str, reference: str) -> Answer:
        """One submission: its answers, and where it was sent and why. Who sees it stands in the log of events first."""
        found = self._department(department)
        stored = self._stored(department, reference)
        account = self._entitled()
        return self._site.page(
            "desk/submission.html",
            is_shown=is_shown,
            department=department,
            name=found.name.inside(speaking(self._site.catalog)),
            stored=stored,
            title=self._title(stored.submission.form),
            lines=self._lines(stored, found),
            statuses=STATUSES,
            now=stored.status,
            may_change=account.role(department) is Role.HANDLER,
            said=request.args.get("said"),
            noted=self._note_reading(stored, department, account),
            seal=seal(_visit()),
        )

    def _note_reading(self, stored: Stored, department: str, account: Account) -> bool:
        """False when it cannot be written, on a full disk for instance: whoever works on a case must see it even so."""
        try:
            self._site.store.readings.note(stored.reference, stored.events, department=department, by=account.name)
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or type(error).__name__
            log.error("%s read %s at the desk of %s, not noted: %s", account.name, stored.reference, department, reason)
            return False
        return True

    def change_status(self, department: str, reference: str) -> Answer:
        """Say how far a submission is."""
        self._department(department)
        account = self._entitled()
        stored = self._stored(department, reference)
        texts = read_posted(request).texts
        found = broken_open(texts.get("_seal"))
        if account.role(department) is not Role.HANDLER:
            abort(403)
        said = "unchanged"
        if found is not None and found.admits(_visit()) and texts.get("status") in STATUSES:
            self._site.intake.change_status(stored.reference, Status(texts["status"]), by=account.name)
            said = "changed"
        return redirect(url_for(".desk_submission", department=department, reference=stored.reference, said=said), 303)

    def file(self, department: str, reference: str, token: str) -> Response:
        """A file that belongs to a submission, always as an attachment."""
        found = self._department(department)
        stored = self._stored(department, reference)
        files = (upload for line in self._lines(stored, found) for upload in line.all_files)
        upload = next((upload for upload in files if _same(upload.token, token)), None) or abort(404)
        try:
            content = self._site.store.uploads.open(upload)
        except FileNotFoundError:
            abort(404)
        return send_file(content, upload.media_type, as_attachment=True, download_name=upload.filename)

    def _lines(self, stored: Stored, department: Department) -> Sequence[Line]:
        """The answers a department may see, in the order asked; those of questions gone since come last."""
        language = speaking(self._site.catalog)
        catalog = self._site.catalog
        form = catalog.seen(stored.submission.form, stored.submission.version, stored.definition)
        fields = form.fields if form else {}
        answers = stored.submission.answers
        known = [(fields[name], answers[name]) for name in fields if name in answers]
        lines = [
            _line(field, value, language)
            for field, value in known
            if department.private_answers or (form and not catalog.is_personal(field.name, form))
        ]
        gone = (name for name in answers if name not in fields and department.private_answers)
        return [*lines, *(Line(name, str(answers[name]), uploads_in(answers[name])) for name in gone)]

    def _stored(self, department: str, reference: str) -> Stored:
        stored = self._site.store.find(reference) or abort(404)
        if not any((to.department, to.handler) == (department, "desk") for to in _destinations(stored)):
            abort(404)
        return stored

    def _department(self, name: str) -> Department:
        return dict(self._departments(self._entitled())).get(name) or abort(404)

    def _departments(self, account: Account) -> Sequence[tuple[str, Department]]:
        known = self._site.catalog.departments.items()
        return [(name, found) for name, found in known if found.has_desk and account.role(name) is not None]

    def _entitled(self) -> Account:
        return self._account() or abort(redirect(url_for(".desk"), 303))

    def _title(self, form_id: str) -> str:
        form = self._site.catalog.today(form_id)
        return form.title.inside(speaking(self._site.catalog)) if form else form_id

    def _account(self) -> Account | None:
        """Who is inside: until the shift is over, the password changes or the account ends."""
        match session.get(_KEY):
            case [str(name), str(mark), float(since)]:
                age = self._site.intake.now().timestamp() - since
                account = self._site.store.accounts.find(name) if age < SHIFT.total_seconds() else None
                return account if account is not None and _same(account.mark, mark) else None
        return None


def _visit() -> str:
    """What a seal at the desk is for: once somebody entered, no seal counts that was there before."""
    match session.get(_KEY):
        case [str(), str(), float(since)]:
            return f"{_SUBJECT} since {since}"
    return _SUBJECT


def _same(token: str, given: str) -> bool:
    return secrets.compare_digest(token.encode(), given.encode("utf-8", "replace"))


def _destinations(stored: Stored) -> Sequence[Destination]:
    return [delivery.destination for delivery in stored.deliveries]


def _line(field: Field, value: object, language: str) -> Line:
    label = field.label.inside(language) if field.label else field.name
    rows = [
        (row.title, [Line(said.label, said.text, uploads_in(said.value)) for said in row.answers])
        for row in field.told(value, language)
    ]
    return Line(label, field.show(value, language), uploads_in(value), rows)
