"""formroute: forms and routes written in YAML, as validated web forms and proved routing.

The face of the package. Each name is imported when it is first used, so that a part can be used
alone and a command starts quickly.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formroute.catalog import Catalog, UnknownFormError, check_catalog, load_catalog
    from formroute.forms import Checked, Form
    from formroute.intake import Intake
    from formroute.problems import DefinitionError, Problem
    from formroute.records import Decision, Receipt, Submission
    from formroute.routing import Router
    from formroute.store import Store

__all__ = [
    "Catalog",
    "Checked",
    "Decision",
    "DefinitionError",
    "Form",
    "Intake",
    "Problem",
    "Receipt",
    "Router",
    "Store",
    "Submission",
    "UnknownFormError",
    "check_catalog",
    "load_catalog",
]

_HOMES = {
    "Catalog": "catalog",
    "Checked": "forms",
    "Decision": "records",
    "DefinitionError": "problems",
    "Form": "forms",
    "Intake": "intake",
    "Problem": "problems",
    "Receipt": "records",
    "Router": "routing",
    "Store": "store",
    "Submission": "records",
    "UnknownFormError": "catalog",
    "check_catalog": "catalog",
    "load_catalog": "catalog",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
