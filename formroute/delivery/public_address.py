"""Where the site can be reached from outside, and links to it in stored letters.

A stored letter holds STATUS_LINK in place of the link, so that nobody who reads the database can open a
status page; the link is put in at the moment of sending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from formroute.delivery.result import NotConfiguredError
from formroute.links import status_path, status_token

VARIABLE = "FORMROUTE_PUBLIC_URL"
STATUS_LINK = "@@formroute-status-link@@"
_SIGN = re.compile(r"=3D|.")
_SIGNS_A_LINE = 22  # 66 bytes at most, beside what stands around the link


def public_address(environment: Mapping[str, str]) -> str:
    """The address that the forms are mounted at, such as `https://city.example/services`; empty when it is not set.

    Raises NotConfiguredError.
    """
    text = environment.get(VARIABLE, "").rstrip("/")
    url = urlsplit(text)
    if text and (url.scheme not in ("http", "https") or not url.hostname or url.query or not _plain(text)):
        raise NotConfiguredError(f"{VARIABLE} is not a web address.", "Write it as https://city.example/services.")
    return text


def status_link(environment: Mapping[str, str], key: bytes, language: str, reference: str) -> str:
    """The link to a status page. Raises NotConfiguredError where the site has no public address."""
    address = public_address(environment)
    if not address:
        raise NotConfiguredError(
            f"{VARIABLE} is not set any more.", "Set it to the address that the forms are mounted at."
        )
    return address + status_path(language, reference, status_token(key, reference))


def with_link(letter: bytes, link: str) -> bytes:
    """A letter whose parts are quoted-printable, with `link` where STATUS_LINK stands in its body."""
    head, gap, body = letter.partition(b"\r\n\r\n")
    return head + gap + body.replace(STATUS_LINK.encode(), _quoted(link))


def _quoted(text: str) -> bytes:
    """Quoted-printable (RFC 2045, 6.7) with soft line breaks, for the middle of a short line."""
    signs = _SIGN.findall(text.replace("=", "=3D"))
    lines = ["".join(signs[start : start + _SIGNS_A_LINE]) for start in range(0, len(signs), _SIGNS_A_LINE)]
    return "=\r\n".join(lines).encode("ascii")


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and not set(text) & set(" \"'<>=")
