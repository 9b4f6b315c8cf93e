"""`mashangyi shots`: tell a town, walk through it with a browser, keep what is seen as small PNG files."""

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

from mashangyi.doors.ops.command import Trouble

from .table import SHOTS

FLAGS = ["--no-sandbox", "--disable-background-networking"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def arguments(parser) -> None:
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"), help="folder for the pictures")
    parser.add_argument(
        "--url", default="", help="a demo town that runs already; otherwise one is told for this"
    )
    parser.add_argument("--only", default="", help="only pictures whose name begins so, such as topic")


def run(options) -> int:
    """Take every picture; a list of names and sizes in kB."""
    options.out.mkdir(parents=True, exist_ok=True)
    with _browser() as browser, _town(options.url) as url:
        from .walk import Visitors

        visitors = Visitors(browser, url)
        for shot in SHOTS:
            if shot.file.startswith(options.only):
                _keep(options.out / shot.file, visitors.see(shot))
    return 0


def _keep(file: Path, png: bytes) -> None:
    from .packing import packed

    file.write_bytes(packed(png))
    print(f"{file.name:34} {file.stat().st_size / 1000:6.1f} kB")


@contextmanager
def _browser():
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as missing:
        raise Trouble("pictures need Playwright: install the test requirements (make test does)") from missing
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as missing:
            raise Trouble("pictures need a browser: install chromium (tools/browser.sh does)") from missing
        yield browser
        browser.close()


@contextmanager
def _town(url: str):
    if url:
        yield url.rstrip("/")
        return
    from .town import told_town

    print("telling a town …", file=sys.stderr)
    with told_town() as address:
        yield address
