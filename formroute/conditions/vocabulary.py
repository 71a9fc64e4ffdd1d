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
    Aspect,
    Clock,
    Contains,
    Count,
    Every,
    Holiday,
    Includes,
    Inside,
    Matches,
    Open,
    Some,
    StartsWith,
    Weekday,
)
from formroute.conditions.calendars import Calendar
from formroute.conditions.comparisons import LINES, comparison, compile_value
from formroute.conditions.condition import All, Condition, Test, both, either, otherwise
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
    Rows,
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
from formroute.definitions.curly import quoted, uncurled
from formroute.definitions.shape import ANY_SCALAR, Plain, one_or_more, shared

_DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = {name[:3]: number for number, name in enumerate(_DAYS_OF_WEEK)}
_ENDS = {"at_least", "at_most", "more_than", "less_than", "before", "after", "on_or_before", "on_or_after"}
_YES = Values.of(True)
_NO = Values.of(False)
_DAYS = (Dates, Instants, Now)


class TestKind(NamedTuple):
    """One key of a test: the questions it fits (none listed: every question), and how it becomes a condition.

    `takes` is what stands behind the key, for editors; they and the reference show `example` and `meaning`.
    """

    key: str
    domains: tuple[type[Domain], ...]
    compile: Callable[[Written], Condition]
    takes: Plain
    example: str
    meaning: str

    @property
    def shown(self) -> str:
        """The example without the question."""
        return self.example.partition(": ")[2]

    def fits(self, domain: Domain) -> bool:
        """Whether questions with these answers know the test."""
        return not self.domains or isinstance(domain, self.domains)


class WordKind(NamedTuple):
    """A word that stands for a whole test."""

    key: str
    compile: Callable[[Written], Condition]
    example: str
    meaning: str


def compile_test(written: Written) -> Condition:
    """The condition that one test means; raises `WrittenError`."""
    if isinstance(written.raw, str) and written.raw in WORDS:
        return WORDS[written.raw].compile(written)
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
    if key in WORDS:
        raise _word_as_key(written, key)
    at_key = replace(written, place=written.place.key(key))
    if kind is not None:
        raise _does_not_fit(at_key, key)
    fitting = [one.key for one in TESTS.values() if one.fits(written.domain)]
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


def _of_rows(aspect: type[Some | Every]) -> Callable[[Written], Condition]:
    def compile_rows(written: Written) -> Condition:
        assert isinstance(written.domain, Rows)  # noqa: S101
        return written.test(_YES, aspect(written.inside(written.raw, written.place, written.domain.scope)))

    return compile_rows


def _time(written: Written) -> Condition:
    return compile_test(written.of(Times(), Clock()))


def _weekday(written: Written) -> Condition:
    return written.test(Values(frozenset(read_each(_day_of_week, written.items()))), Weekday())


def _day_of_week(written: Written) -> int:
    if isinstance(written.raw, str) and written.raw in _WEEK:
        return _WEEK[written.raw]
    word = shown(written.raw)
    near = (suggest(word, (*_WEEK, *_DAYS_OF_WEEK)) or "")[:3]
    days = ", ".join(f"`{day}`" for day in _WEEK)
    fix = f"Did you mean `{near}`? The days are {days}." if near else f"The days are {days}."
    raise written.wrong("C326", instead=near or None, day=word, hint=fix)


def _holiday(written: Written) -> Condition:
    return written.test(_YES, Holiday(_calendar(written)))


def _outside_hours(written: Written) -> Condition:
    calendar = _calendar(written)
    if not calendar.hours:
        raise written.wrong("C325", calendar=calendar.name)
    return written.test(_NO, Open(calendar))


def _calendar(written: Written) -> Calendar:
    """The calendar of this name."""
    name, calendars = written.raw, written.around.calendars
    if not isinstance(name, str) or name not in calendars:
        word = shown(name)
        raise written.wrong("C315", instead=suggest(word, calendars), calendar=word, hint=hint(word, calendars))
    return calendars[name]


def _includes(join: Callable[[list[Condition]], Condition], accepts: Values) -> Callable[[Written], Condition]:
    def compile_includes(written: Written) -> Condition:
        assert isinstance(written.domain, ManyOf)  # noqa: S101
        choices = {value: Includes(value) for value in written.domain.values}
        picked = read_each(lambda item: read_choice(item, choices), written.items())
        if accepts == _NO and choices.keys() == {aspect.choice for aspect in picked}:
            raise written.never()
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
    source = written.raw if isinstance(written.raw, str) else ""
    if (inner := uncurled(source)) is not None:
        raise written.wrong("C332", instead=quoted(inner))
    try:
        return written.test(_YES, Matches(Pattern.parse(source)))
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


_ONE = ANY_SCALAR
_SEVERAL: Plain = one_or_more({"type": "array", "items": _ONE})
_DAY: Plain = {"type": "string"}
_FILE: Plain = {"type": "string"}
_ROW = shared("condition")
_NESTED = shared("test")

