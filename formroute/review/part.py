"""Submissions that fare otherwise, in words and with one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from formroute.conditions import Moment, Scope, in_words
from formroute.conditions import Part as Proved
from formroute.conditions.telling.example import as_example
from formroute.routing.changes.sight import Sights


@dataclass(frozen=True, slots=True)
class Part:
    """Submissions that fare otherwise: what they have in common, and one of them.

    Those of a `former` part the form lets through no more; those of a `past` one have all come in. `due` is until when
    that one had to be answered and has to be now, where nothing else of it is otherwise. Of its answers, those to what
    is `asked_now` or was `asked_before` are asked for by one version alone.
    """

    words: str
    example: str
    former: bool = False
    past: bool = False
    due: tuple[datetime, datetime] | None = None
    asked_now: tuple[str, ...] = ()
    asked_before: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        part: Proved,
        scope: Scope,
        *,
        former: bool = False,
        past: bool = False,
        due: tuple[datetime, datetime] | None = None,
        sights: Sights | None = None,
    ) -> Self:
        """A part as it was proved, its questions those of `scope`; `sights` tell who asks them."""
        witness = part.witness
        example = {**witness.answers, **_facts(part.condition.fields, witness.moment)}
        asked_now, asked_before = sights.asked_by_one(witness.answers, witness.moment) if sights else ((), ())
        words = in_words(part.condition, "en", scope)
        return cls(words, as_example(example), former, past, due, asked_now, asked_before)


def _facts(names: frozenset[str], moment: Moment) -> dict[str, object]:
    """The facts of a witness that its condition looks at."""
    return {name: fact for name in sorted(names) if (fact := moment.fact(name)) is not None}
