"""Pictures lose what a camera wrote into them and nothing that is seen; Pillow says what is seen."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, ImageOps, ImageSequence

from formroute.pictures import MOST_PIXELS, DamagedError, HugeError, bare
from formroute.pictures.exif import orientation
from tests.pictures.photos import CANARY, FORMATS, MEDIA_TYPES, TURNED, exif, opened, photo

PHOTOS = {form: photo(form) for form in FORMATS}


def stripped(form: str, content: bytes | None = None) -> bytes:
    return bare(PHOTOS[form] if content is None else content, MEDIA_TYPES[form])


def words_in(content: bytes) -> bytes:
    """What is written in a file, also where PNG zips it."""
    zipped = re.findall(rb"zTXt[^\0]*\0\0(.*?)IDAT", content, re.DOTALL)
    return content + b"".join(zlib.decompressobj().decompress(part) for part in zipped)


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_was_written_stays(form: str) -> None:
    assert CANARY.encode() in words_in(PHOTOS[form])
    seen = opened(stripped(form))
    assert CANARY.encode() not in words_in(stripped(form))
    assert set(seen.getexif()) <= {ExifTags.Base.Orientation}
    assert seen.getexif().get_ifd(ExifTags.IFD.GPSInfo) == {}
    words = {name: seen.info.get(name) or b"" for name in ("xmp", "comment", "photoshop", "XML:com.adobe.xmp")}
    assert {name: value for name, value in words.items() if value.strip()} == {}


@pytest.mark.parametrize("form", FORMATS)
def test_every_pixel_stays_and_so_do_the_colours(form: str) -> None:
    before, after = opened(PHOTOS[form]), opened(stripped(form))
    frames = [[frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(one)] for one in (before, after)]
    assert frames[0] == frames[1]
    assert after.info.get("icc_profile") == before.info.get("icc_profile")


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_same_side_is_up(form: str, turned: int) -> None:
    content = photo(form, turned)
    before, after = (ImageOps.exif_transpose(opened(each)) for each in (content, stripped(form, content)))
    assert after.size == before.size
    assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_stripped_is_not_stripped_further(form: str) -> None:
    assert stripped(form, stripped(form)) == stripped(form)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("tail", [b"PK\x03\x04 a zip", b"<script>alert(1)</script>", b"%PDF-1.7"])
def test_what_was_hung_behind_a_picture_is_cut_off(form: str, tail: bytes) -> None:
    assert stripped(form, PHOTOS[form] + tail * 9) == stripped(form)


def test_what_was_hung_behind_a_heic_is_refused_or_made_blank() -> None:
    video = struct.pack(">I4s", 8 + 60, b"mpvd") + b"moov" * 15
    assert b"moov" not in stripped("HEIF", PHOTOS["HEIF"] + video)
    with pytest.raises(DamagedError):
        stripped("HEIF", PHOTOS["HEIF"] + b"PK\x03\x04 a zip")


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_that_was_cut_off_is_damaged(form: str) -> None:
    content = PHOTOS[form]
    for length in (0, 3, 20, len(content) // 2, len(content) - 1):
        with pytest.raises(DamagedError):
            stripped(form, content[:length])


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int) -> bytes:
    """A small file that says to be large, as a bomb does; all that it unfolds to is black."""
    lines = zlib.compress(bytes(10_000_000), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def test_a_bomb_is_told_by_its_size() -> None:
    with pytest.raises(HugeError):
        bare(png_of(100_000, 100_000), "image/png")
    with pytest.raises(HugeError):
        bare(png_of(MOST_PIXELS + 1, 1), "image/png")
    assert bare(png_of(16_320, 12_240), "image/png")  # the largest sensor of a phone


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF", "HEIF"])
def test_every_format_says_its_size(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formroute.pictures.picture.MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(HugeError):
        stripped(form)
    monkeypatch.setattr("formroute.pictures.picture.MOST_PIXELS", 64 * 64)
    assert stripped(form)


@given(st.data())
def test_whatever_a_file_holds_it_is_a_picture_or_damaged(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMATS))
    content = bytearray(PHOTOS[form])
    for at in data.draw(st.lists(st.integers(0, min(len(content), 700) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    try:
        once = stripped(form, bytes(content[:cut]))
    except (DamagedError, HugeError):
        return
    assert stripped(form, once) == once


def heic_of_nothing_in_many_pieces() -> bytes:
    """A table that tells of 65,535 items, each in 65,535 pieces of no bytes that take no room in the table."""
    locations = struct.pack(">IHH", 1 << 24, 0, 65_535) + struct.pack(">HHHH", 1, 0, 0, 65_535) * 65_535
    parts = {b"iloc": locations, b"iinf": struct.pack(">IH", 0, 0)}
    size = struct.pack(">I4sIII", 20, b"ispe", 0, 9, 9)
    parts[b"iprp"] = struct.pack(">I4s", 28, b"ipco") + size
    boxes = b"".join(struct.pack(">I4s", len(content) + 8, kind) + content for kind, content in parts.items())
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"heic", 0)
    return head + struct.pack(">I4sI", len(boxes) + 12, b"meta", 0) + boxes


def heic_of_words_everywhere() -> bytes:
    """A table that says fifty thousand times that the whole file is one item of words."""
    pieces, most = 50_000, 8_000_000
    entry = struct.pack(">IHH4s", 2 << 24, 1, 0, b"Exif") + b"\0"
    words = struct.pack(">IH", 0, 1) + struct.pack(">I4s", len(entry) + 8, b"infe") + entry
    locations = struct.pack(">IHH", 0, 0x4400, 1) + struct.pack(">HHH", 1, 0, pieces)
    locations += struct.pack(">II", 0, most) * pieces
    size = struct.pack(">I4sIII", 20, b"ispe", 0, 9, 9)
    parts = {b"iloc": locations, b"iinf": words, b"iprp": struct.pack(">I4s", 28, b"ipco") + size}
    boxes = b"".join(struct.pack(">I4s", len(content) + 8, kind) + content for kind, content in parts.items())
    head = struct.pack(">I4s4sI", 16, b"ftyp", b"heic", 0) + struct.pack(">I4sI", len(boxes) + 12, b"meta", 0) + boxes
    return head + struct.pack(">I4s", most + 8, b"mdat") + bytes(most)


SLOW = {
    "a scan of nothing but markers' first bytes": ("JPEG", PHOTOS["JPEG"][:-2] + b"\xff" * 4_000_000),
    "very many blocks of one byte": ("GIF", PHOTOS["GIF"][:-1] + b"!\xfe" + b"\x01a" * 600_000),
    "very many empty chunks": ("PNG", PHOTOS["PNG"][:33] + chunk(b"tRNS", b"") * 300_000),
    "four thousand million pieces": ("HEIF", heic_of_nothing_in_many_pieces()),
    "words that are everywhere": ("HEIF", heic_of_words_everywhere()),
}


@pytest.mark.parametrize(("form", "content"), SLOW.values(), ids=SLOW)
def test_a_file_of_very_many_parts_is_given_up(form: str, content: bytes) -> None:
    """Time grows with the bytes of a file and no faster: this test would run for hours."""
    with pytest.raises(DamagedError):
        stripped(form, content)


@given(st.binary(max_size=60) | st.binary(max_size=40).map(exif().tobytes()[6:].__add__))
def test_exif_of_any_sort_has_an_orientation(tiff: bytes) -> None:
    assert 1 <= orientation(memoryview(tiff)) <= 8


def test_both_orders_of_bytes_are_read() -> None:
    assert orientation(memoryview(exif().tobytes()[6:])) == TURNED
    little = struct.pack("<2sHIHHHIHH", b"II", 42, 8, 1, 0x0112, 3, 1, 8, 0)
    assert orientation(memoryview(little)) == 8


def test_a_file_of_two_formats_is_read_as_the_one_it_is_served_as() -> None:
    """A GIF that is a script too: `GIF89a=1;…` is no whole picture."""
    with pytest.raises((DamagedError, HugeError)):
        bare(b"GIF89a=1;alert(document.domain);//" + bytes(20), "image/gif")
    assert BytesIO(stripped("GIF")).read(6) == b"GIF89a"
