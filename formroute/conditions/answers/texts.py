"""Texts made to order: one that contains, begins with and matches what is wanted, and nothing that is not."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits, only
from formroute.conditions.axes.aspects import Aspect, Contains, Matches, StartsWith, Value, Wording
from formroute.conditions.axes.folding import Phrase, Phrases, fold
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.patterns import Pattern
from formroute.conditions.axes.sets import Values

_MOST_TEXTS = 400
_MOST_OPTIONS = 3
_NAMING: tuple[Aspect, ...] = (Value(), Wording())
_FOLDED = (" ", "-", ".", "/", "")
"""What numbers of permits and the like have between their parts; folding makes blanks of them."""
_FILLERS = ("x", "0", "qz", "17", "é9")


def sample_text(
    wanted: Wanted, moment: Moment, *, max_length: int | None, pattern: Pattern | None = None
) -> str | NoAnswer:
    """A wanted text of at most `max_length` signs that `pattern` matches."""
    texts = _texts(wanted) if pattern is None else _texts_of(pattern, wanted)
    for text in itertools.islice(texts, _MOST_TEXTS):
        if (max_length is None or len(text) <= max_length) and fits(text, wanted, moment):
            return text
    return NoAnswer(certain=not all(_options(wanted)))


def _texts_of(pattern: Pattern, wanted: Wanted) -> Iterator[str]:
    """Answers that the pattern matches: its examples, then what is wanted, as it may stand before it is folded."""
    unfolded = (
        cased
        for text in _texts(wanted)
        for sign in _FOLDED
        for cased in (text.replace(" ", sign), text.replace(" ", sign).upper())
    )
    texts = itertools.chain(pattern.examples(), unfolded)
    return (text for text in texts if text and text == text.strip() and pattern.matches(text))


def _texts(wanted: Wanted) -> Iterator[str]:
    for aspect in _NAMING:
        named = wanted.get(aspect)
        if isinstance(named, Values) and not named.rest:
            yield from sorted(named.members)
    for aspect, accepts in wanted.items():
        if isinstance(aspect, Matches) and only(True, accepts):
            yield from aspect.pattern.examples()
    starts = [aspect.start for aspect, flags in wanted.items() if isinstance(aspect, StartsWith) and only(True, flags)]
    start = max(starts, key=len, default="")
    for ending, filler in itertools.product(["", *_FILLERS], _FILLERS):
        for phrases in itertools.product(*(options[:_MOST_OPTIONS] for options in _options(wanted))):
            yield _sentence(start + ending, phrases, filler)


def _sentence(head: str, phrases: Iterable[str], filler: str) -> str:
    """The head and the phrases, with a filler between them lest two of them make a third."""
    words = [head] if head else []
    for phrase in phrases:
        words += [filler, phrase] if words else [phrase]
    return " ".join(words or [filler])


def _options(wanted: Wanted) -> list[list[str]]:
    """For every list of phrases that must be there, those that bring no unwanted one along."""
    unwanted = list(_lists(wanted, present=False))
    return [
        [text for phrase in phrases.phrases for text in _variants(phrase) if not _brings(text, unwanted)]
        for phrases in _lists(wanted, present=True)
    ]


def _lists(wanted: Wanted, *, present: bool) -> Iterator[Phrases]:
    for aspect, accepts in wanted.items():
        if isinstance(aspect, Contains) and only(present, accepts):
            yield aspect.phrases


def _brings(text: str, unwanted: Iterable[Phrases]) -> bool:
    return any(phrases.found_in(text) for phrases in unwanted)


def _variants(phrase: Phrase) -> list[str]:
    """Words in which the phrase is found; an open-ended one also where it goes on."""
    grown = [phrase.text + fold(filler) for filler in _FILLERS] if phrase.open_ended else []
    return [phrase.text, *grown]
