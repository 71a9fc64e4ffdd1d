"""What a file is, told by its content and never by its name."""

from __future__ import annotations

from collections.abc import Mapping

import filetype  # type: ignore[import-untyped]

UNKNOWN = "application/octet-stream"

_ALIKE: Mapping[str, str] = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tiff": "tif", "heif": "heic"}


def media_type_of(head: bytes) -> str:
    """The media type of a file from its first bytes; plain text when they are UTF-8 without control characters."""
    guess = filetype.guess_mime(head)
    if guess is not None:
        return str(guess)
    return "text/plain" if _is_text(head) else UNKNOWN


def named_as(filename: str, head: bytes) -> str:
    """The name of a file with the ending of what it is, where the content tells that."""
    guess = filetype.guess(head)
    stem, dot, ending = filename.rpartition(".")
    if guess is None or _ALIKE.get(ending.lower(), ending.lower()) == guess.extension:
        return filename
    return f"{stem if dot and stem else filename}.{guess.extension}"


def _is_text(head: bytes) -> bool:
    """A multi-byte character may be cut at the end of the head."""
    text = head.decode("utf-8", errors="replace").rstrip("\N{REPLACEMENT CHARACTER}")
    return bool(text) and all(character.isprintable() or character in "\t\r\n" for character in text)
