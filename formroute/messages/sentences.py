"""The product's own sentences in the reader's language, from gettext catalogues.

English sentences are the keys. A city adds a language, or its own wording, in `locale` below its schemas folder
(`adopt`); a package of its own names a folder with `add_folder`.
"""

from __future__ import annotations

import functools
import gettext
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from formroute.messages.phrase import fill

NO_BREAK = "\u00a0"
_FIRST = re.compile(r"\b1 ")
_OURS = Path(__file__).parent.parent / "locale"
_MARKED_LAST = frozenset({"da", "et", "fi", "is", "nb", "nn", "no", "sv"})
_folders = [_OURS]
_adopted: dict[Path, Mapping[str, Catalog]] = {}


def file_of(language: str) -> str:
    """Where a folder of translations has those into `language`, as gettext has it."""
    return f"{language}/LC_MESSAGES/formroute.po"


def add_folder(folder: Path) -> None:
    """Read `<folder>/<language>/LC_MESSAGES/formroute.po` too; the folder added last wins."""
    _folders.insert(0, folder)
    _translations.cache_clear()


def adopt(owner: Path, catalogues: Mapping[str, Catalog]) -> None:
    """Say the sentences of `catalogues`, by language, instead of those that `owner` had before; the last owner wins.

    What they lack is said as it would be without them.
    """
    if catalogues or owner in _adopted:
        _adopted.pop(owner, None)
        _adopted[owner] = catalogues
        _translations.cache_clear()


@functools.cache
def ours() -> Catalog:
    """Every sentence that the product says, without translations."""
    template = Catalog()
    with (_OURS / file_of("fr")).open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id:
                template.add(message.id, user_comments=message.user_comments)
    return template


def is_translated(message: Message) -> bool:
    """Whether all of its forms are there, and no program only guessed them."""
    words = [message.string] if isinstance(message.string, str) else message.string or ()
    return bool(message.id) and bool(words) and all(words) and not message.fuzzy


def say(language: str, message: str, **values: object) -> str:
    """`message` in `language`, its `{names}` filled; in English where there is no translation."""
    return fill(_translations(language).gettext(message), values)


def plural(language: str, one: str, many: str, count: int, **values: object) -> str:
    """The form of the sentence that `count` takes in `language`, with `{count}` filled."""
    return fill(_translations(language).ngettext(one, many, count), {"count": count, **values})


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


@functools.cache
def _translations(language: str) -> gettext.NullTranslations:
    chain: gettext.NullTranslations = gettext.NullTranslations()
    for catalogue in reversed(list(_catalogues(language))):
        translations = compiled(catalogue)
        translations.add_fallback(chain)
        chain = translations
    return chain


def _catalogues(language: str) -> Iterator[Catalog]:
    """Those that are asked one after the other: `de-AT` before `de`, a city's before ours."""
    for tag in dict.fromkeys([language, language.partition("-")[0]]):
        yield from (known[tag] for known in reversed(_adopted.values()) if tag in known)
        for path in (folder / file_of(tag) for folder in _folders):
            if path.is_file():
                with path.open("rb") as file:
                    yield read_po(file)


def compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    """A catalogue compiled in memory: translators edit the `.po`, and no `.mo` can be stale beside it."""
    said = Catalog()
    said.mime_headers = catalogue.mime_headers  # how many forms a plural has
    for message in filter(is_translated, catalogue):
        said.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, said)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
