"""How fast the one right route is found among 10 to 100,000, beside other rule engines, in one run.

    python -m tests.benchmarks.matching_speed [--most 100000]

Every route asks for a category, for one to six of fifteen wards and for a least depth. `last` has answers that only
the last route takes, `open` leaves the category open in half of the routes. Engines get the same routes in the same
order and the same answers: ours a submission, the others a dict. Each must first find the right routes. Needs
`zen-engine`, `datalogic-py` and `rule-engine` (`./dev bench` installs them); one that is not installed is left out,
and so are above their sizes those that walk down their rules. The engines take turns; a round of each is two hundred
answers, again and again for a millisecond of the processor's time, and the best round counts.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

from formroute.conditions import Numbers, OneOf
from formroute.definitions import Document, Place, parse_source
from formroute.problems import Problem
from formroute.records import Submission
from formroute.routing import FormScope, Router, TableDefinition
from formroute.routing.compiling.table import table_of
from formroute.routing.deciding.plan import Plan
from formroute.routing.workbench import Workbench
from tests.benchmarks.beside import best, tell
from tests.routing.town import DEPARTMENTS, SETTINGS, moment, question, submission, text

SIZES = (10, 100, 1_000, 10_000, 100_000)
CATEGORIES = [f"category-{number}" for number in range(200)]
WARDS = [f"ward-{number}" for number in range(15)]
DEEPEST = 200
ASKED = 200
PATIENCE = 20
"""Seconds after which no round more begins."""

MOST_WALKED = 10_000
SEED = 2026

Answers = Mapping[str, Any]
Match = Callable[[Any], str | None]
Prepare = Callable[[Sequence["Rule"]], Match]


@dataclass(frozen=True)
class Rule:
    """One route, for every engine to write in its own way."""

    name: str
    category: str | None
    wards: Sequence[str]
    depth: int

    def takes(self, answers: Answers) -> bool:
        """What the route means."""
        fits = self.category is None or self.category == answers["category"]
        return fits and answers["ward"] in self.wards and answers["depth"] >= self.depth


@dataclass(frozen=True)
class Case:
    """Routes, and answers with the names of the routes that take them."""

    name: str
    rules: Sequence[Rule]
    asked: Sequence[Answers]
    right: Sequence[str | None]

    def __str__(self) -> str:
        return f"{len(self.rules)} routes, {self.name}"


def cases(size: int) -> Iterator[Case]:
    """Mixed answers; answers that only the last route takes; half of the routes for every category."""
    chance = random.Random(SEED)
    categories = CATEGORIES[: max(5, size // 10)]
    rules = [_rule(number, chance, categories[:-1]) for number in range(size - 1)]
    last = Rule(f"route-{size - 1}", categories[-1], WARDS, 1)
    asked = [_answers(chance, categories) for _ in range(ASKED)]
    yield _case("mixed", [*rules, last], asked)
    yield _case("last", [*rules, last], [{**one, "category": categories[-1]} for one in asked])
    half = [_open(one) if number % 2 else one for number, one in enumerate(rules)]
    yield _case("open", [*half, last], asked)


def _rule(number: int, chance: random.Random, categories: Sequence[str]) -> Rule:
    wards = chance.sample(WARDS, chance.randint(1, 6))
    return Rule(f"route-{number}", chance.choice(categories), wards, chance.randint(2, DEEPEST))


def _open(rule: Rule) -> Rule:
    """The rule for every category, so deep that few answers end the search early."""
    return Rule(rule.name, None, rule.wards, DEEPEST)


def _answers(chance: random.Random, categories: Sequence[str]) -> Answers:
    return {
        "category": chance.choice(categories),
        "ward": chance.choice(WARDS),
        "depth": chance.randint(1, DEEPEST),
    }


def _case(name: str, rules: Sequence[Rule], asked: Sequence[Answers]) -> Case:
    right = [next((rule.name for rule in rules if rule.takes(answers)), None) for answers in asked]
    return Case(name, rules, asked, right)


def router(rules: Sequence[Rule]) -> Router:
    """The routes, compiled without the proof, which has a benchmark of its own."""
    problems: list[Problem] = []
    source = parse_source("table: requests", "requests.yaml", problems)
    assert source is not None
    place = Place.of(source)
    questions = (
        question("category", OneOf(tuple(CATEGORIES))),
        question("ward", OneOf(tuple(WARDS))),
        question("depth", Numbers(1, DEEPEST + 1, 0)),
    )
    scope = FormScope({one.name: one for one in questions}, (), text("Request"), place)
    bench = Workbench(DEPARTMENTS, {"request": scope}, SETTINGS, problems)
    model = TableDefinition.model_validate(
        {"table": "requests", "forms": ["request"], "routes": [_written(rule) for rule in rules]}
    )
    table, clear = table_of(Document(model, place), bench)
    assert clear
    assert not problems, problems[:1]
    plan = Plan.of("request", table, [table], bench.questions("request"), ())
    return Router({"requests": table}, {"request": plan}, SETTINGS)


def _written(rule: Rule) -> dict[str, Any]:
    when: dict[str, Any] = {"ward": list(rule.wards)} if len(rule.wards) < len(WARDS) else {}
    when |= {} if rule.category is None else {"category": rule.category}
    when |= {} if rule.depth == 1 else {"depth": {"at_least": str(rule.depth)}}
    return {"route": rule.name, **({"when": when} if when else {}), "send_to": "streets"}


def ours(rules: Sequence[Rule]) -> Match:
    """`Router.match`: the route alone."""
    made = router(rules)
    at = moment(submission("request", {}))

    def match(sent: Submission) -> str | None:
        found = made.match(sent, at)
        return found.name if found else None

    return match


def ours_decision(rules: Sequence[Rule], *, told: bool = False) -> Match:
    """`Router.decide`: a whole decision, with all that its trace and its explanation are told from; or told too."""
    made = router([*rules, Rule("nothing", None, WARDS, 1)])
    at = moment(submission("request", {}))

    def match(sent: Submission) -> str | None:
        decision = made.decide(sent, at)
        assert not told or decision.trace
        return None if decision.route == "nothing" else decision.route

    return match


def zen(rules: Sequence[Rule], *, trace: bool = False) -> Match:
    """`zen-engine` with its static loader, which indexes a decision table."""
    module = importlib.import_module("zen")
    inputs = [{"id": name, "name": name, "field": name} for name in ("category", "ward", "depth")]
    table = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "route", "name": "route", "field": "route"}],
        "rules": [
            {
                "_id": rule.name,
                "category": "" if rule.category is None else json.dumps(rule.category),
                "ward": ", ".join(map(json.dumps, rule.wards)),
                "depth": f">= {rule.depth}",
                "route": json.dumps(rule.name),
            }
            for rule in rules
        ],
    }
    nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", table), ("out", "outputNode", {})]
    graph = {
        "nodes": [
            {"id": name, "name": name, "type": sort, "position": {"x": 0, "y": 0}, "content": content}
            for name, sort, content in nodes
        ],
        "edges": [
            {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
            for source, target in (("in", "table"), ("table", "out"))
        ],
    }
    engine = module.ZenEngine({"loader": {"type": "static", "content": {"requests": graph}}})
    options = {"trace": True} if trace else {}

    def match(answers: Answers) -> str | None:
        result = engine.evaluate("requests", answers, options)["result"]
        return result.get("route") if result else None

    return match


def datalogic(rules: Sequence[Rule]) -> Match:
    """`datalogic-py`: one JSONLogic `if` with a branch for every route."""
    module = importlib.import_module("datalogic_py")
    branches: list[Any] = []
    for rule in rules:
        tests: list[Any] = [] if rule.category is None else [{"==": [{"var": "category"}, rule.category]}]
        tests += [{"in": [{"var": "ward"}, list(rule.wards)]}, {">=": [{"var": "depth"}, rule.depth]}]
        branches += [{"and": tests}, rule.name]
    compiled = module.Engine().compile({"if": [*branches, None]})
    return lambda answers: compiled.evaluate(answers)  # type: ignore[no-any-return]


def rule_engine(rules: Sequence[Rule]) -> Match:
    """`rule-engine`: a rule for every route, asked in turn."""
    module = importlib.import_module("rule_engine")
    made = []
    for rule in rules:
        category = "" if rule.category is None else f'category == "{rule.category}" and '
        made.append((rule.name, module.Rule(f"{category}ward in {json.dumps(rule.wards)} and depth >= {rule.depth}")))
    return lambda answers: next((name for name, rule in made if rule.matches(answers)), None)


ROUTE, DECISION, TOLD = "formroute, route", "formroute, decision", "formroute, decision with its trace told"
ZEN, TRACED, DATALOGIC = "zen-engine, loader", "zen-engine, loader and trace", "datalogic-py"
ENGINES: Mapping[str, tuple[Prepare, int]] = {
    ROUTE: (ours, SIZES[-1]),
    DECISION: (ours_decision, SIZES[-1]),
    TOLD: (partial(ours_decision, told=True), MOST_WALKED),
    ZEN: (zen, SIZES[-1]),
    TRACED: (partial(zen, trace=True), MOST_WALKED),
    DATALOGIC: (datalogic, SIZES[-1]),
    "rule-engine": (rule_engine, 1_000),
}
# One of ours | a peer | how many times as fast at least | from so many routes | to so many
AIMS = [
    (ROUTE, ZEN, 5, 10, SIZES[-1]),
    (ROUTE, DATALOGIC, 1, 100, SIZES[-1]),
    (DECISION, TRACED, 20, 1_000, 1_000),
]
MOST_GROWTH = 3
"""How many times as long as among the fewest routes a match may take among the most."""


@dataclass(frozen=True)
class Time:
    """Seconds to prepare an engine, and microseconds for one match."""

    ready: float
    match: float


def measured(case: Case) -> dict[str, Time]:
    """The times of all engines that are installed, each of which finds the right routes."""
    ready: dict[str, float] = {}
    acts: dict[str, Callable[[], object]] = {}
    for name, (prepare, most) in ENGINES.items():
        start = perf_counter()
        try:
            match = prepare(case.rules) if len(case.rules) <= most else None
        except ImportError:
            match = None
        if match is not None:
            ready[name] = perf_counter() - start
            asked = [submission("request", one) for one in case.asked] if name.startswith("formroute") else case.asked
            assert tuple(map(match, asked)) == tuple(case.right), name
            acts[name] = partial(_all, match, asked)
    times = best(*acts.values(), patience=PATIENCE)
    return {name: Time(ready[name], time / len(case.asked)) for name, time in zip(acts, times, strict=True)}


def _all(match: Match, asked: Sequence[Any]) -> None:
    for answers in asked:
        match(answers)


def tell_case(case: Case) -> dict[str, Time]:
    """Measure one case and print it: every engine, and how near to the aims that is."""
    size = len(case.rules)
    print(f"\n{case}: {sum(map(bool, case.right))} of {len(case.asked)} answers have a route")
    times = measured(case)
    for name, time in times.items():
        print(f"  {name:42}{time.match:12.2f} µs   ready in {time.ready:6.1f} s", flush=True)
    for one, other, aim, least, most in AIMS:
        if least <= size <= most and other in times:
            tell(f"  {one}, beside {other}", times[one].match, times[other].match, times_faster=True, target=aim)
    return times


def main() -> None:
    """Print the times for every size and case, and what was aimed at."""
    parser = argparse.ArgumentParser(description="Compare matching speed.")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest table")
    sizes = [size for size in SIZES if size <= parser.parse_args().most]
    found = {(size, case.name): tell_case(case)[ROUTE].match for size in sizes for case in cases(size)}
    print()
    for name in dict.fromkeys(name for _, name in found):
        few, many = found[sizes[0], name], found[sizes[-1], name]
        what = f"  {name}: {sizes[-1]} routes beside {sizes[0]}"
        tell(what, many, few, times_faster=False, target=MOST_GROWTH)


if __name__ == "__main__":
    main()
