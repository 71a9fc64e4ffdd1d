"""What is kept of a file that was sent: pictures without what a camera wrote beside them, and nothing that unfolds to
gigabytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from formroute.pictures import PICTURES, DamagedError, HugeError, bare
from formroute.records import Fault

CHUNK = 64 * 1024
MOST_UNPACKED = 500_000_000
"""Bytes of a document that is a zip, unpacked."""
MOST_MEMBERS = 10_000
_ZIPPED = ("application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.")


class FaultError(Exception):
    """The file cannot be kept."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def kept_of(stream: BinaryIO, media_type: str, *, as_sent: bool) -> Iterator[bytes]:
    """The bytes to keep, in parts; with `as_sent` a picture keeps what was written beside it. Raises FaultError."""
    try:
        if media_type in PICTURES:
            whole = stream.read()
            stripped = bare(whole, media_type)
            return iter((whole if as_sent else stripped,))
        if media_type.startswith(_ZIPPED):
            _bound(stream)
    except DamagedError:
        raise FaultError(Fault.DAMAGED) from None
    except HugeError:
        raise FaultError(Fault.HUGE) from None
    return iter(lambda: stream.read(CHUNK), b"")


def _bound(stream: BinaryIO) -> None:
    """Judge a zip by the list of what is in it; nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise DamagedError from None
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise HugeError
    stream.seek(0)
