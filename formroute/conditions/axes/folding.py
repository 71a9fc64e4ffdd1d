"""Words as people compare them: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """`text` without case and accents, its words one space apart."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, folded; with `open_ended` the last one may go on (`wire*`). `written`: by its author."""

    text: str
    open_ended: bool = False
    written: str = field(default="", compare=False)

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """What an author wrote, or None when no word is left of it or a `*` stands elsewhere than at the end."""
        written = written.strip()
        body = written.removesuffix("*")
        text = fold(body)
        if not text or "*" in body or (body != written and not _ends_in_word(body)):
            return None
        return cls(text, body != written, " ".join(written.split()))

    def __str__(self) -> str:
        return self.written or self.text + "*" * self.open_ended


def _ends_in_word(text: str) -> bool:
    return bool(_WORD.fullmatch(fold(text[-1:])))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to look for in a text; made for lists of thousands: the time grows with the text, not the list."""

    phrases: tuple[Phrase, ...]
    _by_first: dict[str, tuple[Phrase, ...]] = field(init=False, repr=False, compare=False)
    _prefixes: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: dict[str, tuple[Phrase, ...]] = {}
        for phrase in self.phrases:
            if not _is_prefix(phrase):
                first = phrase.text.split(" ", 1)[0]
                by_first[first] = (*by_first.get(first, ()), phrase)
        object.__setattr__(self, "_by_first", by_first)
        object.__setattr__(self, "_prefixes", tuple(phrase.text for phrase in self.phrases if _is_prefix(phrase)))

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Self:
        """The phrases in a fixed order, each once."""
        return cls(tuple(sorted(set(phrases), key=lambda phrase: (phrase.text, phrase.open_ended))))

    def found_in(self, folded: str) -> bool:
        """Whether a text that `fold` returned contains one of the phrases."""
        padded = f" {folded} "
        return any(
            word.startswith(self._prefixes)
            or any(_stands_in(phrase, padded) for phrase in self._by_first.get(word, ()))
            for word in folded.split(" ")
        )


def _is_prefix(phrase: Phrase) -> bool:
    return phrase.open_ended and " " not in phrase.text


def _stands_in(phrase: Phrase, padded: str) -> bool:
    return f" {phrase.text}" + " " * (not phrase.open_ended) in padded
