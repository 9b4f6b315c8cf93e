"""A first visit is light, and nothing comes from anywhere else."""

import gzip
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parent.parent
PACKAGE = WEB.parent.parent
STATIC = WEB / "static"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
ELSEWHERE = re.compile(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""")
ALLOWED = "http://www.w3.org/2000/svg"  # the name of SVG, not an address that is asked


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def test_the_style_sheet_is_nine_kilobytes_at_most():
    assert packed((STATIC / "mashangyi.css").read_bytes()) <= 9_000


@pytest.mark.parametrize("name", ["page.js", "live.js", "keys.js", "similar.js"])
def test_a_script_is_three_kilobytes_at_most(name):
    assert packed((STATIC / name).read_bytes()) <= 3_000


def test_a_first_visit_home_is_sixteen_kilobytes_at_most(client):
    html = client.get("/").content
    files = [STATIC / name for name in re.findall(r'(?:src|href)="/static/([\w.]+)\?v=', html.decode())]
    assert {file.name for file in files} == {"mashangyi.css", "page.js", "mark.svg"}
    assert packed(html) + sum(packed(file.read_bytes()) for file in files) <= 16_000


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_template_asks_another_site(file):
    assert not ELSEWHERE.search(file.read_text())


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.css")), ids=lambda file: file.name)
def test_no_style_sheet_asks_another_site(file):
    text = file.read_text().replace(ALLOWED, "")
    assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.S) and "@import" not in text


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_template_has_a_script_or_a_handler_of_its_own(file):
    """The page's own policy forbids them: they would be dead."""
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=\"", file.read_text())


def test_a_file_that_changed_has_a_new_address(client):
    html = client.get("/").content.decode()
    assert re.search(r"/static/mashangyi\.css\?v=[0-9a-f]{10}", html)
