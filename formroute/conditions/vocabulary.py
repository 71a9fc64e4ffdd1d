"""The tests that authors can write, one record for each: on which questions, and which set it means.

A test is a mapping of the keys in `TESTS` (all of them hold), a value, a range, a list of these (one of
them holds), or one of the words `answered`, `blank` and `after_hours`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from formroute.conditions.areas import Area, AreaError
from formroute.conditions.aspects import (
    Clock,
    Contains,
    Count,
    Holiday,
    Includes,
    Inside,
    Matches,
    Open,
    StartsWith,
    Weekday,
)
from formroute.conditions.comparisons import LINES, comparison, compile_value
from formroute.conditions.condition import Condition, both, either, otherwise
from formroute.conditions.domains import (
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Now,
    Numbers,
    OneOf,
    Points,
    Texts,
    Times,
)
from formroute.conditions.files import read_file
from formroute.conditions.folding import Phrase, Phrases
from formroute.conditions.operands import choices_of, read_choice, shown
from formroute.conditions.patterns import Pattern, PatternError
from formroute.conditions.sets import ANYTHING, EVERYWHERE, AnswerSet, Spans, Values
from formroute.conditions.unary import unary_condition
from formroute.conditions.written import Written, WrittenError, read_each
from formroute.definitions import hint, suggest

_WEEK = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_YES = Values.of(True)
_NO = Values.of(False)
_DAYS = (Dates, Instants, Now)


class TestKind(NamedTuple):
    """One key of a test: the questions it fits (none listed: every question), and how it becomes a condition."""

    key: str
    domains: tuple[type[Domain], ...]
    compile: Callable[[Written], Condition]
    example: str

    def fits(self, domain: Domain) -> bool:
        """Whether questions with these answers know the test."""
        return not self.domains or isinstance(domain, self.domains)


def compile_test(written: Written) -> Condition:
    """The condition that one test means; raises `WrittenError`."""
    if isinstance(written.raw, str) and written.raw in _WORDS:
        return _WORDS[written.raw](written)
    condition = _keyed(written) if isinstance(written.raw, dict) else _valued(written)
    _must_say_something(written, condition)
    return condition


def _keyed(written: Written) -> Condition:
    """Every key of a mapping holds."""
    if not written.raw:
        raise written.wrong("C311")
    return both(read_each(lambda key: _one_key(written, key), written.raw))


def _one_key(written: Written, key: str) -> Condition:
    kind = TESTS.get(key)
    if kind is not None and kind.fits(written.domain):
        return kind.compile(written[key])
    at_key = replace(written, place=written.place.key(key))
    if kind is not None:
        raise _does_not_fit(at_key, key)
    fitting = [one.key for one in TESTS.values() if one.fits(written.domain)]
    raise at_key.wrong("C310", instead=suggest(key, fitting), test=key, hint=hint(key, fitting))


def _does_not_fit(written: Written, test: str) -> WrittenError:
    return written.wrong("C304", test=test, sort=written.domain.sort, known=known_tests(written.domain))


def _valued(written: Written) -> Condition:
    """One of several values or ranges."""
    if not isinstance(written.domain, (*LINES, OneOf, Texts)):
        raise _does_not_fit(written, shown(written.raw))
    return either(read_each(compile_value, written.items()))


def _not(written: Written) -> Condition:
    return otherwise(compile_test(written))


def _count(written: Written) -> Condition:
    return compile_test(written.of(Numbers(1, _most(written.domain), places=0), Count()))


def _most(domain: Domain) -> int | None:
    return len(domain.values) if isinstance(domain, ManyOf) else domain.max_files if isinstance(domain, Files) else None


def _time(written: Written) -> Condition:
    return compile_test(written.of(Times(), Clock()))


def _weekday(written: Written) -> Condition:
    days = read_each(lambda item: read_choice(item, _WEEK), written.items())
    return written.test(Values(frozenset(days)), Weekday())


def _holiday(written: Written) -> Condition:
    name, calendars = written.raw, written.around.calendars
    if not isinstance(name, str) or name not in calendars:
        word = shown(name)
        raise written.wrong("C315", instead=suggest(word, calendars), calendar=word, hint=hint(word, calendars))
    return written.test(_YES, Holiday(calendars[name]))


def _includes(join: Callable[[list[Condition]], Condition], accepts: Values) -> Callable[[Written], Condition]:
    def compile_includes(written: Written) -> Condition:
        assert isinstance(written.domain, ManyOf)  # noqa: S101
        choices = {value: Includes(value) for value in written.domain.values}
        picked = read_each(lambda item: read_choice(item, choices), written.items())
        return join([written.test(accepts, aspect) for aspect in picked])

    return compile_includes


def _contains(written: Written) -> Condition:
    return written.test(_YES, Contains(Phrases.of(read_each(_phrase, written.items()))))


def _phrase(written: Written) -> Phrase:
    phrase = Phrase.parse(written.raw) if isinstance(written.raw, str) else None
    if phrase is None:
        raise written.wrong("C318", phrase=shown(written.raw))
    return phrase


def _contains_from(written: Written) -> Condition:
    """One phrase a line; a line that begins with `#` is a remark."""
    lines = [line.strip() for line in read_file(written).splitlines()]
    listed = [line for line in lines if line and not line.startswith("#")]
    phrases = read_each(lambda line: _phrase(replace(written, raw=line)), listed)
    if not phrases:
        raise written.wrong("C317", path=written.raw, reason="there is no phrase in it")
    return written.test(_YES, Contains(Phrases.of(phrases), source=written.raw))


def _starts_with(written: Written) -> Condition:
    starts = read_each(_phrase, written.items())
    return either([written.test(_YES, StartsWith(start.text)) for start in starts])


def _matches(written: Written) -> Condition:
    try:
        return written.test(_YES, Matches(Pattern.parse(written.raw if isinstance(written.raw, str) else "")))
    except PatternError as error:
        raise written.wrong("C313", reason=error.reason) from None


def _inside(written: Written) -> Condition:
    text = read_file(written)
    try:
        return written.test(_YES, Inside(Area.parse(written.raw, text)))
    except AreaError as error:
        raise written.wrong("C317", path=written.raw, reason=str(error)) from None


def _feel(written: Written) -> Condition:
    condition = unary_condition(written)
    _must_say_something(written, condition)
    return condition


TESTS = {
    kind.key: kind
    for kind in (
        TestKind("at_least", (Numbers,), comparison(Spans.at_least), "{at_least: 5}"),
        TestKind("at_most", (Numbers,), comparison(Spans.at_most), "{at_most: 10}"),
        TestKind("more_than", (Numbers,), comparison(Spans.more_than), "{more_than: 5}"),
        TestKind("less_than", (Numbers,), comparison(Spans.less_than), "{less_than: 10}"),
        TestKind("before", (*_DAYS, Times), comparison(Spans.less_than), "{before: 2026-03-01}"),
        TestKind("after", (*_DAYS, Times), comparison(Spans.more_than), "{after: 10 days ago}"),
        TestKind("on_or_before", (*_DAYS, Times), comparison(Spans.at_most), "{on_or_before: today}"),
        TestKind("on_or_after", (*_DAYS, Times), comparison(Spans.at_least), "{on_or_after: 2026-03-01}"),
        TestKind("weekday", _DAYS, _weekday, "{weekday: [sat, sun]}"),
        TestKind("holiday", _DAYS, _holiday, "{holiday: statutory}"),
        TestKind("time", (Instants, Now), _time, "{time: 22:00..06:00}"),
        TestKind("not", (), _not, "{not: [road]}"),
        TestKind("contains", (Texts,), _contains, "{contains: [hydro, wire*]}"),
        TestKind("contains_from", (Texts,), _contains_from, "{contains_from: lookups/words.txt}"),
        TestKind("starts_with", (Texts,), _starts_with, "{starts_with: R3C}"),
        TestKind("matches", (Texts,), _matches, "{matches: '[A-Z]{3} ?[0-9]{3}'}"),
        TestKind("includes", (ManyOf,), _includes(either, _YES), "{includes: ramp}"),
        TestKind("includes_all", (ManyOf,), _includes(both, _YES), "{includes_all: [ramp, lift]}"),
        TestKind("includes_none", (ManyOf,), _includes(both, _NO), "{includes_none: [ramp, lift]}"),
        TestKind("count", (ManyOf, Files), _count, "{count: {at_least: 2}}"),
        TestKind("inside", (Points,), _inside, "{inside: areas/downtown.geojson}"),
        TestKind("feel", (), _feel, '{feel: ">= 10"}'),
    )
}


def known_tests(domain: Domain) -> str:
    """The tests that a question with these answers knows, as examples."""
    keyed = [kind.example for kind in TESTS.values() if kind.domains and kind.fits(domain)]
    return ", ".join(f"`{example}`" for example in [*_bare_examples(domain), *keyed, "answered", "blank"])


def _bare_examples(domain: Domain) -> list[str]:
    match domain:
        case OneOf():
            first = next(iter(choices_of(domain)), "…")
            return [first, f"{{not: {first}}}"]
        case Numbers():
            return ["5", "5..10"]
        case Dates() | Instants() | Now():
            return ["today"]
        case Times():
            return ["22:00..06:00"]
    return []


def _answered(written: Written) -> Condition:
    if written.question.always_answered:
        raise written.wrong("C308")
    return written.test(_anything(written), written.question.domain.main)


def _blank(written: Written) -> Condition:
    if written.question.always_answered:
        raise written.wrong("C307")
    return written.test(~_anything(written), written.question.domain.main)


def _anything(written: Written) -> AnswerSet:
    main = written.question.domain.main
    return ANYTHING if isinstance(written.question.domain.space(main), Values) else EVERYWHERE


def _after_hours(written: Written) -> Condition:
    if not isinstance(written.domain, Instants | Now):
        raise _does_not_fit(written, "after_hours")
    if written.around.working is None:
        raise written.wrong("C316")
    return written.test(_NO, Open(written.around.working))


_WORDS: dict[str, Callable[[Written], Condition]] = {
    "answered": _answered,
    "blank": _blank,
    "after_hours": _after_hours,
}


def _must_say_something(written: Written, condition: Condition) -> None:
    """Some answers meet each test and others do not."""
    for test in condition.tests():
        every = written.domain.space(test.axis.aspect)
        possible = written.domain.possible(test.axis.aspect, test.accepts)
        if possible.is_empty:
            raise written.wrong("C307")
        if possible.answered == every and written.question.always_answered and _has_several(every):
            raise written.wrong("C308")


def _has_several(positions: AnswerSet) -> bool:
    return not isinstance(positions, Values) or positions.rest or len(positions.members) > 1
