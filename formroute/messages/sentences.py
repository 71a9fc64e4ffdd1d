"""The product's own sentences in the reader's language, from gettext catalogues.

English sentences are the keys. A city adds a language, or its own wording, in `locale` below its schemas folder
(`adopt`); what it says so is said `in_words_of` it and of no other city. A package names a folder with `add_folder`.
"""

from __future__ import annotations

import functools
import gettext
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog

from formroute.messages.gettext_file import UnreadableError, compiled, read_strictly
from formroute.messages.phrase import fill

NO_BREAK = "\u00a0"
_FIRST = re.compile(r"\b1 ")
_OURS = Path(__file__).parent.parent / "locale"
_MARKED_LAST = frozenset({"da", "et", "fi", "is", "nb", "nn", "no", "sv"})
_folders = [_OURS]


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """What one city says in its own words, by language."""

    catalogues: Mapping[str, Catalog] = field(default_factory=dict)


NO_SENTENCES = Sentences()
_adopted: dict[Path, Sentences] = {}
_speaker: ContextVar[Sentences | None] = ContextVar("formroute_speaker", default=None)


def file_of(language: str) -> str:
    """Where a folder of translations has those into `language`, as gettext has it."""
    return f"{language}/LC_MESSAGES/formroute.po"


def add_folder(folder: Path) -> None:
    """Read `<folder>/<language>/LC_MESSAGES/formroute.po` too; the folder added last wins.

    Raises ValueError, with the file and what is wrong in it, for one that cannot be read: a resident's page would
    be the place to notice it otherwise.
    """
    for path in sorted(folder.glob(file_of("*"))):
        try:
            _read(path)
        except UnreadableError as error:
            raise ValueError(f"The sentences in {path}, line {error.line}, cannot be read: {error}") from error
    _folders.insert(0, folder)
    _translations.cache_clear()


def adopt(owner: Path, sentences: Sentences) -> None:
    """Take the `sentences` instead of those that `owner` had before.

    They are said in the words of their city, and where nothing says in whose; there the last owner wins. What they lack
    is said as it would be without them.
    """
    if sentences.catalogues or owner in _adopted:
        _adopted.pop(owner, None)
        _adopted[owner] = sentences
        _translations.cache_clear()


@contextmanager
def in_words_of(sentences: Sentences) -> Iterator[None]:
    """Say everything meanwhile, in this thread, as the city of the `sentences` does."""
    before = begin_in_words_of(sentences)
    try:
        yield
    finally:
        begin_in_words_of(before)


def begin_in_words_of(sentences: Sentences | None) -> Sentences | None:
    """Say everything from now on so; what was before, to be put back by the same function."""
    before = _speaker.get()
    _speaker.set(sentences)
    return before


@functools.cache
def ours() -> Catalog:
    """Every sentence that the product says, without translations."""
    template = Catalog()
    for message in _read(_OURS / file_of("fr")):
        if message.id:
            template.add(message.id, user_comments=message.user_comments)
    return template


def say(language: str, message: str, **values: object) -> str:
    """`message` in `language`, its `{names}` filled; in English where there is no translation."""
    return fill(_translations(language, _speaker.get()).gettext(message), values)


def plural(language: str, one: str, many: str, count: int, **values: object) -> str:
    """The form of the sentence that `count` takes in `language`, with `{count}` filled."""
    return fill(_translations(language, _speaker.get()).ngettext(one, many, count), {"count": count, **values})


@functools.cache
def locale(language: str) -> Locale:
    """How a language, by its tag (BCP 47), writes days and numbers; as English does where Babel does not know it."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def calendar_day(language: str, day: date, width: str = "long") -> str:
    """A day as a reader's language writes it, by a width or a pattern of Babel's. French writes `1er juin 2026`."""
    written = format_date(day, width, locale=locale(language))
    return _FIRST.sub("1er ", written, count=1) if _is_french(language) else written


def clock(language: str, at: time) -> str:
    """A time of day as a reader's language writes it. French writes `21 h 31` and `7 h`, as in Canada."""
    if not _is_french(language):
        return format_time(at, "short", locale=locale(language))
    return f"{at.hour}{NO_BREAK}h{NO_BREAK}{at.minute:02}" if at.minute else f"{at.hour}{NO_BREAK}h"


def order_of_a_day(language: str, country: str) -> tuple[str, ...]:
    """`year`, `month` and `day` in the order in which the language's readers in the country write them."""
    try:
        known = Locale(locale(language).language, country)
    except UnknownLocaleError:
        known = locale(language)
    pattern = known.date_formats["short"].pattern.lower()
    return tuple(sorted(("year", "month", "day"), key=lambda part: pattern.index(part[0])))


def _is_french(language: str) -> bool:
    return language.partition("-")[0] == "fr"


def in_order_of(language: str, text: str) -> tuple[str, str]:
    """What texts are sorted by: `Äpfel` beside `Apfel`, but behind `Z` where such letters end the alphabet."""
    folded = text.casefold()
    if language.partition("-")[0] in _MARKED_LAST:
        return folded, text
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign)), folded


@functools.lru_cache(maxsize=256)
def _translations(language: str, speaker: Sentences | None) -> gettext.NullTranslations:
    chain: gettext.NullTranslations = gettext.NullTranslations()
    for catalogue in reversed(list(_catalogues(language, speaker))):
        translations = compiled(catalogue)
        translations.add_fallback(chain)
        chain = translations
    return chain


def _catalogues(language: str, speaker: Sentences | None) -> Iterator[Catalog]:
    """Those that are asked one after the other: `de-AT` before `de`, a city's before ours."""
    cities = reversed(_adopted.values()) if speaker is None else (speaker,)
    known = [city.catalogues for city in cities]
    for tag in dict.fromkeys([language, language.partition("-")[0]]):
        yield from (catalogues[tag] for catalogues in known if tag in catalogues)
        yield from (_read(path) for path in (folder / file_of(tag) for folder in _folders) if path.is_file())


def _read(path: Path) -> Catalog:
    return read_strictly(path.read_bytes(), path.parent.parent.name)
