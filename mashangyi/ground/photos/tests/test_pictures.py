"""What is taken as a photo, and what is left of it."""

import time
import tracemalloc
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from mashangyi.ground.photos.pictures import LARGEST_FILE, Unfit, redraw

from . import factories as make


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_formats_are_taken_and_become_jpeg(kind):
    drawn = redraw(make.picture(kind=kind))
    assert opened(drawn.large).format == opened(drawn.small).format == "JPEG"
    assert (drawn.width, drawn.height) == (640, 480)


def test_the_longest_side_becomes_1600_and_480():
    drawn = redraw(make.picture(4000, 3000))
    assert opened(drawn.large).size == (drawn.width, drawn.height) == (1600, 1200)
    assert opened(drawn.small).size == (480, 360)


def test_a_phones_own_format_is_named_with_what_to_do():
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"x" * 500
    with pytest.raises(Unfit, match="HEIC.*截一张图"):
        redraw(content)


def test_a_small_picture_is_not_blown_up():
    assert opened(redraw(make.picture(100, 50)).large).size == (100, 50)


def test_place_maker_comment_and_everything_else_is_gone():
    content = make.from_a_phone()
    assert (
        b"SECRETPHONE" in content and b"SECRETXMP" in content and opened(content).getexif().get_ifd(make.GPS)
    )
    drawn = redraw(content)
    for file in (drawn.large, drawn.small):
        assert b"SECRET" not in file and b"Exif" not in file
        assert not opened(file).getexif() and "comment" not in opened(file).info


def test_a_picture_taken_upright_is_shown_upright():
    drawn = redraw(make.from_a_phone(orientation=6))  # turned right: what was left is now on top
    image = opened(drawn.large)
    assert image.size == (480, 640)
    assert image.getpixel((240, 40))[1] < 60 and image.getpixel((240, 600))[1] > 200


def test_what_was_transparent_is_white():
    drawn = redraw(make.picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(drawn.large).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "I;16"])
def test_grey_and_palette_pictures_are_taken(mode):
    assert redraw(make.picture(kind="PNG", mode=mode, colour=0)).width == 640


def test_a_cmyk_picture_is_taken():
    assert opened(redraw(make.picture(mode="CMYK", colour=(0, 255, 255, 0))).large).mode == "RGB"


def test_a_broken_colour_profile_does_no_harm():
    assert redraw(make.picture(icc_profile=b"not a profile")).width == 640


def test_a_pixel_bomb_is_refused_before_it_is_decoded():
    content = make.bomb()
    assert len(content) < 20_000
    tracemalloc.start()
    begin = time.perf_counter()
    with pytest.raises(Unfit):
        redraw(content)
    assert time.perf_counter() - begin < 0.5
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_too_many_pixels_are_refused_and_the_reason_is_said():
    with pytest.raises(Unfit, match="2500 万像素"):
        redraw(make.bomb(5000, 5001))
    with pytest.raises(Unfit, match="5000 万像素"):
        redraw(resized(make.picture(), 8000, 6251))


def resized(jpeg: bytes, width: int, height: int) -> bytes:
    """The file, whose head says that it has this size."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + height.to_bytes(2) + width.to_bytes(2) + jpeg[at + 4 :]


def test_a_file_that_asks_for_thousands_of_passes_over_a_picture_is_refused_before_it_is_decoded():
    """Each hundred bytes more cost a pass over the whole picture: 15 MB of them, forty minutes."""
    out = BytesIO()
    Image.new("L", (800, 600), 128).save(out, "JPEG", progressive=True)
    drawn = out.getvalue()
    one_more = drawn[drawn.rindex(b"\xff\xc4", 0, drawn.rindex(b"\xff\xda")) : -2]
    assert redraw(drawn).width == 800
    with pytest.raises(Unfit, match="不合理"):
        redraw(drawn[:-2] + one_more * 1000 + drawn[-2:])


def test_a_file_of_more_than_15_mb_is_refused():
    with pytest.raises(Unfit, match="15 MB"):
        redraw(b"\xff\xd8\xff" + b"\0" * LARGEST_FILE)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"\xff\xd8\xff<html><script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"",
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(content):
    with pytest.raises(Unfit):
        redraw(content)


def test_formats_that_nobody_photographs_in_are_refused():
    with pytest.raises(Unfit):
        redraw(make.picture(kind="GIF"))
    with pytest.raises(Unfit):
        redraw(make.picture(kind="TIFF"))


def test_a_script_behind_the_pixels_does_not_survive():
    assert b"<script" not in redraw(make.picture() + b"<script>alert(1)</script>").large


@given(some.data())
def test_a_damaged_file_is_refused_and_never_breaks_anything(data):
    content = bytearray(make.from_a_phone())
    for _n in range(data.draw(some.integers(1, 20))):
        content[data.draw(some.integers(0, len(content) - 1))] = data.draw(some.integers(0, 255))
    cut = bytes(content[: data.draw(some.integers(0, len(content)))])
    with suppress(Unfit):
        assert redraw(cut).width > 0
