"""The link by which a resident comes back to a draft: made with the site's key, stored nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac

TOKEN_BYTES = 16
"""128 bits, from a key of 256."""


def draft_token(key: bytes, nonce: str) -> str:
    """The unguessable part of a link; `nonce` is what the store has of it, of no use without the site's `key`."""
    digest = hmac.digest(key, f"draft of {nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """What the store knows a link by."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def recipient_of(key: bytes, address: str) -> str:
    """What the letters to an address are counted by."""
    return hmac.digest(key, f"letters to {address.casefold()}".encode("utf-8", "replace"), "sha256").hex()


def draft_path(language: str, token: str) -> str:
    """The link below the address that the forms are mounted at."""
    return f"/{language}/back/{token}"
