"""The names that an expression may use, spaces and signs included: `Full Name`, `date`, `cost/benefit`."""

from collections.abc import Iterable

from formroute.feel.errors import FeelError
from formroute.feel.lexer import Token, tokenize

Words = tuple[tuple[str, bool], ...]
"""The tokens of a name, each with whether it touches the one before."""


class Names:
    """An immutable set of names, searched by their first word."""

    __slots__ = ("_by_first",)

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_first: dict[str, tuple[tuple[Words, str], ...]] = {}
        self._add(names)

    def __contains__(self, name: str) -> bool:
        first = name.split(maxsplit=1)[0] if name else ""
        return any(known == name for _, known in self._by_first.get(first, ()))

    def with_names(self, names: Iterable[str]) -> "Names":
        """Give these names and more."""
        more = Names()
        more._by_first = dict(self._by_first)
        more._add(names)
        return more

    def merged(self, other: "Names") -> "Names":
        """Give these names and those of another set."""
        return self.with_names(name for entries in other._by_first.values() for _, name in entries)

    def longest(self, tokens: list[Token], index: int) -> tuple[str, int] | None:
        """Find the longest name that is written at a token: the name and its number of tokens."""
        for words, name in self._by_first.get(tokens[index].text, ()):
            if _written(words, tokens, index):
                return name, len(words)
        return None

    def _add(self, names: Iterable[str]) -> None:
        for name in names:
            if words := _words(name):
                first = words[0][0]
                known = {*self._by_first.get(first, ()), (words, name)}
                self._by_first[first] = tuple(sorted(known, key=lambda entry: (-len(entry[0]), entry)))


def _words(name: str) -> Words:
    """Cut a name into words; a name that no text can write has none."""
    if name.isidentifier():
        return ((name, False),)
    try:
        tokens = tokenize(name)[:-1]
    except FeelError:
        return ()
    if not tokens or tokens[0].kind != "name" or any(token.kind == "string" for token in tokens):
        return ()
    return glued(tokens)


def glued(tokens: list[Token]) -> Words:
    """Note for each token whether it touches the one before."""
    ends = [-1, *(token.end for token in tokens)]
    return tuple((token.text, token.start == end) for token, end in zip(tokens, ends, strict=False))


def _written(words: Words, tokens: list[Token], index: int) -> bool:
    found = tokens[index : index + len(words)]
    if any(token.kind not in ("name", "number", "sign") for token in found):
        return False
    return glued(found) == words
