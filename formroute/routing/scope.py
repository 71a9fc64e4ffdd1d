"""What routing knows of forms: their questions, joined where one table serves several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from formroute.conditions import (
    Condition,
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Numbers,
    OneOf,
    Question,
    Scope,
    Texts,
    Times,
    Unclear,
)
from formroute.definitions import Place, Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FormScope:
    """One form: its questions, what every submission of it meets (such as "not stopped"), its title, and the
    place where it is named.

    It is `whole` when there is no mistake in it; `closed` when it asks nothing that is not among the questions.
    """

    questions: Scope
    always: tuple[Condition, ...]
    title: Text | None
    place: Place
    whole: bool = True
    closed: bool = True


class Clash(NamedTuple):
    """Two forms in which one name belongs to different sorts of questions."""

    form: str
    other_form: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The questions of several forms as one scope; `clashes` are the names that mean different things in them.

    It is `closed` when there are no other questions.
    """

    questions: Scope
    clashes: Mapping[str, Clash]
    closed: bool = True


def join(forms: Mapping[str, FormScope]) -> Joined:
    """Every question that one of the forms asks, with all answers that it can have in any of them."""
    questions: dict[str, Question] = {}
    clashes: dict[str, Clash] = {}
    for name in dict.fromkeys(name for scope in forms.values() for name in scope.questions):
        asked = {form: scope.questions[name] for form, scope in forms.items() if name in scope.questions}
        first, domain = next(iter(asked)), asked[next(iter(asked))].domain
        for form, question in asked.items():
            both = joined_domain(domain, question.domain)
            if both is None:
                clashes.setdefault(name, Clash(first, form))
            domain = both or domain
        required = len(asked) == len(forms) and all(question.always_answered for question in asked.values())
        questions[name] = Question(name, domain, asked[first].label, required)
    return Joined(questions, clashes, all(scope.closed for scope in forms.values()))


def joined_domain(one: Domain, other: Domain) -> Domain | None:
    """The answers of both domains together, or None when they are of different sorts."""
    if one == other:  # as where forms share a question
        return one
    if isinstance(one, Unclear) or isinstance(other, Unclear):
        return Unclear()
    match one, other:
        case OneOf(), OneOf() if _is_yes_no(one) == _is_yes_no(other):
            return OneOf(_both(one.values, other.values), {**other.labels, **one.labels})
        case ManyOf(), ManyOf():
            return ManyOf(_both(one.values, other.values), {**other.labels, **one.labels})
        case Numbers(), Numbers() if one.places == other.places:
            return Numbers(_lower(one.min, other.min), _upper(one.max, other.max), one.places)
        case Times(), Times():
            return Times(_lower(one.min, other.min), _upper(one.max, other.max))
        case Dates(), Dates():
            return _joined_dates(one, other)
        case Instants(), Instants():
            return Instants(_joined_dates(one.days, other.days))
        case Texts(), Texts():
            pattern = one.pattern if one.pattern == other.pattern else None
            return Texts(
                _upper(one.max_length, other.max_length),
                pattern=pattern,
                own_words=one.own_words or other.own_words,
            )
        case Files(), Files():
            return Files(_upper(one.max_files, other.max_files))
    return None


def _is_yes_no(domain: OneOf) -> bool:
    return all(isinstance(value, bool) for value in domain.values)


def _joined_dates(one: Dates, other: Dates) -> Dates:
    """Bounds that differ are given up: one may be fixed and the other said from today."""
    return Dates(one.min if one.min == other.min else None, one.max if one.max == other.max else None)


def _both(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _lower(one: Any, other: Any) -> Any:
    return None if one is None or other is None else min(one, other)


def _upper(one: Any, other: Any) -> Any:
    return None if one is None or other is None else max(one, other)
