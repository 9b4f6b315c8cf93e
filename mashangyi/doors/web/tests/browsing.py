"""A real browser for tests, and axe in it. `from mashangyi.doors.web.tests.browsing import …` in any test."""

import atexit
import os
import shutil
from contextlib import contextmanager
from functools import cache

import pytest
from axe_core_python.base import AXE_SCRIPT
from playwright.sync_api import Error, Page, sync_playwright

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = ["--no-sandbox", "--disable-background-networking"]


@contextmanager
def chromium(*, own: bool = False):
    """Chromium of the system or of Playwright; the test is skipped, loudly, where there is none.

    One for the whole process, or one of its `own` that ends with the test and whatever is open in it:
    closing page after page waits for each, and Chromium does not always answer.
    """
    try:
        browser = _launched() if own else _the_browser()
    except Error as missing:
        if "Executable doesn't exist" not in str(missing):
            raise
        pytest.skip(f"NO BROWSER: {missing}")
    yield browser
    if own:
        browser.close()


@cache
def _the_browser():
    return _launched()


def _launched():
    return _playwright().chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)


@cache
def _playwright():
    """Started once: it refuses to be started twice in one thread."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright


def visit(browser, site: str, path: str, *, width: int = 360, dark: bool = False, **cookies: str) -> Page:
    """A page as a new visitor sees it: in light or dark, with cookies such as elder="1", lang="en"."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", locale="zh-CN"
    )
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(site + path)
    return page


def faults(page: Page) -> list[str]:
    """What axe finds wrong on a page: the rule, and the first place where it is broken."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {one['help']} — {one['nodes'][0]['html'][:160]}" for one in found]


def too_wide(page: Page) -> int:
    """Pixels by which a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def unreachable(page: Page, smallest: int = 44) -> list[str]:
    """Links and controls, outside of running text, that are smaller than a finger."""
    return page.evaluate(
        """smallest => [...document.querySelectorAll("button, .btn, input:not([type=hidden]), select, nav a")]
        .filter(one => one.type !== "checkbox" && one.type !== "radio" && !one.classList.contains("sr"))
        .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < smallest - .5)
        .map(one => one.outerHTML.slice(0, 120))""",
        smallest,
    )
