"""What the YAML parser stumbled over, said so that an author can mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from formroute.definitions.layout import furthest, moved
from formroute.definitions.outline import KEYS
from formroute.definitions.signs import closed_otherwise, printed, prose, quoted_in_braces
from formroute.problems import Mark, Problem, problem

# The parser's own words (libyaml's and PyYAML's) -> what happened, what to do.
_STUMBLES = (
    ("mapping values are not allowed", "there is a second `: ` in this line", "Put the text in double quotes."),
    ("cannot start any token", "a text may not begin with this character", "Put the text in double quotes."),
    (
        "could not find expected ':'",
        "this line is neither `key: value` nor part of a text",
        "Write a colon and a space after the key, or indent the text.",
    ),
    (
        "expected ',' or '}'",
        "a `{` is not closed, or a comma is missing",
        "Write the keys on lines of their own instead of in braces.",
    ),
    (
        "expected ',' or ']'",
        "a `[` is not closed, or a comma is missing",
        "Close the bracket, and quote a text that contains a comma.",
    ),
    (
        "expected '-' indicator",
        "this line does not belong to the list above it",
        "Begin it with `- ` or set its indent right.",
    ),
    (
        "expected key",
        "this line is indented unlike the keys above, or a quote ends too early",
        "Line it up with the keys of its mapping.",
    ),
    (
        "expected <block end>",
        "this line is indented unlike the lines before it",
        "Line it up with the keys of its mapping.",
    ),
    ("found unexpected end of stream", "a quote is opened and never closed", "Close the quote."),
    ("found unknown escape character", "a backslash in double quotes begins a code", "Write it in single quotes."),
    ("undefined alias", "a text may not begin with `*`", "Put the text in double quotes."),
    ("expected alphabetic or numeric", "a text may not begin with `*` or `&`", "Put the text in double quotes."),
    ("expected comment or line break", "a `>` or `|` begins a text of several lines", "Put the text in double quotes."),
    (
        "block sequence entries are not allowed",
        "a list may not begin in this line",
        "Put the `- ` on a line of its own.",
    ),
)
# What was opened and never closed is shown where it was opened.
_OPENED = ("unexpected end of stream", "expected ',' or '}'", "expected ',' or ']'")
_COLON = ("a colon with a space after it is missing in this line", "Write the key, a colon, a space and the value.")
_KEY = re.compile(r"^\s*(?:- )?([A-Za-z_][\w-]*):(?: |$)")
_SIGNED = re.compile(r"^(\s*(?:- )?)([A-Za-z_][\w-]*)(?: *= *| [-–—] |; +)(\S.*)$")
_GLUED = re.compile(r"^(\s*(?:- )?)([A-Za-z_][\w-]*):(?!//)(\S.*)$")
_BRACED = re.compile(r"^(\s*(?:- )?)([A-Za-z_][\w-]*)(?: +|: *)?(\{.*\})\s*$")
_APART = re.compile(r"^(\s*(?:- )?)([A-Za-z_][\w-]*) +(\S.*)$")
_ALONE = re.compile(r"^(\s*[A-Za-z_][\w-]*)\s*;?\s*$")
_INDENTED = ("this line is indented below a value", "Line it up with the keys of its mapping.")
_IN_BRACES = re.compile(
    r"^(\s*(?:- )?(?:show_when|when|require|warn|answers|expect|defaults): +)\(?([A-Za-z_][\w.]*: .*?[^\s)])\)?\s*$"
)
_JOINED = re.compile(r"\s*(?:;|\s(?:and|et)\s)\s*(?=[A-Za-z_][\w.]*: )")
_UNPARTED = re.compile(r"(?<=[^\s,:{\[(]) +(?=[A-Za-z_][\w.]*: )")
_ENDS = ("expected key", "expected <block end>")
_MORE_THAN = re.compile(r">(=?)\s*([\w.:-]+)")
_CLOSING = {"{": "}", "[": "]"}
_PRINTED = "“”„«»"
_VALUE = re.compile(r"^(\s*(?:- )?[^\s:#][^:#]*: +)(\S.*?)\s*$")


def explain(error: yaml.YAMLError, file: str, lines: tuple[str, ...]) -> Problem:
    """The finding for a parser's `error`, with the line as it should stand where that is certain."""
    said = str(getattr(error, "problem", None) or "the text could not be read")
    marks = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    where = next(filter(None, reversed(marks) if any(words in said for words in _OPENED) else marks), None)
    number, column = (where.line, where.column) if where else (0, 0)
    reason, hint = next(((what, fix) for words, what, fix in _STUMBLES if words in said), (said, "Mend this line."))
    if number >= len(lines) or not lines[number].strip():
        number, column = _last_line(lines, number)
    line = lines[number] if lines else ""
    if lines and (sign := furthest(lines, number, printed)) is not None:
        return _located(file, lines, *sign)
    if (braced := _braced(number, line)) is not None:
        return _located(file, lines, number, braced.column, *_COLON, braced.corrected)
    second_colon = "mapping values" in said and ":" in line[:column].strip()
    if not second_colon and (found := _missing_colon(lines, number)) is not None:
        return _located(file, lines, found.line, found.column, *_COLON, found.corrected)
    if "mapping values" in said and not second_colon:
        reason, hint = _INDENTED
    ways = (one for one in _mended(line, said) if one.corrected != line.rstrip() and _is_entry(one.corrected))
    if (mended := next(ways, None)) is not None:
        return _located(file, lines, number, column, *mended)
    if ("mapping values" in said or "expected" in said) and not second_colon and (one := moved(lines, number)):
        return _located(file, lines, *one)
    if lines and not second_colon and (words := furthest(lines, number, prose)) is not None:
        return _located(file, lines, *words)
    return _located(file, lines, number, column, reason, hint, quoted(line) if "double quotes" in hint else None)


