"""A longer text that residents read, in Markdown, in the catalogue's languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from formroute.definitions.cues import empty_links
from formroute.definitions.markdown import as_html, as_text, mistakes
from formroute.definitions.place import Place
from formroute.definitions.text import Text
from formroute.problems import Problem

_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Prose(Text):
    """A text with paragraphs, emphasis, lists and links; `inside` gives it as it was written."""

    def html(self, language: str) -> Markup:
        """The text in `language` for a page."""
        return as_html(self.inside(language))

    def plain(self, language: str) -> str:
        """The text in `language` for a letter, a terminal and whoever shows no HTML."""
        return as_text(self.inside(language))


def misused(place: Place, prose: Prose) -> Iterator[Problem]:
    """An error for what its Markdown may not hold, and a warning for a link that says nothing, where they stand."""
    for language in prose.languages:
        at = place[language]
        source = at.plain()
        if not isinstance(source, str):
            continue
        if len(source) > _LONGEST:
            yield at.problem("D148", count=f"{len(source):,}", most=f"{_LONGEST:,}")
            continue
        for start, end, words in empty_links(source, language):
            yield at.stretch(start, end).problem("D146", words=words)
        for code, start, end, instead, values in mistakes(source):
            part = at.stretch(start, end)
            whole = part.spot.end_column - part.spot.column == end - start
            yield part.problem(code, instead=instead if whole else None, **values)
