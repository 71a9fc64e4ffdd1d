"""The one door: everything that comes in, by page, API or command, comes in here."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from formroute.catalog import Catalog
from formroute.forms import Checked, FieldError, Form
from formroute.forms.files import file_answers, told_apart, with_files
from formroute.links import TOKEN_BYTES, status_token
from formroute.records import RESIDENT, Decision, Destination, Receipt, Status, Submission, Upload
from formroute.store import Accepted, Case, ReferenceTakenError, Store, Stored, UnknownReferenceError, UploadGoneError

LETTERS = "34679CDFGHJKMNPQRTVWXY"
"""What a reference is made of: nothing that looks like something else, and no vowels to make words of."""

_NUMBER = re.compile("N{4,}")


class Intake:
    """Takes submissions for one catalogue into one store; `now` tells the moment, aware."""

    def __init__(
        self, catalog: Catalog, store: Store, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.now = clock

    def submit(
        self,
        form: str,
        raw: Mapping[str, Any],
        *,
        channel: str = "web",
        language: str | None = None,
        token: str | None = None,
        draft: str | None = None,
    ) -> Receipt | Checked:
        """Judge, decide and store. The receipt exists only once everything is on the disk.

        Returns the judgement instead when there are errors or a notice stopped the form. Posting again
        with the same `token` returns the first receipt. `draft` is dropped
        in the same commit. Files in `raw` are uploads of the store, or their tokens. Raises UnknownFormError.
        """
        asked = self.catalog.form(form)
        raw = asked.named_today(raw)
        token = token or secrets.token_urlsafe(TOKEN_BYTES)
        while True:
            before = self.receipt(token)
            if before is not None:
                return before
            received = self.now()
            checked = asked.check(self._with_uploads(asked, raw), now=received, channel=channel, language=language)
            if not checked.ok:
                return self.receipt(token) or checked  # its files may be taken by now, by the same post's twin
            submission = self.catalog.submission(
                form, told_apart(checked.answers), received=received, channel=channel, language=language
            )
            try:
                return self._receipt(self._accept(self._case(asked, submission, token, draft)))
            except UploadGoneError:
                continue  # swept at this moment: the judge will say which file is missing

    def is_reused(self, token: str) -> bool:
        """Whether the part of a form token before its dot stands for something else that was accepted."""
        key, dot, _ = token.partition(".")
        return bool(dot) and self.store.is_reused(_digest(f"{key}."), _digest(token))

    def receipt(self, token: str) -> Receipt | None:
        """What was accepted with a form token, if anything was."""
        accepted = self.store.accepted(_digest(token))
        return None if accepted is None else self._receipt(accepted)

    def warnings(self, receipt: Receipt) -> tuple[FieldError, ...]:
        """What whoever sent a submission is asked to look at again: the same however often it is asked."""
        stored = self.store.find(receipt.reference)
        if stored is None:
            return ()
        sent = stored.submission
        form = self.catalog.seen(sent.form, sent.version, stored.definition)
        if form is None or not any(check.warning for check in form.checks):
            return ()
        return form.check(sent.answers, now=sent.received, channel=sent.channel, language=sent.language).warnings

    def change_status(self, reference: str, status: Status, *, by: str) -> bool:
        """Say how far a submission is, as `by` found; a letter tells the resident who gave an address.

        False when it was said before. Raises UnknownReferenceError, also for what was erased.
        """
        stored = self.store.find(reference)
        if stored is None:
            raise UnknownReferenceError(reference)
        letters = self._to_resident(stored.submission, "news", status=status)
        return self.store.change_status(reference, status, by=by, destinations=letters)

    def find(self, reference: str, status_token: str) -> Stored | None:
        """A submission for whoever holds its status token; None for everyone else, whether or not it exists."""
        expected = self.status_token(reference).encode()
        if not hmac.compare_digest(expected, status_token.encode("utf-8", "replace")):
            return None
        return self.store.find(reference)

    def status_token(self, reference: str) -> str:
        """The unguessable part of a status link: made with the site's key and stored nowhere."""
        return status_token(self.store.key, reference)

    def _receipt(self, accepted: Accepted) -> Receipt:
        return Receipt(accepted.reference, self.status_token(accepted.reference), accepted.received)

    def _case(self, form: Form, submission: Submission, token: str, draft: str | None) -> Case:
        decision = self.catalog.decision(submission)
        destinations = (*self._destinations(decision), *self._to_resident(submission, "acknowledgement"))
        private = tuple(name for name, field in form.fields.items() if field.private)
        return Case(submission, decision, destinations, _digest(token), form.source, private, draft)

    def _accept(self, case: Case) -> Accepted:
        year = case.submission.received.astimezone(self.catalog.zone).year
        while True:
            try:
                return self.store.accept(case, new_reference(self.catalog.reference, year))
            except ReferenceTakenError:
                continue

    def _destinations(self, decision: Decision) -> tuple[Destination, ...]:
        """Every way to every department concerned, each department once, and to whom its routes notify."""
        departments = dict.fromkeys((decision.send_to, *decision.copy_to))
        ways = (way for name in departments for way in self.catalog.departments[name].deliver)
        return (*ways, *(Destination(address, "notice", {"to": address}) for address in decision.notify))

    def _to_resident(self, submission: Submission, handler: str, **settings: str) -> tuple[Destination, ...]:
        """The letter to the resident, if the form asks for an address and one was given."""
        form = self.catalog.today(submission.form)
        wanted = form.acknowledge if form else None
        answer = next((name for name in submission.answers if form and form.renames.today(name) == wanted), None)
        if answer is None:
            return ()
        return (Destination(RESIDENT, handler, {"answer": answer, **settings}),)

    def _with_uploads(self, form: Form, raw: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answers with each file as the store knows it."""
        asked = form.fields.values()
        items = (item for answer in file_answers(asked, raw) for item in _listed(answer))
        known = self.store.uploads.waiting([token for token in map(_token_of, items) if token])
        return with_files(asked, raw, lambda _, answer: [_found(item, known) for item in _listed(answer)])


def new_reference(pattern: str, year: int, choose: Callable[[str], str] = secrets.choice) -> str:
    """A reference such as WPG-2026-7K3M9Q: `YYYY` is the year, four N's or more are random letters and digits."""
    filled = pattern.replace("YYYY", f"{year:04}")
    return _NUMBER.sub(lambda run: "".join(choose(LETTERS) for _ in run[0]), filled)


def _digest(token: str) -> str:
    """What is stored of a form token; of one with a dot, the two parts can be told apart."""
    parts = token.encode("utf-8", "replace").split(b".")
    return ".".join(hashlib.sha256(part).hexdigest() for part in parts if part)


def _listed(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def _token_of(item: Any) -> str | None:
    """The token of an upload as the page, the API or a script names it."""
    match item:
        case Upload(token=token) | {"token": str(token)} | str(token):
            return token
        case _:
            return None


def _found(item: Any, known: Mapping[str, Upload]) -> Any:
    """The stored upload; else what the judge will refuse: the token alone, or a file that could not be kept."""
    if isinstance(item, Upload) and not item.token:
        return item
    token = _token_of(item)
    return known.get(token, token) if token is not None else item
