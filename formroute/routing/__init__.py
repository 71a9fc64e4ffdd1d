"""Who gets a submission, by when, and why."""

from formroute.routing.compiling.router import compile_router
from formroute.routing.deciding.nearest import Change, Nearest, UnknownRouteError
from formroute.routing.deciding.router import Router
from formroute.routing.deciding.trial import try_test
from formroute.routing.department import Department, compile_departments
from formroute.routing.due import Due
from formroute.routing.reasons import Explanation, Reason
from formroute.routing.scope import FormScope
from formroute.routing.settings import RoutingSettings
from formroute.routing.table_test import TableTest
from formroute.routing.workbench import Workbench
from formroute.routing.written.departments import DepartmentsDefinition
from formroute.routing.written.duration import Duration
from formroute.routing.written.table import TableDefinition

__all__ = [
    "Change",
    "Department",
    "DepartmentsDefinition",
    "Due",
    "Duration",
    "Explanation",
    "FormScope",
    "Nearest",
    "Reason",
    "Router",
    "RoutingSettings",
    "TableDefinition",
    "TableTest",
    "UnknownRouteError",
    "Workbench",
    "compile_departments",
    "compile_router",
    "try_test",
]
