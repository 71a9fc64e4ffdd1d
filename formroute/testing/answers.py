"""Strategies of answers that a form takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from formroute.forms import Field, Form
from formroute.records import Upload, to_json
from formroute.testing.filling import Draw, Filling
from formroute.testing.material import Material, samples_of


def answers(
    form: Form, *, now: datetime | None = None, channel: str = "web", language: str | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """Canonical answers with which `form.check(…).ok` holds: each question that shows, and no other.

    `now` is aware, or the present moment when it is left out; give the same to `check`. Files are `Upload`s that no
    store has; `form.to_json` makes JSON of the others. Half of the examples follow what the proof finds, so
    that questions show which random answers would seldom reach. Where neither they nor random answers satisfy
    the checks (which only FEEL could tell), examples are rejected.
    """
    return drawn_answers(Material(form, form.moment(now, channel, language)))


def posted_answers(
    form: Form, *, now: datetime | None = None, channel: str = "web", language: str | None = None
) -> st.SearchStrategy[dict[str, Any]]:
    """The same as a browser posts it: texts, lists of texts, mappings of parts; in any writing that the kind takes."""
    return answers(form, now=now, channel=channel, language=language).flatmap(lambda drawn: _typed(form.fields, drawn))


@st.composite
def drawn_answers(draw: Draw, material: Material) -> dict[str, Any]:
    """Answers filled in freely, or led by what the proof found; where the form refuses them, by that alone."""
    led = material.hints if draw(st.booleans()) else ()
    drawn = Filling(draw, material, draw(st.sampled_from(led)) if led else {}, loosely=True).fill()
    if not material.judged(drawn).ok and material.hints:
        drawn = Filling(draw, material, draw(st.sampled_from(material.hints))).fill()
    assume(material.judged(drawn).ok)
    return _settled(drawn)


def _settled(drawn: dict[str, Any]) -> dict[str, Any]:
    """Canonical: rows are a tuple."""
    return {name: tuple(answer) if isinstance(answer, list) else answer for name, answer in drawn.items()}


def _typed(fields: Mapping[str, Field], drawn: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: _writings(fields[name], answer) for name, answer in drawn.items()})


def _writings(item: Field, answer: Any) -> st.SearchStrategy[Any]:
    if item.row:
        own = {part.name: part for part in item.row}
        return st.tuples(*(_typed(own, row) for row in answer)).map(list)
    plain = as_posted(answer)
    return st.sampled_from([plain, *samples_of(item).typed(item.definition, answer)])


def as_posted(answer: Any) -> Any:
    """A canonical answer as a browser posts it in its plainest writing; uploads stay as they are."""
    match answer:
        case bool():
            return "yes" if answer else "no"
        case tuple():
            return [one if isinstance(one, Upload) else as_posted(one) for one in answer]
    plain = to_json(answer)
    return {name: str(part) for name, part in plain.items()} if isinstance(plain, dict) else str(plain)
