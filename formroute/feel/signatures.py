"""The catalogue of functions, read: parameters with types, and how the arguments of a call fall on them."""

import re
from dataclasses import dataclass
from functools import cache

from formroute.feel.catalogue import LINES, SECTIONS
from formroute.feel.types import ANY, Type, read_shape

VARIABLE = Type("T")
_RELATIONS = frozenset(line.partition("(")[0].strip() for line in SECTIONS["range"].strip().splitlines())
_LINE = re.compile(r"(?P<name>[a-z ]+)\((?P<parameters>.*)\) -> (?P<result>.+)")
_PARAMETER = re.compile(r"(?P<name>\w[\w ]*)(?P<mark>\?|\*|\.\.\.)?: (?P<type>[^?]+)(?P<null>\?)?")
_COMMA = re.compile(r", (?![^<]*>)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a built-in function.

    `type` is what a checker wants, perhaps with the type variable T; `accepts` what a call insists on.
    `optional`: may be left out. `nullable`: may be null. `spread`: its list may be given as single arguments.
    `many`: takes any number of arguments.
    """

    name: str
    type: Type
    optional: bool = False
    nullable: bool = False
    spread: bool = False
    many: bool = False

    @property
    def accepts(self) -> Type:
        """The outermost type, without what it holds."""
        return ANY if self.type == VARIABLE else Type(self.type.name)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a built-in function."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Type

    @property
    def compares(self) -> bool:
        """Whether it relates points and ranges, which then are of one type that has an order."""
        return self.result == Type("boolean") and self.name in _RELATIONS

    def slots(self, count: int, names: tuple[str, ...]) -> tuple[Parameter, ...] | None:
        """Give the parameter of each argument of a call, `names` for one by names; None when it does not fit."""
        return self._by_name(names) if names else self._by_position(count)

    def _by_name(self, names: tuple[str, ...]) -> tuple[Parameter, ...] | None:
        known = {parameter.name: parameter for parameter in self.parameters}
        required = {parameter.name for parameter in self.parameters if not parameter.optional}
        if len(set(names)) < len(names) or not required <= set(names) <= known.keys():
            return None
        return tuple(known[name] for name in names)

    def _by_position(self, count: int) -> tuple[Parameter, ...] | None:
        last = self.parameters[-1] if self.parameters else None
        if last and last.many:
            least = len(self.parameters)
            return (*self.parameters[:-1], *[last] * (count - least + 1)) if count >= least else None
        if last and last.spread and count > 1:
            return (Parameter(last.name, last.type.arguments[0], nullable=True, spread=True),) * count
        required = sum(not parameter.optional for parameter in self.parameters)
        return self.parameters[:count] if required <= count <= len(self.parameters) else None


@cache
def signatures() -> dict[str, tuple[Signature, ...]]:
    """Give every built-in function by name, with the ways to call it in the order of the catalogue."""
    found: dict[str, tuple[Signature, ...]] = {}
    for line in LINES:
        signature = _signature(line)
        found[signature.name] = (*found.get(signature.name, ()), signature)
    return found


def _fullmatch(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no line of the catalogue")
    return match


def _signature(line: str) -> Signature:
    match = _fullmatch(_LINE, line)
    written = match["parameters"]
    parameters = tuple(_parameter(part) for part in _COMMA.split(written)) if written else ()
    return Signature(match["name"], parameters, read_shape(match["result"]))


def _parameter(text: str) -> Parameter:
    match = _fullmatch(_PARAMETER, text)
    mark = match["mark"]
    return Parameter(
        match["name"],
        read_shape(match["type"]),
        optional=mark == "?",
        nullable=match["null"] is not None,
        spread=mark == "...",
        many=mark == "*",
    )
