"""A resident's unfinished forms: kept on the server, seen only by the browser session that typed them."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, NamedTuple

from flask import session

from formroute.forms import Form
from formroute.forms.files import file_answers, with_files
from formroute.links import digest_of
from formroute.records import NOTHING, Upload
from formroute.store import KEEP, Lead, Store
from formroute.web.draft.edits import Edit, Other, Whole
from formroute.web.site.csrf import Seal, session_id

_CURRENT = "formroute_drafts"
_MOST_CURRENT = 8
_VISITED = "_visited:"
_VERSION = "_version"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Draft:
    """`raw` is what `Form.check` takes; `visited` names the pages that were sent once.

    `edits` are what is not saved yet, in order, each with the question it is about: another window may save meanwhile.
    `version` is the form's that the resident was told of last; empty for a draft that was never saved.
    """

    token: str
    raw: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    visited: tuple[str, ...] = ()
    edits: tuple[tuple[str, Edit], ...] = ()
    version: str = ""

    def edited(self, name: str, edit: Edit) -> Draft:
        """The draft with one answer changed."""
        raw = {**self.raw, name: edit.after(self.raw.get(name))}
        return replace(self, raw=raw, edits=(*self.edits, (name, edit)))

    def outdated(self, form: Form) -> bool:
        """Whether the form was edited since the resident last saw it."""
        return self.version not in ("", form.version)

    def after(self, page: str) -> Draft:
        """The draft once that page was sent."""
        return self if page in self.visited else replace(self, visited=(*self.visited, page))


class Saved(NamedTuple):
    """A draft as it is once it was saved, and what another window had done to the same answers."""

    draft: Draft
    others: Mapping[str, Sequence[Other]]


class _Merging:
    """The edits of a draft, applied to what the store has when nobody else can save."""

    def __init__(self, form: Form, draft: Draft) -> None:
        self._form, self._draft = form, draft
        self.result: Mapping[str, Any] = NOTHING
        self.others: dict[str, Sequence[Other]] = {}

    def merged(self, before: Mapping[str, Any], rest: Mapping[str, Any]) -> Mapping[str, Any]:
        raw = dict(self._form.renames.carried(before))
        self.others = {}
        for name, edit in self._draft.edits:
            told = tuple(edit.others(raw.get(name)))
            if told:
                self.others[name] = told
            raw[name] = _stored(edit.after(raw.get(name)))
        self.result = {**raw, **rest}
        return self.result


class Drafts:
    """The drafts in a store that the session of the request may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self, form: Form) -> Draft | None:
        """The draft of this form that the session began last."""
        known = _current()
        token = next((known[name] for name in (form.id, *form.was) if name in known), None)
        return self.open(form, token) if isinstance(token, str) else None

    def open(self, form: Form, token: str) -> Draft | None:
        """The session's draft under a token; None when there is none, it is another's, or of another form."""
        return self._load(form, token, session_id())

    def recover(self, form: Form, token: str, seal: Seal | None) -> Draft:
        """A new draft with what can be saved of one whose page cannot be trusted any more.

        A genuine seal on that draft proves that whoever posts was shown it, even from a lost session.
        """
        owner = seal.session if seal is not None and seal.subject == token else session_id()
        lost = self._load(form, token, owner)
        if lost is None:
            return Draft(new_token())
        return replace(lost, token=new_token(), edits=tuple((name, Whole(raw)) for name, raw in lost.raw.items()))

    def save(self, form: Form, draft: Draft, keep: timedelta = KEEP) -> Saved:
        """Keep what is new in the draft, for `keep` at least, and make it the current one of its form."""
        visited = {f"{_VISITED}{page}": True for page in draft.visited}
        version = draft.version or form.version
        rest = {**visited, _VERSION: version}
        merging = _Merging(form, draft)
        self._store.drafts.save(
            draft.token, form.id, _digest(session_id()), rest, keep, was=form.was, merge=merging.merged
        )
        self.remember(form, draft.token)
        raw = self._with_uploads(form, merging.result)
        return Saved(replace(draft, raw=raw, edits=(), version=version), merging.others)

    def lead_back(self, link: str) -> Lead | None:
        """Let the session into the draft of a link; None for a link that does not work."""
        return self._store.links.open(digest_of(link), _digest(session_id()))

    def remember(self, form: Form, token: str) -> None:
        """Make a draft the current one of its form."""
        kept = {name: known for name, known in _current().items() if name not in (form.id, *form.was)}
        session[_CURRENT] = dict([*kept.items(), (form.id, token)][-_MOST_CURRENT:])

    def told(self, form: Form, draft: Draft) -> None:
        """Remember that the resident knows of the form as it is now."""
        self.save(form, replace(draft, edits=(), version=form.version))

    def forget(self, form: Form, token: str) -> None:
        """Drop the session's draft."""
        if self.open(form, token) is not None:
            self._store.drafts.drop(token)
        session[_CURRENT] = {name: kept for name, kept in _current().items() if kept != token}

    def _load(self, form: Form, token: str, owner: str) -> Draft | None:
        found = self._store.drafts.load(token, _digest(owner)) if _TOKEN.fullmatch(token) else None
        if found is None or found.form not in (form.id, *form.was):
            return None
        visited = (name.removeprefix(_VISITED) for name in found.raw if name.startswith(_VISITED))
        raw = self._with_uploads(form, form.renames.carried(found.raw))
        return Draft(token, raw, tuple(visited), version=str(found.raw.get(_VERSION, "")))

    def _with_uploads(self, form: Form, stored: Mapping[str, Any]) -> Mapping[str, Any]:
        """Answers with uploads where the store has their tokens; a file that was swept is left out."""
        fields = form.fields.values()
        tokens = {token for answer in file_answers(fields, stored) for token in _tokens(answer)}
        known = self._store.uploads.waiting(tokens) if tokens else {}
        return with_files(fields, stored, lambda _, answer: [known[one] for one in _tokens(answer) if one in known])


def new_token() -> str:
    """A token that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


def _current() -> Mapping[str, Any]:
    known = session.get(_CURRENT)
    return known if isinstance(known, dict) else {}


def _stored(value: Any) -> Any:
    """An answer with the tokens of uploads in their place, in rows too; a file that was not kept has none."""
    match value:
        case list():
            return [_stored(item) for item in value if not (isinstance(item, Upload) and not item.token)]
        case dict():
            return {name: _stored(part) for name, part in value.items()}
        case Upload():
            return value.token
    return value


def _tokens(stored: Any) -> Sequence[str]:
    """The tokens of kept files; none where the question was of another kind when it was answered."""
    return [token for token in stored if isinstance(token, str)] if isinstance(stored, list) else ()


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()
