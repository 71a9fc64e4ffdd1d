"""The product's own sentences in the reader's language, from gettext catalogues.

English sentences are the keys. A city adds a language, or its own wording, by naming a folder of
catalogues with `add_folder`.
"""

from __future__ import annotations

import functools
import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_folders = [Path(__file__).parent / "locale"]


def add_folder(folder: Path) -> None:
    """Read `<folder>/<language>/LC_MESSAGES/formroute.po` too; the folder added last wins."""
    _folders.insert(0, folder)
    _translations.cache_clear()


def say(language: str, message: str, **values: object) -> str:
    """`message` in `language`, its `{names}` filled; in English where there is no translation."""
    return _translations(language).gettext(message).format(**values)


def plural(language: str, one: str, many: str, count: int, **values: object) -> str:
    """The form of the sentence that `count` takes in `language`, with `{count}` filled."""
    return _translations(language).ngettext(one, many, count).format(count=count, **values)


def locale(language: str) -> str:
    """The locale that Babel knows for a language tag (BCP 47)."""
    return language.replace("-", "_")


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
