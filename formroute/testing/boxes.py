"""Answers by the boxes that they are typed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from formroute.forms import Field, Form, cell


def boxes(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, Field, Any]]:
    """Each answer by the name of its box, in the order asked; rows by their number, then each question in them."""
    for name, item in form.fields.items():
        answer = answers.get(name)
        if item.row:
            rows = answer if isinstance(answer, list | tuple) else ()
            yield name, item, len(rows)
            for number, row in enumerate(rows):
                yield from (
                    (cell(name, number, part.name), part, row.get(part.name)) for part in item.row if part.kind.asks
                )
        elif item.kind.asks:
            yield name, item, answer
