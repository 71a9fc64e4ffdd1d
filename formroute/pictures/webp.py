"""WebP (RFC 9649): chunks in a RIFF."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from formroute.pictures import exif
from formroute.pictures.picture import DamagedError, Reader, bound

_LOOKS = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
"""Chunks that tell how the picture looks."""
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def bare(data: memoryview) -> Iterator[bytes | memoryview]:
    """The picture with its colour profile and orientation. What follows its end is left out."""
    reader = Reader(data)
    reader.skip(b"RIFF")
    inside = Reader(reader.take(reader.number("<I")))
    inside.skip(b"WEBP")
    chunks = list(_chunks(inside))
    if not any(kind in (b"VP8 ", b"VP8L", b"ANMF") for kind, _ in chunks):
        raise DamagedError
    kept = list(_kept(chunks))
    yield struct.pack("<4sI4s", b"RIFF", 4 + sum(map(len, kept)), b"WEBP")
    yield from kept


def _chunks(reader: Reader) -> Iterator[tuple[bytes, memoryview]]:
    while reader.left:
        kind = bytes(reader.take(4))
        length = reader.number("<I")
        content = reader.take(length)
        reader.take(min(length % 2, reader.left))
        yield kind, content


def _kept(chunks: list[tuple[bytes, memoryview]]) -> Iterator[bytes | memoryview]:
    told = (content for kind, content in chunks if kind == b"EXIF")
    turned = exif.orientation(_tiff(next(told, memoryview(b""))))
    for kind, content in chunks:
        _bound(kind, content)
        if kind == b"VP8X":
            flags = content[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if turned != exif.UPRIGHT else 0)
            yield from _chunk(kind, bytes((flags,)) + content[1:])
        elif kind in _LOOKS:
            yield from _chunk(kind, content)
    if turned != exif.UPRIGHT:
        yield from _chunk(b"EXIF", exif.only(turned))


def _tiff(content: memoryview) -> memoryview:
    """Some programs write what JPEG has before it."""
    return content[6:] if bytes(content[:6]) == b"Exif\0\0" else content


def _chunk(kind: bytes, content: bytes | memoryview) -> Iterator[bytes | memoryview]:
    yield struct.pack("<4sI", kind, len(content))
    yield content
    yield bytes(len(content) % 2)


def _bound(kind: bytes, content: memoryview) -> None:
    reader = Reader(content)
    match kind:
        case b"VP8X":
            reader.take(4)
            sizes = (int.from_bytes(reader.take(3), "little") + 1 for _ in range(2))
            bound(*sizes)
        case b"VP8 ":
            reader.take(6)
            bound(reader.number("<H") & 0x3FFF, reader.number("<H") & 0x3FFF)
        case b"VP8L":
            reader.take(1)
            packed = reader.number("<I")
            bound((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
