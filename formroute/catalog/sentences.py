"""The product's own sentences in a catalogue's languages: `locale/<language>/LC_MESSAGES/formroute.po` in the folder.

Residents and desks read them beside what authors write, so they are checked as those texts are.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from formroute.definitions import Folder, Place
from formroute.messages import UnreadableError, file_of, is_translated, ours, read_strictly, words_of
from formroute.problems import Mark, Problem, problem

LOCALE = "locale"
_MOST_BYTES = 5_000_000
_SPOKEN = ("en", "fr")  # what the product says by itself
_WIDTH = 118
_UNSAID = Catalog()


def read_sentences(folder: Folder, languages: Iterable[str], problems: list[Problem]) -> Mapping[str, Catalog | None]:
    """The translations of the folder by language; None for a file that cannot be read, or says what is not there."""
    paths = {language: _path(folder.path, language) for language in languages}
    return {language: _read(folder, path, problems) for language, path in paths.items() if folder.is_file(path)}


def unsaid(sentences: Mapping[str, Catalog | None], languages: Sequence[str], place: Place) -> Iterator[Problem]:
    """A warning for each language, listed at `place`, in which the product would speak English.

    Of a file that could not be read it is not known, and the mistake in it is told already.
    """
    read = {language: catalogue for language, catalogue in sentences.items() if catalogue is not None}
    for number, language in enumerate(languages):
        if language.partition("-")[0] not in _SPOKEN and sentences.get(language, _UNSAID) is not None:
            lacking = _lacking(read, language)
            if lacking:
                first = words_of(lacking[0])[0]
                at = place[number]
                yield at.problem("G531", language=language, count=len(lacking), all=len(ours()), first=first)


def write_sentences(folder: Path, language: str, priorities: Iterable[str]) -> tuple[Path, int]:
    """A file for a translator, and how much of it is empty: what it says stays, what the product says besides is added.

    `priorities` are told to departments, so they are sentences too. A file that is there has been read without a
    mistake before.
    """
    path = _path(folder, language)
    catalogue = read_strictly(path.read_bytes(), language) if path.is_file() else _begun(language)
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
        catalogue = read_strictly(folder.read(path, _MOST_BYTES), path.parent.parent.name)
    except UnreadableError as error:
        problems.append(problem("G532", Mark(str(path), error.line, 1), reason=error))
        return None
    except OSError as error:
        reason = (error.strerror or "it is not an ordinary file").lower()
        problems.append(problem("G532", Mark(str(path), 1, 1), reason=reason))
        return None
    translated = [message for message in catalogue if is_translated(message)]
    found = [one for message in translated for one in (*_wrong(message, path), *_without_its_plural(message, path))]
    problems += found
    return None if found else catalogue


def _wrong(message: Message, path: Path) -> Iterator[Problem]:
    """What is to be filled in, in a translation, that the English sentence does not have."""
    known = {value for text in words_of(ours().get(message.id) or message) for value in _values(text)}
    known |= {name.partition(":")[0] for name in known}
    for text in _forms(message):
        for name in _values(text):
            if name not in known:
                yield problem("G533", Mark(str(path), message.lineno or 1, 1), words=words_of(message)[0], name=name)


def _without_its_plural(message: Message, path: Path) -> Iterator[Problem]:
    """A sentence that changes with a number, translated once; it would never be said."""
    template = ours().get(message.id)
    if template is not None and template.pluralizable and not message.pluralizable:
        one, many = words_of(template)
        reason = f"“{one}” changes with the number: write msgid_plural “{many}” below it, then msgstr[0] and so on"
        yield problem("G532", Mark(str(path), message.lineno or 1, 1), reason=reason)


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
