"""What the check finds is a submission that the form takes and that the router decides as was said of it.

Of Winnipeg as it stands, and after edits at random. What no submission was found for is held against brute force in
tests/routing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml

from formroute.catalog import Catalog, load_catalog, read_catalog
from formroute.catalog.trial import NOON
from formroute.conditions import (
    All,
    Condition,
    Dates,
    ManyOf,
    Moment,
    Numbers,
    OneOf,
    Proof,
    Question,
    Scope,
    Test,
    Texts,
    Times,
    Witness,
    facts,
    find,
)
from formroute.conditions.axes.aspects import Axis
from formroute.problems import Problem
from tests.catalog.mutated import SCHEMAS, loading
from tests.catalog.sent import every_question, sent
from tests.routing.town import condition
from tests.seeds import seeds

CATALOG: Catalog = load_catalog(SCHEMAS)
NEAR = Moment(NOON.replace(tzinfo=CATALOG.zone))


def scope_of(catalog: Catalog, form: str) -> Mapping[str, Question]:
    settings = catalog.router.settings
    titles = {form: catalog.forms[form].title}
    return {**catalog.forms[form].scope, **facts(titles, settings.channels, settings.languages)}


def proof_of(catalog: Catalog, form: str) -> Proof:
    asked, routes = catalog.forms[form], catalog.router.plans[form].deciding.routes
    always = [*asked.always, *every_question(asked)]
    return Proof([route.condition for route in routes], scope_of(catalog, form), always, near=NEAR)


def reached(catalog: Catalog, form: str) -> set[str]:
    """The routes that a submission wins which was found for them, each of which is sent."""
    proof, found = proof_of(catalog, form), set()
    for number, route in enumerate(catalog.router.plans[form].deciding.routes):
        witness = proof.reached(number)
        if isinstance(witness, Witness):
            decision = sent(catalog, form, witness).decision
            assert (decision.route, decision.send_to) == (route.name, route.outputs.send_to)
            found.add(route.name)
    missed = proof.missed()
    assert missed is None or sent(catalog, form, missed).decision.tags == ("unrouted",)
    return found


@pytest.mark.parametrize("form", CATALOG.forms)
def test_each_route_has_a_submission_that_it_wins(form: str) -> None:
    assert reached(CATALOG, form)
    assert proof_of(CATALOG, form).missed() is None


@pytest.mark.parametrize("form", CATALOG.forms)
def test_each_question_has_a_submission_that_shows_it(form: str) -> None:
    asked = CATALOG.forms[form]
    always = [*asked.always, *every_question(asked)]
    for name, question in asked.scope.items():
        if question.follows is None:
            found = find(answered(question), scope_of(CATALOG, form), always, near=NEAR)
            assert isinstance(found, Witness), name
            assert name in found.answers
            assert sent(CATALOG, form, found).decision.route is not None


def answered(question: Question) -> Condition:
    main = question.domain.main
    return Test(Axis(question.name, main), question.domain.space(main).answered)


# Each finding that shows a submission | what it says of it, with the names of routes
CLAIMS = {
    "R432": r"No route of `[^`]+` takes this submission of `(?P<form>\w+)`, so it goes to `[^`]+`",
    "R435": r"`(?P<one>[\w-]+)` and `(?P<other>[\w-]+)` both take this submission of `(?P<form>\w+)`",
    "R449": r"`(?P<one>[\w-]+)` shares submissions of `(?P<form>\w+)` with .* With `(?P<other>[\w-]+)`:",
    "R426": r"in `(?P<other>[\w-]+)`; this submission of `(?P<form>\w+)` meets both:",
    "R454": r"This submission of `(?P<form>\w+)` meets it and `(?P<other>[\w-]+)`, where it is `[^`]+`:",
    "C319": r"`none` is also met when `\w+` has no answer",
}


@pytest.mark.parametrize("seed", seeds(40))
def test_what_is_told_after_edits_at_random(seed: int, tmp_path: Path) -> None:
    """Every example, given as it is told, is taken or missed as the finding says; so is what the proof finds."""
    made, catalog = next(loading(Random(seed), tmp_path))
    _, problems = read_catalog(made.written(tmp_path / made.table["table"]))
    for problem in problems:
        if problem.code in CLAIMS:
            replay(catalog, problem)
    told = {problem.what.split("`")[1] for problem in problems if problem.code in ("R433", "R434")}
    if made.table["policy"] == "first" and not any(problem.code == "R440" for problem in problems):
        won = {name for form in made.table["forms"] for name in reached(catalog, form)}
        assert won == {route["route"] for route in made.routes} - told


@pytest.mark.parametrize("seed", seeds(12))
def test_what_is_told_of_values_that_contradict_each_other(seed: int, tmp_path: Path) -> None:
    """Every example meets both routes."""
    made, _ = next(loading(Random(seed), tmp_path))
    made.contradict()
    _, problems = read_catalog(made.written(tmp_path / "told", "first"))
    for route in (route for file in made.files.values() for route in file.get("routes", ())):
        route["tags"] = [route.pop("set")["queue"]]
    catalog, others = read_catalog(made.written(tmp_path / "sent", "first"))
    assert catalog is not None, others
    told = [problem for problem in problems if problem.code in ("R426", "R454")]
    assert told
    for problem in told:
        replay(catalog, problem, at=route_at(problem))


@pytest.mark.parametrize("seed", seeds(12))
def test_what_is_told_to_slip_through_none(seed: int, tmp_path: Path) -> None:
    """Every example meets the route, with a blank answer to the question."""
    made, _ = next(loading(Random(seed), tmp_path))
    for _ in range(3):
        made.exclude()
    catalog, problems = read_catalog(made.written(tmp_path / "told", "first"))
    assert catalog is not None, problems
    told = [problem for problem in problems if problem.code == "C319"]
    assert told
    for problem in told:
        replay(catalog, problem, at=route_at(problem))


def route_at(problem: Problem) -> str:
    """The route of which a line is told."""
    lines = Path(problem.mark.file).read_text("utf-8").splitlines()[: problem.mark.line]
    return re.findall(r"^- route: (\S+)$", "\n".join(lines), re.MULTILINE)[-1]


def replay(catalog: Catalog, problem: Problem, at: str = "") -> None:
    """Send a submission that has the answers of an example; all else is answered in any way that the form takes.

    The example says all that lets its own questions show. `at` is the route of which it is told.
    """
    claim = re.search(CLAIMS[problem.code], problem.what)
    assert claim, problem.what
    said = claim.groupdict()
    example = dict(re.findall(r"`(\w+): ([^`]*)`", problem.what[claim.end() :]))
    form = catalog.forms[said.get("form") or example.get("form") or next(iter(catalog.forms))]
    scope = scope_of(catalog, form.id)
    like_it = [answering(name, answer, scope) for name, answer in example.items()]
    found = find(All(tuple(like_it)), scope, [*form.always, *every_question(form)], near=NEAR)
    assert isinstance(found, Witness)
    texts = {name: yaml.safe_load(text) for name, text in example.items() if isinstance(scope[name].domain, Texts)}
    given = {name: text for name, text in texts.items() if text != "blank"}
    shown = {name: found.answers[name] for name, answer in example.items() if answer != "blank" and name in form.scope}
    for name in shown:
        visible = scope[name].visible
        assert visible is None or visible.holds(shown, found.moment), f"nobody is asked for `{name}`: {problem.what}"
    came = sent(catalog, form.id, replace(found, answers={**found.answers, **given}))
    assert (came.decision.route is None) == (problem.code == "R432")
    routes = {at, said.get("one"), said.get("other")} - {"", None}
    assert routes <= came.met if routes else not came.met


def answering(name: str, answer: str, scope: Scope) -> Condition:
    """That an answer is the one that is shown or, of a text, a place or a file, that there is one."""
    domain = scope[name].domain
    if answer == "blank" or isinstance(domain, OneOf | Numbers | Dates | Times):
        return condition(f"{name}: {answer}", scope)
    if isinstance(domain, ManyOf):
        return condition(f"{name}: {{includes_all: {answer}, count: {len(answer.split(','))}}}", scope)
    return answered(scope[name])
