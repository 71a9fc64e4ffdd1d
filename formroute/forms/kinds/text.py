"""Texts of one line and of several."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, InstanceOf, PlainSerializer, model_validator

from formroute.conditions import Moment, Pattern, PatternError, Texts
from formroute.definitions.curly import quoted, uncurled
from formroute.definitions.types import WholeNumber, typed, word
from formroute.definitions.wrong import wrong
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import Reader, refused

# Unicode's White_Space, which is what the judge trims; `\s` differs between engines.
_BLANK = r"[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
TRIMMED = _BLANK.replace("\\t-\\r", "\\t-\\r\\x1c-\\x1f")
"""What Python trims as well: its separators of information."""
_CONTROL = r"\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069"
_BLANKS = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
_IN_NO_LINE = re.compile(f"[{_CONTROL}\ud800-\udfff]")
_IN_NO_TEXT = re.compile(f"(?!\n){_IN_NO_LINE.pattern}")
_NO_TEXT = refused("text", "Write the answer as text.")
_SIGN = refused("sign", "There is a character here that cannot be used.")


def _source(pattern: Pattern) -> str:
    return pattern.source


def _pattern(value: Any) -> Pattern:
    if isinstance(value, list | dict):
        raise wrong("C313", reason="without single quotes around it, `[` begins a list and `{` a mapping")
    if isinstance(value, str) and (inner := uncurled(value)) is not None:
        raise wrong("C332", instead=quoted(inner))
    try:
        return value if isinstance(value, Pattern) else Pattern.parse(word(value))
    except PatternError as error:
        raise wrong("C313", reason=error.reason) from None


class AddressDefinition(FieldDefinition):
    """A street address, as text."""

    max_length: Annotated[WholeNumber, Field(ge=1, le=1_000)] = 200
    """The most characters (Unicode code points) that are taken."""


class TextDefinition(AddressDefinition):
    """A text of one line."""

    pattern: Annotated[InstanceOf[Pattern], typed(_pattern), PlainSerializer(_source)] | None = None
    """What the whole answer looks like, in single quotes: `'[A-Z]{2}-[0-9]{4}'`; read as `matches` in conditions."""

    @property
    def example(self) -> str:
        """A short answer of the pattern; empty where there is none."""
        examples = self.pattern.examples() if self.pattern else ()
        return next((text for text in examples if self._takes(text)), "")

    def _takes(self, text: str) -> bool:
        return 0 < len(text) <= self.max_length and text == text.strip() and not _IN_NO_LINE.search(text)

    @model_validator(mode="after")
    def _can_be_answered(self) -> Self:
        if self.pattern and not self.example:
            raise wrong("F228", pattern=self.pattern.source, length=self.max_length)
        return self


class LongTextDefinition(FieldDefinition):
    """A text of several lines."""

    max_length: Annotated[WholeNumber, Field(ge=1, le=20_000)] = 2_000
    """The most characters (Unicode code points) that are taken."""

    rows: Annotated[WholeNumber, Field(ge=2, le=30)] = 5
    """How many lines tall the box is."""


def one_line(definition: Any) -> Reader:
    """Trimmed, without control characters."""
    return _text(definition.max_length, _IN_NO_LINE)


def _line(definition: TextDefinition) -> Reader:
    """One line, of the pattern where there is one."""
    read, pattern = one_line(definition), definition.pattern
    if pattern is None:
        return read
    unlike = refused("pattern", "Write it like this: {example}.", example=definition.example)

    def read_pattern(value: Any, moment: Moment) -> object:
        text = read(value, moment)
        return unlike if isinstance(text, str) and not pattern.matches(text) else text

    return read_pattern


def _lines(definition: LongTextDefinition) -> Reader:
    """Trimmed, with Unix line ends, without other control characters."""
    return _text(definition.max_length, _IN_NO_TEXT, _unix_lines)


def _text(most: int, unusable: re.Pattern[str], written: Callable[[str], str] = str) -> Reader:
    too_long = refused("too_long", "Write at most {max_length} characters.", max_length=most)

    def read(value: Any, _moment: Moment) -> object:
        if not isinstance(value, str):
            return _NO_TEXT
        if value.isprintable():  # as most texts are: every character can be used, and the only blank is the space
            text = value.strip()
            return text if len(text) <= most else too_long
        text = written(value).strip(_BLANKS)
        if len(text) > most:
            return too_long
        return _SIGN if unusable.search(text) else text

    return read


def _unix_lines(text: str) -> str:
    """Browsers post CR LF (HTML, form submission); a length counts one character for it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def text_schema(definition: Any, _language: str) -> dict[str, Any]:
    """The judge's own rule as one pattern: blanks around the text are trimmed before it is measured."""
    return _measured("[^" + _CONTROL + "]", definition)


