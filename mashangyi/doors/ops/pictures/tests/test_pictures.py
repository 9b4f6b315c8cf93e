"""The pictures of the documents: small files, one for each look, and there for every document that shows one."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from mashangyi.doors.ops.pictures.packing import MOST, packed
from mashangyi.doors.ops.pictures.table import SHOTS
from mashangyi.doors.ops.pictures.walk import Visitors

ROOT = Path(__file__).resolve().parents[5]
FOLDER = ROOT / "docs/pictures"
FILES = {shot.file for shot in SHOTS}


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_flat_page_keeps_its_colours():
    page = Image.new("RGB", (300, 200), (247, 245, 241))
    page.paste((163, 32, 28), (20, 20, 120, 60))
    small = Image.open(BytesIO(packed(png(page)))).convert("RGB")
    assert (small.getpixel((5, 5)), small.getpixel((50, 40))) == ((247, 245, 241), (163, 32, 28))


def test_a_picture_full_of_colours_is_made_to_fit():
    busy = Image.effect_noise((400, 300), 90).convert("RGB")
    assert len(packed(png(busy), most=90_000)) <= 90_000 < len(png(busy))


def test_every_picture_has_a_name_and_a_scene_of_its_own():
    assert len(FILES) == len(SHOTS)
    assert all(callable(getattr(Visitors, shot.scene)) for shot in SHOTS)


def test_the_pictures_kept_are_those_that_are_taken_and_small():
    kept = {file.name: file.stat().st_size for file in FOLDER.glob("*.png")}
    assert kept.keys() == FILES
    assert max(kept.values()) <= MOST and sum(kept.values()) <= 4_000_000


@pytest.mark.parametrize("file", ["README.md", "README.zh-CN.md"])
def test_a_picture_that_a_document_shows_is_taken(file):
    shown = re.findall(r"docs/pictures/([\w-]+\.png)", (ROOT / file).read_text(encoding="utf-8"))
    assert set(shown) <= FILES


def test_without_a_browser_the_command_says_what_is_missing(tmp_path):
    nowhere = os.environ | {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    line = [sys.executable, "-m", "mashangyi.doors.ops", "shots", "--out", str(tmp_path), "--url", "http://127.0.0.1:9"]
    done = subprocess.run(line, env=nowhere, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "install chromium" in done.stderr
