"""Answers that the proof finds: they meet what random answers seldom do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from formroute.conditions import All, Condition, Moment, Not, Proof, Scope, Witness, facts
from formroute.forms import Check, Form
from formroute.testing.boxes import boxes

_MOST = 100
"""Conditions that answers are looked for: of a very long form, those at its beginning."""


def hints(form: Form, moment: Moment) -> list[Mapping[str, Any]]:
    """Answers by their boxes: some that each condition of the form holds with, and some that it does not."""
    seen = list(dict.fromkeys(_conditions(form)))[:_MOST]
    proof = _proof([All(), *seen, *map(Not, seen)], form, moment, form.always)
    return list(_unfolded(form, (proof.met(number) for number in range(2 * len(seen) + 1))))


def breaking(form: Form, moment: Moment) -> list[tuple[Check, Mapping[str, Any]]]:
    """Each check with answers that break it and no other."""
    firm = [check for check in form.checks if not check.warning]
    first = len(form.always) - len(firm)  # what every submission meets ends with the checks, in their order
    shows = {item.name: All((page.visible, item.visible)) for page in form.pages for item in page.fields}
    broken = []
    for number, check in enumerate(firm, first):
        others = [*form.always[:number], *form.always[number + 1 :]]
        proof = _proof([All((shows[check.at], Not(check.require)))], form, moment, others)
        broken += [(check, hint) for hint in _unfolded(form, [proof.met(0)])]
    return broken


def _proof(conditions: Sequence[Condition], form: Form, moment: Moment, always: Iterable[Condition]) -> Proof:
    return Proof(conditions, _scope(form, moment), always, near=moment)


def _scope(form: Form, moment: Moment) -> Scope:
    """The questions, and the facts as they are at this moment."""
    named = facts({form.id: form.title}, [moment.facts["channel"]], [moment.facts["language"]], received=False)
    return {**form.scope, **named}


def _conditions(form: Form) -> Iterator[Condition]:
    for page in form.pages:
        yield page.visible
        for item in page.fields:
            yield from (item.visible, *item.offered.values())
    yield from (check.require for check in form.checks)


def _unfolded(form: Form, found: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    """What was found, by boxes: a question that any condition looks at and that has no answer stays blank."""
    looked_at = _looked_at(form)
    for one in found:
        if isinstance(one, Witness):
            yield {
                box: answer
                for box, item, answer in boxes(form, one.answers)
                if item.name in one.answers or item.name in looked_at or item.name not in form.fields
            }


def _looked_at(form: Form) -> frozenset[str]:
    names = {name for condition in (*form.always, *_conditions(form)) for name in condition.fields}
    return frozenset(names | {source for question in form.scope.values() for source in question.sources})
