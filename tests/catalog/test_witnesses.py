"""What the proof finds is a submission that the form takes and the router decides as the proof says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from formroute.catalog import Catalog, load_catalog
from formroute.conditions import Condition, Moment, Proof, Question, Test, Witness, facts, find
from formroute.conditions.axes.aspects import Axis

ROOT = Path(__file__).parent.parent.parent
CATALOG: Catalog = load_catalog(ROOT / "schemas")
NEAR = Moment(datetime(2026, 6, 10, 12, tzinfo=CATALOG.zone))


def scope_of(form: str) -> Mapping[str, Question]:
    settings = CATALOG.router.settings
    titles = {form: CATALOG.forms[form].title}
    return {**CATALOG.forms[form].scope, **facts(titles, settings.channels, settings.languages)}


def whole(form: str) -> list[Condition]:
    """A condition on each question that every answer meets, so that the proof answers all of them."""
    asked = CATALOG.forms[form].scope.values()
    every = [(Axis(one.name, one.domain.main), one.domain.space(one.domain.main).or_blank) for one in asked]
    return [Test(axis, accepts) for axis, accepts in every]


def sent(form: str, found: Witness) -> tuple[str | None, str]:
    """The route and department of the witness, posted to the form as JSON, files as uploads."""
    asked = CATALOG.forms[form]
    facts = found.moment.facts
    channel, language = facts.get("channel", "web"), facts.get("language", "en")
    given = {name: answer for name, answer in found.answers.items() if asked.fields[name].follows is None}
    files = {name: answer for name, answer in given.items() if asked.fields[name].kind.name == "file"}
    checked = asked.check(asked.to_json(given) | files, now=found.moment.now, channel=channel, language=language)
    assert checked.ok, (checked.errors, checked.stopped)
    assert checked.answers == found.answers
    decision = CATALOG.decide(form, checked.answers, received=found.moment.now, channel=channel, language=language)
    return decision.route, decision.send_to


@pytest.mark.parametrize("form", CATALOG.forms)
def test_each_route_has_a_submission_that_it_wins(form: str) -> None:
    table, asked = CATALOG.router.plans[form].decides, CATALOG.forms[form]
    routes = table.routes_of(form)
    proof = Proof([route.condition for route in routes], scope_of(form), [*asked.always, *whole(form)], near=NEAR)
    reached = 0
    for number, route in enumerate(routes):
        found = proof.reached(number)
        if isinstance(found, Witness):
            assert sent(form, found) == (route.name, route.outputs.send_to)
            reached += 1
    assert reached
    assert proof.missed() is None


@pytest.mark.parametrize("form", CATALOG.forms)
def test_each_question_has_a_submission_that_shows_it(form: str) -> None:
    asked = CATALOG.forms[form]
    for name, question in asked.scope.items():
        if question.follows is None:
            answered = Test(Axis(name, question.domain.main), question.domain.space(question.domain.main).answered)
            found = find(answered, scope_of(form), [*asked.always, *whole(form)], near=NEAR)
            assert isinstance(found, Witness), name
            assert name in found.answers
            assert sent(form, found)[0] is not None