def _located(
    file: str, lines: tuple[str, ...], number: int, column: int, reason: str, hint: str, corrected: str | None
) -> Problem:
    line = lines[number][:400] if lines else ""
    mark = Mark(file, number + 1, column + 1)
    return problem("Y106", mark, line=line, corrected=corrected, reason=reason, hint=hint)


class _Mended(NamedTuple):
    """What is wrong with a line that can be mended by itself, what to do, and the line as it should stand."""

    reason: str
    hint: str
    corrected: str


def _mended(line: str, said: str) -> Iterator[_Mended]:
    """What the author of a line may have meant; only what can be read is of use."""
    plain, value = line.rstrip(), _VALUE.match(line)
    if "mapping values" in said and (found := _IN_BRACES.match(line)):
        yield _Mended(
            "what is said by `name: value` needs braces in this line", "Add them.", f"{found[1]}{{{found[2]}}}"
        )
    if "{" in plain and (joined := _JOINED.sub(", ", plain)) != plain:
        yield _Mended("what stands in braces is parted by commas", "Write them.", joined)
    if value and (found := _MORE_THAN.fullmatch(value[2])):
        test = f"{{{'at_least' if found[1] else 'more_than'}: {found[2]}}}"
        yield _Mended("a `>` begins a text of several lines", f"Write the test in words: `{test}`.", value[1] + test)
    if "expected ',' or" in said and (parted := _UNPARTED.sub(", ", plain)) != plain:
        yield _Mended("a comma is missing in the braces", "Write it.", parted)
    if "expected ',' or" in said:
        yield _Mended("a bracket is not closed", "Close it.", _closed(plain))
    if value and value[2][0] in _CLOSING:
        yield _Mended("a text in braces holds a `?` or a `:`", "Put it in double quotes.", quoted_in_braces(plain))
        what = "a quote or a bracket in this line is not closed, or another one is"
        yield from (_Mended(what, "Close it.", one) for one in closed_otherwise(plain))
    if value and value[2][0] in _CLOSING and any(words in said for words in _ENDS) and not _is_entry(line):
        yield _Mended(
            f"a text may not begin with `{value[2][0]}`", "Put the text in double quotes.", quoted(line) or ""
        )
    if value and value[2][0] == "'" and (value[2][-1] == "'" or "'" not in value[2][1:]):
        text = json.dumps(value[2].strip("'"), ensure_ascii=False)
        yield _Mended("an apostrophe ends this text too early", "Put the text in double quotes.", value[1] + text)
    if value and value[2][0] == '"' and value[2][-1] in _PRINTED:
        text = json.dumps(value[2][1:-1], ensure_ascii=False)
        yield _Mended("a straight quote is opened and a printed one closed", "Write straight quotes.", value[1] + text)
    if value and value[2][0] == "'":
        text = json.dumps(value[2][1:].replace("''", "'"), ensure_ascii=False)
        yield _Mended("an apostrophe ends this text too early", "Put the text in double quotes.", value[1] + text)
    if value and value[2].count('"') == 1 and value[2][0] == '"':
        yield _Mended("a quote is opened and never closed", "Close the quote.", f'{plain}"')


