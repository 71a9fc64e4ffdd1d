"""The sorts of fields, one record each. What a city adds of its own is found by `formroute.forms.installed`."""

from __future__ import annotations

from collections.abc import Mapping

from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.calculated import (
    CALCULATED,
    CalculatedDefinition,
    calculated_domain,
    read_calculation,
    read_lookup,
    read_points,
)
from formroute.forms.kinds.choice import CHOICE, CHOICES, CHOOSE, YES_NO
from formroute.forms.kinds.contact import EMAIL, PHONE
from formroute.forms.kinds.date import DATE
from formroute.forms.kinds.date_time import DATE_TIME
from formroute.forms.kinds.declaration import DECLARATION
from formroute.forms.kinds.file import FILE
from formroute.forms.kinds.group import GROUP, MATRIX
from formroute.forms.kinds.link import URL
from formroute.forms.kinds.money import MONEY
from formroute.forms.kinds.national import PLATE, POSTAL_CODE
from formroute.forms.kinds.notice import NOTICE
from formroute.forms.kinds.number import INTEGER, NUMBER
from formroute.forms.kinds.place import LOCATION
from formroute.forms.kinds.rating import RATING
from formroute.forms.kinds.reader import Reader, Refusal, refused
from formroute.forms.kinds.repeat import REPEAT
from formroute.forms.kinds.text import ADDRESS, LONG_TEXT, TEXT
from formroute.forms.kinds.time import TIME
from formroute.forms.kinds.unclear import UNCLEAR, UnclearDefinition

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        TEXT,
        LONG_TEXT,
        INTEGER,
        NUMBER,
        MONEY,
        YES_NO,
        CHOICE,
        CHOICES,
        RATING,
        DECLARATION,
        DATE,
        TIME,
        DATE_TIME,
        EMAIL,
        PHONE,
        URL,
        POSTAL_CODE,
        PLATE,
        ADDRESS,
        LOCATION,
        FILE,
        GROUP,
        MATRIX,
        REPEAT,
        NOTICE,
        CALCULATED,
    )
}

__all__ = [
    "CHOOSE",
    "KINDS",
    "UNCLEAR",
    "CalculatedDefinition",
    "FieldDefinition",
    "Kind",
    "Reader",
    "Refusal",
    "Samples",
    "UnclearDefinition",
    "calculated_domain",
    "read_calculation",
    "read_lookup",
    "read_points",
    "refused",
]
