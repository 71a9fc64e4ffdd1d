"""Departments: who can be sent something, and by which ways it reaches them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formroute.definitions import Document, Text
from formroute.problems import Problem
from formroute.records import Destination
from formroute.routing.definition import DeliverDefinition, DepartmentDefinition, DepartmentsDefinition


@dataclass(frozen=True, slots=True)
class Department:
    """One department; without `private_answers` it gets no answer to a private question."""

    id: str
    name: Text
    private_answers: bool
    deliver: tuple[Destination, ...]


def compile_departments(
    documents: Iterable[Document[DepartmentsDefinition]], problems: list[Problem]
) -> dict[str, Department]:
    """The departments of all files by their ids; one that two files name is a problem of the second."""
    departments: dict[str, Department] = {}
    for document in sorted(documents, key=lambda document: document.place.mark):
        for id_, definition in document.model.departments.items():
            if id_ in departments:
                problems.append(document.place["departments"].key(id_).problem("R416", department=id_))
            else:
                departments[id_] = _department(id_, definition)
    return departments


def _department(id_: str, definition: DepartmentDefinition) -> Department:
    destinations = tuple(_destination(id_, way) for way in definition.deliver)
    return Department(id_, definition.name, definition.private_answers, destinations)


def _destination(department: str, way: DeliverDefinition) -> Destination:
    """One way; a handler of the city's own is known by its name."""
    if way.handler is not None:
        return Destination(department, way.handler.name, way.handler.settings)
    ((handler, settings),) = way.model_dump(exclude_unset=True).items()
    return Destination(department, handler, settings)
