"""What an edit changes where the form asks otherwise than before, against a decision for every resident of either."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Lookup, ManyOf, Moment, Numbers, OneOf, Question, Score
from formroute.conditions.as_asked import as_asked
from formroute.routing import FormScope, Router
from formroute.routing.changes.regions import Changes, changes
from formroute.routing.changes.rows import Outcome
from tests.routing.brute_force import Answers, Raw, conditions_on
from tests.routing.changes.test_regions import FALLBACK, OUTPUTS, outcome
from tests.routing.town import compiled, condition, form, moment, question, submission, text

KIND, OVER = question("kind", OneOf(("oak", "elm"))), question("over", ManyOf(("road", "wire")), required=False)
SICK = question("sick", OneOf((True, False)), required=False)
LIGHT = {"oak": "light", "elm": "dark"}
NO_WIRE = "any: [over: blank, {over: {includes_none: [wire]}}]"


def size(shows: str = "kind: oak", *others: Question, required: bool = True) -> Question:
    known = {one.name: one for one in (KIND, SICK, *others)}
    return question("size", Numbers(0, 3, 0), known, shows=shows, required=required)


def sick(shows: str) -> Question:
    return question("sick", SICK.domain, {"kind": KIND}, shows=shows)


def tone(source: str, table: Mapping[object, object]) -> Question:
    return Question("tone", OneOf(("light", "dark")), text("tone"), follows=Lookup(source, table))


def risk(gives: int, when: str) -> Question:
    score = Score.of([(Decimal(gives), condition(when, {"kind": KIND, "sick": SICK}))])
    assert score
    return Question("risk", score.domain, text("risk"), follows=score)


VERSIONS: dict[str, FormScope] = {
    name: form("small", text("Small"), *questions, always=always)
    for name, (questions, always) in {
        "full": ((KIND, SICK, size(), OVER), ""),
        "without a question": ((KIND, size(), OVER), ""),
        "answered with one kind": ((KIND, sick("kind: oak"), size(), OVER), ""),
        "answered with another kind": ((KIND, sick("kind: elm"), size("sick: yes"), OVER), ""),
        "shown otherwise": ((KIND, SICK, size("kind: elm"), OVER), ""),
        "shown to all": ((KIND, SICK, size("", required=False), OVER), ""),
        "shown with what is not always there": ((KIND, SICK, size("sick: yes", required=False), OVER), ""),
        "stopped": ((KIND, SICK, size(), OVER), NO_WIRE),
        "stopped by what is shown otherwise": ((KIND, sick("kind: elm"), size(), OVER), "any: [sick: blank, sick: no]"),
        "with what follows": ((KIND, SICK, size(), tone("kind", LIGHT), OVER), ""),
        "with what follows otherwise": ((KIND, SICK, size(), tone("kind", {"oak": "dark"}), OVER), ""),
        "with what follows from another": ((KIND, SICK, size(), tone("sick", {True: "dark"}), OVER), ""),
        "with what follows from what shows": (
            (KIND, sick("kind: oak"), size(), tone("sick", {True: "dark", False: "light"}), OVER),
            "",
        ),
        "with what follows asked": (
            (KIND, SICK, size(), question("tone", OneOf(("light", "dark")), required=False), OVER),
            "",
        ),
        "shown by what follows": (
            (KIND, SICK, tone("kind", LIGHT), size("tone: dark", tone("kind", LIGHT)), OVER),
            "",
        ),
        "shown by what follows otherwise": (
            (KIND, SICK, tone("sick", {True: "dark"}), size("tone: dark", tone("sick", LIGHT)), OVER),
            "",
        ),
        "with a sum": ((KIND, SICK, size(), risk(2, "sick: yes"), OVER), ""),
        "with another sum": ((KIND, sick("kind: oak"), size(), risk(2, "kind: elm"), OVER), ""),
    }.items()
}
ASKED = ("kind", "sick", "size", "tone", "over")
WOULD_ANSWER = [
    {name: answer for name, answer in zip(ASKED, answers, strict=True) if answer is not None}
    for answers in product(
        ("oak", "elm"), (None, True, False), (None, 0, 2), (None, "light", "dark"), (None, ("road",), ("road", "wire"))
    )
]

Routes = list[tuple[Raw, dict[str, Any]]]
Place = tuple[Outcome, str | None, Outcome, str | None]


class Resident(NamedTuple):
    """Someone who would answer so to what one version may ask, and what the version of then and of now make of it."""

    would_answer: Answers
    then: Answers
    now: Answers


def residents(known: FormScope, then: FormScope, now: FormScope) -> Iterator[Resident]:
    """All whom the `known` version lets through who would say nothing that neither asks.

    What it requires is answered where either asks it.
    """
    for answers in WOULD_ANSWER:
        would = {name: answer for name, answer in answers.items() if asks(known, name)}
        one = Resident(would, seen(then, would), seen(now, would))
        given = one.then if known is then else one.now
        asked = {name for form, answers in ((then, one.then), (now, one.now)) for name in shown(form, answers)}
        required = {name for name in asked if asks(known, name) and known.questions[name].required}
        if required <= would.keys() <= asked and all(met.holds(given, at(given)) for met in known.always):
            yield one


def asks(form: FormScope, name: str) -> bool:
    return name in form.questions and form.questions[name].follows is None


def shown(form: FormScope, answers: Answers) -> Iterator[str]:
    """The questions that a form asks of who gives these answers."""
    for name, one in form.questions.items():
        if asks(form, name) and (one.visible is None or one.visible.holds(answers, at(answers))):
            yield name


def seen(form: FormScope, answers: Answers) -> Answers:
    return as_asked(form.questions, answers, at(answers))


def at(answers: Answers) -> Moment:
    return moment(submission("small", answers))


class Edit(NamedTuple):
    """The versions of the form before and after by their names, each with its routes."""

    old: str
    before: Routes
    new: str
    after: Routes

    def tables(self) -> tuple[Router, Router]:
        return built(self.before, VERSIONS[self.old]), built(self.after, VERSIONS[self.new])


def built(routes: Routes, asked: FormScope) -> Router:
    written = [{"route": f"r{number}", "when": when, **outputs} for number, (when, outputs) in enumerate(routes)]
    yaml = json.dumps({"table": "trees", "forms": ["small"], "routes": written}, indent=1)
    return compiled(yaml, forms={"small": asked}, settings=FALLBACK)[0]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """A form with its table, and the same asked otherwise; where they fit both forms, the routes may stay."""
    old, new = draw(st.permutations(sorted(VERSIONS)))[:2]
    before, after = (
        draw(st.lists(st.tuples(conditions_on(*VERSIONS[name].questions), OUTPUTS), min_size=1, max_size=3))
        for name in (old, new)
    )
    if VERSIONS[old].questions.keys() <= VERSIONS[new].questions.keys() and draw(st.booleans()):
        after = draw(st.sampled_from([before, [*after[:1], *before]]))
    return Edit(old, before, new, after)


def told(found: Changes, one: Resident, *, former: bool) -> set[Place]:
    """The regions that a resident lies in, with what each version works out, under the name that it has there."""
    then = {found.sights.called.questions.get(name, name): answer for name, answer in one.then.items()}
    answers = {**then, **one.now}
    return {
        (change.old, region.old_route, change.new, region.new_route)
        for change in found.changes
        for region in change.regions
        if any(part.condition.holds(answers, at(answers)) for part in (region.former if former else region.parts))
    }


@settings(max_examples=60)
@given(edits())
def test_every_resident_of_either_form_who_fares_otherwise_lies_in_a_region(edit: Edit) -> None:
    tables, forms = edit.tables(), (VERSIONS[edit.old], VERSIONS[edit.new])
    found = changes("small", *tables)
    assert found.undecided == ()
    for known in forms:
        for one in residents(known, *forms):
            (came_to, by), (comes_to, by_now) = outcome(tables[0], one.then), outcome(tables[1], one.now)
            moved = {(came_to, by, comes_to, by_now)} if came_to != comes_to else set()
            now, then = (told(found, one, former=former) for former in (False, True))
            if known is forms[1]:
                assert now == moved
            else:
                assert then <= moved <= now | then


@settings(max_examples=25)
@given(edits())
def test_a_witness_goes_from_the_one_to_the_other(edit: Edit) -> None:
    before, after = edit.tables()
    then, now = VERSIONS[edit.old], VERSIONS[edit.new]
    found = changes("small", before, after)
    apart = found.sights.called.questions.items()
    for change in found.changes:
        for region in change.regions:
            for part in (*region.parts, *region.former):
                answers = dict(part.witness.answers)
                assert part.condition.holds(answers, part.witness.moment)
                assert outcome(after, seen(now, answers)) == (change.new, region.new_route)
                formerly = {**answers, **{name: answers.get(called) for name, called in apart}}
                assert outcome(before, seen(then, formerly)) == (change.old, region.old_route)
