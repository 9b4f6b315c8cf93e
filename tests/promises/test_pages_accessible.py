"""Every page of the site as people meet it: light and dark, phone and wide screen, elder version, English.

Each page is opened twice in one browser: plainly (axe in light on a wide screen, in dark on a small one), and
in English and large type (axe on a small screen). In both: one heading, the language named, nothing wider
than the window at 320 and 1440 pixels, no error in the console, nothing asked of any other site.
"""

import pytest

from mashangyi.doors.web.tests.browsing import chromium, faults, too_wide

from .pages import NO_PAGES, PAGES
from .test_routes import routes

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1440, "height": 900}
WAYS = {"plain": {}, "elder-english": {"elder": "1", "lang": "en"}}


class Eyes:
    """One browser for all; a tab for each visitor and way, with what went wrong in it since it was last asked."""

    def __init__(self, browser, standing):
        self.browser, self.standing = browser, standing
        self.tabs = {}
        self.wrong: list[str] = []

    def open(self, page, way: str):
        """The tab with the page in it, on a wide screen in light."""
        tab = self._tab(page.visitor, way)
        tab.set_viewport_size(WIDE)
        tab.emulate_media(color_scheme="light")
        self.wrong.clear()
        self.status = tab.goto(self.standing.url + page.path(self.standing.found)).status
        return tab

    def _tab(self, visitor: str, way: str):
        if (visitor, way) not in self.tabs:
            context = self.browser.new_context(locale="zh-CN", reduced_motion="reduce")
            cookies = self.standing.cookies(visitor, **WAYS[way])
            context.add_cookies(
                [{"name": k, "value": v, "url": self.standing.url} for k, v in cookies.items()]
            )
            self.tabs[visitor, way] = self._watched(context.new_page())
        return self.tabs[visitor, way]

    def _watched(self, tab):
        tab.on("console", lambda message: self._heard(message))
        tab.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        tab.on("request", lambda request: self._asked(request.url))
        return tab

    def _heard(self, message) -> None:
        """Chromium calls an answer of 404 an error, also where it is the page that was meant."""
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.wrong.append(f"console: {message.text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.standing.url, "data:", "blob:")):
            self.wrong.append(f"asked elsewhere: {url}")


@pytest.fixture(scope="module")
def eyes(standing):
    with chromium() as browser:
        yield Eyes(browser, standing)


def seen(tab, words: str) -> list[str]:
    """What axe finds, on a screen as high as the page: a bar at the foot of it covers nothing then."""
    height = tab.evaluate("document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": tab.viewport_size["width"], "height": height})
    return [f"{words}: {fault}" for fault in faults(tab)]


def overflow(tab, size: dict) -> list[str]:
    tab.set_viewport_size(size)
    more = too_wide(tab)
    return [f"{more} px wider than {size['width']}"] if more > 0 else []


def frame(tab, language: str) -> list[str]:
    """One heading, and the language of the page named."""
    headings, named = tab.locator("h1").count(), tab.locator("html").get_attribute("lang")
    wrong = [] if headings == 1 else [f"{headings} h1"]
    return wrong + ([] if named == language else [f"lang is {named}"])


def test_every_route_stands_in_the_table():
    known = {page.route for page in PAGES} | set(NO_PAGES)
    assert {path for path, _view in routes()} == known, (
        "add the page, or what the route is instead, to pages.py"
    )


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_for_everyone(eyes, page):
    tab = eyes.open(page, "plain")
    assert eyes.status == page.status
    wrong = frame(tab, "zh-Hans") + overflow(tab, WIDE) + seen(tab, "light, wide")
    tab.emulate_media(color_scheme="dark")
    wrong += overflow(tab, NARROW) + seen(tab, "dark, narrow") + eyes.wrong

    tab = eyes.open(page, "elder-english")
    wrong += (
        frame(tab, "en")
        + overflow(tab, WIDE)
        + overflow(tab, NARROW)
        + seen(tab, "elder, English, narrow")
        + eyes.wrong
    )
    assert wrong == []
