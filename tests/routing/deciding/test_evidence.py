"""What a decision carries tells everything later, and nothing is judged twice."""

import copy
import dataclasses
import pickle

import pytest

from formroute.conditions import Expression
from formroute.conditions.axes.moments import Moment
from formroute.conditions.condition import Answers
from formroute.records import Told
from formroute.routing import Explanation, Reason
from formroute.store.answers import decision_from_json, decision_to_json
from tests.routing.town import decide, moment, router, submission

HOLES = """\
table: streets
forms: [pothole, snow]
routes:
  - route: deep-and-wide
    when: {depth_cm: {at_least: 10}}
    if: depth_cm * 2 > 30
    send_to: streets
  - route: lane
    when:
      any:
        - surface: lane
        - all: [{depth_cm: {at_least: 100}}]
    send_to: parks
    respond_within: 2 days
  - route: everything-else
    send_to: streets
"""
SENT = submission("pothole", {"surface": "lane", "depth_cm": 12})


def test_what_only_feel_can_say_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often the decision is told and explained."""
    asked = []
    holds = Expression.holds

    def counted(self: Expression, answers: Answers, moment: Moment) -> bool:
        asked.append(self.formula.text)
        return holds(self, answers, moment)

    rules = router(HOLES)
    monkeypatch.setattr(Expression, "holds", counted)
    decision = decide(rules, SENT)
    assert decision.route == "lane"
    assert [step.met for step in decision.trace] == [False, True]
    for language in ("en", "fr"):
        assert len(rules.explain(SENT, decision, moment(SENT), language).lost) == 2
    assert asked == ["depth_cm * 2 > 30"]


def test_a_decision_is_the_same_before_and_after_it_was_stored() -> None:
    decision = decide(router(HOLES), SENT)
    stored = decision_from_json(decision_to_json(decision))
    assert isinstance(stored.evidence, Told)
    assert stored == decision
    assert decision == stored
    assert decision != decide(router(HOLES), submission("pothole", {"surface": "lane", "depth_cm": 120}))


def test_a_decision_of_the_past_is_explained_by_what_was_stored_whatever_the_tables_say_today() -> None:
    stored = decision_from_json(decision_to_json(decide(router(HOLES), SENT)))
    today = router(HOLES.replace("surface: lane", "surface: road"))
    assert today.explain(SENT, stored, moment(SENT), "en") == Explanation(
        winner=Reason("streets", "lane", "surface is lane or depth_cm is at least 100"),
        added=(),
        lost=(Reason("streets", "deep-and-wide", "depth_cm * 2 > 30"),),
        due="Friday, June 12, 2026 at 12:00",
    )


def test_what_was_seen_stays_whatever_becomes_of_the_answers() -> None:
    answers: dict[str, object] = {"surface": "road", "depth_cm": 5}
    decision = decide(router(HOLES), submission("pothole", answers))
    answers.update(surface="lane", depth_cm=120)
    assert decision == decide(router(HOLES), submission("pothole", {"surface": "road", "depth_cm": 5}))


def test_a_decision_can_be_copied_and_sent_to_another_process() -> None:
    """What comes out there is what a store gives: it tells all that it told, and needs no tables."""
    decision = decide(router(HOLES), SENT)
    sent = pickle.loads(pickle.dumps(decision))
    assert isinstance(sent.evidence, Told)
    assert decision == sent == copy.deepcopy(decision) == copy.copy(decision)
    assert dataclasses.asdict(decision)["route"] == "lane"
