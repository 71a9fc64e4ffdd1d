"""Signs that word processors, phones and e-mails write in the place of those that YAML knows, and lines of prose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from formroute.definitions.layout import Moved

_SPACES = "\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000"
_ODD_SPACES = re.compile(rf"^[ {_SPACES}]*[{_SPACES}]|(?<=[:-])[ {_SPACES}]*[{_SPACES}]")
_BULLET = re.compile(r"^( *)([\u2022\u00b7\u2023\u25aa\u2010-\u2015\u2212*]) *(?=[A-Za-z_])")
_WIDE_COLON = re.compile(r"^(\s*(?:- )?[\w-]+) *\uff1a *(?=\S|$)")
_KEY = re.compile(r"^( *)(?:- )?[\w.-]+:(?: +(.*))?$")
_WORDS = re.compile(r"^\s*[^\s#-]\S* +\S.*$")
_WRONG_END = {"]": "}", "}": "]", ")": "]"}
_TEXT_IN_BRACES = re.compile(r"(?<=: )([^\s,{}\[\]\"'][^,{}\[\]\"']*)(?=\s*[,}])")


def printed(lines: Sequence[str], number: int) -> Iterator[Moved]:
    """The line with the signs that YAML knows."""
    line = lines[number]
    if found := _ODD_SPACES.search(line):
        plain = _ODD_SPACES.sub(lambda one: " " * len(one[0]), line)
        reason = "a no-break space or the like stands where only ordinary spaces count"
        yield Moved(number, found.start(), reason, "Write ordinary spaces.", plain)
    if found := _BULLET.match(line):
        reason = f"`{found[2]}` begins no item of a list"
        yield Moved(number, len(found[1]), reason, "Write `- `.", f"{found[1]}- {line[found.end() :]}")
    if found := _WIDE_COLON.match(line):
        text = f"{found[1]}: {line[found.end() :]}".rstrip()
        yield Moved(number, found.end(1), "`：` is no colon here", "Write an ordinary colon and a space.", text)


def prose(lines: Sequence[str], number: int) -> Iterator[Moved]:
    """A line of words: the rest of the text before it, or a note that its author left there."""
    line = lines[number]
    before = next((one for one in reversed(lines[:number]) if one.strip()), "")
    if not _WORDS.match(line) or _KEY.match(line):
        return
    begun, depth = _KEY.match(before), len(line) - len(line.lstrip())
    if begun and begun[2] and " " in begun[2] and begun[2][-1] not in "\"'}].?!…":
        text = f"{begun[1]}    {line.strip()}"
        yield Moved(number, depth, "this line goes on with the text before it", "Indent it further than its key.", text)
    text = f"{line[:depth]}# {line.strip()}"
    yield Moved(number, depth, "this line is neither `key: value` nor part of a text", "Delete it or write `#`.", text)


def closed_otherwise(line: str) -> Iterator[str]:
    """The line with one quote or bracket more, or another one, as may be meant."""
    if line.count('"') % 2:
        ends = [found.start() for found in re.finditer(r" *[,}\]]", line) if found.start() > line.rindex('"')]
        yield from (f'{line[:end]}"{line[end:]}' for end in ends)
    for end, sign in enumerate(line):
        if sign in _WRONG_END:
            yield f"{line[:end]}{_WRONG_END[sign]}{line[end + 1 :]}"


def quoted_in_braces(line: str) -> str:
    """The line with quotes around each text in braces that holds a `?` or a `:`."""
    return _TEXT_IN_BRACES.sub(
        lambda found: json.dumps(found[1], ensure_ascii=False) if set("?:") & set(found[1]) else found[1], line
    )
