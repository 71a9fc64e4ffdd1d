"""From a FEEL text in a file to a formula, or to every problem in it at its place inside the text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from formroute import feel
from formroute.conditions.answers.domains import Domain, OneOf, Rows, Unclear
from formroute.conditions.answers.variables import type_of
from formroute.conditions.axes.aspects import Axis, Value
from formroute.conditions.condition import Expression
from formroute.conditions.formula import Formula
from formroute.conditions.question import Scope
from formroute.conditions.reading.written import Written, WrittenError
from formroute.definitions import Place, hint, suggest
from formroute.feel.syntax import (
    Between,
    Binary,
    In,
    Listing,
    Name,
    Node,
    Null,
    String,
    UnaryTest,
    UnaryTests,
    children,
    walk,
)
from formroute.feel.types import BOOLEAN
from formroute.problems import Problem

CLOCK = frozenset({"today", "now"})
_ORDERS = frozenset({"=", "!=", "<", "<=", ">", ">="})


_SEE = "`docs/reference/feel.md` has what there is and how it is written."
_ADVICE = {
    "type": "Put like beside like: a number beside a number, a text in quotes beside a text or a choice.",
    "null": "Leave `null` out: a question without an answer is tested with `blank` or `answered`.",
}


class Typed(NamedTuple):
    """A formula, and the type of what it gives; None where a question in it is unclear."""

    formula: Formula
    type: feel.Type | None


def compile_expression(
    raw: object,
    place: Place,
    scope: Scope,
    problems: list[Problem],
    *,
    later: Collection[str] = (),
    blank: bool = False,
) -> Expression | None:
    """The condition in a FEEL text; None when it adds to `problems`.

    `blank` says whether it holds while a question that it names has no answer.
    """
    try:
        return read_expression(raw, place, scope, later, blank=blank)
    except WrittenError as misread:
        problems += misread.problems
        return None


def read_expression(
    raw: object, place: Place, scope: Scope, later: Collection[str] = (), *, blank: bool = False
) -> Expression:
    """The same; raises `WrittenError`."""
    typed = _formula(raw, place, scope, later)
    if typed.type is not None and typed.type != BOOLEAN:
        raise WrittenError([place.problem("C323", type=typed.type.name)])
    if not typed.formula.inputs and not typed.formula.program.names & CLOCK:
        raise WrittenError([place.problem("C324")])
    return Expression(typed.formula, blank)


def compile_formula(
    raw: object, place: Place, scope: Scope, problems: list[Problem], *, later: Collection[str] = ()
) -> Typed | None:
    """The FEEL text at `place` over the questions of `scope`; None when it adds to `problems`."""
    try:
        return _formula(raw, place, scope, later)
    except WrittenError as misread:
        problems += misread.problems
        return None


def _formula(raw: object, place: Place, scope: Scope, later: Collection[str]) -> Typed:
    types = {name: type_of(question.domain) for name, question in scope.items()}
    domains = {name: question.domain for name, question in scope.items()}
    text = _Text(raw if isinstance(raw, str) else "", place, types, later, domains)
    checked = text.checked(feel.check, feel.parse)
    program = feel.compile(text.raw, types)
    inputs = tuple((name, Axis(name, Value())) for name in scope if name in program.names)
    return Typed(Formula(text.raw, inputs, program), None if text.is_unclear(program.names) else checked.type)


def compile_unary(written: Written) -> feel.Program:
    """The unary test under `feel`, typed by its question; raises `WrittenError`."""
    if not isinstance(written.raw, str):
        raise written.wrong("D111")
    type_ = type_of(written.domain)
    text = _Text(written.raw, written.place, {}, (), {"?": written.domain}, written.question.name)
    text.checked(lambda tests, types: feel.check_tests(tests, type_, types), feel.parse_tests)
    return feel.compile_tests(text.raw)


def names_in(raw: object, known: Collection[str]) -> frozenset[str]:
    """The names among `known` that a FEEL text uses; none when it cannot be read."""
    try:
        return feel.compile(raw, known).names & frozenset(known) if isinstance(raw, str) else frozenset()
    except feel.FeelError:
        return frozenset()


def all_names_in(raw: str) -> frozenset[str]:
    """Every name in a FEEL text; none when it cannot be read."""
    try:
        return feel.compile(raw).names
    except feel.FeelError:
        return frozenset()


@dataclass(frozen=True, slots=True)
class _Text:
    """One text with the types of what it may name, the names that come later, and the answers behind names.

    `asked` is the question that `?` stands for.
    """

    raw: str
    place: Place
    types: Mapping[str, feel.Type]
    later: Collection[str]
    domains: Mapping[str, Domain]
    asked: str = "?"

    def checked(
        self,
        check: Callable[[str, Mapping[str, feel.Type]], feel.Checked],
        parse: Callable[[str, Mapping[str, feel.Type]], Node],
    ) -> feel.Checked:
        """The text without a mistake; raises `WrittenError` with all of them."""
        try:
            tree, checked = parse(self.raw, self.types), check(self.raw, self.types)
        except feel.FeelError as error:
            raise WrittenError([self.at(error.finding).problem("C320", reason=error.message)]) from None
        nulls = [node.span for node in _compared_with_null(tree)]
        problems = [self.place.stretch(*span).problem("C322") for span in nulls]
        unclear = self.is_unclear({part.name for part, _ in walk(tree) if isinstance(part, Name)})
        judged = (found for found in checked.findings if found.kind == "name" or not unclear)
        others = (found for found in judged if not self.is_inside(found, nulls))
        problems += [self.problem(found, tree) for found in others]
        problems += self.unknown_choices(tree)
        if problems:
            raise WrittenError(problems)
        return checked

    def is_unclear(self, names: Iterable[str]) -> bool:
        """Whether one of these is a question of which it is not known what its answers are."""
        return any(map(_is_unclear, filter(None, map(self.domains.get, names))))

    def unknown_choices(self, tree: Node) -> Iterator[Problem]:
        """A finding for every text that a choice is compared with and can never be."""
        for name, text in _compared_with_text(tree):
            domain = self.domains.get(name)
            if isinstance(domain, OneOf) and text.value not in domain.values:
                start, end = text.span
                near, known = suggest(text.value, domain.written), hint(text.value, domain.written)
                inside = self.place.stretch(start + 1, end - 1)
                field = self.asked if name == "?" else name
                yield inside.problem("C303", instead=near, choice=text.value, field=field, hint=known)

    def problem(self, found: feel.Finding, tree: Node) -> Problem:
        """One finding of the checker in the words of conditions."""
        place, start = self.at(found), self.offset(found)
        word = self.raw[start : start + found.width]
        if (
            not self.types
            or found.kind != "name"
            or not any(isinstance(part, Name) and part.name == word for part, _ in walk(tree))
        ):
            return place.problem("C321", reason=found.message, fix=_ADVICE.get(found.kind, _SEE))
        if word in self.later:
            return place.problem("C302", name=word)
        if any(isinstance(domain, OneOf) and word in domain.values for domain in self.domains.values()):
            text = f'"{word}"'
            return place.problem("C301", instead=text, name=word, hint=f"A choice stands in quotes here: `{text}`.")
        near = suggest(word, self.types)
        return place.problem("C301", instead=near, name=word, hint=hint(word, self.types))

    def at(self, found: feel.Finding) -> Place:
        start = self.offset(found)
        return self.place.stretch(start, start + found.width)

    def is_inside(self, found: feel.Finding, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether a finding stands in one of these stretches, of which something is said already."""
        return any(start <= self.offset(found) < end for start, end in spans)

    def offset(self, found: feel.Finding) -> int:
        """How many signs stand before a finding."""
        lines = self.raw.split("\n")[: found.line - 1]
        return sum(len(line) + 1 for line in lines) + found.column - 1


