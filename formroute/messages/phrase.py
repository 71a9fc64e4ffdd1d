"""Words that know in which language they are, wherever they are put together (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import NamedTuple

from markupsafe import Markup, escape


class Part(NamedTuple):
    """Words in one language, by its tag (BCP 47); empty for the language that was asked for."""

    words: str
    language: str = ""


class Phrase(str):
    """A text of which some or all is in another language than was asked for; to whoever asks no more, a `str`.

    In a template it marks those parts itself. Where an element can hold no other, in an attribute, an `option` or a
    title, `plain` gives its words and `lang_of` the language of the element.
    """

    __slots__ = ("parts",)

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Phrase:
        """The words of the parts, one after the other."""
        parts = tuple(parts)
        made = cls("".join(part.words for part in parts))
        made.parts = parts
        return made

    @property
    def language(self) -> str:
        """The language of most of its letters; empty for the one that was asked for."""
        letters: dict[str, int] = {}
        for words, language in self.parts:
            letters[language] = letters.get(language, 0) + sum(map(str.isalpha, words))
        return max(letters, key=letters.__getitem__, default="")

    def __reduce__(self) -> tuple[Callable[[tuple[Part, ...]], Phrase], tuple[tuple[Part, ...]]]:
        return Phrase.of, (self.parts,)

    def __html__(self) -> Markup:
        return Markup("").join(map(_marked, self.parts))


def in_language(text: str, language: str) -> str:
    """`text`, which is in `language` where it does not know better."""
    return text if isinstance(text, Phrase) else Phrase.of((Part(text, language),))


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with its `{names}` filled; what is in another language stays marked."""
    if not any(isinstance(value, Phrase) for value in values.values()):
        return sentence.format(**values)
    return Phrase.of(part for piece in Formatter().parse(sentence) for part in _filled(*piece, values))


def join(between: str, texts: Iterable[str]) -> str:
    """As `between.join(texts)`; what is in another language stays marked."""
    texts = list(texts)
    if not any(isinstance(text, Phrase) for text in texts):
        return between.join(texts)
    apart = [part for text in texts for part in (Part(between), *_parts(text))]
    return Phrase.of(apart[1:])


def each_part(change: Callable[[str], str], text: str) -> str:
    """The text with its words changed; what is in another language stays marked."""
    if not isinstance(text, Phrase):
        return change(text)
    return Phrase.of(Part(change(words), language) for words, language in text.parts)


def plain(text: str) -> str:
    """The words alone."""
    return str(text)


def lang_of(text: str) -> Markup:
    """The attributes of an element with `text`, or with `text` in another attribute: nothing where it needs none."""
    language = text.language if isinstance(text, Phrase) else ""
    return Markup(' lang="{}" dir="auto"').format(language) if language else Markup("")


def _marked(part: Part) -> Markup:
    words = escape(part.words)
    return Markup("<span{}>{}</span>").format(lang_of(Phrase.of((part,))), words) if part.language else words


def _filled(
    words: str, name: str | None, spec: str | None, _conversion: str | None, values: Mapping[str, object]
) -> Iterable[Part]:
    yield Part(words)
    if name is not None:
        value = values[name]
        yield from _parts(value if isinstance(value, str) else format(value, spec or ""))


def _parts(text: str) -> tuple[Part, ...]:
    return text.parts if isinstance(text, Phrase) else (Part(text),)
