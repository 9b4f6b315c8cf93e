"""Make a screenshot small: few colours are enough for flat pages, and a page in a README must load quickly."""

from io import BytesIO

MOST = 150_000
COLOURS = (256, 160, 96, 64, 40, 24)


def packed(png: bytes, most: int = MOST) -> bytes:
    """The picture with as many colours as fit into `most` bytes."""
    from PIL import Image

    whole = Image.open(BytesIO(png)).convert("RGB")
    small = b""
    for colours in COLOURS:
        out = BytesIO()
        whole.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        small = out.getvalue()
        if len(small) <= most:
            break
    return small
