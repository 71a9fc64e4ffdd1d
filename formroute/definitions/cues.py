"""Words that some residents cannot go by: a link read alone that does not say where it leads, and a colour as a cue.

The sources are WCAG 2.2, 2.4.4 (a list of a page's links is read by ear) and 1.4.1 (nothing hangs on a colour alone).
Only what is sure is told, in the languages whose words are known here; the colour of a dog or a bin is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import re2  # type: ignore[import-untyped]

from formroute.definitions.markdown import links

_ENGLISH = """
here|click|click here|tap here|press here|see here|look here|link|this link|this|this page|page|more|more info
more information|read more|learn more|details|website
"""
_FRENCH = """
ici|cliquez|cliquez ici|cliquer ici|appuyez ici|voir ici|voyez ici|lien|ce lien|ceci|cette page|page|plus|plus d'info
plus d'infos|plus d'information|plus d'informations|en savoir plus|lire plus|lire la suite|suite|détails|site web
"""
_EMPTY_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(re.split(r"[|\n]", words.strip())) for language, words in (("en", _ENGLISH), ("fr", _FRENCH))
}


def _coloured(things: str, colours: str, order: str) -> re.Pattern[str]:
    return re.compile(order.format(things=f"(?:{things})", colours=f"(?:{colours})"), re.IGNORECASE)


_COLOURS_EN = "red|green|blue|yellow|orange|purple|pink|gr[ae]y"
_COLOURS_FR = "rouge|verte?|bleue?|jaune|orange|mauve|violet(?:te)?|rose|grise?"
_COLOURED = re2.compile(
    r"(?i)\b(?:red|green|blue|yellow|orange|purple|pink|gr[ae]y|rouge|vert|bleu|jaune|mauve|violet|rose|gris)"
)
_COLOUR_CUES: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "en": (
        _coloured("buttons?|links?|asterisks?|questions?|headings?", _COLOURS_EN, r"\b{colours} {things}\b"),
        _coloured(
            "questions?|fields?|boxes|answers?|items?|words?|links?|options?|choices",
            _COLOURS_EN,
            r"\b{things}(?: that are| which are)?(?: marked| shown| written| highlighted)? in {colours}\b",
        ),
    ),
    "fr": (
        _coloured("boutons?|liens?|astérisques?|questions?|titres?", _COLOURS_FR, r"\b{things} {colours}s?\b"),
        _coloured(
            "questions?|champs?|cases?|réponses?|éléments?|mots?|liens?|options?|choix",
            _COLOURS_FR,
            r"\b{things}(?: qui sont)?(?: (?:marqué|indiqué|affiché|écrit|surligné)e?s?)? en {colours}\b",
        ),
    ),
}


class Cue(NamedTuple):
    """The signs `start` to `end` of a text by which not everybody can go."""

    start: int
    end: int
    words: str


def empty_links(source: str, language: str) -> Iterator[Cue]:
    """The links of a Markdown text whose words say nothing by themselves."""
    known = _EMPTY_WORDS.get(_spoken(language), frozenset())
    for link in links(source) if "](" in source else ():
        if " ".join(link.words.casefold().replace("’", "'").strip(" *_.…!:>»").split()) in known:
            yield Cue(link.start, link.end, link.words)


def may_name_a_colour(text: str) -> bool:
    """Whether a word in it begins as a colour does. Takes little time however long the text is."""
    return _COLOURED.search(text) is not None


def colour_cues(text: str, language: str) -> Iterator[Cue]:
    """What a text tells residents to look for by its colour."""
    for pattern in _COLOUR_CUES.get(_spoken(language), ()):
        for found in pattern.finditer(text):
            yield Cue(*found.span(), found[0])


def _spoken(language: str) -> str:
    """Without the region; a text in no language yet counts as English."""
    return language.partition("-")[0] or "en"
