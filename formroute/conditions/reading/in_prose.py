"""Choices as people write them who know no YAML, and how these are written here."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from formroute.conditions.answers.domains import Domain, ManyOf, OneOf
from formroute.conditions.question import Question, Scope
from formroute.definitions import Place
from formroute.problems import Problem

_OR = re.compile(r"\s*(?:[,\uff0c\u3001]|/|\||\bor\b|\bou\b)\s*")
_APART = re.compile(r"[\s.;&+]+")
_QUOTES = "\"'“”„«»‘’ \N{NO-BREAK SPACE}"
_YES_NO = dict.fromkeys(("true", "on", "y", "oui", "vrai", "ja"), "yes") | dict.fromkeys(
    ("false", "off", "n", "non", "faux", "nein"), "no"
)


def meant_choices(raw: object, choices: Collection[str], domain: Domain) -> Sequence[str] | None:
    """The choices that a text means: by their labels, in quotes, as `true`, or several joined by `or`."""
    if not isinstance(raw, str):
        return None
    labels = _by_label(domain)
    parts = [_choice(part, choices, labels) for part in (raw, *_OR.split(raw.strip("()[]{} ")))]
    if parts[0] is not None:
        return [parts[0]]
    several = [part for part in parts[1:] if part is not None]
    if len(several) == len(parts) - 1 > 1:
        return several
    words = _APART.split(raw.strip())
    return words if len(words) > 1 and all(word in choices for word in words) else None


def listed(choices: Sequence[str]) -> str:
    """Several answers as they are written."""
    return f"[{', '.join(choices)}]"


def cut_list(key: Place, scope: Scope) -> Problem | None:
    """That `missing` in `{problem: broken, missing}` is no test, but another answer to the question before it."""
    tests = key.above.value if key.above else {}
    before: Place | None = None
    for name in tests:
        if name == key.step and before is not None:
            return _joined(before, key, scope.get(str(before.step)))
        before = key.above[name] if key.above else None
    return None


def _joined(before: Place, key: Place, question: Question | None) -> Problem | None:
    value, name = before.plain(), str(key.step)
    known = written_choices(question.domain) if question else ()
    if question is None or not isinstance(value, str) or not {value, name} <= set(known):
        return None
    if key.above is None or key.above[name].value != "":
        return None
    several = listed((value, name))
    hint = f"Write several answers as a list: `{question.name}: {several}`."
    return before.up_to(key).problem("C301", instead=several, name=name, hint=hint)


def _choice(text: str, choices: Collection[str], labels: dict[str, str]) -> str | None:
    plain = text.strip(_QUOTES)
    folded = plain.casefold()
    by_case = {choice.casefold(): choice for choice in choices}
    found = by_case.get(folded) or labels.get(folded) or _YES_NO.get(folded)
    return found if found in choices else None


def written_choices(domain: Domain) -> Collection[str]:
    """The choices as authors write them."""
    return domain.written if isinstance(domain, OneOf) else domain.values if isinstance(domain, ManyOf) else ()


def _by_label(domain: Domain) -> dict[str, str]:
    """Each choice by what residents read, in every language."""
    labels = domain.labels if isinstance(domain, OneOf | ManyOf) else {}
    return {text.casefold(): str(value) for value, label in labels.items() for text in label.translations.values()}
