"""Character classes and escapes of XML Schema's regular expressions, written for RE2."""

import unicodedata
from functools import cache

from formroute.feel.blocks import BLOCKS
from formroute.feel.errors import NoValue

Ranges = tuple[tuple[int, int], ...]
"""Code points, as sorted ranges with both ends in."""

_LAST = 0x10FFFF
_SURROGATES = ((0xD800, 0xDFFF),)
_SPACES: Ranges = ((9, 10), (13, 13), (32, 32))
_NAME_START: Ranges = (
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
_NAME_MORE: Ranges = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
_NAMED: dict[str, Ranges] = {"s": _SPACES, "i": _NAME_START, "c": tuple(sorted([*_NAME_START, *_NAME_MORE]))}
_SIMPLE = {"n": 10, "r": 13, "t": 9} | {character: ord(character) for character in "\\|.?*+(){}-[]^$"}
_CATEGORIES = frozenset(
    """L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn
    """.split()  # noqa: SIM905 - a table is read more easily
)


def read_escape(pattern: str, index: int) -> tuple[str, int]:
    """Read the escape at an index outside a class: what RE2 reads for it, and where it ends."""
    ranges, end = _escape(pattern, index)
    return _written(ranges), end


def read_class(pattern: str, index: int) -> tuple[str, int]:
    """Read the class at an index, `[a-z-[aeiou]]`: what RE2 reads for it, and where it ends."""
    ranges, negated, end = _class(pattern, index)
    return _written(ranges, negated=negated), end


def _class(pattern: str, index: int) -> tuple[Ranges, bool, int]:
    """Read a class: its code points, whether it means all others, and where it ends."""
    index += 1
    negated = pattern.startswith("^", index)
    index += negated
    found: list[tuple[int, int]] = []
    while not pattern.startswith("]", index) or not found:
        if pattern.startswith("-[", index) and found:
            return _subtraction(pattern, index + 1, _merged(found), negated)
        ranges, index = _member(pattern, index)
        found.extend(ranges)
    return _merged(found), negated, index + 1


def _subtraction(pattern: str, index: int, ranges: Ranges, negated: bool) -> tuple[Ranges, bool, int]:
    without, without_negated, end = _class(pattern, index)
    if not pattern.startswith("]", end):
        raise NoValue("a subtraction ends its class")
    taken = without if not without_negated else _others(without)
    kept = _others(ranges) if negated else ranges
    return _others(_merged([*_others(kept), *taken])), False, end + 1


def _member(pattern: str, index: int) -> tuple[Ranges, int]:
    """Read one character, range or escape of a class."""
    ranges, index = _class_character(pattern, index)
    if not pattern.startswith("-", index) or pattern[index + 1 : index + 2] in ("]", "[", ""):
        return ranges, index
    last, end = _class_character(pattern, index + 1)
    if not (_is_single(ranges) and _is_single(last)) or ranges[0][0] > last[0][0]:
        raise NoValue("a range in a class goes from one character up to another")
    return ((ranges[0][0], last[0][0]),), end


def _class_character(pattern: str, index: int) -> tuple[Ranges, int]:
    character = pattern[index : index + 1]
    if character == "\\":
        return _escape(pattern, index)
    if character in ("", "[", "]"):
        raise NoValue("a class is not closed, or has a bracket without \\")
    return ((ord(character), ord(character)),), index + 1


def _is_single(ranges: Ranges) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


def _escape(pattern: str, index: int) -> tuple[Ranges, int]:
    letter = pattern[index + 1 : index + 2]
    if letter in ("p", "P"):
        return _property(pattern, index)
    if letter and letter in _SIMPLE:
        return ((_SIMPLE[letter], _SIMPLE[letter]),), index + 2
    if letter and letter in "dDwWsSiIcC":
        ranges = _multiple(letter.lower())
        return (ranges if letter.islower() else _others(ranges)), index + 2
    if letter.isdigit():
        raise NoValue("a pattern cannot refer back to a group: that is not matched in linear time")
    raise NoValue(f"\\{letter} has no meaning in a pattern")


def _property(pattern: str, index: int) -> tuple[Ranges, int]:
    end = pattern.find("}", index)
    name = pattern[index + 3 : end] if pattern.startswith("{", index + 2) and end > 0 else ""
    if name.startswith("Is") and name[2:] in BLOCKS:
        ranges: Ranges = (BLOCKS[name[2:]],)
    elif name in _CATEGORIES:
        ranges = _category(name)
    else:
        raise NoValue(f"there is no class of characters {name!r}")
    return (ranges if pattern[index + 1] == "p" else _others(ranges)), end + 1


def _multiple(letter: str) -> Ranges:
    if letter == "d":
        return _category("Nd")
    if letter == "w":
        return _merged([pair for name in "LMNS" for pair in _category(name)])
    return _NAMED[letter]


@cache
def _by_category() -> dict[str, Ranges]:
    """Gather the code points of each general category, in one pass over Unicode."""
    found: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for code in range(1, _LAST + 2):
        category = unicodedata.category(chr(code)) if code <= _LAST else ""
        if category != current:
            found.setdefault(current, []).append((start, code - 1))
            start, current = code, category
    return {category: tuple(ranges) for category, ranges in found.items() if category != "Cs"}


@cache
def _category(name: str) -> Ranges:
    return _merged(
        [pair for category, ranges in _by_category().items() if category.startswith(name) for pair in ranges]
    )


def _merged(ranges: list[tuple[int, int]]) -> Ranges:
    """Sort ranges and join those that touch."""
    done: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if done and low <= done[-1][1] + 1:
            done[-1] = (done[-1][0], max(done[-1][1], high))
        else:
            done.append((low, high))
    return tuple(done)


def _others(ranges: Ranges) -> Ranges:
    """Give every character that is not in these ranges."""
    taken = _merged([*ranges, *_SURROGATES])
    starts = [0, *(high + 1 for _, high in taken)]
    ends = [*(low - 1 for low, _ in taken), _LAST]
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)


def _written(ranges: Ranges, *, negated: bool = False) -> str:
    if not ranges:
        return r"[^\x{0}-\x{10FFFF}]"
    inner = "".join(_pair(low, high) for low, high in ranges)
    return f"[{'^' if negated else ''}{inner}]"


def _pair(low: int, high: int) -> str:
    return f"\\x{{{low:x}}}" if low == high else f"\\x{{{low:x}}}-\\x{{{high:x}}}"