def _closed(line: str) -> str:
    """The line with the brackets closed that it opens."""
    written: list[str] = []
    opened: list[str] = []
    for sign in line:
        while sign in opened and sign != opened[-1]:
            written.append(opened.pop())
        if sign in opened:
            opened.pop()
        elif sign in _CLOSING:
            opened.append(_CLOSING[sign])
        written.append(sign)
    return "".join((*written, *reversed(opened)))


def _is_entry(line: str) -> bool:
    """Whether the line by itself is YAML: a key with its value."""
    try:
        return isinstance(yaml.safe_load(line.strip().removeprefix("- ")), dict)
    except (yaml.YAMLError, ValueError):
        return False


class _Missing(NamedTuple):
    """A line whose colon is missing, where it should stand, and the line with it."""

    line: int
    column: int
    corrected: str


def _missing_colon(lines: tuple[str, ...], number: int) -> _Missing | None:
    """A line without its colon and space, at or just before the one where the parser gave up."""
    keys = KEYS | {found[1] for line in lines if (found := _KEY.match(line))}
    said = [n for n, line in enumerate(lines[: number + 1]) if line.strip() and not line.lstrip().startswith("#")]
    before = [n for n in said if n < number][-1:]
    missing = (_colonless(candidate, lines[candidate], keys) for candidate in (*before, number) if lines)
    return next((one for one in missing if one is not None), None)


def glued(value: object, file: str, lines: tuple[str, ...]) -> Iterator[Problem]:
    """The lines of which a brace was read as a part of the key, since the colon or the space before it is missing."""
    keys = set(_odd_keys(value))
    for number, line in enumerate(lines if keys else ()):
        if (braced := _braced(number, line)) is not None and line.strip().removeprefix("- ").split(": ")[0] in keys:
            yield _located(file, lines, number, braced.column, *_COLON, braced.corrected)


def _odd_keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str) and "{" in key)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _odd_keys(inner)


def _braced(number: int, line: str) -> _Missing | None:
    """A line that is a key and what stands in braces, with no colon and space between them."""
    found = _BRACED.match(line)
    if found is None or line.startswith(f"{found[1]}{found[2]}: "):
        return None
    corrected = f"{found[1]}{found[2]}: {found[3]}"
    return _Missing(number, len(found[1] + found[2]), corrected) if _is_entry(corrected) else None


def _colonless(number: int, line: str, keys: frozenset[str]) -> _Missing | None:
    plain = line.replace("\u00a0", " ")
    if plain != line and _KEY.match(plain) and not _KEY.match(line):
        return _Missing(number, line.index("\u00a0"), plain)
    if alone := _ALONE.match(plain):
        return _Missing(number, len(alone[1]), f"{alone[1]}:")
    found = _SIGNED.match(plain) or _GLUED.match(plain)
    if found is None and (apart := _APART.match(plain)) and (apart[2] in keys or "_" in apart[2]):
        found = apart
    return found and _Missing(number, len(found[1] + found[2]), f"{found[1]}{found[2]}: {found[3]}")


def _last_line(lines: tuple[str, ...], number: int) -> tuple[int, int]:
    """The last line before `number` that says something: where an author has to look for an end that is missing."""
    said = [n for n, line in enumerate(lines[: number + 1]) if line.strip()]
    number = said[-1] if said else 0
    return number, len(lines[number].rstrip()) if lines else 0


def quoted(line: str) -> str | None:
    """The line with its value in double quotes; None where it is not one key and one value."""
    found = _VALUE.match(line)
    return found and found[1] + json.dumps(found[2], ensure_ascii=False)
