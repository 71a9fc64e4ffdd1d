"""From what an author wrote to a condition, or to every problem in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from formroute.conditions.answers.domains import OneOf, Rows, Texts, Unclear
from formroute.conditions.axes.aspects import Axis, Some
from formroute.conditions.axes.sets import Values
from formroute.conditions.condition import ALWAYS, All, Any, Condition, Expression, Not, Test
from formroute.conditions.proof.found import Found, Witness
from formroute.conditions.proof.rows import scope_in_row
from formroute.conditions.proof.search import find
from formroute.conditions.question import Question, Scope, chooses
from formroute.conditions.reading.compile_feel import all_names_in, names_in, read_expression
from formroute.conditions.reading.in_prose import cut_list
from formroute.conditions.reading.sentences import example_test, meant_tests, takes_everything
from formroute.conditions.reading.vocabulary import compile_test, is_met_by_every_answer
from formroute.conditions.reading.written import Surroundings, Written, WrittenError, read_each
from formroute.conditions.telling.example import example_of
from formroute.definitions import Place, hint, suggest
from formroute.problems import Problem

NOWHERE = Surroundings()
_AS_HERE = "Write each question with a colon and its test."
Known = dict[tuple[str, str], Condition]
"""Tests on one scope in which nothing was found, by the question and what was written."""
Sought = Callable[[Condition], tuple[Found, Scope]]
"""Finds a submission that meets a condition, and gives the questions that it answers with it."""
_SENTENCE = re.compile(r"[^\W\d]\w*([ ,;]+\w+)+[.!?]?")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?", re.ASCII)


class Tree(NamedTuple):
    """A word above a list of conditions: how it joins them, and what editors and the reference say of it."""

    join: Callable[[tuple[Condition, ...]], Condition]
    meaning: str


TREES = {
    "all": Tree(All, "all of these conditions are met"),
    "any": Tree(Any, "at least one of these conditions is met"),
    "none": Tree(lambda parts: Not(Any(parts)), "none of these conditions is met; a blank answer can slip through"),
}


ANY_TEXT = "any_text"
"""Stands for every text that a resident writes in own words; a test behind it is met when one of them meets it."""


def compile_condition(
    raw: object,
    place: Place,
    scope: Scope,
    problems: list[Problem],
    *,
    later: Collection[str] = (),
    around: Surroundings = NOWHERE,
    blank: bool = False,
    known: Known | None = None,
    sought: Sought | None = None,
) -> Condition | None:
    """The condition under `when`, `show_when` or `require`; None when it cannot be read, as `problems` then say.

    `raw` is the YAML value at `place`: tests by question or a text in FEEL. `scope` are the questions that it may
    look at, `later` the names of those that are asked only afterwards. `blank` says whether what stands in FEEL
    lets the whole be met while a question that it names has no answer. `known` is kept for many conditions on one
    scope, of which thousands may share a test. `sought` finds submissions, where more is known of them than `scope`
    has.
    """
    sought = sought or _seeking(scope)
    compiler = _Compiler(scope, later, around, blank, sought, {} if known is None else known)
    try:
        return compiler.whole(raw, place, blank)
    except WrittenError as error:
        problems += error.problems
        return None
    finally:
        problems += compiler.warnings


class _Negated(NamedTuple):
    """What a `none` at `place` comes to, and the questions beside it of which blank is tested: `meant`."""

    condition: Condition
    place: Place
    meant: set[str]


@dataclass(frozen=True, slots=True)
class _Compiler:
    scope: Scope
    later: Collection[str]
    around: Surroundings
    passes: bool
    sought: Sought
    known: Known = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    in_any_text: list[Condition] = field(default_factory=list)
    negated: list[_Negated] = field(default_factory=list)

    def whole(self, raw: object, place: Place, blank: bool) -> Condition:
        """The condition, with a warning of each blank that slips through a `none` of it."""
        condition = self.condition(raw, place, blank)
        if self.negated and self.is_unclear(_names(raw)):
            return condition
        for negated in self.negated:
            self.warn_of_blanks(negated, condition)
        return condition

    def condition(self, raw: object, place: Place, blank: bool) -> Condition:
        """A text in FEEL, or a mapping of which every key holds."""
        if isinstance(raw, str) and raw:
            return self.expression(raw, place, blank)
        if not isinstance(raw, dict) or not raw:
            raise _wrong(place, "C312" if raw else "C311")
        parts = read_each(lambda key: self.entry(key, raw[key], place, blank), raw)
        if "none" in raw:
            meant = {part.axis.question for part in parts if isinstance(part, Test) and part.accepts.blank}
            self.negated.append(_Negated(parts[list(raw).index("none")], place["none"], meant))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def expression(self, raw: str, place: Place, blank: bool) -> Condition:
        """A text in FEEL, or else words by which a test may be meant."""
        try:
            read = read_expression(raw, place, self.scope, self.later, blank=blank)
            return ALWAYS if self.is_unclear(read.fields) else read
        except WrittenError as misread:
            is_feel = any(problem.code != "C320" for problem in misread.problems)
            raise self.in_words(raw, place, is_feel=is_feel) or misread from None

    def in_words(self, raw: str, place: Place, *, is_feel: bool) -> WrittenError | None:
        """What is wrong with a sentence in place of a condition; None for what is meant as FEEL."""
        meant = meant_tests(raw, self.scope)
        if place.step == "if":
            whole = place.above.key("if").up_to(place) if place.above and "when" not in place.above.value else None
            when = f"when: {{{meant}}}"
            return (
                _wrong(whole, "C331", instead=when, written=raw, hint=f"Write `{when}`.") if meant and whole else None
            )
        if meant is not None:
            return _wrong(place, "C331", instead=f"{{{meant}}}", written=raw, hint=_AS_HERE)
        if place.step == "when" and takes_everything(raw):
            hint = "A route without `when` takes all that is left: delete this line."
            return (
                WrittenError([place.above.superfluous("when", "C331", written=raw, hint=hint)]) if place.above else None
            )
        if is_feel or _SENTENCE.fullmatch(raw) is None:
            return None
        example = example_test(raw, self.scope)
        hint = f"Write each question with a colon and its test, such as `{{{example}}}`."
        return _wrong(place, "C331", written=raw, hint=hint)

    def entry(self, key: str, value: object, place: Place, blank: bool) -> Condition:
        if key in TREES:
            turned = key == "none" and self.passes
            return self.tree(TREES[key].join, value, place[key], blank is not turned)
        if key == ANY_TEXT:
            return self.any_text(value, place)
        written_so = key, repr(value)
        if written_so in self.known:
            return self.known[written_so]
        warned = len(self.warnings)
        condition = self.test(key, value, place)
        if len(self.warnings) == warned:
            self.known[written_so] = condition
        return condition

    def test(self, key: str, value: object, place: Place) -> Condition:
        """What stands behind the name of a question."""
        question = self.question(key)
        if question is None:
            raise self.unknown(key, place.key(key))
        written = self.written(value, place[key], question)
        condition = compile_test(written)
        if question.is_unclear:
            return condition
        if value != "answered" and not question.always_answered and is_met_by_every_answer(written, condition):
            whole = written.place if isinstance(value, str) else written.place.in_brackets()
            instead = "answered" if whole else None
            self.warnings.append((whole or written.place).problem("C327", instead=instead, field=key))
        return condition

    def is_unclear(self, names: Iterable[str]) -> bool:
        """Whether it is not known of one of these questions what its answers are."""
        return any(name in self.scope and self.scope[name].is_unclear for name in names)

    def question(self, name: str) -> Question | None:
        """The question of this name; of an unclear group everything is unclear."""
        group = self.scope.get(name.partition(".")[0])
        return self.scope.get(name) or (group if group is not None and group.is_unclear else None)

    def written(self, value: object, place: Place, question: Question) -> Written:
        domain = question.domain
        return Written(value, place, question, domain, domain.main, self.around, self.inside)

    def any_text(self, value: object, place: Place) -> Condition:
        """One test on each text in own words, also on those in rows."""
        if not isinstance(value, dict):
            raise _wrong(place[ANY_TEXT], "C329")
        texts = tuple(self.tests_of_texts(value, place))
        if not texts and any(question.is_unclear for question in self.scope.values()):
            return ALWAYS
        if not texts:
            raise _wrong(place.key(ANY_TEXT), "C330")
        self.in_any_text.extend(leaf for text in texts for leaf in text.leaves())
        return texts[0] if len(texts) == 1 else Any(texts)

    def tests_of_texts(self, value: object, place: Place) -> Iterator[Condition]:
        for question in self.scope.values():
            match question.domain:
                case Texts() if _is_in_own_words(question):
                    yield compile_test(self.written(value, place[ANY_TEXT], question))
                case Rows(scope=scope) if any(_is_in_own_words(asked) for asked in scope.values()):
                    yield Test(Axis(question.name, Some(self.inside({ANY_TEXT: value}, place, scope))), Values.of(True))

    def inside(self, raw: object, place: Place, scope: Scope) -> Condition:
        """A condition on the questions of one row."""
        sought = _seeking(scope_in_row(self.scope, scope))
        row = _Compiler(scope, (), self.around, passes=False, sought=sought, warnings=self.warnings)
        return row.whole(raw, place, blank=False)

    def tree(
        self, join: Callable[[tuple[Condition, ...]], Condition], raw: object, place: Place, blank: bool
    ) -> Condition:
        """A list of conditions under `all`, `any` or `none`."""
        if not isinstance(raw, list) or not raw:
            raise _wrong(place, "C312" if raw else "C311")
        return join(tuple(read_each(lambda number: self.condition(raw[number], place[number], blank), range(len(raw)))))

    def warn_of_blanks(self, negated: _Negated, whole: Condition) -> None:
        """A question slips through `none` where some submission meets the whole only because the question is blank.

        That is meant where blank is tested beside it, or in it whether there is an answer at all. Behind `any_text`
        that is what is meant too: no text says so.
        """
        leaves = [leaf for leaf in negated.condition.leaves() if leaf not in self.in_any_text]
        minded = negated.meant.union(*(leaf.fields for leaf in leaves if _minds_blanks(leaf)))
        for name in dict.fromkeys(name for leaf in leaves for name in sorted(leaf.fields)):
            if name not in minded and not self.scope[name].always_answered:
                otherwise = _exchanged(whole, negated.condition, _with_blank(negated.condition, name))
                found, asked = self.sought(All((whole, Not(otherwise))))
                if found is not None:
                    example = f": {self.example(found, whole, asked)}" if isinstance(found, Witness) else ""
                    self.warnings.append(negated.place.problem("C319", field=name, example=example))

    def example(self, found: Witness, whole: Condition, asked: Scope) -> str:
        """The answers of a witness, behind the form that it fills in where there are several."""
        form, filled_in = self.scope.get("form"), found.moment.facts.get("form")
        several = form is not None and isinstance(form.domain, OneOf) and len(form.domain.values) > 1
        told = [chooses(form, filled_in)] if form and filled_in and several else []
        return example_of(found, [*told, whole], asked)

    def unknown(self, name: str, place: Place) -> WrittenError:
        if name in self.later:
            return _wrong(place, "C302", name=name)
        known = [*self.scope, *TREES, ANY_TEXT]
        key, glued, value = name.partition(":")
        if glued and key in known:
            spaced = f"{key}: {value}"
            return _wrong(place, "C301", instead=spaced, name=name, hint=f"Write a space after the colon: `{spaced}`.")
        if (meant := meant_tests(name, self.scope)) is not None:
            return _wrong(place, "C331", instead=meant, written=name, hint=_AS_HERE)
        if (found := cut_list(place, self.scope)) is not None:
            return WrittenError([found])
        return _wrong(place, "C301", instead=suggest(name, known), name=name, hint=hint(name, known))


def _seeking(scope: Scope) -> Sought:
    """The search among all submissions of this scope."""
    return lambda condition: (find(condition, scope), scope)


def named_in(raw: object, known: Collection[str]) -> frozenset[str]:
    """The names among `known` that a condition as written looks at, however much else is wrong with it."""
    match raw:
        case dict():
            keys = frozenset(key for key in raw if key in known)
            return keys.union(*(named_in(raw[key], known) for key in raw if key in TREES))
        case list():
            return frozenset().union(*(named_in(part, known) for part in raw))
        case str():
            return names_in(raw, known)
    return frozenset()


def supposing(raw: object, scope: Scope) -> Scope:
    """The scope with an unclear question for each name that a condition looks at and that is not there.

    For a condition on questions that could not all be read.
    """
    names = {name for name in _names(raw) if _NAME.fullmatch(name) and name not in scope}
    return {**{name: Question(name, Unclear(), required=False) for name in sorted(names)}, **scope}


def _names(raw: object) -> Iterator[str]:
    """Every name that a condition as written may look at."""
    match raw:
        case dict():
            for key, value in raw.items():
                yield from _names(value) if key in TREES else () if key == ANY_TEXT else (key,)
        case list():
            for part in raw:
                yield from _names(part)
        case str():
            yield from all_names_in(raw)


def _is_in_own_words(question: Question) -> bool:
    domain = question.domain
    return isinstance(domain, Texts) and domain.own_words and not domain.special and question.follows is None


def _exchanged(whole: Condition, part: Condition, other: Condition) -> Condition:
    """The whole with another condition in place of this very part."""
    match whole:
        case _ if whole is part:
            return other
        case All(parts) | Any(parts):
            return type(whole)(tuple(_exchanged(one, part, other) for one in parts))
        case Not(inner):
            return Not(_exchanged(inner, part, other))
    return whole


def _with_blank(condition: Condition, name: str) -> Condition:
    """The condition as if a blank answer to this question met every test on it."""
    match condition:
        case Test(axis, accepts) if axis.question == name:
            return Test(axis, accepts.or_blank)
        case Expression(formula) if name in formula.fields:
            return replace(condition, blank=True)
        case All(parts) | Any(parts):
            return type(condition)(tuple(_with_blank(one, name) for one in parts))
        case Not(inner):
            return Not(_with_blank(inner, name))
    return condition


def _minds_blanks(leaf: Test | Expression) -> bool:
    """Whether a blank meets it, or nothing but a blank does not."""
    return leaf.blank if isinstance(leaf, Expression) else leaf.accepts.blank or leaf.asks_for_any


def _wrong(place: Place, code: str, *, instead: str | None = None, **values: object) -> WrittenError:
    return WrittenError([place.problem(code, instead=instead, **values)])
