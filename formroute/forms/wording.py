"""What can be seen of a form's words without understanding them, and makes a page harder to use for sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formroute.definitions import Place, Text
from formroute.forms.field import Field, Page
from formroute.problems import Problem

_SHOUTED = 12
"""Fewer capitals than this can be an abbreviation, such as `SIN` or `PO BOX`."""

_LONG = 120
"""Characters of a label that are read at a glance: some two lines of ours. A declaration is read, not glanced at."""


def wording(pages: Iterable[Page]) -> Iterator[Problem]:
    """A warning for a label twice on a page or too long, a text in capitals, a question only in a hint, a bare pattern.

    The sources are WCAG 2.2, 2.4.6 and 3.3.2, and the style guides that cities share: capitals are read slower.
    """
    for page in pages:
        yield from _shouted(page.title, page.place, "title")
        yield from _twice(page)
        for field in page.fields:
            yield from _of(field)


def _of(field: Field) -> Iterator[Problem]:
    if field.label is None:
        return
    yield from _shouted(field.label, field.place, "label")
    if field.kind.widget != "tick":
        yield from _long(field.short or field.label, field.place)
    if field.hint is None and vars(field.definition).get("pattern"):
        yield field.place["pattern"].problem("F255", example=field.definition.example)
    for language, hint in (field.hint.translations if field.hint else {}).items():
        if _is_question(hint) and "?" not in field.label.inside(language):
            yield _at(field.place["hint"], language).problem("F253", hint=hint)


def _twice(page: Page) -> Iterator[Problem]:
    """Two questions under one condition; others may be meant to take each other's place."""
    first: dict[tuple[str, str], Field] = {}
    for field in page.fields:
        if field.label is None or not field.kind.asks:
            continue
        for language, label in field.label.translations.items():
            before = first.setdefault((language, label.casefold()), field)
            if before is not field and before.visible == field.visible:
                yield _at(field.place["label"], language).problem("F251", label=label, field=before.name)
                break


def _long(label: Text, holder: Place) -> Iterator[Problem]:
    for language, words in label.translations.items():
        if len(words) > _LONG:
            yield _at(holder["label"], language).problem("F254", length=len(words), most=_LONG)


def _shouted(text: Text, holder: Place, key: str) -> Iterator[Problem]:
    for language, words in text.translations.items():
        if words.isupper() and " " in words.strip() and sum(map(str.isalpha, words)) >= _SHOUTED:
            yield _at(holder[key], language).problem("F252", instead=words.capitalize())


def _is_question(hint: str) -> bool:
    """One sentence, and it asks."""
    return hint.endswith("?") and not any(sign in hint[:-1] for sign in ".!?:")


def _at(place: Place, language: str) -> Place:
    """The line of one language; the text itself where it stands in one language only."""
    return place[language]
