"""What is no mistake in a catalogue, but may surprise whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formroute.catalog.catalog import Catalog
from formroute.conditions import Condition, ManyOf, Numbers, OneOf
from formroute.conditions.aspects import Includes, Value
from formroute.definitions import Place
from formroute.forms import Form
from formroute.problems import Problem
from formroute.routing import Router
from formroute.routing.table import CopyBy, Route

_MOST_CHOICES = 8


def notes(catalog: Catalog) -> Iterator[Problem]:
    """Every note on a catalogue that loads."""
    yield from _department_notes(catalog)
    for form in catalog.forms.values():
        yield from _form_notes(form, catalog.router)
        yield from _private_notes(form, catalog)


def _department_notes(catalog: Catalog) -> Iterator[Problem]:
    """Departments to which nothing is sent or copied, and a fallback that no gap needs."""
    outputs = [route.outputs for table in catalog.router.tables.values() for route in table.routes]
    named = {name for one in outputs for name in (one.send_to, *one.copy_to)}
    named |= {name for one in outputs for by in one.copy_by for name in by.departments.values()}
    named |= {department.fallback for department in catalog.departments.values()}
    fallback = catalog.router.settings.fallback
    needed = any(problem.code in {"R432", "R437"} for problem in catalog.warnings)
    for name, department in catalog.departments.items():
        if department.place is not None and name == fallback and not needed:
            yield department.place.problem("N602", fallback=name)
        elif department.place is not None and name not in named and name != fallback:
            yield department.place.problem("N601", department=name)


def _form_notes(form: Form, router: Router) -> Iterator[Problem]:
    """Questions with choices or numbers that only people look at, and choices that nothing but people tells apart."""
    routes = list(_routes(form, router))
    conditions = [*_conditions(form), *(route.condition for route in routes)]
    copies = [by for route in routes for by in route.outputs.copy_by]
    sources = _sources(form)
    used = sources.union(*(condition.fields for condition in conditions), (by.question for by in copies))
    for name, question in form.scope.items():
        place = form.fields[name].place if name in form.fields else None
        if place is None or question.follows is not None or not isinstance(question.domain, OneOf | ManyOf | Numbers):
            continue
        if name not in used:
            yield place.problem("N603", field=name)
        elif not isinstance(question.domain, Numbers) and name not in sources:
            yield from _alike(name, question.domain, conditions, copies, place)


def _private_notes(form: Form, catalog: Catalog) -> Iterator[Problem]:
    """Private questions of a form that goes only where private answers are left out."""
    outputs = [route.outputs for route in _routes(form, catalog.router)]
    named = {name for one in outputs for name in (one.send_to, *one.copy_to)} | {catalog.router.settings.fallback}
    named |= {department.fallback for name, department in catalog.departments.items() if name in named}
    if not any(department.private_answers for name, department in catalog.departments.items() if name in named):
        for field in (one for each in form.fields.values() for one in each.row or (each,)):
            if field.private and field.place is not None:
                yield field.place["private"].problem("N605", field=field.name, form=form.id)


def _alike(
    name: str, domain: OneOf | ManyOf, conditions: Iterable[Condition], copies: Iterable[CopyBy], place: Place
) -> Iterator[Problem]:
    """Choices that lie in the same sets and are copied to the same departments."""
    if any(name in one.fields for condition in conditions for one in condition.expressions()):
        return
    tests = [test for condition in conditions for test in condition.tests() if test.axis.question == name]
    sets = {test.accepts for test in tests if test.axis.aspect == Value()}
    ticked = {test.axis.aspect.choice for test in tests if isinstance(test.axis.aspect, Includes)}
    departments = [by.departments for by in copies if by.question == name]
    alike: dict[tuple[object, ...], list[object]] = {}
    for value in domain.values:
        one = [value] if value in ticked else [value in accepts for accepts in sets]
        alike.setdefault((*one, *(by.get(value) for by in departments)), []).append(value)
    for choices in alike.values():
        if len(choices) > 1:
            yield place.problem("N604", field=name, choices=_listed(choices))


def _listed(choices: list[object]) -> str:
    shown = [f"`{choice}`" for choice in choices[:_MOST_CHOICES]]
    more = len(choices) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more else " and ".join([", ".join(shown[:-1]), shown[-1]])


def _conditions(form: Form) -> Iterator[Condition]:
    for page in form.pages:
        yield page.visible
        for field in page.fields:
            yield field.visible
            yield from field.offered.values()
    yield from (check.require for check in form.checks)


def _routes(form: Form, router: Router) -> Iterator[Route]:
    for table in router.tables.values():
        if form.id in table.forms:
            yield from table.routes_of(form.id)


def _sources(form: Form) -> set[str]:
    """Questions from which others are calculated."""
    named: set[str] = set()
    for question in form.scope.values():
        if question.lookup is not None:
            named.add(question.lookup.source)
        if question.calculation is not None:
            named |= question.calculation.formula.fields
        if question.score is not None:
            named |= question.score.fields
    return named
