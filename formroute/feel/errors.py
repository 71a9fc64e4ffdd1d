"""What is wrong with an expression, and where: the one exception of this package and its findings."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["syntax", "limit", "name", "type", "null", "value"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about an expression.

    `kind` says which sort: `name` (nothing is called that), `type` (a value of the wrong type), `null` (an
    operand without a value), `value` (right type, impossible value: a date that does not exist), `syntax`, `limit`.
    `line` and `column` are 1-based and count characters; `width` is the number of characters it is about.
    """

    kind: Kind
    message: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class FeelError(Exception):
    """An expression that cannot be read, or that asks for more than its limits allow."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding

    @property
    def message(self) -> str:
        """What is wrong, without the place."""
        return self.finding.message

    @property
    def line(self) -> int:
        """Line of the mistake, from 1."""
        return self.finding.line

    @property
    def column(self) -> int:
        """Column of the mistake in its line, from 1."""
        return self.finding.column


def find(kind: Kind, message: str, text: str, start: int, end: int) -> Finding:
    """Make the finding about `text[start:end]`."""
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return Finding(kind, message, line, column, max(1, end - start))


class LimitReached(Exception):  # noqa: N818 - it says what happened; only FeelError leaves the package
    """A bound was reached while evaluating; the border turns it into a `FeelError` with a place.

    `span` is the innermost loop or call that was at work, None outside of them.
    """

    span: tuple[int, int] | None = None

    def within(self, span: tuple[int, int]) -> "LimitReached":
        """Note the loop or call it happened in, unless one inside it is known already."""
        self.span = self.span or span
        return self


class NoValue(Exception):  # noqa: N818
    """The standard gives null here; whoever knows the place turns it into null and a warning."""

    def __init__(self, message: str, kind: Kind = "value") -> None:
        super().__init__(message)
        self.message = message
        self.kind: Kind = kind
