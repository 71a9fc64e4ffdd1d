"""Strategies of answers with one mistake in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from hypothesis import assume
from hypothesis import strategies as st

from formroute.forms import Field, Form
from formroute.testing.answers import drawn_answers
from formroute.testing.boxes import boxes
from formroute.testing.filling import Draw, Filling
from formroute.testing.material import Material

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """Raw answers that a form refuses for one reason: the error `code` at the box `at` (in a row, `animals-0.kind`)."""

    answers: Mapping[str, Any]
    at: str
    code: str


def invalid_answers(
    form: Form, *, now: datetime | None = None, channel: str = "web", language: str | None = None
) -> st.SearchStrategy[Fault]:
    """Answers that would do but for one fault: a kind's own, an answer that is missing, a choice that is not offered
    now, too few or too many rows, or a check that does not hold.

    `form.check(fault.answers).errors` is one error, with `fault.at` and `fault.code`. For `now`, see `answers`.
    """
    return _drawn_fault(Material(form, form.moment(now, channel, language)))


@st.composite
def _drawn_fault(draw: Draw, material: Material) -> Fault:
    if material.form.checks and material.breaking and draw(st.booleans()):
        check, wanted = draw(st.sampled_from(material.breaking))
        fault = Fault(Filling(draw, material, wanted).fill(), check.at, "check")
        assume(_is_the_only_one(material, fault))
        return fault
    answers = draw(drawn_answers(material))
    tried = (_planted(draw, material, answers) for _ in range(_TRIES))
    found = next((fault for fault in tried if _is_the_only_one(material, fault)), None)
    assume(found is not None)
    return cast("Fault", found)


def _is_the_only_one(material: Material, fault: Fault) -> bool:
    checked = material.judged(fault.answers)
    return checked.stopped is None and [(error.at, error.code) for error in checked.errors] == [(fault.at, fault.code)]


def _planted(draw: Draw, material: Material, answers: Mapping[str, Any]) -> Fault:
    """The same answers with a fault in one box that shows; what shows because of that is answered too."""
    checked = material.judged(answers)
    known = {box: (item, answer) for box, item, answer in boxes(material.form, answers) if box in checked.showing}
    box = draw(st.sampled_from(sorted(known)))
    item = known[box][0]
    faults = _faults(item, material, checked.withheld.get(box, frozenset()), answers.get(box))
    assume(faults)
    code = draw(st.sampled_from(sorted(faults)))
    wanted = {name: value for name, (_, value) in known.items()}
    return Fault(Filling(draw, material, wanted, planted={box: draw(faults[code])}).fill(), box, code)


def _faults(
    item: Field, material: Material, withheld: frozenset[str], answer: Any
) -> Mapping[str, st.SearchStrategy[Any]]:
    """What can be wrong with the answer to a question, by the code of the error."""
    missing: dict[str, st.SearchStrategy[Any]] = {}
    if item.required:
        missing["missing"] = st.sampled_from([None, "", "  ", []])
    if item.row:
        return {**missing, **_faults_of_rows(item, answer or ())}
    faults = dict(material.faults(item))
    if withheld:
        faults["choice"] = faults["choice"] | st.sampled_from(sorted(withheld))
    return {**missing, **faults}


def _faults_of_rows(item: Field, rows: Sequence[Any]) -> Mapping[str, st.SearchStrategy[Any]]:
    least, most = item.definition.min_items, item.definition.max_items
    faults: dict[str, st.SearchStrategy[Any]] = {"rows": st.sampled_from(["x", 5, ["x"], {"x": "y"}])}
    if rows:
        faults["too_many"] = st.just([rows[-1]] * (most + 1))
    if least > 1 and rows:
        faults["too_few"] = st.integers(1, least - 1).map(lambda count: list(rows[:count]))
    return faults
