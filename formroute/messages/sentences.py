"""The product's own sentences in the reader's language, from gettext catalogues.

English sentences are the keys. A city adds a language, or its own wording, by naming a folder of
catalogues with `add_folder`.
"""

from __future__ import annotations

import functools
import gettext
import io
import re
from datetime import date, time
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from formroute.messages.phrase import fill

NO_BREAK = "\u00a0"
_FIRST = re.compile(r"\b1 ")
_folders = [Path(__file__).parent.parent / "locale"]


def add_folder(folder: Path) -> None:
    """Read `<folder>/<language>/LC_MESSAGES/formroute.po` too; the folder added last wins."""
    _folders.insert(0, folder)
    _translations.cache_clear()


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


def _is_french(language: str) -> bool:
    return language.partition("-")[0] == "fr"


@functools.cache
def _translations(language: str) -> gettext.NullTranslations:
    paths = [folder / language / "LC_MESSAGES" / "formroute.po" for folder in _folders]
    chain: gettext.NullTranslations = gettext.NullTranslations()
    for path in reversed([path for path in paths if path.is_file()]):
        translations = _read(path)
        translations.add_fallback(chain)
        chain = translations
    return chain


def _read(path: Path) -> gettext.GNUTranslations:
    """A catalogue compiled in memory: translators edit the `.po`, and no `.mo` can be stale beside it."""
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
