"""What is no mistake in a catalogue, but may surprise whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from formroute.catalog.alike import alike
from formroute.catalog.catalog import Catalog
from formroute.catalog.uses import QuestionName, Uses
from formroute.conditions import Dates, Instants, ManyOf, Numbers, OneOf, Question, Rows, Times
from formroute.conditions.telling.example import in_yaml
from formroute.definitions import Place
from formroute.forms import Form
from formroute.problems import Problem, listed
from formroute.routing import Department, Router
from formroute.routing.changes.reach import Reach, reach
from formroute.routing.department import stand_ins
from formroute.routing.written.calendars import Holidays

_MOST_CHOICES = 8
_LOOKED_AT = (OneOf, ManyOf, Numbers, Dates, Times, Instants)


def notes(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Every note on a catalogue that loads, as it is from `today` on."""
    reached = reach(catalog.router, today)
    yield from _past_routes(catalog.router, reached)
    yield from _department_notes(catalog, reached)
    yield from _ending_holidays(catalog, today)
    for form in catalog.forms.values():
        yield from _form_notes(form, catalog.router)
        yield from _private_notes(form, catalog, reached)


def _past_routes(router: Router, reached: Reach) -> Iterator[Problem]:
    """Routes by which submissions went before today, and none goes any more."""
    routes = [route for table in router.tables.values() for route in table.routes]
    if any("received" in route.condition.fields for route in routes):
        before = reach(router).routes - reached.routes
        yield from (
            route.place["route"].problem("N607", route=route.name) for route in routes if route.full_name in before
        )


def _ending_holidays(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Calendars whose country has no known holidays any more for what comes in within a year."""
    for name, calendar in catalog.calendars.items():
        if calendar.place is not None and isinstance(known := calendar.holidays, Holidays):
            last = known.last_year
            if last is not None and last <= today.year:
                yield calendar.place.problem("N608", country=known.country, year=last, calendar=name)


def _department_notes(catalog: Catalog, reached: Reach) -> Iterator[Problem]:
    """Departments that get nothing, stand-ins that nothing comes to, and a fallback that no gap needs."""
    getting = {taken.taker for taken in reached.taken}
    fallback = catalog.router.settings.fallback
    needed = any(problem.code in {"R432", "R437"} for problem in catalog.warnings)
    for name, department in catalog.departments.items():
        if department.place is None:
            continue
        if name == fallback and not needed:
            yield department.place.problem("N602", fallback=name)
        elif name not in getting:
            yield department.place.problem("N601", department=name)
        elif _is_spared(department, catalog.departments, reached):
            yield department.place.problem("N606", department=name, fallback=department.fallback)


def _is_spared(department: Department, departments: Mapping[str, Department], reached: Reach) -> bool:
    """Whether it takes for itself all that comes to it, so that its fallback, which it has for some days, is idle."""
    if department.fallback is None or (department.first is None and department.last is None):
        return False
    chains = ((stand_ins(taken.named, departments), taken.taker) for taken in reached.taken)
    return not any(
        department.id in chain and chain.index(taker) > chain.index(department.id) for chain, taker in chains
    )


def _form_notes(form: Form, router: Router) -> Iterator[Problem]:
    """Questions that could be looked at and are not, and choices that nothing but people tells apart."""
    uses = Uses(form, router.plans[form.id])
    for name, question, place in _questions(form):
        if not uses.is_used(name):
            yield place.problem("N603", field=name.name)
        elif isinstance(question.domain, OneOf | ManyOf) and not uses.is_told_apart(name):
            for choices in alike(name, question.domain, uses):
                yield place.problem("N604", field=name.name, choices=listed(map(in_yaml, choices), _MOST_CHOICES))


def _questions(form: Form) -> Iterator[tuple[QuestionName, Question, Place]]:
    """What a form and its rows ask of which the answer is a choice, a number, a day or a time."""
    scopes = {
        "": form.scope,
        **{name: one.domain.scope for name, one in form.scope.items() if isinstance(one.domain, Rows)},
    }
    fields = {QuestionName(name, part.name): part for name, field in form.fields.items() for part in field.row}
    fields |= {QuestionName("", name): field for name, field in form.fields.items()}
    for row, scope in scopes.items():
        for name, question in scope.items():
            if question.follows is None and isinstance(question.domain, _LOOKED_AT):
                yield QuestionName(row, name), question, fields[QuestionName(row, name)].place


def _private_notes(form: Form, catalog: Catalog, reached: Reach) -> Iterator[Problem]:
    """Private questions of a form that goes only where private answers are left out."""
    takers = {taken.taker for taken in reached.taken if taken.form == form.id}
    if not any(catalog.departments[name].private_answers for name in takers):
        for field in (one for each in form.fields.values() for one in each.row or (each,)):
            if field.private:
                yield field.place["private"].problem("N605", field=field.name, form=form.id)
