"""The attributes that questions have in a class of WTForms."""

from __future__ import annotations

from collections.abc import Collection

_OF_INSTANCES = {"meta", "form_errors", "checked", "csrf_token"}


def attribute(made: type, others: Collection[str], name: str) -> str:
    """The attribute of a question: its name, with `_` for the point of a group, and after it as long as it is taken."""
    name = name.replace(".", "_")
    if name in _OF_INSTANCES or name.startswith(("validate_", "filter_")):
        name = f"{name}_"
    while hasattr(made, name) or name in others:
        name = f"{name}_"
    return name
