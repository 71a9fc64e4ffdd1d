"""What authors write of tests as other languages have them, and how it is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formroute.conditions.answers.domains import Instants, Now, Numbers
from formroute.conditions.reading.operands import Operand, is_possible, reader_of
from formroute.conditions.reading.written import Written
from formroute.definitions import hint, suggest

_BETWEEN = re.compile(r"\s*(?:\.{3}|…|-|–|—|\bto\b)\s*")
_SIGN = re.compile(r"(>=|≥|<=|≤|>|<|=>|=<)\s*(.+)", re.DOTALL)
_SAID = (
    (re.compile(r"(?:at least|min(?:imum)?|from|no less than) +(.+)", re.IGNORECASE), ">="),
    (re.compile(r"(.+?) *(?:(?:or|and) (?:more|over|above|up|higher|later)|\+)", re.IGNORECASE), ">="),
    (re.compile(r"(?:more than|over|above|after) +(.+)", re.IGNORECASE), ">"),
    (re.compile(r"(?:at most|max(?:imum)?|up to|no more than) +(.+)", re.IGNORECASE), "<="),
    (re.compile(r"(.+?) *(?:or|and) (?:less|fewer|under|below|lower|earlier)", re.IGNORECASE), "<="),
    (re.compile(r"(?:less than|fewer than|under|below|before) +(.+)", re.IGNORECASE), "<"),
)
_ON_NUMBERS = {">": "more_than", "<": "less_than", ">=": "at_least", "<=": "at_most"}
_ON_DAYS = {">": "after", "<": "before", ">=": "on_or_after", "<=": "on_or_before"}
_PLAIN = {"≥": ">=", "=>": ">=", "≤": "<=", "=<": "<="}


def refuse_other_writing(written: Written, *, listed: bool) -> None:
    """Raise `WrittenError` for a text that is no value, with what was meant; the value of a list is no mapping."""
    text = written.raw.strip()
    if _read(written, text) is not None:
        return
    meant = next(_ranges(written, text), None) or (None if listed else _comparison(written, text))
    if meant:
        expected = reader_of(written.domain).expected
        raise written.wrong("C306", instead=meant, value=text, expected=expected, example=meant)
    words = [] if listed else _words(written)
    if word := suggest(text, words):
        raise written.wrong("C310", instead=word, test=text, hint=hint(text, words))


def _ranges(written: Written, text: str) -> Iterator[str]:
    """`5-10`, `5 to 10` as `5..10`."""
    for found in _BETWEEN.finditer(text):
        low, high = text[: found.start()], text[found.end() :]
        start, end = _read(written, low), _read(written, high)
        if start and end and start.aspect == end.aspect and start.position != end.position:
            yield f"{low}..{high}"


def _comparison(written: Written, text: str) -> str | None:
    """`>= 5`, `5..` and `5 or more` as `{at_least: 5}`."""
    keys = _ON_NUMBERS if isinstance(written.domain, Numbers) else _ON_DAYS
    for sign, said in _compared(text):
        value = said if _read(written, said) else reader_of(written.domain).meant(said)
        if value and _read(written, value):
            return f"{{{keys[sign]}: {value}}}"
    return None


def _compared(text: str) -> Iterator[tuple[str, str]]:
    """The sign that is meant, and what stands beside it."""
    low, dots, high = text.partition("..")
    if dots and not (low and high):
        yield ("<=", high.strip()) if not low else (">=", low.strip())
    if found := _SIGN.fullmatch(text):
        yield _PLAIN.get(found[1], found[1]), found[2].strip()
    for pattern, sign in _SAID:
        if found := pattern.fullmatch(text):
            yield sign, found[1].strip()


def _words(written: Written) -> list[str]:
    """The words that stand for a whole test and fit the question."""
    answered = [] if written.question.always_answered else ["answered", "blank"]
    return [*answered, "after_hours"] if isinstance(written.domain, Instants | Now) else answered


def _read(written: Written, text: str) -> Operand | None:
    operand = reader_of(written.domain).read(text.strip(), written.aspect)
    return operand if operand and is_possible(written.domain, operand) else None
