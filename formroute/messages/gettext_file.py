"""A gettext catalogue read strictly: what a page could not say, or would say wrongly, is refused with its line."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser

_MOST_FORMS = 8
_LONGEST_FORMULA = 500
_FORMS = re.compile(r"nplurals\s*=\s*([0-9]{1,9})\s*;\s*plural\s*=\s*([^;]*);?\s*")
_BY_WHAT_MAY_BE_NOTHING = re.compile(r"[/%](?!\s*0*[1-9])")
_CHARSET = re.compile(r"charset\s*=\s*([^;]*)", re.IGNORECASE)
_QUOTED = re.compile(r'(?:msg(?:id|id_plural|ctxt|str(?:\[[0-9]{1,3}\])?) +)?"(?:[^\\]|\\.)*"')
_DATES = ("pot-creation-date", "po-revision-date")
_BROKEN = (
    ValueError,
    LookupError,
    ArithmeticError,
    AssertionError,
    TypeError,
    SyntaxError,
    MemoryError,
    RecursionError,
)


class UnreadableError(Exception):
    """Why a file is not read, in words for its author; `line` is where, counted from 1."""

    line = 1
    header = ""


class _StrictCatalog(Catalog):
    """A catalogue that believes its header only what can be read and reckoned with."""

    def _set_mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        for name, told in headers:
            value = " ".join(str(told).split())
            match name.lower():
                case "content-type":
                    _only_utf_8(value)
                case "plural-forms":
                    count, formula = _plural_forms(value)
                    super()._set_mime_headers([(name, f"nplurals={count}; plural={formula};")])
                case "language":  # its folder says it
                    pass
                case date if date in _DATES:
                    with suppress(*_BROKEN):
                        super()._set_mime_headers([(name, value)])
                case _:
                    super()._set_mime_headers([(name, value)])

    mime_headers = property(Catalog._get_mime_headers, _set_mime_headers)

    def __setitem__(self, key: Any, message: Message) -> None:
        """A sentence that comes a second time would be merged with the first, and one of them never said."""
        first = words_of(message)[0]
        if message.context:
            reason = f"“{first[:40]}” has a msgctxt, which no sentence of formroute has"
            raise _refused(reason, line=message.lineno or 1)
        if first and self.get(message.id) is not None:
            raise _refused(f"“{first[:40]}” stands in it twice", line=message.lineno or 1)
        super().__setitem__(key, message)


def read_strictly(data: bytes, language: str) -> Catalog:
    """The catalogue in the bytes of a `.po` file. Raises UnreadableError, with the line and the reason."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise _refused("its text is not UTF-8", line=data.count(b"\n", 0, error.start) + 1) from error
    for number, line in enumerate(map(str.strip, lines), 1):
        if line.startswith(("msg", '"')) and not _QUOTED.fullmatch(line):
            raise _refused("a line does not have its words between two quotation marks", line=number)
    try:
        return _parsed(lines, language)
    except UnreadableError as error:
        if error.header:
            error.line = next((number for number, line in enumerate(lines, 1) if error.header in line.lower()), 1)
        raise
    except PoFileError as error:
        raise _refused(str(error).partition(" on ")[0].lower(), line=error.lineno + 1) from error
    except _BROKEN as error:
        raise _refused("something in it is not as gettext has it") from error


def _parsed(lines: Sequence[str], language: str) -> Catalog:
    catalogue = _StrictCatalog(language.replace("-", "_"))
    PoFileParser(catalogue, abort_invalid=True).parse(lines)
    compiled(catalogue)
    return catalogue


def _only_utf_8(content_type: str) -> None:
    charset = _CHARSET.search(content_type)
    if charset is not None and charset[1].strip(" \"'").lower() not in {"utf-8", "utf8"}:
        raise _refused(
            f"its header names the charset “{charset[1].strip()[:40]}”, and only UTF-8 is read", "content-type"
        )


def _plural_forms(value: str) -> tuple[int, str]:
    """How many forms a plural has and the formula that chooses one, proved for all the counts that are likely."""
    header = "plural-forms"
    told = _FORMS.fullmatch(value)
    if told is None:
        raise _refused("its Plural-Forms are not written like “nplurals=2; plural=(n != 1);”", header)
    count, formula = int(told[1]), told[2].strip()
    if not 1 <= count <= _MOST_FORMS:
        raise _refused(f"its Plural-Forms have {count} forms; there may be 1 to {_MOST_FORMS}", header)
    if len(formula) > _LONGEST_FORMULA:
        raise _refused(f"the formula of its Plural-Forms is longer than {_LONGEST_FORMULA} characters", header)
    try:
        choose = gettext.c2py(formula)
    except _BROKEN as error:
        raise _refused(f"“{formula[:40]}” in its Plural-Forms is no formula of n", header) from error
    if _BY_WHAT_MAY_BE_NOTHING.search(formula):
        raise _refused(f"“{formula[:40]}” in its Plural-Forms divides by something else than a number above 0", header)
    for number in range(201):
        if not 0 <= choose(number) < count:
            raise _refused(f"its Plural-Forms choose, for {number}, none of its {count} forms", header)
    return count, formula


def _refused(reason: str, header: str = "", line: int = 1) -> UnreadableError:
    error = UnreadableError(reason)
    error.header, error.line = header, line
    return error


def compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    """A catalogue compiled in memory: translators edit the `.po`, and no `.mo` can be stale beside it."""
    said = Catalog()
    said.mime_headers = catalogue.mime_headers  # how many forms a plural has
    for message in filter(is_translated, catalogue):
        said.add(message.id, message.string)
    binary = io.BytesIO()
    write_mo(binary, said)
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def is_translated(message: Message) -> bool:
    """Whether all of its forms are there, and no program only guessed them."""
    words = [message.string] if isinstance(message.string, str) else message.string or ()
    return bool(message.id) and bool(words) and all(words) and not message.fuzzy


def words_of(message: Message) -> Sequence[str]:
    """The English sentence, or its forms for one and for many."""
    return [message.id] if isinstance(message.id, str) else list(message.id)
