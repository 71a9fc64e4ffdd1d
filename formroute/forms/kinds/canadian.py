"""Numbers that Canada issues: postal codes and licence plates."""

from __future__ import annotations

import re
from typing import Any

from formroute.conditions import Moment, Texts
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import refused
from formroute.forms.kinds.text import TRIMMED

# Canada Post's addressing guidelines: no D, F, I, O, Q, U, and neither W nor Z first.
_FIRST, _OTHER = "[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]", "[ABCEGHJ-NPRSTV-Zabceghj-nprstv-z]"
_POSTAL_CODE = re.compile(rf"({_FIRST}[0-9]{_OTHER})[ -]?([0-9]{_OTHER}[0-9])", re.ASCII)
_PLATE = re.compile(r"(?:[ -]*[A-Za-z0-9]){2,8}[ -]*", re.ASCII)
_MOST = 29  # characters of a plate as it is typed, with what stands between its letters


class PostalCodeDefinition(FieldDefinition):
    """A Canadian postal code."""


class PlateDefinition(FieldDefinition):
    """A vehicle's licence plate."""


def _read_postal_code(value: Any, _moment: Moment) -> object:
    found = _POSTAL_CODE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return refused("postal_code", "Write a Canadian postal code such as R3C 1A5.")
    return f"{found[1]} {found[2]}".upper()


def _read_plate(value: Any, _moment: Moment) -> object:
    text = value.strip() if isinstance(value, str) and len(value) <= _MOST else ""
    if not _PLATE.fullmatch(text):
        return refused("plate", "Write the plate's letters and digits, such as ABC 123.")
    return re.sub(r"[ -]", "", text).upper()


def _whole(pattern: re.Pattern[str]) -> str:
    """The pattern for a whole text with blanks around it; `$` alone would let a line end pass."""
    return rf"^{TRIMMED}*(?:{pattern.pattern}){TRIMMED}*(?![\s\S])"


def _from_pattern(pattern: str) -> Any:
    return lambda st, _definition, _now: st.from_regex(pattern, fullmatch=True)


def _wrong(code: str, *texts: Any) -> Any:
    return lambda st, _definition, _now: {code: st.sampled_from([*texts, 5, ["x"]])}


POSTAL_CODE = Kind(
    "postal_code",
    PostalCodeDefinition,
    widget="text",
    reader=lambda _definition: _read_postal_code,
    json_schema=lambda _definition, _language: {"type": "string", "pattern": _whole(_POSTAL_CODE)},
    domain=lambda _definition: Texts(7, special=True, examples=("R3C 1A5",)),
    missing="Write a postal code.",
    samples=Samples(
        _from_pattern(r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]"),
        _wrong("postal_code", "D3C 1A5", "R3C 1A", "R3C  1A5", "90210", "R3C 1A5\n2"),
        lambda _definition, value: (value.lower(), value.replace(" ", ""), value.replace(" ", "-")),
    ),
)
PLATE = Kind(
    "plate",
    PlateDefinition,
    widget="plate",
    reader=lambda _definition: _read_plate,
    json_schema=lambda _definition, _language: {"type": "string", "maxLength": _MOST, "pattern": _whole(_PLATE)},
    domain=lambda _definition: Texts(8, special=True, examples=("ABC123",)),
    missing="Write the licence plate.",
    samples=Samples(
        _from_pattern("[A-Z0-9]{2,8}"),
        _wrong("plate", "A$C", "A", "ABCDEFGHI", "ÀBC 123"),
        lambda _definition, value: (value.lower(), f" {value[:2]} {value[2:]} ", f"{value[:1]}-{value[1:]}"),
    ),
)
