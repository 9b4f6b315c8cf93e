"""Pictures made on the spot, good ones and bad ones."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

HUAIAN = {1: "N", 2: (33.0, 36.0, 38.12), 3: "E", 4: (119.0, 1.0, 16.5)}
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(width=640, height=480, kind="JPEG", colour="#a3201c", mode="RGB", **options) -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind, **options)
    return out.getvalue()


def from_a_phone(orientation: int = 1) -> bytes:
    """A JPEG as a phone makes it: with place, maker, comment and XMP; its left half is red."""
    image = Image.new("RGB", (640, 480), "white")
    image.paste("red", (0, 0, 320, 480))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "SECRETPHONE"
    exif.get_ifd(GPS).update(HUAIAN)
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT", xmp=b"<x:xmpmeta>SECRETXMP</x:xmpmeta>")
    return out.getvalue()


def bomb(width=30_000, height=30_000) -> bytes:
    """A PNG of some kilobytes that claims to be 900 million pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def upload(content: bytes, name: str = "路灯.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")
