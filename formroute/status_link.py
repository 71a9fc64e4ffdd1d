"""The link under which a resident sees how far a submission is."""

from __future__ import annotations

import base64
import hmac

TOKEN_BYTES = 16
"""128 bits, from a key of 256."""


def status_token(key: bytes, reference: str) -> str:
    """The unguessable part of the link: made with the site's `key` and stored nowhere."""
    digest = hmac.digest(key, f"status of {reference}".encode("utf-8", "replace"), "sha256")
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).rstrip(b"=").decode()


def status_path(language: str, reference: str, token: str) -> str:
    """The link below the address that the forms are mounted at."""
    return f"/{language}/status/{reference}/{token}"
