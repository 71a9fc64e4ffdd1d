"""Tests on texts: words and phrases in them, how they begin, and patterns."""

from __future__ import annotations

from dataclasses import replace

from formroute.conditions.answers.domains import Texts
from formroute.conditions.axes.aspects import Contains, Matches, StartsWith
from formroute.conditions.axes.folding import Phrase, Phrases
from formroute.conditions.axes.patterns import Pattern, PatternError
from formroute.conditions.condition import Condition, either
from formroute.conditions.reading.files import read_file
from formroute.conditions.reading.operands import shown
from formroute.conditions.reading.vocabulary.kind import A_FILE, ONE, SEVERAL, YES, TestKind
from formroute.conditions.reading.written import Written, read_each
from formroute.definitions.curly import quoted, uncurled


def _contains(written: Written) -> Condition:
    return written.test(YES, Contains(Phrases.of(read_each(_phrase, written.items()))))


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
        raise written.wrong(
            "C317", path=written.raw, reason="there is no phrase in it", fix="Write one word or phrase a line."
        )
    return written.test(YES, Contains(Phrases.of(phrases), source=written.raw))


def _starts_with(written: Written) -> Condition:
    starts = read_each(_phrase, written.items())
    return either([written.test(YES, StartsWith(start.text, start.written)) for start in starts])


def _matches(written: Written) -> Condition:
    source = written.raw if isinstance(written.raw, str) else ""
    if (inner := uncurled(source)) is not None:
        raise written.wrong("C332", instead=quoted(inner))
    try:
        return written.test(YES, Matches(Pattern.parse(source)))
    except PatternError as error:
        raise written.wrong("C313", reason=error.reason) from None


ON_TEXTS = (
    TestKind(
        "contains",
        (Texts,),
        _contains,
        SEVERAL,
        "details: {contains: [hydro, wire*]}",
        "one of these words or phrases is in the text; `wire*` also finds “wires”; case and accents do not matter",
    ),
    TestKind(
        "contains_from",
        (Texts,),
        _contains_from,
        A_FILE,
        "details: {contains_from: lookups/words.txt}",
        "one of the words or phrases in this file is in the text, one a line",
    ),
    TestKind(
        "starts_with",
        (Texts,),
        _starts_with,
        SEVERAL,
        "details: {starts_with: hydro}",
        "the text begins so; case and accents do not matter",
    ),
    TestKind(
        "matches",
        (Texts,),
        _matches,
        ONE,
        "permit: {matches: 'P [0-9]+'}",
        "the whole text is of this pattern: letters, classes, groups, `?`, `*`, `+`, `{m,n}`",
    ),
)
