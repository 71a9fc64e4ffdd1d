"""The forms of the past, compiled when somebody asks for one."""

from __future__ import annotations

from formroute.forms import Form, Setting, form_as_stored

MOST = 200
"""Versions that are kept compiled."""


class Archive:
    """Compiles stored definitions in the setting of today's catalogue, each once."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._known: dict[str, Form | None] = {}

    def form(self, definition: str) -> Form | None:
        """The form of a stored definition; None when it cannot be compiled any more."""
        if definition not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[definition] = form_as_stored(definition, self._setting)
        return self._known[definition]
