"""JPEG (ITU T.81): segments between markers, then the picture in scans."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from formroute.pictures import exif
from formroute.pictures.picture import DamagedError, Reader, bound

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF, _EXIF, _COLOURS, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker within a scan that ends it: not an escaped byte, not a restart."""


def bare(data: memoryview) -> Iterator[bytes | memoryview]:
    """The picture with its colour profile and orientation. What follows its end is left out."""
    reader, framed = Reader(data), False
    yield reader.skip(bytes((0xFF, _START)))
    while True:
        marker = _marker(reader)
        if marker == _END:
            yield bytes((0xFF, _END))
            break
        segment = reader.take(reader.number(">H") - 2)
        if marker in _FRAMES:
            bound(*_size(segment))
            framed = True
        yield from _kept(marker, segment)
        if marker == _SCAN:
            yield _scanned(reader)
    if not framed:
        raise DamagedError


def _marker(reader: Reader) -> int:
    reader.skip(b"\xff")
    marker = 0xFF
    while marker == 0xFF:
        marker = reader.number("B")
    return marker


def _size(frame: memoryview) -> tuple[int, int]:
    reader = Reader(frame, at=1)
    return reader.number(">H"), reader.number(">H")


def _kept(marker: int, segment: memoryview) -> Iterator[bytes | memoryview]:
    """The segment, or what stays of it."""
    head = bytes(segment[:14])
    if marker == _EXIF and head.startswith(b"Exif\0\0"):
        turned = exif.orientation(segment[6:])
        if turned != exif.UPRIGHT:
            yield from _segment(marker, b"Exif\0\0" + exif.only(turned))
    elif marker == _JFIF and head.startswith(b"JFIF\0") and len(head) == 14:
        yield from _segment(marker, head[:12] + b"\0\0")  # without its thumbnail
    elif _is_picture(marker, head):
        yield from _segment(marker, segment)


def _is_picture(marker: int, head: bytes) -> bool:
    """Whether a segment tells how the picture looks; all others of applications are about something else."""
    match marker:
        case 0xE2:
            return head.startswith(b"ICC_PROFILE\0")
        case 0xEE:
            return head.startswith(b"Adobe")
        case _:
            return marker < 0xE0 or 0xEF < marker < _COMMENT


def _segment(marker: int, content: bytes | memoryview) -> Iterator[bytes | memoryview]:
    yield struct.pack(">BBH", 0xFF, marker, len(content) + 2)
    yield content


def _scanned(reader: Reader) -> memoryview:
    found = _NEXT.search(reader.data, reader.at)
    if found is None:
        raise DamagedError
    return reader.take(found.start() - reader.at)
