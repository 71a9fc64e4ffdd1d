"""PNG (W3C, third edition): chunks with checksums."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from formroute.pictures import exif
from formroute.pictures.picture import DamagedError, Reader, bound

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LOOKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
"""Chunks that tell how the picture looks."""


def bare(data: memoryview) -> Iterator[bytes | memoryview]:
    """The picture with its colours and orientation. What follows its end is left out."""
    reader, kind = Reader(data), b""
    yield reader.skip(_SIGNATURE)
    while kind != b"IEND":
        first = not kind
        length, kind = reader.number(">I"), bytes(reader.take(4))
        content = reader.take(length)
        if reader.number(">I") != zlib.crc32(content, zlib.crc32(kind)) or first != (kind == b"IHDR"):
            raise DamagedError
        if first:
            bound(*struct.unpack(">II", Reader(content).take(8)))
        turned = exif.orientation(content) if kind == b"eXIf" else exif.UPRIGHT
        if turned != exif.UPRIGHT:
            yield from _chunk(kind, exif.only(turned))
        elif kind in _LOOKS:
            yield from _chunk(kind, content)


def _chunk(kind: bytes, content: bytes | memoryview) -> Iterator[bytes | memoryview]:
    yield struct.pack(">I4s", len(content), kind)
    yield content
    yield struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
