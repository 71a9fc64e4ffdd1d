"""The files on a posted page: kept at once, and the refused ones dropped so that the rest can go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple, cast

from werkzeug.datastructures import FileStorage

from formroute.forms import Checked, Field, FieldError, cell
from formroute.forms.files import file_questions
from formroute.forms.posted import file_name
from formroute.records import Upload
from formroute.store import Store, UploadTooLargeError
from formroute.web.draft.edits import Edit, Files, Rows
from formroute.web.draft.marks import BLANK, KEY, Marks, rows_of
from formroute.web.draft.posting import Posted
from formroute.web.draft.screens import Screen

MANY = 20
"""Files of one question that are looked at."""
_UNKNOWN = "application/octet-stream"


def largest_of(fields: Iterable[Field]) -> int:
    """The most bytes that a file of these questions may have; 0 when none takes files."""
    return max((field.definition.max_size for field in file_questions(fields)), default=0)


def receive(store: Store, field: Field, posted: Posted, called: str, marks: Marks | None = None) -> Files:
    """What a page that `called` the question so changes of its files: those taken out, and those added."""
    files = posted.files_of(called)[:MANY]
    removed = frozenset(posted.texts.getlist("_remove"))
    shown = None if marks is None else marks.get(called, BLANK)
    return Files(removed, tuple(keep(store, file, [field]) for file in files), shown)


def keep(store: Store, file: FileStorage, fields: Collection[Field]) -> Upload:
    """The file in the store, for one of these questions; one that cannot be kept has no token when the judge names it.

    A photo keeps what a camera wrote into it only where all of them want that.
    """
    name, most = file_name(file.filename), largest_of(fields)
    asked = [field.definition for field in file_questions(fields)]
    accept = {media_type for definition in asked for media_type in definition.media_types}
    as_sent = all(definition.keep_location for definition in asked)
    try:
        return store.uploads.keep(cast(BinaryIO, file.stream), name, most, accept=accept, as_sent=as_sent)
    except UploadTooLargeError:
        return Upload("", name, _UNKNOWN, most + 1)


@dataclass(frozen=True, slots=True)
class Sifted:
    """What takes out the files that cannot be sent, by question; the judgement of all answers, and every error."""

    without: Mapping[str, Edit]
    checked: Checked
    errors: tuple[FieldError, ...]


Judge = Callable[[Mapping[str, Any]], Checked]


def sift(page: Screen, raw: Mapping[str, Any], judge: Judge) -> Sifted:
    """Drop each file that the judge refuses on its own; an error for each of them takes the place of the first."""
    checked = judge(raw)
    wrong = {error.at for error in checked.errors}
    boxes = [box for field in page.fields for box in _boxes(field, raw) if box.name in wrong]
    without, errors = dict[str, Edit](), list(checked.errors)
    for box in boxes:
        judged = [(upload, _refusal(box, raw, upload, judge)) for upload in box.files]
        bad = [error for _, error in judged if error is not None]
        taken = Files(frozenset(upload.token for upload, error in judged if error is not None))
        without[box.question] = box.edit(taken, without.get(box.question))
        errors = [error for error in errors if not bad or error.at != box.name] + bad
    return Sifted(without, checked, tuple(errors))


class _Box(NamedTuple):
    """Files where they were chosen: at a question of the page, or at the `part` of a row; `name` is that of the box."""

    name: str
    question: str
    files: Sequence[Upload]
    row: int = 0
    key: str = ""
    part: str = ""

    def edit(self, files: Files, before: Edit | None) -> Edit:
        """The change of the question, where its files change so; `before` is what changes in other rows of it."""
        if not self.part:
            return files
        rows = dict(before.rows) if isinstance(before, Rows) else {}
        return Rows({**rows, self.key: {**rows.get(self.key, {}), self.part: files}})

    def holding(self, raw: Mapping[str, Any], files: Sequence[Upload]) -> Mapping[str, Any]:
        """The answers with these files in the box."""
        if not self.part:
            return {**raw, self.question: files}
        rows = rows_of(raw.get(self.question))
        rows[self.row] = {**rows[self.row], self.part: files}
        return {**raw, self.question: rows}


def _boxes(field: Field, raw: Mapping[str, Any]) -> Iterator[_Box]:
    """The boxes of a question that files were chosen in."""
    if field.kind.widget == "file":
        yield _Box(field.name, field.name, raw.get(field.name, ()))
    parts = [part.name for part in field.row if part.kind.widget == "file"]
    for number, row in enumerate(rows_of(raw.get(field.name)) if parts else ()):
        for part in parts:
            yield _Box(cell(field.name, number, part), field.name, row.get(part, ()), number, row[KEY], part)


def _refusal(box: _Box, raw: Mapping[str, Any], upload: Upload, judge: Judge) -> FieldError | None:
    alone = judge(box.holding(raw, [upload]))
    return next((error for error in alone.errors if error.at == box.name), None)
