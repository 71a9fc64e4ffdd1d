"""The one thing in Exif that a picture needs: which way up it is."""

from __future__ import annotations

import struct

from formroute.pictures.picture import DamagedError, Reader

UPRIGHT = 1
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY_BYTES = 12


def orientation(tiff: memoryview) -> int:
    """The orientation that Exif tells, 1 to 8; 1 where it tells none that can be read (Exif 2.32, 4.6.4)."""
    try:
        return _orientation(tiff)
    except DamagedError:
        return UPRIGHT


def _orientation(tiff: memoryview) -> int:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(tiff[:4]))
    if order is None:
        return UPRIGHT
    directory = Reader(tiff, at=Reader(tiff, at=4).number(f"{order}I"))
    for _ in range(directory.number(f"{order}H")):
        tag, kind, _, value = struct.unpack(f"{order}HHIH", directory.take(_ENTRY_BYTES)[:10])
        if (tag, kind) == (_ORIENTATION, _SHORT):
            return value if 1 <= value <= 8 else UPRIGHT
    return UPRIGHT


def only(turned: int) -> bytes:
    """Exif that tells an orientation and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, _SHORT, 1, turned, 0, 0)
