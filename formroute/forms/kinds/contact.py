"""How a resident can be reached: e-mail address and telephone."""

from __future__ import annotations

from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic_core import CoreSchema, core_schema

from formroute.conditions import Texts
from formroute.forms.kinds.base import FieldDefinition, Kind, refused

_MOST = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
_REGION = "CA"


class EmailDefinition(FieldDefinition):
    """An e-mail address."""


class PhoneDefinition(FieldDefinition):
    """A telephone number; one without a country code is Canadian."""


def _read_email(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _MOST:
        raise refused("email", "Write an e-mail address such as name@example.com.")
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise refused("email", "Write an e-mail address such as name@example.com.") from error


def _read_phone(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    number = _parsed(text) if len(text) <= 40 and text.isascii() else None
    if number is None or not phonenumbers.is_possible_number(number):
        raise refused("phone", "Write a phone number with its area code, such as 204-555-0123.")
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        return None


def _show_phone(_definition: Any, value: str, _language: str) -> str:
    number = _parsed(value)
    if number is None:
        return value
    national = number.country_code == phonenumbers.country_code_for_region(_REGION)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _function(reader: Any) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(reader)


EMAIL = Kind(
    "email",
    EmailDefinition,
    widget="email",
    reader=lambda _definition: _function(_read_email),
    json_schema=lambda _definition, _language: {"type": "string", "format": "email"},
    domain=lambda _definition: Texts(_MOST, special=True, examples=("name@example.com",)),
    missing="Write an e-mail address.",
    exact=False,
)
PHONE = Kind(
    "phone",
    PhoneDefinition,
    widget="phone",
    reader=lambda _definition: _function(_read_phone),
    json_schema=lambda _definition, _language: {"type": "string", "maxLength": 60},
    domain=lambda _definition: Texts(40, special=True, examples=("+12045550123",)),
    show=_show_phone,
    missing="Write a phone number.",
    exact=False,
)
