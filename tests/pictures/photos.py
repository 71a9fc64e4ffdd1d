"""Photos as cameras make them, with all that those write beside the picture; made and read by Pillow."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

CANARY = "Zoe Tremblay, 510 Main St"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
MEDIA_TYPES = {name: f"image/{'heic' if name == 'HEIF' else name.lower()}" for name in FORMATS}
TURNED = 6
"""A phone held upright."""


def picture() -> Image.Image:
    """Each pixel another colour, so that it shows when one is changed or turned."""
    image = Image.new("RGB", (64, 48))
    image.putdata([(x * 4, y * 5, (x * y) % 256) for y in range(48) for x in range(64)])
    return image


def exif(orientation: int = TURNED) -> Image.Exif:
    """What a phone writes: who, with what, when and where."""
    written = Image.Exif()
    written[ExifTags.Base.Artist] = CANARY
    written[ExifTags.Base.Make] = CANARY
    written[ExifTags.Base.Orientation] = orientation
    where = written.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitudeRef] = "N"
    where[ExifTags.GPS.GPSLatitude] = (49.0, 53.0, 59.1)
    return written


@cache
def photo(form: str, orientation: int = TURNED) -> bytes:
    """A photo of that format, with every sort of words that the format has."""
    file = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    match form:
        case "JPEG":
            picture().save(file, form, exif=exif(orientation), icc_profile=profile, comment=CANARY, xmp=XMP, quality=90)
            return with_iptc(file.getvalue())
        case "PNG":
            words = PngInfo()
            words.add_text("Author", CANARY)
            words.add_text("Zipped", CANARY * 9, zip=True)
            words.add_itxt("XML:com.adobe.xmp", XMP.decode())
            picture().save(file, form, exif=exif(orientation), icc_profile=profile, pnginfo=words)
        case "WEBP":
            picture().save(file, form, exif=exif(orientation), icc_profile=profile, xmp=XMP, lossless=True)
        case "GIF":
            frames = [picture().convert("P"), picture().rotate(180).convert("P")]
            frames[0].save(file, form, save_all=True, append_images=frames[1:], comment=CANARY, loop=0, duration=50)
        case "HEIF":
            picture().save(file, form, exif=exif(orientation), xmp=XMP, quality=90)
    return file.getvalue()


def with_iptc(jpeg: bytes) -> bytes:
    """The same with a caption as news agencies write it (Photoshop's APP13, IPTC 2:120)."""
    caption = b"\x1c\x02\x78" + len(CANARY).to_bytes(2, "big") + CANARY.encode()
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(caption).to_bytes(4, "big") + caption
    return jpeg[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + jpeg[2:]


def opened(content: bytes) -> Image.Image:
    """What a department's program sees."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
