"""What an expression gives, and what is wrong with its names and types, before any data exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from formroute.feel.checking.environment import Environment
from formroute.feel.checking.nodes import infer
from formroute.feel.errors import Finding
from formroute.feel.limits import LIMITS, Limits
from formroute.feel.parser import parse, parse_tests
from formroute.feel.syntax import Node
from formroute.feel.types import Type, read_type


@dataclass(frozen=True, slots=True)
class Checked:
    """The type that an expression gives, and every mistake found in it, in the order of the text."""

    type: Type
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(expression: str, types: Mapping[str, Type | str], *, limits: Limits = LIMITS) -> Checked:
    """Infer the type of an expression from those of its variables, `{"depth": "number", "rows": "list<string>"}`.

    Finds unknown names and entries, operands and arguments of a wrong or unknown type, comparisons that can only be
    null, and dates that do not exist. An expression without findings never warns of a type when it is evaluated with
    values of these types. Raises `FeelError` for a text that cannot be read.
    """
    known = {name: _type(type_) for name, type_ in types.items()}
    tree = parse(expression, known, fields=_fields(known), limits=limits)
    return _checked(expression, tree, known)


def check_tests(
    tests: str, value: Type | str, types: Mapping[str, Type | str] | None = None, *, limits: Limits = LIMITS
) -> Checked:
    """Check unary tests on a value of a type, as `check` does expressions."""
    known = {name: _type(type_) for name, type_ in (types or {}).items()}
    tree = parse_tests(tests, known, fields=_fields(known), limits=limits)
    return _checked(tests, tree, {**known, "?": _type(value)})


def _checked(text: str, tree: Node, known: Mapping[str, Type]) -> Checked:
    environment = Environment(text, dict(known))
    type_ = infer(tree, environment)
    findings = sorted(dict.fromkeys(environment.findings), key=lambda finding: (finding.line, finding.column))
    return Checked(type_, tuple(findings))


def _type(type_: Type | str) -> Type:
    return read_type(type_) if isinstance(type_, str) else type_


def _fields(types: Mapping[str, Type]) -> Iterator[str]:
    waiting = list(types.values())
    while waiting:
        type_ = waiting.pop()
        yield from type_.keys
        waiting.extend(type_.arguments)
