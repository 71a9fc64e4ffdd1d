"""Text to tokens."""

import re
from dataclasses import dataclass
from typing import Literal

from formroute.feel.errors import FeelError, find

Kind = Literal["number", "string", "name", "sign", "end"]

_LETTER = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_SPACE = "\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKEN = re.compile(
    rf"""(?P<space>(?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)+)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<name>[{_LETTER}][{_LETTER}0-9\u00b7\u0300-\u036f\u203f-\u2040]*)
    |(?P<sign>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{{}},:.?@'’])""".replace("\n    ", ""),
    re.DOTALL | re.ASCII,
)
_ESCAPE = re.compile(r"\\(?:(u[0-9A-Fa-f]{4})|(U[0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(slots=True)
class Token:
    """One word, number, text or sign; `text` is as written, except that a string's is what it says."""

    kind: Kind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens, the last of kind `end`; a character outside FEEL is a `FeelError`."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        if match.lastgroup != "space":
            tokens.append(_token(text, match))
        position = match.end()
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _token(text: str, match: re.Match[str]) -> Token:
    kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
    written = match.group()
    if kind == "string":
        written = _unescape(text, match)
    return Token(kind, written, match.start(), match.end())


def _unescape(text: str, match: re.Match[str]) -> str:
    inner = match.group()[1:-1]
    if "\\" in inner:
        inner = _ESCAPE.sub(_character, inner)
    try:
        return inner.encode("utf-16", "surrogatepass").decode("utf-16") if not inner.isascii() else inner
    except UnicodeDecodeError:
        message = "half of a surrogate pair is not a character"
        raise FeelError(find("syntax", message, text, match.start(), match.end())) from None


def _character(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    if short:
        return chr(int(short[1:], 16))
    if long:
        code = int(long[1:], 16)
        return chr(code) if code <= 0x10FFFF else match.group()
    return _SIMPLE_ESCAPES.get(plain, match.group())


def _unreadable(text: str, position: int) -> FeelError:
    if text[position] == '"':
        return FeelError(find("syntax", 'this text has no closing "', text, position, len(text)))
    message = f"{text[position]!r} has no meaning in FEEL"
    return FeelError(find("syntax", message, text, position, position + 1))
