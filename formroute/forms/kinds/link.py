"""Addresses of web pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from formroute.conditions import Moment, Texts
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import refused

_MOST = 2_000
_URL = SchemaValidator(core_schema.url_schema(max_length=_MOST, allowed_schemes=["http", "https"], host_required=True))


class UrlDefinition(FieldDefinition):
    """The address of a web page."""


def _read(value: Any, _moment: Moment) -> object:
    """The address as browsers write it (WHATWG URL); one without a scheme is taken to be `https`."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        url = _URL.validate_python(text if "://" in text else f"https://{text}")
    except ValidationError:
        url = None
    host = (url.host or "") if url is not None else ""
    plain = url is not None and not (url.username or url.password) and "." in host and text.isprintable()
    if not plain or " " in text or len(str(url)) > _MOST:
        return refused("url", "Write the address of a web page, such as https://www.example.com/page.")
    return str(url)


def _pages(st: Any, _definition: Any, _now: datetime) -> Any:
    hosts = st.sampled_from(["www.example.com", "example.org", "xn--t-9fab.example.ca", "example.com:8080"])
    paths = st.from_regex(
        r"([a-z0-9_~-]{1,9}/){0,2}([a-z0-9]{1,9}(\?[a-z]=[a-z0-9%&=]{0,9})?(#[a-z]{0,9})?)?", fullmatch=True
    )
    return st.builds("{}://{}/{}".format, st.sampled_from(["https", "http"]), hosts, paths)


_NO_PAGES = ("not a page", "javascript:alert(1)", "ftp://example.com", "https://a:b@example.com", "localhost", 5)

URL = Kind(
    "url",
    UrlDefinition,
    widget="url",
    reader=lambda _definition: _read,
    json_schema=lambda _definition, _language: {"type": "string", "format": "uri", "maxLength": _MOST},
    domain=lambda _definition: Texts(_MOST, special=True, examples=("https://www.example.com/page",)),
    missing="Write the address of a web page.",
    wider="a text may still be no address of a web page",
    samples=Samples(
        _pages,
        lambda st, _definition, _now: {"url": st.sampled_from(_NO_PAGES)},
        lambda _definition, value: (f" {value} ", value.removeprefix("https://")),
    ),
)
