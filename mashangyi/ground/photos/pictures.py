"""From the bytes somebody sent to a picture that is safe to show: checked, turned upright, made small, bare.

Nothing of the original file is kept: the pixels are drawn anew, so place, camera, comments and
whatever else hid in the file are gone.
"""

import threading
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

LARGEST_FILE = 15 * 1024 * 1024
# A JPEG is decoded at a part of its size; of the others every pixel is held, several times over.
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000}
MOST_PIXELS_HELD = 25_000_000
# A camera writes one pass over a picture, a progressive file some ten; a hundred bytes can ask for one more.
MOST_PASSES = 60
# The brands that a HEIF file may begin with (ISO/IEC 23008-12).
HEIF = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
BEGIN_OF_PASS = b"\xff\xda"
LONGEST_SIDE = 1600
SMALL_SIDE = 480
QUALITY = 82

# Decoding is the one place where a page may need a lot of memory: one picture at a time in a process.
_one_at_a_time = threading.Lock()


class Unfit(ValueError):
    """This file cannot be shown as a photo, with words for the page."""


@dataclass(frozen=True)
class Picture:
    """The two files made of a photo, as JPEG, and the size of the larger one in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def formats() -> list[str]:
    """What is taken: HEIF only where a reader for it is installed."""
    Image.init()
    return [name for name in ("JPEG", "PNG", "WEBP", "HEIF") if name in Image.OPEN]


def redraw(content: bytes) -> Picture:
    """Draw a photo anew from the bytes of a file. Raises Unfit, before decoding wherever that is possible."""
    if len(content) > LARGEST_FILE:
        raise Unfit(_("文件太大，最大 15 MB"))
    with warnings.catch_warnings(), _one_at_a_time:
        warnings.simplefilter("ignore")
        image = _opened(content)
        try:
            return _drawn(image)
        except Exception as problem:  # a decoder may fail in any way on a damaged or crafted file
            raise Unfit(_("照片没有传完整，请再传一次")) from problem


def _opened(content: bytes) -> Image.Image:
    """The image with its header read and nothing decoded yet."""
    try:
        image = Image.open(BytesIO(content), formats=formats())
    except UnidentifiedImageError as problem:
        if _is_heif(content):
            raise Unfit(_("这是 HEIC 格式，这里打不开；请截一张图再传，或者在手机的相机设置里选“兼容性最佳”再拍")) from problem
        raise Unfit(_("不是照片，或者格式打不开；请用 JPG、PNG 或 WebP")) from problem
    except Exception as problem:
        raise Unfit(_("不是照片，或者尺寸大得不合理")) from problem
    most = MOST_PIXELS.get(image.format, MOST_PIXELS_HELD)
    if image.width * image.height > most:
        raise Unfit(_("尺寸太大，最多 %(n)s 万像素") % {"n": most // 10_000, "millions": most // 1_000_000})
    if image.format in MOST_PIXELS and content.count(BEGIN_OF_PASS) > MOST_PASSES:
        raise Unfit(_("不是照片，或者尺寸大得不合理"))
    return image


def _is_heif(content: bytes) -> bool:
    """Whether it is what many phones keep photos as. Most browsers send JPEG instead, some do not."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIF


def _drawn(image: Image.Image) -> Picture:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    large = _bare(upright)
    small = large.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Picture(_jpeg(large), _jpeg(small), large.width, large.height)


def _bare(image: Image.Image) -> Image.Image:
    """Only the pixels, in sRGB, on white where the picture was transparent."""
    profile = image.info.get("icc_profile")
    if image.mode in {"P", "LA", "PA", "RGBA", "RGBa", "La"}:
        layer = image.convert("RGBA")
        image = Image.new("RGBA", layer.size, "white")
        image.alpha_composite(layer)
    plain = _in_srgb(image.convert("RGB"), profile)
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile:
        return image
    try:
        source = ImageCms.getOpenProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
