"""How a resident can be reached: email address and telephone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from formroute.conditions import Moment, Texts
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.national import NationalDefinition, in_country
from formroute.forms.kinds.reader import Reader, refused

_MOST = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets
_NOBODYS = "204-555-0123"  # of a region of Canada, kept for examples
_NO_EMAIL = refused("email", "Write an email address such as name@example.com.")


class EmailDefinition(FieldDefinition):
    """An email address."""


class PhoneDefinition(NationalDefinition):
    """A telephone number; one without a country code is of the catalogue's country, or of `country`."""


def read_email(value: Any, _moment: Moment) -> object:
    """An address in its canonical form: one domain can be typed with other signs that mean the same."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _MOST:
        return _NO_EMAIL
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return _NO_EMAIL


def _phone(definition: PhoneDefinition) -> Reader:
    country = str(definition.country)
    no_phone = refused(
        "phone", "Write a phone number with its area code, such as {example}.", example=_example(country)
    )

    def read(value: Any, _moment: Moment) -> object:
        text = value.strip() if isinstance(value, str) else ""
        number = _parsed(text, country) if len(text) <= 40 and text.isascii() else None
        if number is None or not phonenumbers.is_possible_number(number):
            return no_phone
        extension = f";ext={number.extension}" if number.extension else ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension

    return read


def _example(country: str) -> str:
    """A number as that country writes it."""
    number = None if country == "CA" else phonenumbers.example_number(country)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL) if number else _NOBODYS


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def _show_phone(definition: Any, value: str, _language: str) -> str:
    country = str(definition.country)
    number = _parsed(value, country)
    if number is None:
        return value
    national = number.country_code == phonenumbers.country_code_for_region(country)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _addresses(st: Any, _definition: Any, _now: datetime) -> Any:
    names = st.from_regex(r"[a-zA-Z0-9]{1,20}([._+-][a-z0-9]{1,20})?", fullmatch=True) | st.just("renée")
    return st.builds("{}@{}".format, names, st.sampled_from(["example.com", "example.org", "mail.example.ca"]))


def _numbers(st: Any, _definition: Any, _now: datetime) -> Any:
    """Numbers that nobody has (555-0100 to 0199), with an extension or without."""
    numbers = st.builds("+1{}55501{:02}".format, st.sampled_from([204, 431, 807]), st.integers(0, 99))
    return st.builds("{}{}".format, numbers, st.just("") | st.integers(1, 9_999).map(";ext={}".format))


def _typed_number(definition: Any, value: str) -> tuple[str, ...]:
    shown = _show_phone(definition, value, "en")
    return shown, shown.replace("(", "").replace(") ", "-"), f" {value} "


EMAIL = Kind(
    "email",
    EmailDefinition,
    widget="email",
    reader=lambda _definition: read_email,
    json_schema=lambda _definition, _language: {"type": "string", "format": "email"},
    domain=lambda _definition: Texts(_MOST, special=True, examples=("name@example.com",)),
    missing="Write an email address.",
    wider="a text with an `@` in it may still be no address",
    samples=Samples(
        _addresses,
        lambda st, _definition, _now: {
            "email": st.sampled_from(["ann", "ann@", "@example.com", "a b@example.com", "a@b@example.com", "a@b", 5])
        },
        lambda _definition, value: (f" {value} ", value.replace("example", "EXAMPLE")),
    ),
)
PHONE = Kind(
    "phone",
    PhoneDefinition,
    widget="phone",
    reader=_phone,
    json_schema=lambda _definition, _language: {"type": "string", "maxLength": 60},
    domain=lambda _definition: Texts(40, special=True, examples=("+12045550123",)),
    show=_show_phone,
    resolve=in_country,
    missing="Write a phone number.",
    wider="a short text may still be no phone number",
    samples=Samples(
        _numbers,
        lambda st, _definition, _now: {
            "phone": st.sampled_from(["311", "call me", "555-01", "٢٠٤٥٥٥٠١٢٣", 2045550123])
        },
        _typed_number,
    ),
)