def _is_unclear(domain: Domain) -> bool:
    rows = domain.scope.values() if isinstance(domain, Rows) else ()
    return isinstance(domain, Unclear) or any(_is_unclear(question.domain) for question in rows)


def _compared_with_null(tree: Node) -> Iterator[Node]:
    """Every comparison of something with `null`."""
    for node, _ in walk(tree):
        compares = isinstance(node, Between | In | UnaryTest | UnaryTests)
        if compares or (isinstance(node, Binary) and node.operator in _ORDERS):
            yield from (node for part in children(node) if isinstance(part, Null))


def _compared_with_text(tree: Node) -> Iterator[tuple[str, String]]:
    """Every text that stands right beside a name in a comparison, with the name; `?` in unary tests."""
    for node, _ in walk(tree):
        match node:
            case Binary("=" | "!=", Name(name), String() as text) | Binary("=" | "!=", String() as text, Name(name)):
                yield name, text
            case In(Name(name), tests):
                yield from ((name, text) for text in _texts(tests))
            case UnaryTests(tests):
                yield from (("?", text) for text in _texts(tests))


def _texts(tests: Iterable[Node]) -> Iterator[String]:
    for test in tests:
        match test:
            case String():
                yield test
            case Listing(items):
                yield from _texts(items)
            case UnaryTest("=" | "!=", String() as text):
                yield text
