"""The product's own sentences in a catalogue's languages: `locale/<language>/LC_MESSAGES/formroute.po` in the folder.

Residents and desks read them beside what authors write, so they are checked as those texts are.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from formroute.definitions import Folder, Place
from formroute.messages import compiled, file_of, is_translated, ours
from formroute.problems import Mark, Problem, problem

LOCALE = "locale"
_MOST_BYTES = 5_000_000
_SPOKEN = ("en", "fr")  # what the product says by itself
_WIDTH = 118
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


class _RefusedError(Exception):
    """Why a file is not read, in words for its author."""

    line = 1
    header = ""


class _Sentences(Catalog):
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


def read_sentences(folder: Folder, languages: Iterable[str], problems: list[Problem]) -> Mapping[str, Catalog]:
    """The translations of the folder by language; of one that cannot be read, or that says what is not there, none."""
    paths = {language: _path(folder.path, language) for language in languages}
    found = {language: _read(folder, path, problems) for language, path in paths.items() if folder.is_file(path)}
    return {language: catalogue for language, catalogue in found.items() if catalogue is not None}


def unsaid(sentences: Mapping[str, Catalog], languages: Sequence[str], place: Place) -> Iterator[Problem]:
    """A warning for each language, listed at `place`, in which the product would speak English."""
    for number, language in enumerate(languages):
        if language.partition("-")[0] not in _SPOKEN:
            lacking = _lacking(sentences, language)
            if lacking:
                first = _words(lacking[0])[0]
                at = place[number]
                yield at.problem("G531", language=language, count=len(lacking), all=len(ours()), first=first)


def write_sentences(folder: Path, language: str, priorities: Iterable[str]) -> tuple[Path, int]:
    """A file for a translator, and how much of it is empty: what it says stays, what the product says besides is added.

    `priorities` are told to departments, so they are sentences too. A file that is there has been read without a
    mistake before.
    """
    path = _path(folder, language)
    catalogue = _parsed(path.read_bytes(), language) if path.is_file() else _begun(language)
    template = ours()
    for message in template:
        if message.id and message.id not in catalogue:
            catalogue.add(message.id, user_comments=message.user_comments)
    for priority in priorities:
        if priority not in catalogue:
            catalogue.add(priority, user_comments=["A priority of the catalogue."])
    catalogue.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=_WIDTH)
    path.write_bytes(written.getvalue())
    return path, sum(not is_translated(message) for message in catalogue if message.id)


def _begun(language: str) -> Catalog:
    comment = f"# What formroute says itself, in `{language}`."
    return Catalog(language.replace("-", "_"), header_comment=comment, project="formroute")


def _path(folder: Path, language: str) -> Path:
    return folder / LOCALE / file_of(language)


def _lacking(sentences: Mapping[str, Catalog], language: str) -> list[Message]:
    """What is translated neither into the language nor, of `de-AT`, into `de`."""
    known = [sentences[tag] for tag in {language, language.partition("-")[0]} if tag in sentences]
    return [message for message in ours() if message.id and not any(_has(one, message) for one in known)]


def _has(catalogue: Catalog, message: Message) -> bool:
    found = catalogue.get(message.id)
    return found is not None and is_translated(found)


def _read(folder: Folder, path: Path, problems: list[Problem]) -> Catalog | None:
    try:
        catalogue = _parsed(folder.read(path, _MOST_BYTES), path.parent.parent.name)
    except (OSError, PoFileError, ValueError, _RefusedError) as error:
        problems.append(problem("G532", Mark(str(path), _line(error), 1), reason=_reason(error)))
        return None
    found = [one for message in catalogue if is_translated(message) for one in _wrong(message, path)]
    problems += found
    return None if found else catalogue


def _parsed(data: bytes, language: str) -> Catalog:
    lines = data.decode("utf-8-sig").split("\n")
    for number, line in enumerate(map(str.strip, lines), 1):
        if line.startswith(("msg", '"')) and not _QUOTED.fullmatch(line):
            raise _refused("a line does not have its words between two quotation marks", line=number)
    catalogue = _Sentences(language.replace("-", "_"))
    try:
        PoFileParser(catalogue, abort_invalid=True).parse(lines)
        compiled(catalogue)
    except _RefusedError as error:
        error.line = next((number for number, line in enumerate(lines, 1) if error.header in line.lower()), 1)
        raise
    except _BROKEN as error:
        raise _refused("something in it is not as gettext has it") from error
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


def _refused(reason: str, header: str = "", line: int = 1) -> _RefusedError:
    error = _RefusedError(reason)
    error.header, error.line = header, line
    return error


def _line(error: Exception) -> int:
    match error:
        case PoFileError():
            return error.lineno + 1
        case _RefusedError():
            return error.line
    return 1


def _reason(error: Exception) -> str:
    match error:
        case UnicodeDecodeError():
            return "its text is not UTF-8"
        case OSError():
            return (error.strerror or "it is not an ordinary file").lower()
        case _RefusedError():
            return str(error)
    return str(error).partition(" on ")[0].lower()


def _wrong(message: Message, path: Path) -> Iterator[Problem]:
    """What is to be filled in, in a translation, that the English sentence does not have."""
    known = {value for text in _words(ours().get(message.id) or message) for value in _values(text)}
    known |= {name.partition(":")[0] for name in known}
    for text in _forms(message):
        for name in _values(text):
            if name not in known:
                yield problem("G533", Mark(str(path), message.lineno or 1, 1), words=_words(message)[0], name=name)


def _words(message: Message) -> Sequence[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _forms(message: Message) -> Sequence[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _values(text: str) -> list[str]:
    """What is filled into a sentence, in braces, with the way in which it is written: `hour:02`, `hour!r`."""
    try:
        return [
            name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            for _, name, spec, conversion in Formatter().parse(text)
            if name is not None
        ]
    except ValueError:
        return ["{"]
