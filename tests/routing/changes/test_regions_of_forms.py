"""What an edit changes where the form asks otherwise than before, against a decision for every submission of either."""

import json
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import ManyOf, Numbers, OneOf
from formroute.routing import FormScope, Router
from formroute.routing.changes.regions import Changes, changes
from formroute.routing.changes.rows import Outcome
from tests.routing.brute_force import Answers, Raw, conditions_on
from tests.routing.changes.test_regions import FALLBACK, OUTPUTS, outcome
from tests.routing.town import compiled, form, moment, question, submission, text

KIND, OVER = question("kind", OneOf(("oak", "elm"))), question("over", ManyOf(("road", "wire")), required=False)
SICK = question("sick", OneOf((True, False)), required=False)


class Version(NamedTuple):
    """One way to ask: the form, the questions that its routes may look at, and which answers it lets through."""

    form: FormScope
    asks: tuple[str, ...]
    takes: Callable[[Answers], bool]


def sizes(answers: Answers, kinds: Sequence[str] = ("oak",)) -> bool:
    return ("size" in answers) == (answers["kind"] in kinds)


def version(*others: Any, takes: Callable[[Answers], bool], shows: str = "oak", always: str = "") -> Version:
    size = question("size", Numbers(0, 3, 0), {"kind": KIND}, shows=f"kind: {shows}")
    questions = (KIND, *others, size, OVER)
    return Version(form("small", text("Small"), *questions, always=always), tuple(one.name for one in questions), takes)


VERSIONS = {
    "full": version(SICK, takes=sizes),
    "without a question": version(takes=lambda one: sizes(one) and "sick" not in one),
    "answered with one kind": version(
        question("sick", SICK.domain, {"kind": KIND}, shows="kind: oak"),
        takes=lambda one: sizes(one) and ("sick" in one) == (one["kind"] == "oak"),
    ),
    "shown otherwise": version(SICK, shows="elm", takes=lambda one: sizes(one, ("elm",))),
    "stopped": version(
        SICK,
        always="any: [over: blank, {over: {includes_none: [wire]}}]",
        takes=lambda one: sizes(one) and "wire" not in one.get("over", ()),
    ),
}
EVERY = [
    {name: answer for name, answer in zip(("kind", "sick", "size", "over"), answers, strict=True) if answer is not None}
    for answers in product(
        ("oak", "elm"), (None, True, False), (None, 0, 1, 2, 3), (None, ("road",), ("wire",), ("road", "wire"))
    )
]


Routes = list[tuple[Raw, dict[str, Any]]]
Place = tuple[Outcome, str | None, Outcome, str | None]


class Edit(NamedTuple):
    """The versions of the form before and after by their names, each with its routes."""

    old: str
    before: Routes
    new: str
    after: Routes

    def tables(self) -> tuple[Router, Router]:
        return built(self.before, VERSIONS[self.old]), built(self.after, VERSIONS[self.new])


def built(routes: Routes, asked: Version) -> Router:
    written = [{"route": f"r{number}", "when": when, **outputs} for number, (when, outputs) in enumerate(routes)]
    yaml = json.dumps({"table": "trees", "forms": ["small"], "routes": written}, indent=1)
    return compiled(yaml, forms={"small": asked.form}, settings=FALLBACK)[0]


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """A form with its table, and the same asked otherwise; where they fit both forms, the routes may stay."""
    old, new = draw(st.permutations(sorted(VERSIONS)))[:2]
    before, after = (
        draw(st.lists(st.tuples(conditions_on(*VERSIONS[name].asks), OUTPUTS), min_size=1, max_size=3))
        for name in (old, new)
    )
    if set(VERSIONS[old].asks) <= set(VERSIONS[new].asks) and draw(st.booleans()):
        after = [*after[:1], *before]
    return Edit(old, before, new, after)


def told(found: Changes, answers: Answers, *, former: bool) -> set[Place]:
    """The regions that these answers lie in."""
    at = moment(submission("small", answers))
    return {
        (change.old, region.old_route, change.new, region.new_route)
        for change in found.changes
        for region in change.regions
        if any(part.condition.holds(answers, at) for part in (region.former if former else region.parts))
    }


@settings(max_examples=60)
@given(edits())
def test_every_submission_of_either_form_that_comes_out_otherwise_lies_in_its_region(edit: Edit) -> None:
    before, after = edit.tables()
    found = changes("small", before, after)
    assert found.undecided == ()
    for answers in EVERY:
        (came_to, one), (comes_to, other) = outcome(before, answers), outcome(after, answers)
        moved = {(came_to, one, comes_to, other)} if came_to != comes_to else set()
        now, then = told(found, answers, former=False), told(found, answers, former=True)
        if VERSIONS[edit.new].takes(answers):
            assert now == moved
        if VERSIONS[edit.old].takes(answers):
            assert then <= moved <= now | then


@settings(max_examples=25)
@given(edits())
def test_the_witness_of_what_only_the_old_form_took_goes_from_the_one_to_the_other(edit: Edit) -> None:
    before, after = edit.tables()
    found = [(change, region) for change in changes("small", before, after).changes for region in change.regions]
    for change, region in found:
        for part in region.former:
            given = part.witness.answers.items()
            meant = next(one for one in EVERY if VERSIONS[edit.old].takes(one) and given <= one.items())
            assert outcome(before, meant) == (change.old, region.old_route)
            assert outcome(after, meant) == (change.new, region.new_route)
