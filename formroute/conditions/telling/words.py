"""Conditions in plain words, told from the sets themselves, so that the words are what is really tested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any as Anything
from typing import Literal

from formroute.conditions.answers.domains import Domain, ManyOf, OneOf, Rows
from formroute.conditions.axes.aspects import (
    Aspect,
    Axis,
    Contains,
    Every,
    Flag,
    Holiday,
    Includes,
    Inside,
    Matches,
    Open,
    Some,
    StartsWith,
    Weekday,
)
from formroute.conditions.axes.formerly import Formerly
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import Spans, Values
from formroute.conditions.condition import All, Answers, Any, Condition, Expression, Not, Test
from formroute.conditions.question import Scope
from formroute.conditions.telling.stretches import stretches
from formroute.conditions.telling.terms import (
    answer_in_words,
    choice_in_words,
    listed,
    quoted,
    weekday_in_words,
)
from formroute.definitions import Text
from formroute.messages import locale, say

_MOST_PHRASES = 8
_FACTS = {
    "form": "the form",
    "channel": "the channel",
    "language": "the language",
    "received": "the moment of receipt",
    "now": "the present moment",
}


def in_words(condition: Condition, language: str, scope: Scope, *, labels: bool = False) -> str:
    """What the condition asks for, as a clause: `depth_cm is at least 10 and surface is Road`.

    Questions go by their names, which authors know, or with `labels` by what residents read, as do choices then, all in
    quotation marks.
    """
    return _Speaker(language, scope, labels).clause(condition)


def why_not(condition: Condition, answers: Answers, moment: Moment, language: str, scope: Scope) -> str | None:
    """The first part that the answers do not meet, with the answers as they were; None when they meet it all."""
    failure = condition.failure(answers, moment)
    return None if failure is None else not_met(failure, answers, moment, language, scope)


def not_met(
    failure: Condition, answers: Answers, moment: Moment, language: str, scope: Scope, *, labels: bool = False
) -> str:
    """What a condition asks for that the answers do not meet, with the answers as they were."""
    speaker = _Speaker(language, scope, labels)
    names = sorted(failure.fields)
    given = [speaker.given(name, answers, moment, alone=len(names) == 1) for name in names]
    return f"{speaker.clause(failure)} ({'; '.join(given)})" if given else speaker.clause(failure)


_FLAGS: dict[type[Aspect], tuple[str, str]] = {
    Includes: ("{field} includes {what}", "{field} does not include {what}"),
    Contains: ("{field} contains {what}", "{field} does not contain {what}"),
    StartsWith: ("{field} begins with {what}", "{field} does not begin with {what}"),
    Matches: ("{field} matches the pattern {what}", "{field} does not match the pattern {what}"),
    Holiday: ("{field} is a holiday ({what})", "{field} is not a holiday ({what})"),
    Open: ("{field} is within working hours", "{field} is outside working hours"),
    Inside: ("{field} lies inside {what}", "{field} does not lie inside {what}"),
    Some: ("{field} has a row of which this holds: {what}", "{field} has no row of which this holds: {what}"),
    Every: ("this holds of every row of {field}: {what}", "this does not hold of every row of {field}: {what}"),
}


@dataclass(frozen=True, slots=True)
class _Speaker:
    language: str
    scope: Scope
    labels: bool

    def say(self, message: str, **values: object) -> str:
        return say(self.language, message, **values)

    def joined(self, parts: Iterable[str], style: Literal["or", "standard"]) -> str:
        return listed(dict.fromkeys(parts), style, self.language)

    def clause(self, condition: Condition, *, inner: bool = False) -> str:
        """The condition as a clause, in brackets where it stands `inner` to another one and could be misread."""
        match condition:
            case Test():
                return self.test(condition)
            case Expression():
                clause = self.expression(condition)
            case All(()):
                return self.say("always")
            case Any(()):
                return self.say("never")
            case All((part,)) | Any((part,)):
                return self.clause(part, inner=inner)
            case All(parts):
                clause = self.joined((self.clause(part, inner=True) for part in parts), "standard")
            case Any(parts):
                clause = self.joined((self.clause(part, inner=True) for part in parts), "or")
            case Not(part):
                return self.say("not ({clause})", clause=self.clause(part))
        return f"({clause})" if inner else clause

    def expression(self, expression: Expression) -> str:
        """FEEL is said as it was written; a unary test with the question that it is about."""
        match expression.formula.inputs:
            case (("?", axis),):
                return self.say("{field} meets {test}", field=self.name(axis.question), test=expression.formula.text)
        text = expression.formula.text.strip()
        named = [
            self.say("{field} is {choice}", field=name, choice=self.name(name)) for name in self.labelled(expression)
        ]
        return self.say("{test}, where {names}", test=text, names=self.joined(named, "standard")) if named else text

    def labelled(self, expression: Expression) -> list[str]:
        """The names in it that residents read otherwise."""
        return [name for name in sorted(expression.fields) if self.name(name) != name]

    def test(self, test: Test) -> str:
        name, aspect = test.axis.question, test.axis.aspect
        if isinstance(aspect, Formerly):
            clause = self.test(Test(Axis(name, aspect.aspect), test.accepts))
            if aspect.zone is None:
                return self.say("{clause} (by the former calendar)", clause=clause)
            return self.say("{clause} (by the clocks of {zone})", clause=clause, zone=str(aspect.zone))
        field = self.name(name)
        accepts, domain = test.accepts, self.domain(name)
        if isinstance(accepts, Spans):
            clauses = stretches(field, aspect, accepts, self.language)
        else:
            values = Values.narrowed(accepts)
            clauses = self.flag(field, aspect, values, domain) or self.values(field, aspect, values, domain)
        if accepts.blank:
            clauses = [*clauses, self.say("{field} is blank", field=field)]
        return self.joined(clauses, "or") if clauses else self.say("never")

    def values(self, field: str, aspect: Aspect, values: Values, domain: Domain | None) -> list[str]:
        if not values.members:
            return [self.say("{field} is answered", field=field)] if values.rest else []
        if isinstance(aspect, Weekday):
            words = [weekday_in_words(day, self.language) for day in sorted(values.members)]
        else:
            words = self.choices(_ordered(values, domain), domain)
        message = "{field} is not {choice}" if values.rest else "{field} is {choice}"
        if isinstance(aspect, Weekday):
            message = "{field} is not on a {weekday}" if values.rest else "{field} is on a {weekday}"
        choice = self.joined(words, "or")
        return [self.say(message, field=field, choice=choice, weekday=choice)]

    def choice(self, choice: object, domain: Domain | None) -> str:
        return self.choices([choice], domain)[0]

    def choices(self, chosen: Iterable[object], domain: Domain | None) -> list[str]:
        """Choices, in quotation marks where questions stand in them and where one of them has several words."""
        told = [(choice, choice_in_words(choice, domain, self.language)) for choice in chosen]
        quotes = isinstance(domain, OneOf | ManyOf) and (self.labels or any(" " in words for _, words in told))
        return [
            self.say("“{text}”", text=words) if quotes and isinstance(choice, str) else words for choice, words in told
        ]

    def answer(self, answer: Anything, domain: Domain | None) -> str:
        """An answer as it was, its choices as a test names them."""
        match answer:
            case str() if isinstance(domain, OneOf):
                return self.choice(answer, domain)
            case tuple() if isinstance(domain, ManyOf):
                return self.joined(self.choices(answer, domain), "standard")
        return answer_in_words(answer, domain, self.language)

    def flag(self, field: str, aspect: Aspect, values: Values, domain: Domain | None) -> list[str]:
        """Clauses for aspects that are simply true or false; none for others."""
        is_so, flag = True in values, _FLAGS.get(type(aspect))
        if is_so == (False in values):
            return []
        if isinstance(aspect, Flag):
            return [aspect.in_words(field, is_so, self.language)]
        return [self.say(flag[not is_so], field=field, what=self.what(aspect, domain))] if flag else []

    def what(self, aspect: Aspect, domain: Domain | None) -> str:
        """What a flag looks for."""
        match aspect:
            case Includes(choice):
                return self.choice(choice, domain)
            case Contains(phrases, ""):
                words = [quoted(str(phrase), self.language) for phrase in phrases.phrases[:_MOST_PHRASES]]
                more = ["…"] if len(phrases.phrases) > _MOST_PHRASES else []
                return self.joined([*words, *more], "or")
            case Contains(_, source):
                return self.say("a phrase of {file}", file=source)
            case StartsWith(text, written):
                return quoted(written or text, self.language)
            case Matches(pattern):
                return quoted(pattern.source, self.language)
            case Holiday(calendar):
                return calendar.name
            case Some(condition) | Every(condition) if isinstance(domain, Rows):
                return replace(self, scope=domain.scope).clause(condition)
            case Inside(area):
                return area.name
        return ""

    def given(self, name: str, answers: Answers, moment: Moment, *, alone: bool) -> str:
        """The answer as it was; with the question's name when others stand beside it."""
        answer = answers.get(name)
        answer = moment.fact(name) if answer is None else answer
        word = self.answer(answer, self.domain(name))
        if not alone:
            word = self.say("blank") if answer is None else word
            return self.say("{field}: {answer}", field=self.name(name), answer=word)
        if answer is None:
            return self.say("no answer")
        return self.say("it is {answer}" if name in _FACTS else "the answer is {answer}", answer=word)

    def name(self, name: str) -> str:
        question = self.scope.get(name)
        if self.labels and name in _FACTS:
            return self.say(_FACTS[name])
        if self.labels and question is not None and question.label is not None:
            return self.say("“{text}”", text=question.label.inside(self.language))
        return name

    def domain(self, name: str) -> Domain | None:
        question = self.scope.get(name)
        if question is not None and self.labels and name == "language" and isinstance(question.domain, OneOf):
            return replace(question.domain, labels=self.languages(question.domain.values))
        return None if question is None else question.domain

    def languages(self, codes: Iterable[str | bool]) -> dict[str | bool, Text]:
        """The languages of the catalogue by their names."""
        names = locale(self.language).languages
        return {code: Text({self.language: names.get(str(code), str(code))}) for code in codes}


def _ordered(values: Values, domain: Domain | None) -> list[Anything]:
    """The choices in the order in which they are asked."""
    if len(values.members) == 1:
        return list(values.members)
    asked = {choice: number for number, choice in enumerate(getattr(domain, "values", ()))}
    return sorted(values.members, key=lambda choice: (asked.get(choice, len(asked)), str(choice)))
