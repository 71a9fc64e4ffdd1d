"""One file that was read: what it says at once, and where it says so when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from formroute.definitions.compose import compose, composed
from formroute.definitions.conflict import settled
from formroute.definitions.cues import may_name_a_colour
from formroute.definitions.folder import Read, read_bytes
from formroute.definitions.nodes import Node, Spot
from formroute.definitions.syntax import glued
from formroute.definitions.tabs import without_tabs
from formroute.definitions.values import ordinary_values, values_of
from formroute.problems import DOUBTFUL, Mark, Problem, problem

MOST_BYTES = 5_000_000
_MOST_MENDED = 50
_BRACED = re.compile(r"[\w:-] *(?<!: )\{")
_MERGED = re.compile(r"^([<=>])\1{6}", re.MULTILINE)
_BREAKS = re.compile(r"\r?\n")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")


class Source:
    """One file that was read: its name as the author knows it, its text, and what it says as plain Python.

    Where things stand is found out when somebody has to say it, for most files never. `keys_head_columns` where a key
    stands far above its value, so that the value has to be shown. It `is_doubtful` where what it says can be read in
    several ways.
    """

    keys_head_columns = False

    def __init__(self, file: str, text: str, value: Any) -> None:
        self.file, self.text, self.value = file, text, value
        self.is_doubtful = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text."""
        return _lines(self.text)

    @cached_property
    def may_name_a_colour(self) -> bool:
        """Whether texts in it have to be looked at for colours that residents are to go by."""
        return may_name_a_colour(self.text)

    @cached_property
    def root(self) -> Node:
        """What it says as nodes that know where they stand."""
        return composed(self.text, self.file, self.lines, [])

    def fitting(self, instead: str, spot: Spot) -> str | None:  # noqa: ARG002
        """How a text is written in the place of what stands at a spot; None where it does not fit there."""
        return instead

    def line(self, number: int) -> str:
        """The line counted from 0; empty past the end."""
        return self.lines[number] if number < len(self.lines) else ""


def read_source(path: Path, problems: list[Problem], read: Read = read_bytes) -> Source | None:
    """The file as nodes, or None when `problems` were found that leave nothing to read."""
    file = str(path)
    text = _decoded(path, file, problems, read)
    return None if text is None else parse_source(text, file, problems)


def parse_source(text: str, file: str, problems: list[Problem]) -> Source | None:
    """What `text` says, under the name `file`; from a line that is no YAML it is read on as from the corrected one."""
    told: set[int] = set()
    merged: list[Problem] = []
    if _MERGED.search(text):
        text = "\n".join(settled(_lines(text), file, merged))
    problems.extend(merged)
    while True:
        found: list[Problem] = []
        source = parse_once(text, file, found)
        new = [one for one in found if one.mark.line not in told][: max(0, _MOST_MENDED - len(told))]
        problems.extend(new)
        mended = {one.mark.line: one.corrected for one in new if one.corrected is not None}
        if not mended:
            if source is not None:
                source.is_doubtful = any(one.code in DOUBTFUL for one in (*merged, *found))
            return source
        text = "\n".join(mended.get(number, line) for number, line in enumerate(_lines(text), 1))
        told.update(one.mark.line for one in new)


def parse_once(text: str, file: str, problems: list[Problem]) -> Source | None:
    """The same of a text as it is, up to the first line that is no YAML."""
    if not is_readable(text):
        problems.extend(unreadable(file, _lines(text), text))
        return None
    value = ordinary_values(text, _lines(text) if "#" in text else None)
    lines = _lines(text) if value is None or _BRACED.search(text) else ()
    if value is None:
        root = compose(text, file, lines, problems)
        if root is None:
            return None
        value = values_of(root, lines)
    problems.extend(glued(value, file, lines))
    return Source(file, text, value)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(_BREAKS.split(text))


def _decoded(path: Path, file: str, problems: list[Problem], read: Read) -> str | None:
    start = Mark(file, 1, 1)
    try:
        data = read(path, MOST_BYTES)
    except OSError as error:
        problems.append(problem("Y101", start, reason=(error.strerror or "it is not an ordinary file").lower()))
        return None
    if len(data) > MOST_BYTES:
        problems.append(problem("Y102", start, size=f"{path.stat().st_size:,}", most=f"{MOST_BYTES:,}"))
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(problem("Y103", _byte_mark(file, data, error.start), reason=_other_encoding(data)))
        return None
    if text.startswith("\ufeff"):
        problems.append(problem("Y116", start))
        text = text.removeprefix("\ufeff")
    if "\r\n" in text:
        problems.append(problem("Y115", Mark(file, 1, text.index("\r\n") + 1)))
    return text


def _byte_mark(file: str, data: bytes, offset: int) -> Mark:
    before = data[:offset].decode("utf-8", "replace")
    return Mark(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _other_encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "it looks like UTF-16"
    return "perhaps it was saved in an older encoding"


def is_readable(text: str, *, tabs: bool = False) -> bool:
    """Whether there are no control characters in it, and no tabs unless these may stand in it.

    What Python calls printable is told in a tenth of the time; no-break spaces, for one, are not.
    """
    if text.replace("\n", "").isprintable():
        return True
    return (tabs or "\t" not in text) and not _UNREADABLE.search(text)


def unreadable(file: str, lines: tuple[str, ...], text: str, *, tabs: bool = False) -> Iterator[Problem]:
    """What keeps it from being readable, at most one finding a line."""
    for number, line in enumerate(() if is_readable(text, tabs=tabs) else lines):
        if (found := _UNREADABLE.search(line)) is not None:
            mark = Mark(file, number + 1, found.start() + 1)
            shown = _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", line)
            yield problem("Y104", mark, line=shown, name=f"U+{ord(found[0]):04X}")
        elif not tabs and (column := line.find("\t")) >= 0:
            mark = Mark(file, number + 1, column + 1)
            yield problem("Y105", mark, line=line.replace("\t", " "), corrected=without_tabs(lines, number))