TESTS = {
    kind.key: kind
    for kind in (
        TestKind(
            "at_least", (Numbers,), comparison(Spans.at_least), _ONE, "depth_cm: {at_least: 5}", "it is this or more"
        ),
        TestKind(
            "at_most", (Numbers,), comparison(Spans.at_most), _ONE, "depth_cm: {at_most: 10}", "it is this or less"
        ),
        TestKind("more_than", (Numbers,), comparison(Spans.more_than), _ONE, "depth_cm: {more_than: 5}", "it is more"),
        TestKind("less_than", (Numbers,), comparison(Spans.less_than), _ONE, "depth_cm: {less_than: 10}", "it is less"),
        TestKind(
            "before",
            (*_DAYS, Times),
            comparison(Spans.less_than),
            _DAY,
            "seen_on: {before: 2026-03-01}",
            "the day or time comes before this one",
        ),
        TestKind(
            "after",
            (*_DAYS, Times),
            comparison(Spans.more_than),
            _DAY,
            "seen_on: {after: 10 days ago}",
            "the day or time comes after this one; a day may be `today` or `10 days ago`",
        ),
        TestKind(
            "on_or_before",
            (*_DAYS, Times),
            comparison(Spans.at_most),
            _DAY,
            "seen_on: {on_or_before: today}",
            "it is this day or time, or comes before it",
        ),
        TestKind(
            "on_or_after",
            (*_DAYS, Times),
            comparison(Spans.at_least),
            _DAY,
            "seen_on: {on_or_after: 2026-03-01}",
            "it is this day or time, or comes after it",
        ),
        TestKind(
            "weekday",
            _DAYS,
            _weekday,
            one_or_more({"type": "array", "items": {"enum": list(_WEEK)}}),
            "seen_on: {weekday: [sat, sun]}",
            "the day is one of these",
        ),
        TestKind(
            "holiday",
            _DAYS,
            _holiday,
            _ONE,
            "collection_day: {holiday: no_collection}",
            "the day is closed in this calendar of the catalogue",
        ),
        TestKind(
            "after_hours",
            (Instants, Now),
            _outside_hours,
            _ONE,
            "received: {after_hours: crews}",
            "it was outside the working hours of this calendar of the catalogue",
        ),
        TestKind(
            "time", (Instants, Now), _time, _NESTED, "received: {time: 22:00..06:00}", "the time of day meets this test"
        ),
        TestKind(
            "not", (), _not, _NESTED, "surface: {not: [road]}", "it is answered, and with something else than this"
        ),
        TestKind(
            "contains",
            (Texts,),
            _contains,
            _SEVERAL,
            "details: {contains: [hydro, wire*]}",
            "one of these words or phrases is in the text; `wire*` also finds “wires”; case and accents do not matter",
        ),
        TestKind(
            "contains_from",
            (Texts,),
            _contains_from,
            _FILE,
            "details: {contains_from: lookups/words.txt}",
            "one of the words or phrases in this file is in the text, one a line",
        ),
        TestKind(
            "starts_with",
            (Texts,),
            _starts_with,
            _SEVERAL,
            "details: {starts_with: hydro}",
            "the text begins so; case and accents do not matter",
        ),
        TestKind(
            "matches",
            (Texts,),
            _matches,
            _ONE,
            "permit: {matches: 'P [0-9]+'}",
            "the whole text is of this pattern: letters, classes, groups, `?`, `*`, `+`, `{m,n}`",
        ),
        TestKind(
            "includes",
            (ManyOf,),
            _includes(either, _YES),
            _SEVERAL,
            "needs: {includes: ramp}",
            "this choice is ticked; of several, one is",
        ),
        TestKind(
            "includes_all",
            (ManyOf,),
            _includes(both, _YES),
            _SEVERAL,
            "needs: {includes_all: [ramp, lift]}",
            "all of these are ticked",
        ),
        TestKind(
            "includes_none",
            (ManyOf,),
            _includes(both, _NO),
            _SEVERAL,
            "needs: {includes_none: [ramp, lift]}",
            "something is ticked, and none of these",
        ),
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
        TestKind(
            "inside",
            (Points,),
            _inside,
            _FILE,
            "where: {inside: areas/downtown.geojson}",
            "the point lies in this area (GeoJSON)",
        ),
        TestKind(
            "feel",
            (),
            _feel,
            _ONE,
            'depth_cm: {feel: ">= 10"}',
            'the answer meets this unary test of FEEL: `[5..10)`, `3, > 7`, `not("road")`, `odd(?)`',
        ),
    )
}


def known_tests(domain: Domain) -> str:
    """The tests that a question with these answers knows, as examples."""
    keyed = [kind.shown for kind in TESTS.values() if kind.domains and kind.fits(domain)]
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
        raise written.always()
    return written.test(_anything(written), written.question.domain.main)


def _blank(written: Written) -> Condition:
    if written.question.always_answered:
        raise written.never()
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


WORDS = {
    kind.key: kind
    for kind in (
        WordKind("answered", _answered, "email: answered", "there is an answer"),
        WordKind("blank", _blank, "email: blank", "there is none"),
        WordKind("after_hours", _after_hours, "received: after_hours", "it was outside the catalogue's working hours"),
    )
}


def _must_say_something(written: Written, condition: Condition) -> None:
    """Some answers meet each test and others do not."""
    for test in condition.tests():
        aspect, accepts = test.axis.aspect, test.accepts
        if written.domain.possible(aspect, accepts).is_empty:
            raise _turned(written) or written.never()
        if written.question.always_answered and _every_answer(written.domain, aspect, accepts):
            raise written.always()


def is_met_by_every_answer(written: Written, condition: Condition) -> bool:
    """Whether the test asks for no more than that there is an answer."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return all(
        isinstance(part, Test) and _every_answer(written.domain, part.axis.aspect, part.accepts) for part in parts
    )


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
