"""Plain drawn pictures for the told town, where a real one has photos: before, during and after."""

import io
import random

from PIL import Image, ImageDraw

SIZE = (960, 720)
SKY = {"before": "#c9cdd0", "during": "#cfdbe2", "after": "#cfe4f2"}
GROUND = {"before": "#a58a6b", "during": "#b9a07f", "after": "#8f9499"}


def picture(kind: str, seed: int) -> bytes:
    """A JPEG of a lane: with holes and puddles before, half laid while at work, smooth and planted after."""
    dice = random.Random(f"{kind}{seed}")  # noqa: S311 — a drawing, not a secret
    sheet = Image.new("RGB", SIZE, SKY[kind])
    pen = ImageDraw.Draw(sheet)
    _houses(pen, dice)
    pen.polygon([(0, 720), (380, 400), (580, 400), (960, 720)], fill=GROUND[kind])
    {"before": _holes, "during": _half, "after": _planted}[kind](pen, dice)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=80)
    return out.getvalue()


def _houses(pen, dice) -> None:
    pen.rectangle((0, 400, 960, 720), fill="#b7bf9d")
    for n in range(5):
        x, height = n * 200 + dice.randint(-20, 20), dice.randint(110, 220)
        pen.rectangle((x, 400 - height, x + 150, 400), fill=dice.choice(["#d9cdbb", "#cdbfae", "#e2d8c9"]))
        for w in range(3):
            pen.rectangle((x + 20 + w * 42, 430 - height, x + 44 + w * 42, 460 - height), fill="#7d8b93")


def _holes(pen, dice) -> None:
    for _ in range(14):
        x, y, r = dice.randint(250, 700), dice.randint(450, 690), dice.randint(12, 46)
        pen.ellipse((x - r, y - r // 3, x + r, y + r // 3), fill=dice.choice(["#6f5a43", "#7f8a8d", "#5d4a37"]))


def _half(pen, dice) -> None:
    pen.polygon([(480, 720), (480, 400), (580, 400), (960, 720)], fill="#9a9ea2")
    pen.rectangle((250, 560, 330, 620), fill="#c0392b")
    pen.rectangle((270, 530, 310, 560), fill="#e8a33d")


def _planted(pen, dice) -> None:
    for n in range(7):
        y = 410 + n * 45
        pen.line((480, y, 480, y + 20), fill="#f4f4f0", width=4 + n)
    for side in (-1, 1):
        for n in range(4):
            x, y, r = 480 + side * (170 + n * 95), 440 + n * 62, 26 + n * 8
            pen.rectangle((x - 4, y, x + 4, y + r + 24), fill="#6b4f35")
            pen.ellipse((x - r, y - r, x + r, y + r), fill=dice.choice(["#4f8a5b", "#5f9a63", "#447a52"]))