def _line_schema(definition: TextDefinition, language: str) -> dict[str, Any]:
    measured = text_schema(definition, language)
    if definition.pattern is None:
        return measured
    edge = f"(?!{TRIMMED}|$)"
    inside = f"{TRIMMED}*{edge}(?:{definition.pattern.portable})(?<!{TRIMMED}){TRIMMED}*(?![\\s\\S])"
    return {"type": "string", "pattern": f"^(?={measured['pattern'][1:]}){inside}"}


def _lines_schema(definition: LongTextDefinition, _language: str) -> dict[str, Any]:
    return _measured(r"(?:\r\n|[\n\r\t]|[^" + _CONTROL + "])", definition)


def _measured(character: str, definition: Any) -> dict[str, Any]:
    something = f"(?=[\\s\\S]*[^{_BLANK[1:]})"
    return {"type": "string", "pattern": f"^{something}{_BLANK}*{character}{{0,{definition.max_length}}}{_BLANK}*$"}


_UNUSABLE = "".join(map(chr, (*range(0x2028, 0x202F), *range(0x2066, 0x206A), 0x200B)))


def _one_liners(st: Any, definition: Any, _now: datetime) -> Any:
    return _trimmed(st, definition, "")


def _of_a_pattern(st: Any, definition: TextDefinition, now: datetime) -> Any:
    if definition.pattern is None:
        return _one_liners(st, definition, now)
    alphabet = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=_UNUSABLE)
    texts = st.from_regex(definition.pattern.portable, fullmatch=True, alphabet=alphabet)
    return texts.filter(lambda text: text == text.strip() and 0 < len(text) <= definition.max_length)


def _line_faults(st: Any, definition: TextDefinition, now: datetime) -> dict[str, Any]:
    faults, pattern = text_faults(st, definition, now), definition.pattern
    if pattern is None:
        return faults
    unlike = _one_liners(st, definition, now).filter(lambda text: not pattern.matches(text))
    return {**faults, "pattern": unlike}


def _several_lines(st: Any, definition: Any, _now: datetime) -> Any:
    return _trimmed(st, definition, "\n")


def _trimmed(st: Any, definition: Any, also: str) -> Any:
    signs = st.characters(
        codec="utf-8", exclude_categories=["Cc"], include_characters=also, exclude_characters=_UNUSABLE
    )
    return st.text(signs, min_size=1, max_size=definition.max_length).map(str.strip).filter(bool)


def text_faults(st: Any, definition: Any, _now: datetime) -> dict[str, Any]:
    """A text that is too long, one with a character that cannot be used, and what is no text."""
    return {
        "too_long": st.integers(1, 50).map(lambda more: "x" * (definition.max_length + more)),
        "sign": st.sampled_from(["\x00", "\x7f", "\u200b", "\u202e", "\u2066"]),
        "text": st.integers() | st.booleans() | st.lists(st.text(), min_size=1, max_size=2),
    }


def _padded(_definition: Any, value: str) -> tuple[str, ...]:
    return f"  {value}", f"{value} "


LINE_SAMPLES = Samples(_one_liners, text_faults, _padded)
"""Texts of one line."""

TEXT = Kind(
    "text",
    TextDefinition,
    widget="text",
    reader=_line,
    json_schema=_line_schema,
    domain=lambda definition: Texts(definition.max_length, pattern=definition.pattern),
    missing="Write an answer.",
    samples=Samples(_of_a_pattern, _line_faults, _padded),
)
LONG_TEXT = Kind(
    "long_text",
    LongTextDefinition,
    widget="long_text",
    reader=_lines,
    json_schema=_lines_schema,
    domain=lambda definition: Texts(definition.max_length),
    missing="Write an answer.",
    datatype="text",
    samples=Samples(_several_lines, text_faults, lambda _definition, value: [value.replace("\n", "\r\n")]),
)
ADDRESS = Kind(
    "address",
    AddressDefinition,
    widget="address",
    reader=one_line,
    json_schema=text_schema,
    domain=lambda definition: Texts(definition.max_length, own_words=False),
    missing="Write the address.",
    samples=LINE_SAMPLES,
)
