"""The tests that authors can write, one record for each: on which questions, and which set it means.

A test is a mapping of the keys in `TESTS` (all of them hold), a value, a range, a list of these (one of
them holds), or one of the words `answered`, `blank` and `after_hours`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from formroute.conditions.answers.domains import (
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Now,
    Numbers,
    OneOf,
    Rows,
    Texts,
    Times,
)
from formroute.conditions.axes.aspects import Aspect, Clock, Count, Every, Some
from formroute.conditions.axes.sets import AnswerSet, Values
from formroute.conditions.condition import ALWAYS, All, Condition, Not, Test, both, either, otherwise
from formroute.conditions.proof.possible import is_possible
from formroute.conditions.question import Question
from formroute.conditions.reading.comparisons import LINES, compile_value
from formroute.conditions.reading.operands import shown
from formroute.conditions.reading.unary import unary_condition
from formroute.conditions.reading.vocabulary.kind import ONE, YES, TestKind, WordKind, fits
from formroute.conditions.reading.vocabulary.on_choices import ON_CHOICES
from formroute.conditions.reading.vocabulary.on_lines import ON_LINES
from formroute.conditions.reading.vocabulary.on_places import INSIDE
from formroute.conditions.reading.vocabulary.on_texts import ON_TEXTS
from formroute.conditions.reading.vocabulary.words import WORDS
from formroute.conditions.reading.written import Written, WrittenError, read_each
from formroute.definitions import hint, suggest
from formroute.definitions.shape import shared

_ENDS = {"at_least", "at_most", "more_than", "less_than", "before", "after", "on_or_before", "on_or_after"}
_ROW = shared("condition")
_NESTED = shared("test")


def compile_test(written: Written) -> Condition:
    """The condition that one test means; raises `WrittenError`."""
    if written.question.is_unclear:
        return _unclear(written)
    if isinstance(written.raw, str) and (word := WORDS.get(written.raw)):
        return _worded(written, word)
    condition = _keyed(written) if isinstance(written.raw, dict) else _valued(written)
    _must_say_something(written, condition)
    return condition


def _unclear(written: Written) -> Condition:
    """A test on a question with a mistake in it: only whether there is such a test at all can be told."""
    for key in written.raw if isinstance(written.raw, dict) else ():
        if key in WORDS:
            raise _word_as_key(written, key)
        if key not in TESTS:
            at_key = replace(written, place=written.place.key(key))
            raise at_key.wrong("C310", instead=suggest(key, TESTS), test=key, hint=hint(key, TESTS))
    return ALWAYS


def _worded(written: Written, word: WordKind) -> Condition:
    if not fits(word, written.domain):
        raise _does_not_fit(written, word.key)
    return word.compile(written)


def _keyed(written: Written) -> Condition:
    """Every key of a mapping holds."""
    if not written.raw:
        raise written.wrong("C311")
    return both(read_each(lambda key: _one_key(written, key), written.raw))


def _one_key(written: Written, key: str) -> Condition:
    kind = TESTS.get(key)
    if kind is not None and fits(kind, written.domain):
        return kind.compile(written[key])
    if key in WORDS:
        raise _word_as_key(written, key)
    at_key = replace(written, place=written.place.key(key))
    if kind is not None:
        raise _does_not_fit(at_key, key)
    fitting = [one.key for one in TESTS.values() if fits(one, written.domain)]
    raise at_key.wrong("C310", instead=suggest(key, fitting), test=key, hint=hint(key, fitting))


def _word_as_key(written: Written, word: str) -> WrittenError:
    """`{blank: yes}`, where the word alone is the test."""
    opposite = {"answered": "blank", "blank": "answered"}
    meant = opposite.get(word, word) if written.raw[word] == "no" else word
    whole = written.place.in_brackets() if len(written.raw) == 1 else None
    there = replace(written, place=whole or written.place.key(word))
    fix = f"Write `{written.question.name}: {meant}`."
    return there.wrong("C310", instead=meant if whole else None, test=word, hint=fix)


def _does_not_fit(written: Written, test: str) -> WrittenError:
    return written.wrong("C304", test=test, sort=written.domain.sort, known=known_tests(written.domain))


def _valued(written: Written) -> Condition:
    """One of several values or ranges."""
    if not isinstance(written.domain, (*LINES, OneOf, Texts)):
        raise _does_not_fit(written, shown(written.raw))
    listed = isinstance(written.raw, list)
    return either(read_each(lambda item: compile_value(item, listed=listed), written.items()))


def _not(written: Written) -> Condition:
    return otherwise(compile_test(written.otherwise()))


def _count(written: Written) -> Condition:
    return compile_test(written.of(Numbers(1, _most(written.domain), places=0), Count()))


def _most(domain: Domain) -> int | None:
    match domain:
        case ManyOf(values):
            return len(values)
        case Files(most) | Rows(max_items=most):
            return most
    return None


def _of_rows(aspect: type[Some | Every]) -> Callable[[Written[Rows]], Condition]:
    def compile_rows(written: Written[Rows]) -> Condition:
        return written.test(YES, aspect(written.inside(written.raw, written.place, written.domain.scope)))

    return compile_rows


def _time(written: Written) -> Condition:
    return compile_test(written.of(Times(), Clock()))


def _feel(written: Written) -> Condition:
    condition = unary_condition(written)
    _must_say_something(written, condition)
    return condition


TESTS: dict[str, TestKind[Any]] = {
    kind.key: kind
    for kind in (
        *ON_LINES,
        TestKind(
            "time", (Instants, Now), _time, _NESTED, "received: {time: 22:00..06:00}", "the time of day meets this test"
        ),
        TestKind(
            "not", (), _not, _NESTED, "surface: {not: [road]}", "it is answered, and with something else than this"
        ),
        *ON_TEXTS,
        *ON_CHOICES,
        TestKind(
            "count",
            (ManyOf, Files, Rows),
            _count,
            _NESTED,
            "photos: {count: {at_least: 2}}",
            "so many were sent or ticked; none at all is `blank`",
        ),
        TestKind(
            "some",
            (Rows,),
            _of_rows(Some),
            _ROW,
            "animals: {some: {kind: dog}}",
            "a row meets this condition on the row's own questions",
        ),
        TestKind(
            "every",
            (Rows,),
            _of_rows(Every),
            _ROW,
            "animals: {every: {kind: dog}}",
            "there is a row, and all rows meet this condition on the row's own questions",
        ),
        INSIDE,
        TestKind(
            "feel",
            (),
            _feel,
            ONE,
            'depth_cm: {feel: ">= 10"}',
            'the answer meets this unary test of FEEL: `[5..10)`, `3, > 7`, `not("road")`, `odd(?)`',
        ),
    )
}


def known_tests(domain: Domain) -> str:
    """The tests that a question with these answers knows, as examples."""
    keyed = [kind.shown for kind in TESTS.values() if kind.domains and fits(kind, domain)]
    return ", ".join(f"`{example}`" for example in [*_bare_examples(domain), *keyed, "answered", "blank"])


def _bare_examples(domain: Domain) -> list[str]:
    match domain:
        case OneOf():
            first = next(iter(domain.written), "…")
            return [first, f"{{not: {first}}}"]
        case Numbers():
            return ["5", "5..10"]
        case Dates() | Instants() | Now():
            return ["today"]
        case Times():
            return ["22:00..06:00"]
    return []


def _must_say_something(written: Written, condition: Condition) -> None:
    """Some answers meet each test, and all of them together, and others do not."""
    parts = condition.parts if isinstance(condition, All) else ()
    for part in (*parts, condition):
        if not _is_met_by_some(written, part):
            raise _turned(written) or written.never()
        if written.question.always_answered and is_met_by_every_answer(written, part):
            raise written.always()


def is_met_by_every_answer(written: Written, condition: Condition) -> bool:
    """Whether the test asks for no more than that there is an answer."""
    return not _is_met_by_some(written, Not(condition))


def _is_met_by_some(written: Written, condition: Condition) -> bool:
    """Whether it is not ruled out that an answer meets it.

    A set tells so itself, unless answers have bounds on more than its axis: among four days in a row may be no Monday.
    """
    match condition:
        case Test(axis, accepts) if written.domain.possible(axis.aspect, accepts).is_empty:
            return False
        case Not(Test(axis, accepts)) if _every_answer(written.domain, axis.aspect, accepts):
            return False
        case Test() | Not(Test()) if not written.question.domain.bounds:
            return True
    return is_possible(condition, {written.question.name: Question(written.question.name, written.question.domain)})


def _every_answer(domain: Domain, aspect: Aspect, accepts: AnswerSet) -> bool:
    every = domain.space(aspect)
    return domain.possible(aspect, accepts).answered == every and _has_several(every)


def _turned(written: Written) -> WrittenError | None:
    """What is wrong with `{at_least: 10, at_most: 5}`, when the two numbers stand in each other's place."""
    if not isinstance(written.raw, dict) or len(written.raw) != 2 or not _ENDS.issuperset(written.raw):
        return None
    (one, low), (other, high) = written.raw.items()
    condition = _keyed(replace(written, raw={one: high, other: low}))
    if any(written.domain.possible(test.axis.aspect, test.accepts).is_empty for test in condition.tests()):
        return None
    ends = f"{one}: {low}, {other}: {high}"
    place = written.place.key(one).up_to(written.place[other])
    instead = f"{one}: {high}, {other}: {low}" if place.spot.line == place.spot.end_line else None
    return replace(written, place=place).wrong("C314", instead=instead, value=ends)


def _has_several(positions: AnswerSet) -> bool:
    return not isinstance(positions, Values) or positions.rest or len(positions.members) > 1
