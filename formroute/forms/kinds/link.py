"""Addresses of web pages."""

from __future__ import annotations

from typing import Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from formroute.conditions import Texts
from formroute.forms.kinds.base import FieldDefinition, Kind, refused

_MOST = 2_000
_URL = SchemaValidator(core_schema.url_schema(max_length=_MOST, allowed_schemes=["http", "https"], host_required=True))


class UrlDefinition(FieldDefinition):
    """The address of a web page."""


def _read(value: Any) -> str:
    """The address as browsers write it (WHATWG URL); one without a scheme is taken to be `https`."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        url = _URL.validate_python(text if "://" in text else f"https://{text}")
    except ValidationError:
        url = None
    host = (url.host or "") if url is not None else ""
    plain = url is not None and not (url.username or url.password) and "." in host and text.isprintable()
    if not plain or " " in text or len(str(url)) > _MOST:
        raise refused("url", "Write the address of a web page, such as https://www.example.com/page.")
    return str(url)


URL = Kind(
    "url",
    UrlDefinition,
    widget="url",
    reader=lambda _definition: core_schema.no_info_plain_validator_function(_read),
    json_schema=lambda _definition, _language: {"type": "string", "format": "uri", "maxLength": _MOST},
    domain=lambda _definition: Texts(_MOST, special=True, examples=("https://www.example.com/page",)),
    missing="Write the address of a web page.",
    exact=False,
)
