"""What a proof finds, sent as a resident would: through the form, then through the router."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formroute.catalog import Catalog
from formroute.conditions import Condition, Found, Moment, Test, Witness
from formroute.conditions.axes.aspects import Axis
from formroute.forms import Form
from formroute.records import Decision


def every_question(form: Form) -> Sequence[Condition]:
    """A condition on each question that every answer meets, so that a proof answers all of them."""
    asked = form.scope.values()
    return [Test(Axis(one.name, one.domain.main), one.domain.space(one.domain.main).or_blank) for one in asked]


@dataclass(frozen=True)
class Sent:
    """Where it went, and the routes that it meets, of the deciding table and of those that add."""

    decision: Decision
    met: frozenset[str]


def sent(catalog: Catalog, name: str, found: Found) -> Sent:
    """Post the answers of a witness, which the form must take just as they are; files are uploads."""
    assert isinstance(found, Witness)
    form, now = catalog.forms[name], found.moment.now
    facts = {"channel": "web", "language": catalog.languages[0], **found.moment.facts, "form": name}
    asked = {one: answer for one, answer in found.answers.items() if form.fields[one].follows is None}
    files = {one: answer for one, answer in asked.items() if form.fields[one].kind.name == "file"}
    channel, language = facts["channel"], facts["language"]
    checked = form.check(form.to_json(asked) | files, now=now, channel=channel, language=language)
    assert checked.ok, (checked.errors, checked.stopped)
    assert checked.answers == found.answers
    decision = catalog.decide(name, checked.answers, received=now, channel=channel, language=language)
    plan = catalog.router.plans[name]
    routes = (*plan.deciding.routes, *plan.adding.routes)
    met = frozenset(route.name for route in routes if route.condition.holds(checked.answers, Moment(now, facts)))
    return Sent(decision, met)
