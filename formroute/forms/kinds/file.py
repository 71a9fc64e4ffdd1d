"""Files that a resident sends: photos and documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from formroute.conditions import Files, Moment
from formroute.definitions.shape import one_or_more
from formroute.definitions.types import Size, WholeNumber, YesNo, listed, one_of, typed
from formroute.forms.kinds.base import FieldDefinition, Kind, Samples
from formroute.forms.kinds.reader import Reader, Refusal, refused
from formroute.records import Fault, Upload

# What an author may ask for, as media types (IANA) that the content itself tells.
ACCEPTED: dict[str, tuple[str, ...]] = {
    "photo": ("image/jpeg", "image/png", "image/webp", "image/heic", "image/gif"),
    "pdf": ("application/pdf",),
    "document": (
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "text/plain",
    ),
}


_LONGEST_TOKEN = 40
UNKNOWN = "No file waits under the token {token}. Send the file first, and once for each submission."
UNNAMED = "Name each file by the token that its upload was given, as a text."
ONE_ONLY = "Send one file only: remove the others."
TOO_MANY = "Send at most {max_files} files: remove those that you need least."
EMPTY = "The file {filename} is empty."
OTHER = "The file {filename} is not a type that can be sent here."
NO_PHOTO = "The file {filename} is not a photo. Choose a photo, as JPEG, PNG, HEIC, WebP or GIF."
NO_PDF = "The file {filename} is not a PDF. Choose a PDF."
NO_DOCUMENT = "The file {filename} is not a document. Choose a PDF, a Word or OpenDocument text, or a plain text."
NO_PHOTO_OR_PDF = "The file {filename} is neither a photo nor a PDF. Choose one of these."
NO_PHOTO_OR_DOCUMENT = "The file {filename} is neither a photo nor a document such as a PDF. Choose one of these."
NOT_TAKEN: Mapping[frozenset[str], str] = {
    frozenset({"photo"}): NO_PHOTO,
    frozenset({"pdf"}): NO_PDF,
    frozenset({"document"}): NO_DOCUMENT,
    frozenset({"document", "pdf"}): NO_DOCUMENT,
    frozenset({"photo", "pdf"}): NO_PHOTO_OR_PDF,
}
"""What a resident is told of another type, by what the author accepts."""
FAULTS: Mapping[Fault, str] = {
    Fault.DAMAGED: "The file {filename} is damaged or was not sent whole. Send it again or choose another.",
    Fault.HUGE: "The file {filename} is too large once it is opened. Choose another.",
    Fault.UNSAFE: "The file {filename} was refused because it may do harm. Choose another.",
    Fault.UNCHECKED: "The file {filename} could not be checked for safety. Try again later, or go on without it.",
}
"""What a resident is told of a file that was not kept."""


class FileDefinition(FieldDefinition):
    """One or more files: photos or documents, told by what their content is."""

    accept: Annotated[tuple[Annotated[str, one_of(*ACCEPTED)], ...], typed(listed, one_or_more)] = ("photo",)
    """What may be sent: photos, PDF files, documents."""

    max_files: Annotated[WholeNumber, Field(ge=1, le=20)] = 1
    """The most files that are taken."""

    max_size: Annotated[Size, Field(ge=1, le=50_000_000)] = 8_000_000
    """The largest file that is taken; `8 MB` when nothing is written, `50 MB` at most."""

    keep_location: YesNo = False
    """`yes` keeps photos as they were sent, with the place, the time and the camera that are written in them."""

    @property
    def megabytes(self) -> Decimal:
        """The size that one file may have, as residents read it."""
        return Decimal(self.max_size) / 1_000_000

    @property
    def media_types(self) -> tuple[str, ...]:
        """Every media type that is taken."""
        return tuple(dict.fromkeys(media_type for name in self.accept for media_type in ACCEPTED[name]))


def _reader(definition: FileDefinition) -> Reader:
    most = definition.max_files
    too_many = refused("too_many", ONE_ONLY if most == 1 else TOO_MANY, max_files=most)

    def read(value: Any, _moment: Moment) -> object:
        uploads = value if isinstance(value, list | tuple) else [value]
        unknown = [upload for upload in uploads if not isinstance(upload, Upload)]
        if unknown:
            return _unknown(unknown[0])
        unique = {upload.token: upload for upload in uploads}
        if len(unique) > most:
            return too_many
        refusals = (_refusal(definition, upload) for upload in unique.values())
        return next((found for found in refusals if found is not None), tuple(unique.values()))

    return read


def _unknown(value: object) -> Refusal:
    """Only a program sends anything but files: it names the token of one that is not there."""
    token = value.get("token") if isinstance(value, Mapping) else value
    if not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
        return refused("file", UNNAMED)
    return refused("file", UNKNOWN, token=token)


def _refusal(definition: FileDefinition, upload: Upload) -> Refusal | None:
    """Why one file is not taken."""
    if upload.fault is not None:
        return refused(upload.fault, FAULTS[upload.fault], filename=upload.filename)
    if upload.size == 0:
        return refused("empty", EMPTY, filename=upload.filename)
    if upload.size > definition.max_size:
        message = "The file {filename} is larger than {most} MB."
        return refused("too_large", message, filename=upload.filename, most=definition.megabytes)
    if upload.media_type not in definition.media_types:
        return refused(
            "media_type", NOT_TAKEN.get(frozenset(definition.accept), NO_PHOTO_OR_DOCUMENT), filename=upload.filename
        )
    return None if upload.token else refused("file", "Choose a file.")


def _schema(definition: FileDefinition, _language: str) -> dict[str, Any]:
    """Files travel beside the answers: an answer names each by the token that its upload was given."""
    token = {"type": "string", "pattern": r"^[A-Za-z0-9_-]{22}(?![\s\S])"}
    stored = {"type": "object", "properties": {"token": token}, "required": ["token"]}
    return {"type": "array", "minItems": 1, "maxItems": definition.max_files, "items": {"anyOf": [token, stored]}}


def _show(_definition: Any, value: tuple[Upload, ...], _language: str) -> str:
    return "; ".join(upload.filename for upload in value)


def _uploads(st: Any, definition: FileDefinition, **other: Any) -> Any:
    """Files that do, but for what is said `other`wise of them."""
    usual = {
        "token": st.from_regex(r"[A-Za-z0-9_-]{22}", fullmatch=True),
        "filename": st.from_regex(r"[a-z]{1,9}\.[a-z]{3}", fullmatch=True),
        "media_type": st.sampled_from(definition.media_types),
        "size": st.integers(1, definition.max_size),
    }
    return st.builds(Upload, **{**usual, **other})


def _several(st: Any, uploads: Any, least: int, most: int) -> Any:
    return st.lists(uploads, min_size=least, max_size=most, unique_by=lambda upload: upload.token).map(tuple)


def _sent(st: Any, definition: FileDefinition, _now: datetime) -> Any:
    return _several(st, _uploads(st, definition), 1, definition.max_files)


def _faults(st: Any, definition: FileDefinition, _now: datetime) -> dict[str, Any]:
    too_large = st.integers(definition.max_size + 1, 2 * definition.max_size)
    wrong = {
        "empty": _uploads(st, definition, size=st.just(0)),
        "too_large": _uploads(st, definition, size=too_large),
        "media_type": _uploads(st, definition, media_type=st.just("application/x-msdownload")),
        **{fault.value: _uploads(st, definition, token=st.just(""), fault=st.just(fault)) for fault in Fault},
    }
    most = definition.max_files + 1
    return {
        **{code: uploads.map(lambda upload: (upload,)) for code, uploads in wrong.items()},
        "too_many": _several(st, _uploads(st, definition), most, most),
        "file": st.sampled_from(["photo.jpg", 5, ["photo.jpg"], {"token": "x"}]),
    }


FILE = Kind(
    "file",
    FileDefinition,
    widget="file",
    reader=_reader,
    json_schema=_schema,
    domain=lambda definition: Files(definition.max_files, definition.media_types[0]),
    show=_show,
    missing="Choose a file.",
    wider="what a token stands for, and whether it is taken, only the store knows",
    begins=False,
    samples=Samples(_sent, _faults),
)
