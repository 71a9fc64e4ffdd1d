"""What a condition may ask about: the questions of a form and the facts of a submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formroute.conditions.condition import Condition
from formroute.conditions.domains import Domain, Now, OneOf
from formroute.definitions import Text


@dataclass(frozen=True, slots=True)
class Lookup:
    """An answer that follows another one: `table` maps each choice of `source` to the value taken.

    A choice that the table does not have gives `otherwise`, and None is blank.
    """

    source: str
    table: Mapping[object, object]
    otherwise: object = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its answers, and when it has one.

    It shows when `visible` holds (always, when that is None); a hidden question is blank, and a
    `required` one that shows is not. One with a `lookup` is not asked: it follows its source.
    """

    name: str
    domain: Domain
    label: Text | None = None
    required: bool = True
    visible: Condition | None = None
    lookup: Lookup | None = None

    @property
    def always_answered(self) -> bool:
        """Whether it can never be blank."""
        return self.required and self.visible is None and self.lookup is None


Scope = Mapping[str, Question]


def facts(
    forms: Mapping[str, Text | None], channels: Iterable[str], languages: Iterable[str], *, received: bool = True
) -> dict[str, Question]:
    """The facts of a submission as questions; `received` is left out where nothing has been accepted yet."""
    titles: dict[str | bool, Text] = {name: title for name, title in forms.items() if title is not None}
    named: list[tuple[str, Domain]] = [
        ("form", OneOf(tuple(forms), titles)),
        ("channel", OneOf(tuple(channels))),
        ("language", OneOf(tuple(languages))),
        ("now", Now()),
    ]
    if received:
        named.append(("received", Now()))
    return {name: Question(name, domain) for name, domain in named}
