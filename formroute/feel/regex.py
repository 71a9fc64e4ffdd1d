"""Regular expressions of XPath, matched in linear time by RE2."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]

from formroute.feel.charclasses import read_class, read_escape
from formroute.feel.errors import LimitReached, NoValue
from formroute.feel.run import Run

_LONGEST_PATTERN = 1000
_MOST_GROUPS = 50
_MEMORY = 1 << 19
_COMPILING = 3
_MATCHING = 1500
"""Instructions that are compiled, and characters times instructions that are matched, in a step."""
_TRANSLATING = 100
_FAILING_STEPS = 4000


@dataclass(slots=True)
class _Reader:
    """A pattern, and how far it is read."""

    pattern: str
    index: int = 0


def matches(run: Run, text: str, pattern: str, flags: str) -> bool:
    """Tell whether a pattern occurs in a text; raises NoValue when it is no pattern."""
    return _prepared(run, text, pattern, flags).search(text) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str) -> str:
    """Replace every match; raises NoValue for a pattern that matches an empty text."""
    expression = _never_empty(run, text, pattern, flags)
    parts: list[str | int] = [replacement]
    if "q" not in flags:
        parts = list(_replacement(replacement, expression.groups))
    pieces: list[str] = []
    length = 0
    for piece in _pieces(run, text, expression, parts):
        length += len(piece)
        if length > run.limits.characters:
            raise LimitReached(f"a text grew longer than {run.limits.characters} characters")
        pieces.append(piece)
    return "".join(pieces)


def split(run: Run, text: str, delimiter: str) -> list[str]:
    """Cut a text at every match; raises NoValue for a pattern that matches an empty text."""
    expression = _never_empty(run, text, delimiter, "")
    pieces, end = [], 0
    for match in expression.finditer(text):
        run.charge(1)
        pieces.append(text[end : match.start()])
        end = match.end()
    return [*pieces, text[end:]]


def _pieces(run: Run, text: str, expression: Any, parts: list[str | int]) -> Iterator[str]:
    end = 0
    for match in expression.finditer(text):
        run.charge(1 + len(parts))
        yield text[end : match.start()]
        for part in parts:
            yield part if isinstance(part, str) else match.group(part) or ""
        end = match.end()
    yield text[end:]


def _prepared(run: Run, text: str, pattern: str, flags: str) -> Any:
    """Compile a pattern, and pay for compiling it once and for matching a text."""
    _plain(text)
    new = run.is_new((pattern, flags))
    try:
        expression, size = _compiled(pattern, flags)
    except NoValue:
        run.charge(_FAILING_STEPS)
        raise
    run.charge(1 + new * (_TRANSLATING + size // _COMPILING) + len(text) * size // _MATCHING)
    return expression


def _never_empty(run: Run, text: str, pattern: str, flags: str) -> Any:
    expression = _prepared(run, text, pattern, flags)
    if expression.search("") is not None:
        raise NoValue(f"the pattern {pattern!r} matches an empty text")
    return expression


def _replacement(text: str, groups: int) -> Iterator[str | int]:
    """Cut a replacement into texts and numbers of groups."""
    index = 0
    while index < len(text):
        character = text[index]
        index += 1
        if character == "\\":
            if text[index : index + 1] not in ("\\", "$") or index >= len(text):
                raise NoValue("in a replacement \\ stands before \\ or $ only")
            yield text[index]
            index += 1
        elif character == "$":
            digits = _group_digits(text, index, groups)
            index += len(digits)
            yield int(digits) if int(digits) <= groups else ""
        else:
            yield character


def _group_digits(text: str, index: int, groups: int) -> str:
    """Read the number after $: one digit, and more as long as there is such a group."""
    end = index + 1
    if not (text[index:end].isascii() and text[index:end].isdigit()):
        raise NoValue("in a replacement $ stands before a digit only")
    while text[end : end + 1].isascii() and text[end : end + 1].isdigit() and int(text[index : end + 1]) <= groups:
        end += 1
    return text[index:end]


@lru_cache(maxsize=500)
def _compiled(pattern: str, flags: str) -> tuple[Any, int]:
    """Compile a pattern for RE2, and count its instructions."""
    if len(pattern) > _LONGEST_PATTERN or pattern.count("(") > _MOST_GROUPS:
        raise NoValue("this pattern is too long")
    if set(flags) - set("smixq"):
        raise NoValue(f"the flags {flags!r} are none of s, m, i, x, q")
    translated = re2.escape(_plain(pattern)) if "q" in flags else _translate(_plain(pattern), flags)
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    inline = "".join(flag for flag in "smi" if flag in flags)
    try:
        expression = re2.compile(f"(?{inline}){translated}" if inline else translated, options)
    except re2.error as error:
        raise NoValue(f"{pattern!r} is no pattern, or too large a one") from error
    return expression, expression._regexp.ProgramSize()


def _plain(text: str) -> str:
    """Refuse a text with halves of characters, which RE2 cannot read."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NoValue("half of a surrogate pair is not a character") from None
    return text


def _translate(pattern: str, flags: str) -> str:
    """Write a pattern of XPath as RE2 reads it."""
    reader = _Reader(_without_spaces(pattern) if "x" in flags else pattern)
    parts: list[str] = []
    while reader.index < len(reader.pattern):
        parts.append(_part(reader))
    return "".join(parts)


def _without_spaces(pattern: str) -> str:
    """Take out the spaces that the flag x allows: all but those in classes."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for character in pattern:
        if character in " \t\n\r" and not depth:
            continue
        kept.append(character)
        depth += 0 if escaped else (character == "[") - (character == "]")
        escaped = character == "\\" and not escaped
    return "".join(kept)


def _part(reader: _Reader) -> str:
    character = reader.pattern[reader.index]
    if character in _READERS:
        written, reader.index = _READERS[character](reader.pattern, reader.index)
        return written
    reader.index += 1
    if character in "]}":
        raise NoValue(f"{character} stands alone in a pattern")
    if character == "{":
        return _count(reader)
    if character == "(":
        return _group(reader)
    return character if character in ")|.^$*+?" else str(re2.escape(character))


def _group(reader: _Reader) -> str:
    if not reader.pattern.startswith("?", reader.index):
        return "("
    if not reader.pattern.startswith("?:", reader.index):
        raise NoValue("a group starts with ( or (?:")
    reader.index += 2
    return "(?:"


def _count(reader: _Reader) -> str:
    end = reader.pattern.find("}", reader.index)
    inner = reader.pattern[reader.index : end] if end > 0 else ""
    low, _, high = inner.partition(",")
    if not low.isdigit() or not (high.isdigit() or not high):
        raise NoValue("{ starts a count, as in {2,5}")
    reader.index = end + 1
    return f"{{{inner}}}"


_READERS = {"[": read_class, "\\": read_escape}
