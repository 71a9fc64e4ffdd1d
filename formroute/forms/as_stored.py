"""A form as a submission saw it: compiled again from the definition that was stored with it."""

from __future__ import annotations

import json

import yaml

from formroute.definitions import Document, Place, parse_source, read
from formroute.forms.blocks import Blocks
from formroute.forms.compile import compile_form
from formroute.forms.definition import FormDefinition
from formroute.forms.form import Form
from formroute.forms.setting import Setting
from formroute.problems import Problem

_WIDE = 1 << 30


def form_as_stored(source: str, setting: Setting) -> Form | None:
    """The form whose `source` this is; None when it asks what this catalogue or release no longer knows."""
    parts = json.loads(source)
    parts.pop("languages", None)
    text = yaml.safe_dump(parts, allow_unicode=True, sort_keys=False, default_flow_style=False, width=_WIDE)
    problems: list[Problem] = []
    parsed = parse_source(text, "stored", problems)
    if parsed is None:
        return None
    place = Place.of(parsed)
    definition = read(FormDefinition, place, problems, setting.languages)
    return compile_form(Document(definition, place), Blocks(), setting, problems).finished if definition else None
