"""GIF (version 89a): a screen, then images and extensions in blocks."""

from __future__ import annotations

from collections.abc import Iterator

from formroute.pictures.picture import DamagedError, Reader, bound

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_TEXT, _CONTROL, _APPLICATION = 0x01, 0xF9, 0xFF
_LOOKS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""Applications that tell how the picture looks."""


def bare(data: memoryview) -> Iterator[bytes | memoryview]:
    """The pictures and their order. What follows the end is left out."""
    reader, images = Reader(data), 0
    if bytes(reader.take(6)) not in (b"GIF87a", b"GIF89a"):
        raise DamagedError
    width, height, flags = reader.number("<H"), reader.number("<H"), reader.number("B")
    bound(width, height)
    reader.take(2)
    reader.take(_colours(flags))
    yield data[: reader.at]
    while (kind := reader.number("B")) != _END:
        begun = reader.at - 1
        if kind == _EXTENSION:
            kept = _keeps(reader)
        elif kind == _IMAGE:
            kept = _image(reader)
            images += 1
        else:
            raise DamagedError
        if kept:
            yield data[begun : reader.at]
    if not images:
        raise DamagedError
    yield bytes((_END,))


def _colours(flags: int) -> int:
    """Bytes of the table of colours that follows."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _keeps(reader: Reader) -> bool:
    """Read an extension; whether it tells how the picture looks."""
    label = reader.number("B")
    name = bytes(reader.data[reader.at + 1 : reader.at + 12])
    _blocks(reader)
    return label in (_TEXT, _CONTROL) or (label == _APPLICATION and name in _LOOKS)


def _image(reader: Reader) -> bool:
    reader.take(4)
    bound(reader.number("<H"), reader.number("<H"))
    reader.take(_colours(reader.number("B")) + 1)
    _blocks(reader)
    return True


def _blocks(reader: Reader) -> None:
    while length := reader.number("B"):
        reader.take(length)
