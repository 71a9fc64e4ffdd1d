"""What is typed is read by the rule of its kind, to the character: the short ways of the readers take nothing else."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from formroute.forms import Form
from tests.forms.made import check, one_field

INTEGER, NUMBER, DATE = (one_field(f"type: {kind}") for kind in ("integer", "number", "date"))
TEXT, LONG_TEXT = (one_field(f"type: {kind}\nmax_length: 5") for kind in ("text", "long_text"))
TYPED = st.text("0123456789.,+-_ \n\u00a0٣²eE", max_size=22)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str)
NEAR_DAYS = st.builds(
    lambda day, at, sign: day[:at] + sign + day[at + 1 :], DAYS, st.integers(0, 10), st.text("0123456789-W ٣\n")
)
WRITTEN = st.text("ab é\t\n\r\x00\x1c\x85\u00a0\u200b\u2028\u3000\ud800", max_size=9)
WHITE_SPACE = (
    "\t\n\v\f\r \x85\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)
UNUSABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def read(form: Form, text: str) -> object:
    """The canonical answer; None for none and for one that is refused."""
    return check(form, answer=text).answers.get("answer")


@given(TYPED)
def test_a_whole_number_is_up_to_18_digits_with_a_sign_or_without(text: str) -> None:
    plain = re.fullmatch(r"[+-]?[0-9]{1,18}", text.strip())
    number = int(text) if plain else None
    assert read(INTEGER, text) == (number if number is not None and abs(number) <= 10**15 else None)


@given(TYPED)
def test_a_decimal_number_has_a_point_or_a_comma_that_is_not_one_of_thousands(text: str) -> None:
    plain = re.fullmatch(r"[+-]?[0-9]{1,18}([.,][0-9]{1,10})?", text.strip())
    thousands = re.fullmatch(r"[+-]?[0-9]+,[0-9]{3}", text.strip())
    number = Decimal(text.replace(",", ".")) if plain and not thousands else None
    assert read(NUMBER, text) == (number if number is not None and abs(number) <= 10**15 else None)


@given(DAYS | NEAR_DAYS)
def test_a_date_is_four_two_and_two_digits_and_exists(text: str) -> None:
    plain = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip())
    try:
        day = date.fromisoformat(text.strip()) if plain else None
    except ValueError:
        day = None
    assert read(DATE, text) == (day if day and 1900 <= day.year <= 2199 else None)


@given(WRITTEN)
def test_a_text_is_trimmed_measured_and_searched_for_signs(text: str) -> None:
    line, lines = text, text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    for form, written, unusable in ((TEXT, line, "\n"), (LONG_TEXT, lines, None)):
        trimmed = written.strip(WHITE_SPACE)
        good = 0 < len(trimmed) <= 5 and not UNUSABLE.search(trimmed) and (unusable is None or unusable not in trimmed)
        assert read(form, text) == (trimmed if good and not text.isspace() else None)
