"""Which format is read by what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from formroute.pictures import gif, heic, jpeg, png, webp

Bare = Callable[[memoryview], Iterator[bytes | memoryview]]

PICTURES: Mapping[str, Bare] = {
    "image/jpeg": jpeg.bare,
    "image/png": png.bare,
    "image/webp": webp.bare,
    "image/gif": gif.bare,
    "image/heic": heic.bare,
}
"""What can be freed of words, by media type."""


def bare(data: bytes, media_type: str) -> bytes:
    """The picture without what a camera or a program wrote beside it: place, time, maker, thumbnail, comments.

    Pixels, colour profile and orientation stay as they were. Raises DamagedError for a file that is not whole, and
    HugeError for one with more pixels than any camera makes.
    """
    return b"".join(PICTURES[media_type](memoryview(data)))
