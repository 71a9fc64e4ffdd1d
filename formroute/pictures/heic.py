"""HEIC (ISO/IEC 23008-12): boxes, with items that lie where a table says.

The table tells places in the file, so that nothing can be taken out: what is not picture is overwritten. Which way up
it is stands in a property of the picture and not in Exif.
"""

from __future__ import annotations

from collections.abc import Iterator

from formroute.pictures import exif
from formroute.pictures.picture import DamagedError, Reader, bound

_LOOKS = frozenset((b"ftyp", b"meta", b"mdat", b"moov", b"pdin", b"free"))
"""Boxes that hold the picture."""
_WORDS = frozenset((b"Exif", b"mime", b"uri "))
"""Types of items that are not pictures."""
_EMPTY = bytes(4) + exif.only(exif.UPRIGHT)


def bare(data: memoryview) -> Iterator[bytes | memoryview]:
    """The file with each item that is not a picture, and each box that holds none, made blank."""
    blank = bytearray(data)
    boxes = list(_boxes(Reader(data)))
    if not boxes or boxes[0][0] != b"ftyp" or all(kind != b"meta" for kind, *_ in boxes):
        raise DamagedError
    for kind, begun, end in boxes:
        if kind == b"meta":
            _blank_items(data[begun + 4 : end], begun + 4, blank)
        elif kind not in _LOOKS:
            blank[begun:end] = bytes(end - begun)
    yield bytes(blank)


def _boxes(reader: Reader) -> Iterator[tuple[bytes, int, int]]:
    """Type of each box, and where its content begins and ends."""
    while reader.left:
        begun = reader.at
        length, kind = reader.number(">I"), bytes(reader.take(4))
        if length == 1:
            length = reader.number(">Q")
        elif length == 0:
            length = len(reader.data) - begun
        inside = reader.at
        reader.take(begun + length - inside)
        yield kind, inside, reader.at


def _blank_items(meta: memoryview, offset: int, blank: bytearray) -> None:
    boxes = {kind: meta[begun:end] for kind, begun, end in _boxes(Reader(meta))}
    places = {kind: begun for kind, begun, _ in _boxes(Reader(meta))}
    sizes = list(_sizes(boxes.get(b"iprp", meta[:0])))
    if not sizes or b"iinf" not in boxes or b"iloc" not in boxes:
        raise DamagedError
    for size in sizes:
        bound(*size)
    words, left = dict(_words(boxes[b"iinf"])), len(blank)
    for item, inner, begun, length in _extents(boxes[b"iloc"]):
        if item in words:
            begun += offset + places.get(b"idat", 0) if inner else 0
            left -= length  # a hostile table could name the whole file a hundred thousand times
            if begun + length > len(blank) or left < 0:
                raise DamagedError
            filled = _EMPTY if words[item] == b"Exif" else b""
            blank[begun : begun + length] = filled[:length].ljust(length, b"\0" if filled else b" ")


def _sizes(properties: memoryview) -> Iterator[tuple[int, int]]:
    for kind, begun, end in _boxes(Reader(properties)):
        if kind == b"ipco":
            inside = properties[begun:end]
            for name, at, _ in _boxes(Reader(inside)):
                if name == b"ispe":
                    reader = Reader(inside, at=at + 4)
                    yield reader.number(">I"), reader.number(">I")


def _words(information: memoryview) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item that is not a picture."""
    reader = Reader(information)
    version = reader.number(">I") >> 24
    reader.number(">I" if version else ">H")
    for kind, begun, end in _boxes(reader):
        entry = Reader(information[begun:end])
        version = entry.number(">I") >> 24
        if kind != b"infe" or version < 2:
            raise DamagedError
        item = entry.number(">H" if version == 2 else ">I")
        entry.take(2)
        if (named := bytes(entry.take(4))) in _WORDS:
            yield item, named


def _extents(locations: memoryview) -> Iterator[tuple[int, bool, int, int]]:
    """Each stretch of each item: its number, whether it lies in the box of data, where it begins, and its length."""
    reader = Reader(locations)
    version = reader.number(">I") >> 24
    sizes = reader.number(">H")
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    if not length:
        raise DamagedError
    for _ in range(reader.number(">H" if version < 2 else ">I")):
        item = reader.number(">H" if version < 2 else ">I")
        inner = version > 0 and reader.number(">H") & 15 == 1
        reader.take(2)
        start = int.from_bytes(reader.take(base), "big")
        for _ in range(reader.number(">H")):
            reader.take(index if version else 0)
            begun = start + int.from_bytes(reader.take(offset), "big")
            yield item, inner, begun, int.from_bytes(reader.take(length), "big")
