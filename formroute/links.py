"""Links that open something for whoever has them: made with the site's key and stored nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac

TOKEN_BYTES = 16
"""128 bits, from a key of 256."""


def status_token(key: bytes, reference: str) -> str:
    """The unguessable part of the link under which a resident sees how far a submission is."""
    return _token(key, f"status of {reference}")


def status_path(language: str, reference: str, token: str) -> str:
    """That link below the address that the forms are mounted at."""
    return f"/{language}/status/{reference}/{token}"


def draft_token(key: bytes, nonce: str) -> str:
    """The unguessable part of the link by which a resident comes back to a draft.

    `nonce` is what the store has of it, of no use without the site's `key`.
    """
    return _token(key, f"draft of {nonce}")


def draft_path(language: str, token: str) -> str:
    """That link below the address that the forms are mounted at."""
    return f"/{language}/back/{token}"


def digest_of(token: str) -> str:
    """What the store knows the link to a draft by."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def recipient_of(key: bytes, address: str) -> str:
    """What the letters to an address are counted by."""
    return _digest(key, f"letters to {address.casefold()}").hex()


def _token(key: bytes, what: str) -> str:
    return base64.urlsafe_b64encode(_digest(key, what)[:TOKEN_BYTES]).rstrip(b"=").decode()


def _digest(key: bytes, what: str) -> bytes:
    return hmac.digest(key, what.encode("utf-8", "replace"), "sha256")
