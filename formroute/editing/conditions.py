"""The shape of conditions and tests, from the tables of all tests, facts and words that conditions know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from formroute.conditions import ANY_TEXT, FACTS, TESTS, TREES, WORDS, Domain, ManyOf, OneOf, Question, Texts
from formroute.definitions.shape import ANY_SCALAR, Plain
from formroute.editing.offers import Offers

_CONDITION = (
    "A condition. Each key is a question or a fact, behind it stands a test; all of them must be met. "
    "Or a text in FEEL, such as `depth_cm >= 10`. A question without an answer meets no test but `blank`."
)
_TEST = (
    "A test: an answer (`road`), a range with both ends in (`5..10`), a list of which one is met (`[road, lane]`), "
    "`answered`, `blank`, or tests by name, all of which are met (`{at_least: 5}`)."
)
_FEEL = "A text in FEEL: `depth_cm >= 10`. It is looked at only when every question that it names has an answer."


_IN_ANY_TEXT = "Met when one of the texts that the resident writes meets the test: `any_text: {contains: [hydro]}`."
_ANY_TEST = f"^(?:{'|'.join(TESTS)})$"


def condition_shapes(offers: Offers) -> dict[str, Plain]:
    """The shared shapes `condition`, `test` and `feel`, and one for the tests of each sort of question."""
    questions = {name: _question(name, asked) for name, asked in offers.questions.items()}
    facts = {name: {"description": meaning, "$ref": "#/$defs/test"} for name, meaning in FACTS.items()}
    trees = {
        name: {"description": f"Met when {tree.meaning}.", **_list({"$ref": "#/$defs/condition"})}
        for name, tree in TREES.items()
    }
    texts = {ANY_TEXT: {"description": _IN_ANY_TEXT, "$ref": f"#/$defs/{_of(Texts)}"}}
    tests = {
        "description": "Questions and facts with their tests, all of which must be met.",
        "type": "object",
        "minProperties": 1,
        "properties": {**trees, **facts, **texts, **questions},
        "additionalProperties": {"$ref": "#/$defs/test"},
    }
    return {
        "condition": {"description": _CONDITION, "anyOf": [tests, {"$ref": "#/$defs/feel"}]},
        "test": _test(),
        "feel": {"description": _FEEL, **ANY_SCALAR, "examples": ["depth_cm >= 10"]},
        **{_of(sort): _test(sort) for sort in _sorts(offers)},
    }


def _test(sort: type[Domain] | None = None) -> Plain:
    """A test: a word, a value, a list of these, or operators by name, those offered that fit the sort of question."""
    operators = {
        kind.key: {"description": f"Met when {kind.meaning}: `{kind.example}`.", **kind.takes}
        for kind in TESTS.values()
        if sort is None or not kind.domains or issubclass(sort, kind.domains)
    }
    words = [
        {"const": word.key, "description": f"Met when {word.meaning}: `{word.example}`."} for word in WORDS.values()
    ]
    others = {"patternProperties": {_ANY_TEST: {}}, "additionalProperties": False}
    named = {"type": "object", "minProperties": 1, "properties": operators, **others}
    return {"description": _TEST, "anyOf": [*words, ANY_SCALAR, _list(ANY_SCALAR), named]}


def _list(items: Plain) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


def _question(name: str, asked: tuple[tuple[str, Question], ...]) -> Plain:
    """The test of one question: its choices are offered, and the tests that fit where all forms ask alike."""
    sorts = {type(question.domain) for _, question in asked}
    test = {"$ref": f"#/$defs/{_of(sorts.pop())}" if len(sorts) == 1 else "#/$defs/test"}
    values = list(dict.fromkeys(value for _, question in asked for value in _values(question.domain)))
    ticks = list(dict.fromkeys(value for _, question in asked for value in _ticks(question.domain)))
    told = FACTS.get(name) or "; ".join(_told(form, question) for form, question in asked)
    return {"description": told, "anyOf": [*_choices(values), *_ticked(ticks), test]}


def _told(form: str, question: Question) -> str:
    label = question.label.inside(question.label.languages[0]) if question.label else question.domain.sort
    return f"{form}: {label}"


def _values(domain: Domain) -> Iterator[str]:
    if isinstance(domain, OneOf):
        yield from domain.written


def _ticks(domain: Domain) -> Iterator[str]:
    if isinstance(domain, ManyOf):
        yield from domain.values


def _choices(values: list[str]) -> Iterator[Plain]:
    """One of the choices, several of them, or none of these."""
    if values:
        some = [{"enum": values}, _list({"enum": values})]
        yield from some
        yield {"type": "object", "properties": {"not": {"anyOf": some}}}


def _ticked(values: list[str]) -> Iterator[Plain]:
    """The tests on ticked choices, with these choices."""
    if values:
        some = [{"enum": values}, _list({"enum": values})]
        keys = [kind.key for kind in TESTS.values() if kind.domains == (ManyOf,)]
        yield {"type": "object", "properties": {key: {"anyOf": some} for key in keys}}


def _sorts(offers: Offers) -> Iterator[type[Domain]]:
    yield from {type(question.domain) for asked in offers.questions.values() for _, question in asked} | {Texts}


def _of(sort: type[Domain]) -> str:
    return f"test_{sort.__name__.lower()}"
