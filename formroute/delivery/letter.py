"""A letter: its blocks in order, as plain text and as HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from formroute.definitions.markdown import as_html, as_text
from formroute.forms import ToldRow
from formroute.messages import Phrase, each_part, lang_of, plain

INDENT = "    "
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""All but those at which no line may break."""
_templates = Environment(
    loader=PackageLoader("formroute.delivery"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def legible(text: str) -> str:
    """Text without control characters and without signs that turn the direction of writing."""
    return each_part(_legible, text)


def one_line(text: str) -> str:
    """Text that cannot begin a line of its own."""
    line = each_part(lambda words: _BLANKS.sub(" ", _legible(words)), text)
    return line if isinstance(line, Phrase) else line.strip()


def _legible(words: str) -> str:
    return _UNREADABLE.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of ours, each on a line, and `points` below them."""

    lines: Sequence[str]
    points: Sequence[str] = ()

    def as_text(self) -> str:
        """One line each."""
        return "\n".join((*map(one_line, self.lines), *(f"  - {one_line(point)}" for point in self.points)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a resident said, under its question; `rows` are those of a repeat, which `text` has too."""

    label: str
    text: str
    rows: Sequence[ToldRow] = ()

    def as_text(self) -> str:
        """The answer is indented, so that none can pass for a line of ours."""
        return f"{one_line(self.label)}\n{textwrap.indent(legible(self.text), INDENT, lambda _: True)}"


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with the words that lead to it."""

    words: str
    url: str

    def as_text(self) -> str:
        """The address has a line of its own."""
        return f"{one_line(self.words)}\n{self.url}"


@dataclass(frozen=True, slots=True)
class Told:
    """What an author tells residents, in Markdown."""

    source: str

    def as_text(self) -> str:
        """Its paragraphs and points, without markup."""
        return legible(as_text(self.source))

    def as_html(self) -> Markup:
        """The same as HTML, sanitised."""
        return as_html(legible(self.source))


Block = Lines | Answer | Link | Told


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter; `language` is the reader's, `sender` the city that signs it."""

    language: str
    subject: str
    title: str
    reference: str
    blocks: Sequence[Block]
    sender: str

    def as_text(self) -> str:
        """The letter as plain text."""
        blocks = (block.as_text() for block in self.blocks)
        heading = f"{one_line(self.title)}\n{self.reference}"
        return "\n\n".join((heading, *blocks, f"-- \n{one_line(self.sender)}")) + "\n"

    def as_html(self) -> str:
        """The same as an HTML page with no script, picture or style sheet from elsewhere; every text is escaped."""
        blocks = [(type(block).__name__, block) for block in self.blocks]
        template = _templates.get_template("letter.html")
        words = {"legible": legible, "one_line": one_line, "plain": plain, "lang_of": lang_of}
        return template.render(letter=self, blocks=blocks, **words)
