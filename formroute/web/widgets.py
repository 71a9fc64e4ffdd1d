"""How each widget of a field is drawn: its template and what a browser should know of the box.

A kind of field names its widget; one that is not in this table brings its own template,
`formroute/fields/<widget>.html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Widget:
    """`grouped` is a question with several boxes (fieldset); `blank` is the raw answer of an untouched one."""

    template: str
    grouped: bool = False
    many: bool = False
    input_type: str = "text"
    input_mode: str = ""
    autocomplete: str = ""
    size: str = ""


WIDGETS: Mapping[str, Widget] = {
    "text": Widget("text"),
    "long_text": Widget("long_text"),
    "number": Widget("text", input_mode="decimal", size="short"),
    "yes_no": Widget("radios", grouped=True),
    "choice": Widget("radios", grouped=True),
    "list": Widget("list"),
    "choices": Widget("checkboxes", grouped=True, many=True),
    "date": Widget("text", input_type="date", size="middle"),
    "time": Widget("text", input_type="time", size="short"),
    "email": Widget("text", input_type="email", autocomplete="email"),
    "phone": Widget("text", input_type="tel", autocomplete="tel", size="middle"),
    "url": Widget("text", input_type="url"),
    "postal_code": Widget("text", autocomplete="postal-code", size="short"),
    "plate": Widget("text", size="short"),
    "address": Widget("text", autocomplete="address-line1"),
    "location": Widget("location"),
    "file": Widget("file"),
    "notice": Widget("notice"),
    "calculated": Widget("calculated"),
}

RADIOS_AT_MOST = 7
"""More choices than this become a list that can be searched."""

PERSONAL = {"name": "name", "first_name": "given-name", "last_name": "family-name"}
"""Names of text fields whose purpose a browser can know (WCAG 2.2, 1.3.5)."""


def widget_of(name: str) -> Widget:
    """The widget of that name, or one that only names its template."""
    return WIDGETS.get(name) or Widget(name)
