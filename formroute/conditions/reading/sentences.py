"""Conditions that are written as sentences, and how they are written here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formroute.conditions.answers.domains import Dates, Instants, Now, Numbers, OneOf
from formroute.conditions.question import Question, Scope
from formroute.conditions.reading.in_prose import listed, meant_choices, written_choices
from formroute.conditions.reading.operands import is_possible, reader_of

_IF = re.compile(r"(?:if|when|where|si|quand|lorsque)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:&&|\band\b|\bet\b|,|;)\s*", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:the\s+|le\s+|la\s+)?([a-z][a-z0-9_.]*)\s*(?:\b(?:is|was|equals|est)\b)?\s*(?:==|[:;=])?\s*(\S.*)"
)
_NOT = re.compile(r"(?:not|isn['’]t|n['’]est pas|pas|!=|≠|<>)\s*(\S.*)", re.IGNORECASE)
_UNANSWERED = re.compile(r"(not\s+)?(answered|given|blank|empty)", re.IGNORECASE)
_ENDS = (
    (r"at\s+least|no\s+less\s+than|au\s+moins|>=|≥|=>", "at_least", "on_or_after"),
    (r"at\s+most|no\s+more\s+than|up\s+to|au\s+plus|<=|≤|=<", "at_most", "on_or_before"),
    (r"(?:more|greater|larger|higher|bigger|deeper|longer|older)\s+than|over|above|plus\s+de|>", "more_than", None),
    (r"(?:less|fewer|smaller|lower|shorter)\s+than|under|below|moins\s+de|<", "less_than", None),
    (r"before|earlier\s+than|avant|<", None, "before"),
    (r"after|later\s+than|since|après|>", None, "after"),
    (r"(?:more|longer|older)\s+than(?=.*\bago$)", None, "before"),
    (r"(?:less|shorter|newer)\s+than(?=.*\bago$)", None, "after"),
)
_COMPARED = [(re.compile(rf"(?:{words})\s*(\S.*)", re.IGNORECASE), number, day) for words, number, day in _ENDS]
_MORE = re.compile(r"[=<>&|]|\b(?:and|or|but|et|ou|mais)\b", re.IGNORECASE)
_EVERYTHING = re.compile(
    r"(?:always|otherwise|else|default|any(?:thing|one|body)?|every(?:thing|one|body)?(?:\s+else)?|all|(?:the\s+)?rest"
    r"|sinon|toujours|tout|autre(?:s|ment)?|le\s+reste|[-*_])",
    re.IGNORECASE,
)


def takes_everything(written: str) -> bool:
    """Whether it says that every submission is meant."""
    return _EVERYTHING.fullmatch(written.strip()) is not None


def meant_tests(written: str, scope: Scope) -> str | None:
    """`problem is broken and depth_cm is at least 5` as `problem: broken, depth_cm: {at_least: 5}`.

    None where it is not certain what is meant.
    """
    text = _IF.sub("", written.strip(), count=1) if _IF.match(written.strip()) else written.strip()
    if (alone := _clause(text, scope)) is not None:
        return ": ".join(alone)
    clauses = [_clause(part, scope) for part in _AND.split(text)]
    tests = dict(clause for clause in clauses if clause is not None)
    return ", ".join(map(": ".join, tests.items())) if len(tests) == len(clauses) else None


def example_test(written: str, scope: Scope) -> str:
    """A test as it is written here, of a question that is named in the text if there is one."""
    words = re.findall(r"[a-z][a-z0-9_.]*", written)
    named = [scope[word] for word in words if word in scope]
    chosen = (question for question in scope.values() if isinstance(question.domain, OneOf) and question.label)
    question = next(iter(named), None) or next(chosen, None)
    return f"{question.name}: {_test(question)}" if question else "surface: road"


def _test(question: Question) -> str:
    match question.domain:
        case OneOf():
            return next(iter(question.domain.written), "answered")
        case Numbers():
            return "{at_least: 10}"
        case Dates() | Instants() | Now():
            return "{after: 10 days ago}"
    return "answered"


def _clause(text: str, scope: Scope) -> tuple[str, str] | None:
    """The name of one question, and the test of it."""
    found = _CLAUSE.fullmatch(text)
    question = scope.get(found[1]) if found else None
    if found is None or question is None:
        return None
    test = next(_tests(found[2].strip(), question), None)
    return (question.name, test) if test else None


def _tests(text: str, question: Question) -> Iterator[str]:
    if chosen := meant_choices(text, written_choices(question.domain), question.domain):
        yield chosen[0] if len(chosen) == 1 else listed(chosen)
    if found := _UNANSWERED.fullmatch(text):
        yield "answered" if (found[1] is None) == (found[2] in ("answered", "given")) else "blank"
    if found := _NOT.fullmatch(text):
        yield from (f"{{not: {test}}}" for test in _tests(found[1], question) if not test.startswith("{"))
    yield from _compared(text, question)


def _compared(text: str, question: Question) -> Iterator[str]:
    """`at least 10 cm` as `{at_least: 10}`; one value alone as it is."""
    if not isinstance(question.domain, Numbers | Dates):
        return
    for pattern, on_numbers, on_days in _COMPARED:
        key, found = on_numbers if isinstance(question.domain, Numbers) else on_days, pattern.fullmatch(text)
        if key and found and (value := _value(found[1], question)):
            yield f"{{{key}: {value}}}"
    if value := _value(text, question):
        yield value


def _value(text: str, question: Question) -> str | None:
    """The value as it is written here, if it can be an answer."""
    if _MORE.search(text):
        return None
    reader, aspect = reader_of(question.domain), question.domain.main
    for value in (text, reader.meant(text)):
        operand = reader.read(value, aspect) if value else None
        if operand is not None and is_possible(question.domain, operand):
            return value
    return None
