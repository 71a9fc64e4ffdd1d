"""10.3.4.3: texts."""

from decimal import Decimal

from formroute.feel import regex
from formroute.feel.builtins.tables import Table
from formroute.feel.errors import NoValue
from formroute.feel.numbers import whole
from formroute.feel.run import Run
from formroute.feel.values import Value


def substring(text: str, start: Decimal, length: Decimal | None) -> str:
    """Give the characters from a position, counted from 1, or from the end if it is negative."""
    first = whole(start)
    if not 1 <= abs(first) <= len(text) or (length is not None and length < 0):
        raise NoValue(f"a text of {len(text)} characters has no such part")
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin:] if length is None else text[begin : begin + whole(length)]


def substring_before(text: str, match: str) -> str:
    """Give what stands before a text; nothing when that does not occur."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


def substring_after(text: str, match: str) -> str:
    """Give what stands after a text; nothing when that does not occur."""
    return text.partition(match)[2] if match else text


def join(run: Run, texts: list[Value], delimiter: str | None) -> str:
    """Join texts, leaving out nulls."""
    present = [text for text in texts if text is not None]
    if not all(isinstance(text, str) for text in present):
        raise NoValue("only texts are joined", "type")
    run.charge(sum(map(len, present)) // 100)
    return (delimiter or "").join(present)


def matches(run: Run, text: str, pattern: str, flags: str | None) -> bool:
    """Tell whether a pattern occurs in a text."""
    return regex.matches(run, text, pattern, flags or "")


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None) -> str:
    """Replace what a pattern finds; `$1` stands for the first group."""
    return regex.replace(run, text, pattern, replacement, flags or "")


FUNCTIONS: Table = {
    "substring": substring,
    "string length": lambda text: Decimal(len(text)),
    "upper case": str.upper,
    "lower case": str.lower,
    "substring before": substring_before,
    "substring after": substring_after,
    "contains": lambda text, match: match in text,
    "starts with": str.startswith,
    "ends with": str.endswith,
}
RUN_FUNCTIONS: Table = {"replace": replace, "matches": matches, "split": regex.split, "string join": join}
