"""The files on a posted page: kept at once, and the refused ones dropped so that the rest can go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from werkzeug.datastructures import FileStorage

from formroute.forms import Checked, Field, FieldError
from formroute.forms.posted import file_name
from formroute.records import Upload
from formroute.store import Store, UploadTooLargeError
from formroute.web.edits import Files
from formroute.web.posting import Posted
from formroute.web.screens import Screen

MANY = 20
"""Files of one question that are looked at."""
_UNKNOWN = "application/octet-stream"


def largest_of(fields: Iterable[Field]) -> int:
    """The most bytes that a file of these questions may have; 0 when none takes files."""
    return max((field.definition.max_size for field in fields if field.kind.widget == "file"), default=0)


def receive(store: Store, field: Field, posted: Posted, called: str) -> Files:
    """What a page that `called` the question so changes of its files: those taken out, and those added."""
    files = posted.files_of(called)[:MANY]
    removed = frozenset(posted.texts.getlist("_remove"))
    return Files(removed, tuple(keep(store, file, [field]) for file in files))


def keep(store: Store, file: FileStorage, fields: Collection[Field]) -> Upload:
    """The file in the store, for one of these questions; one that cannot be kept has no token when the judge names it.

    A photo keeps what a camera wrote into it only where all of them want that.
    """
    name, most = file_name(file.filename), largest_of(fields)
    asked = [field.definition for field in fields if field.kind.widget == "file"]
    accept = {media_type for definition in asked for media_type in definition.media_types}
    as_sent = all(definition.keep_location for definition in asked)
    try:
        return store.uploads.keep(cast(BinaryIO, file.stream), name, most, accept=accept, as_sent=as_sent)
    except UploadTooLargeError:
        return Upload("", name, _UNKNOWN, most + 1)


@dataclass(frozen=True, slots=True)
class Sifted:
    """The files that cannot be sent, by question; the judgement of all answers, and every error."""

    without: Mapping[str, Files]
    checked: Checked
    errors: tuple[FieldError, ...]


Judge = Callable[[Mapping[str, Any]], Checked]


def sift(page: Screen, raw: Mapping[str, Any], judge: Judge) -> Sifted:
    """Drop each file that the judge refuses on its own; an error for each of them takes the place of the first."""
    checked = judge(raw)
    wrong = {error.field for error in checked.errors}
    without, errors = dict[str, Files](), list(checked.errors)
    for field in page.fields:
        if field.kind.widget == "file" and field.name in wrong:
            judged = [(upload, _refusal(field, raw, upload, judge)) for upload in raw.get(field.name, ())]
            bad = [error for _, error in judged if error is not None]
            without[field.name] = Files(frozenset(upload.token for upload, error in judged if error is not None))
            errors = [error for error in errors if not bad or error.field != field.name] + bad
    return Sifted(without, checked, tuple(errors))


def _refusal(field: Field, raw: Mapping[str, Any], upload: Upload, judge: Judge) -> FieldError | None:
    alone = judge({**raw, field.name: [upload]})
    return next((error for error in alone.errors if error.field == field.name), None)
