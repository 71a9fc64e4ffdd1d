"""How each widget of a field is drawn: its template and what a browser should know of the box.

A kind of field names its widget; one that is not in this table brings its own template,
`formroute/fields/<widget>.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from formroute.forms.field import Field
from formroute.messages import say


def as_text(raw: Any) -> Any:
    """A raw answer as one box shows it."""
    return raw if isinstance(raw, str) else ""


def as_list(raw: Any) -> Any:
    """A raw answer of which several parts can be chosen."""
    return [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []


def as_several(raw: Any) -> Any:
    """Files that were kept, or rows."""
    return raw if isinstance(raw, list | tuple) else []


def _as_place(raw: Any) -> Mapping[str, str]:
    parts = raw if isinstance(raw, Mapping) else {"address": raw if isinstance(raw, str) else ""}
    return {part: str(parts.get(part) or "") for part in ("address", "latitude", "longitude")}


def _as_boxes(raw: Any) -> Mapping[str, str]:
    """Year, month and day; a date that came in one piece is taken apart."""
    names = ("year", "month", "day")
    parts = raw if isinstance(raw, Mapping) else dict(zip(names, as_text(raw).split("-"), strict=False))
    return {name: str(parts.get(name) or "") for name in names}


@dataclass(frozen=True, slots=True)
class Widget:
    """`grouped` is a question with several boxes (fieldset); `typed` makes of a raw answer what its template
    draws, and of one in the wrong shape an untouched question."""

    template: str
    grouped: bool = False
    many: bool = False
    input_type: str = "text"
    input_mode: str = ""
    autocomplete: str = ""
    size: str = ""
    typed: Callable[[Any], Any] = as_text


WIDGETS: Mapping[str, Widget] = {
    "text": Widget("text"),
    "long_text": Widget("long_text"),
    "number": Widget("text", input_mode="decimal", size="short"),
    "yes_no": Widget("radios", grouped=True),
    "choice": Widget("radios", grouped=True),
    "list": Widget("list"),
    "choices": Widget("checkboxes", grouped=True, many=True, typed=as_list),
    "date": Widget("text", input_type="date", size="middle"),
    "date_boxes": Widget("date_boxes", grouped=True, typed=_as_boxes),
    "date_time": Widget("text", input_type="datetime-local", size="middle"),
    "money": Widget("money", input_mode="decimal", size="short"),
    "rating": Widget("rating", grouped=True),
    "tick": Widget("tick", grouped=True),
    "signature": Widget("text", autocomplete="name", size="middle"),
    "time": Widget("text", input_type="time", size="short"),
    "email": Widget("text", input_mode="email", autocomplete="email"),
    "phone": Widget("text", input_type="tel", autocomplete="tel", size="middle"),
    "url": Widget("text", input_mode="url"),
    "postal_code": Widget("text", autocomplete="postal-code", size="short"),
    "plate": Widget("text", size="short"),
    "address": Widget("text", autocomplete="address-line1"),
    "location": Widget("location", typed=_as_place),
    "file": Widget("file", typed=as_several),
    "notice": Widget("notice"),
    "group": Widget("group", grouped=True),
    "rows": Widget("rows", grouped=True, typed=as_several),
    "calculated": Widget("calculated"),
}

RADIOS_AT_MOST = 7
"""More choices than this become a list that can be searched."""

BIRTHDAYS = frozenset({"birthday", "birth_date", "born_on", "date_of_birth"})
"""Names of dates that people know by heart: typed into boxes faster than found in a calendar (GOV.UK, date input)."""

PERSONAL = {"name": "name", "first_name": "given-name", "last_name": "family-name"} | dict.fromkeys(BIRTHDAYS, "bday")
"""Names of text fields whose purpose a browser can know (WCAG 2.2, 1.3.5)."""


class Option(NamedTuple):
    """One answer to choose, as it is posted and as it is read; one that is `withheld` is not offered now."""

    value: str
    label: str
    withheld: bool = False


def widget_of(field: Field) -> Widget:
    """The widget of a field; one that is not in the table only names its template."""
    name, wanted = getattr(field.definition, "widget", field.kind.widget), getattr(field.definition, "shown_as", None)
    if name == "date" and (wanted or ("boxes" if field.name in BIRTHDAYS else "picker")) == "boxes":
        return WIDGETS["date_boxes"]
    if name != "choice":
        return WIDGETS.get(name) or Widget(name)
    listed = wanted in ("select", "search") or (wanted is None and len(field.definition.choices) > RADIOS_AT_MOST)
    return WIDGETS["list" if listed else "choice"]


def hint_of(field: Field, language: str) -> str:
    """The author's hint; where a name is a signature and the author gives none, that it is to be typed."""
    if field.hint:
        return field.hint.inside(language)
    signed = getattr(field.definition, "widget", "") == "signature"
    return say(language, "Type your full name here: it is your signature.") if signed else ""


def options_of(field: Field, language: str) -> tuple[Option, ...]:
    """The answers that a field lets choose."""
    match widget_of(field).template:
        case "radios" if field.kind.widget == "yes_no":
            return Option("yes", say(language, "Yes")), Option("no", say(language, "No"))
        case "tick":
            return (Option("yes", say(language, "I confirm this")),)
        case "rating":
            return tuple(Option(str(mark), label) for mark, label in field.definition.labels(language).items())
    offers = getattr(field.definition, "choices", None) or {}
    return tuple(Option(value, offer.label.inside(language)) for value, offer in offers.items())
