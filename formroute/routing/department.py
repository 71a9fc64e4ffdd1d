"""Departments: who can be sent something, and by which ways it reaches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from formroute.conditions import Calendar, Moment
from formroute.conditions.axes.sets import EVERYWHERE, Spans
from formroute.definitions import Document, Place, Text, unknown
from formroute.problems import Problem
from formroute.records import Destination
from formroute.routing.written.departments import DeliverDefinition, DepartmentDefinition, DepartmentsDefinition


@dataclass(frozen=True, slots=True)
class Department:
    """One department; without `private_answers` it gets no answer to a private question.

    It works by `calendar`, where it has one of its own. On days that are not from `first` to `last` (None: no end)
    what is sent to it goes to `fallback`.
    """

    id: str
    name: Text
    private_answers: bool
    deliver: tuple[Destination, ...]
    calendar: Calendar | None = None
    first: date | None = None
    last: date | None = None
    fallback: str | None = None
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def has_desk(self) -> bool:
        """Whether people see at the desk of the site what is sent to it."""
        return any(way.handler == "desk" for way in self.deliver)

    def takes(self, day: date) -> bool:
        """Whether it takes what is sent to it on this day of the city."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def who_takes(department: str, moment: Moment, departments: Mapping[str, Department]) -> str:
    """The department that gets at this moment what is sent to `department`."""
    known = departments.get(department)
    while known is not None and known.fallback is not None and not known.takes(moment.today):
        known = departments.get(known.fallback)
    return department if known is None else known.id


def takers(department: str, departments: Mapping[str, Department]) -> Iterator[tuple[str, Spans]]:
    """Each department that gets on some days what is sent to `department`, with those days by their ordinals."""
    left = EVERYWHERE
    while known := departments.get(department):
        if known.fallback is None or (known.first is None and known.last is None):
            break
        own = Spans.between(*(None if day is None else day.toordinal() for day in (known.first, known.last)))
        yield department, left & own
        left -= own
        department = known.fallback
    yield department, left


def compile_departments(
    documents: Iterable[Document[DepartmentsDefinition]],
    problems: list[Problem],
    calendars: Mapping[str, Calendar] | None = None,
) -> dict[str, Department]:
    """The departments of all files by their ids; one that two files name is a problem of the second."""
    departments: dict[str, Department] = {}
    places: dict[str, Place] = {}
    for document in sorted(documents, key=lambda document: document.place.source.file):
        for id_, definition in document.model.departments.items():
            place = document.place["departments"]
            if id_ in departments:
                problems.append(place.key(id_).problem("R416", department=id_))
            else:
                places[id_] = place[id_]
                departments[id_] = _department(id_, definition, places[id_], problems, calendars or {})
    for id_, place in places.items():
        problems.extend(_handing_over(departments[id_], departments, place))
    return departments


def _department(
    id_: str,
    definition: DepartmentDefinition,
    place: Place,
    problems: list[Problem],
    calendars: Mapping[str, Calendar],
) -> Department:
    destinations = tuple(_destination(id_, way) for way in definition.deliver)
    problems += _again(id_, destinations, place["deliver"])
    name, days = definition.calendar, definition.effective
    if name is not None and name not in calendars:
        problems.append(unknown(place["calendar"], "R418", name, calendars, name=name))
    return Department(
        id_,
        definition.name,
        definition.private_answers,
        destinations,
        None if name is None else calendars.get(name),
        days.from_ if days else None,
        days.until if days else None,
        definition.fallback,
        place.own_key,
    )


def _again(department: str, ways: Sequence[Destination], place: Place) -> Iterator[Problem]:
    """The ways that stand there already."""
    for number, way in enumerate(ways):
        if way in ways[:number]:
            found = place[number].problem("R410", department=department, first=place[ways.index(way)].mark.line)
            is_alone = found.line.lstrip().startswith("- ") and found.line.rstrip().endswith("}")
            yield replace(found, corrected="") if is_alone else found


def _handing_over(department: Department, departments: Mapping[str, Department], place: Place) -> Iterable[Problem]:
    """What is wrong with who stands in for a department."""
    always = department.first is None and department.last is None
    name, fallback = department.id, department.fallback
    if fallback is None:
        return [] if always else [place["effective"].problem("R419", department=name)]
    if fallback not in departments:
        return [unknown(place["fallback"], "R412", fallback, departments, name=fallback)]
    if always:
        return [place["fallback"].problem("R427", department=name, fallback=fallback)]
    chain = stand_ins(name, departments)
    return [place["fallback"].problem("R420", department=name, chain=" → ".join(chain))] if chain[-1] == name else []


def stand_ins(name: str, departments: Mapping[str, Department]) -> list[str]:
    """The department and those that may stand in, one for the other, until one takes on every day or comes again."""
    chain = [name]
    while (department := departments.get(chain[-1])) is not None:
        if department.fallback is None or (department.first is None and department.last is None):
            break
        chain.append(department.fallback)
        if department.fallback in chain[:-1]:
            break
    return chain


def _destination(department: str, way: DeliverDefinition) -> Destination:
    """One way; a handler of the city's own is known by its name."""
    if way.handler is not None:
        return Destination(department, way.handler.name, way.handler.settings)
    ((handler, settings),) = way.model_dump(exclude_unset=True).items()
    return Destination(department, handler, settings)
