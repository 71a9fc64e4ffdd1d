"""The seal on a form: it shows that whoever posts a draft was shown that draft's page by this site.

A seal names a draft and the session it was shown to, and is signed with the application's key. One
that is too old, or from a session that is gone, still proves whose draft it was, so that a resident
who was away too long gets the answers back instead of an error.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, session
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

LASTS = 4 * 3600
"""Seconds for which a page can be sent after it was shown."""

_SALT = "formroute.seal"
_SESSION = "formroute_session"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a genuine seal says; `fresh` is False when it is older than `LASTS`, `age` is in seconds."""

    session: str
    subject: str
    fresh: bool
    age: float = 0.0

    def admits(self, subject: str) -> bool:
        """Whether it was shown lately, to this session, for this subject."""
        return self.fresh and self.subject == subject and self.session == session_id()


def session_id() -> str:
    """The random name of this browser's session, given at its first use."""
    if not isinstance(session.get(_SESSION), str):
        session[_SESSION] = secrets.token_urlsafe(16)
    return str(session[_SESSION])


def seal(subject: str) -> str:
    """The text that a form carries in a hidden field; `subject` is a draft's token or the name of a desk."""
    return str(_serializer().dumps([session_id(), subject]))


def broken_open(text: str | None) -> Seal | None:
    """What the seal says, or None when this site did not make it."""
    try:
        return _read(text or "", fresh=True)
    except SignatureExpired:
        return _read(text or "", fresh=False)
    except BadSignature:
        return None


def _read(text: str, *, fresh: bool) -> Seal:
    found, made = _serializer().loads(text, max_age=LASTS if fresh else None, return_timestamp=True)
    return Seal(found[0], found[1], fresh, (datetime.now(UTC) - made).total_seconds())


def _serializer() -> URLSafeTimedSerializer:
    older = current_app.config.get("SECRET_KEY_FALLBACKS") or ()
    return URLSafeTimedSerializer([*older, current_app.secret_key], salt=_SALT)
