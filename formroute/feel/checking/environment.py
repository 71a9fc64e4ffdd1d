"""What is known while a tree is checked: the types of the names in scope, and the mistakes so far."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from formroute.feel.errors import Finding, Kind, find
from formroute.feel.syntax import Node, Span
from formroute.feel.types import ANY, MISTAKEN, NULL, Type

Infer = Callable[[Node, "Environment"], Type]


@dataclass(frozen=True, slots=True)
class Environment:
    """The names in scope with their types; `open` when an item of unknown entries may add others."""

    text: str
    names: Mapping[str, Type]
    open: bool = False
    findings: list[Finding] = field(default_factory=list)

    def within(self, names: Mapping[str, Type], *, opened: bool = False) -> "Environment":
        """Give the scope inside something that declares names."""
        return Environment(self.text, {**self.names, **names}, self.open or opened, self.findings)

    def report(self, span: Span, kind: Kind, message: str) -> None:
        """Note a mistake."""
        self.findings.append(find(kind, message, self.text, *span))

    def wrong(self, node: Node, message: str) -> Type:
        """Note a mistake of types, of which no type comes."""
        self.report(node.span, "type", message)
        return MISTAKEN

    def wants(self, node: Node, found: Type, wanted: Type, what: str) -> None:
        """Note a mistake unless a part is of a type, or null."""
        if found not in (wanted, NULL, MISTAKEN):
            self.wrong(node, f"{what} must be a {wanted.name}, {described(found)}")


def described(type_: Type) -> str:
    """Say what a type is, in a message that says what it should be."""
    return "and this may be anything" if type_ == ANY else f"not a {written(type_)}"


def written(type_: Type) -> str:
    """Write a type in a message."""
    inner = f"<{written(type_.arguments[0])}>" if type_.name in ("list", "range") and type_.arguments else ""
    return type_.name + inner


def suggestion(name: str, known: Iterable[str]) -> str:
    """Propose the known name that is most like a mistaken one."""
    near = get_close_matches(name, [*known], 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
