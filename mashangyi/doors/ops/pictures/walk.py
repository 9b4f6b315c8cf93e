"""The way to each scene, as people go it: by links, and by the one tap of the demo's login page."""

from mashangyi.doors.ops.command import Trouble

from .table import PHONE, WIDE, Shot

SOLVED = "工地夜间施工噪声"
ROOM = "长西社区"
WORDS = "西门健身步道有三块砖翘起来了，晚上散步的老人差点绊倒。"
# What moves, or points to where somebody is typing, is no part of a picture.
STILL = "*{caret-color:transparent!important;animation:none!important;transition:none!important}"
# Photos further down wait until somebody scrolls to them.
SHOWN = "[...document.images].every(one => one.complete || one.getBoundingClientRect().top > innerHeight)"


def _check(answer) -> None:
    if answer.status >= 400:
        raise Trouble(f"{answer.status} at {answer.url}")


class Visitors:
    """Those who look; each look is a browser of its own."""

    def __init__(self, browser, url: str):
        self.browser, self.url = browser, url

    def see(self, shot: Shot) -> bytes:
        """The picture as PNG."""
        tab = self._enter(shot)
        seen = getattr(self, shot.scene)(tab)
        tab.add_style_tag(content=STILL)
        tab.evaluate("document.activeElement && document.activeElement.blur()")
        tab.wait_for_function(SHOWN)
        png = (seen or tab).screenshot()
        tab.context.close()
        return png

    def _enter(self, shot: Shot):
        width, height, dense = PHONE if shot.screen == "phone" else WIDE
        context = self.browser.new_context(
            base_url=self.url, locale="zh-CN", viewport={"width": width, "height": height},
            device_scale_factor=dense, color_scheme="dark" if shot.way == "dark" else "light",
            reduced_motion="reduce", bypass_csp=True,
        )  # fmt: skip
        if shot.way == "elder":
            context.add_cookies([{"name": "elder", "value": "1", "url": self.url}])
        tab = context.new_page()
        tab.on("response", _check)
        if shot.visitor:
            tab.goto("/staff/login/")
            tab.locator(f"form[action='/staff/demo/{shot.visitor}/'] button").click()
            tab.wait_for_url("**/desk/**")
        return tab

    # --- residents -------------------------------------------------------------------------------

    def home(self, tab):
        tab.goto("/")

    def room(self, tab):
        tab.goto(f"/rooms/?q={ROOM}")
        tab.locator("main a[href^='/rooms/']", has_text=ROOM).first.click()

    def scan(self, tab):
        self.room(tab)
        tab.locator("main a[href^='/s/']").first.click()

    def receipt(self, tab):
        self.scan(tab)
        tab.locator("[name=words]").fill(WORDS)
        tab.locator("form#say button.main").click()
        tab.wait_for_url("**/r/**")

    def topic(self, tab):
        tab.goto("/topics/?family=settled")
        link = tab.get_by_role("link", name=SOLVED).first
        while not link.count():
            tab.locator("a[rel=next]").first.click()
        link.click()

    def city(self, tab):
        tab.goto("/city/")

    # --- staff -----------------------------------------------------------------------------------

    def triage(self, tab):
        tab.goto("/desk/triage/")

    def review(self, tab):
        tab.goto("/desk/review/")
        tab.locator("main a[href^='/desk/review/']").first.click()

    def unit_desk(self, tab):
        tab.goto("/desk/tasks/")

    def task(self, tab):
        self.unit_desk(tab)
        tab.locator("a.job").first.click()
        tab.wait_for_url("**/desk/tasks/*/")

    def door_plate(self, tab):
        tab.goto("/desk/places/")
        tab.goto(tab.url.rstrip("/") + "/print/?item=door_plate")
        return tab.locator(".sheet svg").first

    # --- the meeting -----------------------------------------------------------------------------

    def meeting_console(self, tab):
        tab.goto("/desk/meetings/")
        tab.locator("main a[href^='/desk/meeting/']").first.click()

    def meeting(self, tab):
        tab.goto("/meetings/")
        tab.locator("main a[href^='/m/']").first.click()

    def wall(self, tab):
        """As the console opens it, with the digits."""
        self.meeting_console(tab)
        tab.locator("a[href^='/wall/']").first.click()
