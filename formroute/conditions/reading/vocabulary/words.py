"""The words that stand for a whole test."""

from __future__ import annotations

from typing import Any

from formroute.conditions.answers.domains import Instants, Now
from formroute.conditions.axes.aspects import Open
from formroute.conditions.axes.sets import ANYTHING, EVERYWHERE, AnswerSet, Values
from formroute.conditions.condition import Condition
from formroute.conditions.reading.vocabulary.kind import NO, WordKind
from formroute.conditions.reading.written import Written


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
    if written.around.working is None:
        raise written.wrong("C316")
    return written.test(NO, Open(written.around.working))


WORDS: dict[str, WordKind[Any]] = {
    kind.key: kind
    for kind in (
        WordKind("answered", (), _answered, "email: answered", "there is an answer"),
        WordKind("blank", (), _blank, "email: blank", "there is none"),
        WordKind(
            "after_hours",
            (Instants, Now),
            _after_hours,
            "received: after_hours",
            "it was outside the catalogue's working hours",
        ),
    )
}
