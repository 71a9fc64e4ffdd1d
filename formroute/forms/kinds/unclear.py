"""A question that could not be read: it stands where it was written, so that nobody takes it for missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formroute.conditions import Unclear, WrittenCondition
from formroute.definitions import Definition
from formroute.forms.kinds.base import Kind


class UnclearDefinition(Definition):
    """What a question may say in spite of its mistakes."""

    show_when: WrittenCondition = None
    """When it is asked."""

    @classmethod
    def of(cls, written: Any) -> UnclearDefinition:
        """What can be read of a question as written."""
        return cls(show_when=written.get("show_when") if isinstance(written, Mapping) else None)


UNCLEAR = Kind("unclear", UnclearDefinition, widget="", domain=lambda _definition: Unclear())
