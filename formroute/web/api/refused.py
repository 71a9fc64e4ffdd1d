"""What the JSON API says of a request that it cannot even begin with: a type, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import request, url_for
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from formroute.messages import say


class Refused(NamedTuple):
    """A problem of RFC 9457: its `type` and `title` are the same each time, its `detail` is about this request."""

    type: str
    title: str
    detail: str


TITLES: Mapping[int, tuple[str, str]] = {
    400: ("urn:formroute:unreadable", "This request cannot be read."),
    404: ("urn:formroute:not-here", "Nothing is at this address."),
    405: ("urn:formroute:wrong-method", "This address does not take this method."),
    413: ("urn:formroute:too-large", "The body is too large."),
    415: ("urn:formroute:wrong-type", "Send JSON, and say so in the header Content-Type: application/json."),
    429: ("urn:formroute:too-many", "Too much came from this address; Retry-After says when to go on."),
    500: ("urn:formroute:our-mistake", "Something went wrong on our side. Please try again in a few minutes."),
}


def refused(error: HTTPException, language: str) -> Refused:
    """What there is to say; of a status that is not in the table only what HTTP calls it (`about:blank`)."""
    kind, title = TITLES.get(error.code or 500, ("about:blank", ""))
    return Refused(kind, say(language, title) if title else error.name, _detail(error, language))


def _detail(error: HTTPException, language: str) -> str:
    match error.code:
        case 404:
            return say(language, "The forms are listed at {address}.", address=url_for(".api_forms"))
        case 405 if isinstance(error, MethodNotAllowed) and error.valid_methods:
            return say(language, "It takes {methods}.", methods=", ".join(sorted(error.valid_methods)))
        case 415:
            given = request.headers.get("Content-Type", "")
            return (
                say(language, "The header is {given}.", given=given)
                if given
                else say(language, "The header is missing.")
            )
    return ""
