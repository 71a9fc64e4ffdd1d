"""Lines that are indented by tabs, which YAML does not read: as deep as their author may mean them to stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_WIDTHS = (2, 4, 8)
_OFFSETS = (0, 2, 4, 6, 8)


def indents(line: str) -> bool:
    """Whether a tab stands in the indent of a line that says something."""
    return bool(line.strip()) and line.lstrip(" \t") != line.lstrip(" ")


def readings(lines: Sequence[str]) -> Iterator[list[str]]:
    """All lines with spaces: as each fits those before it, and then with as many for every tab."""
    yield [without_tabs(lines, number) for number in range(len(lines))]
    for width in _WIDTHS:
        for offset in _OFFSETS:
            yield [_expanded(line, width, offset) if indents(line) else line.replace("\t", " ") for line in lines]


def without_tabs(lines: Sequence[str], number: int) -> str:
    """The line with spaces: two for each tab where that fits the lines before it, or else as deep as they let it be."""
    line = lines[number]
    if not indents(line):
        return line.replace("\t", " ")
    before = next((one for one in reversed(lines[:number]) if one.strip() and not one.lstrip().startswith("#")), "")
    depth, own = _depth(before), _depth(line)
    depths = {_depth(one) for one in lines[:number] if one.strip() and "\t" not in one}
    opens = before.rstrip().endswith(":")
    fits = own > depth if opens else own in depths
    if not fits:
        own = depth + 2 if opens else depth
    return " " * own + line.strip().replace("\t", " ")


def _expanded(line: str, width: int, offset: int) -> str:
    said = line.lstrip(" \t")
    indent = line[: len(line) - len(said)]
    return " " * (offset + width * indent.count("\t") + indent.count(" ")) + said.rstrip().replace("\t", " ")


def _depth(line: str) -> int:
    """How far the keys of a line are indented, a tab counting two."""
    said = line.expandtabs(2) if line.startswith("\t") else line.replace("\t", "  ")
    return len(said) - len(said.lstrip(" -")) if said.lstrip().startswith("- ") else len(said) - len(said.lstrip(" "))
