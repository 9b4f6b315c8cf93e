"""The people of the journeys. Each has a browser of their own, and each method is what a person does there.

Nothing here sleeps: a deed ends when what it brings about can be seen.
"""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Error, Locator, Page, expect

from mashangyi.doors.demo.pictures import picture

from .town import Room, Town

PATIENCE = 20_000  # milliseconds; the machine may be busy
FIGURE = """async ([words, number]) => {
    const answer = await fetch(location.href)
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const card = [...page.querySelectorAll(".card.number")].find(one => one.innerText.includes(words))
    return card && card.querySelector("b").innerText === number
}"""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
expect.set_options(timeout=PATIENCE)


def in_days(n: int) -> str:
    """A day from now on, as a date field takes it."""
    return (date.today() + timedelta(days=n)).isoformat()  # noqa: DTZ011


def in_an_hour() -> str:
    """As a field for date and time takes it, on the city's clock."""
    return f"{datetime.now(ZoneInfo('Asia/Shanghai')) + timedelta(hours=1):%Y-%m-%dT%H:%M}"


class Somebody:
    """A person with a browser: looks, writes, presses."""

    screen = PHONE

    def __init__(self, town: Town, browser: Browser, troubles: list[str]):
        self.town = town
        self.context = browser.new_context(base_url=town.url, locale="zh-CN", **self.screen)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("response", lambda answer: self._note(answer, troubles))
        self.page.on("pageerror", lambda error: troubles.append(f"{self.page.url}: {error}"))

    @staticmethod
    def _note(answer, troubles: list[str]) -> None:
        if answer.status >= 500:
            troubles.append(f"{answer.status} {answer.url}")

    def goes(self, path: str) -> None:
        try:
            self.page.goto(path)
        except Error as problem:  # the page that is left was just opening itself anew
            if "ERR_ABORTED" not in str(problem):
                raise
            self.page.goto(path)

    def sees(self, words: str, part: str = "body") -> None:
        expect(self.page.locator(part).first).to_contain_text(words)

    def sees_not(self, words: str, part: str = "body") -> None:
        expect(self.page.locator(part).first).not_to_contain_text(words)

    def writes(self, **fields: str) -> None:
        """Fill fields by their names; `__` stands for the hyphen."""
        for name, words in fields.items():
            self._field(name).fill(words)

    def chooses(self, **fields: str) -> None:
        """Choose from lists, by the words shown."""
        for name, words in fields.items():
            self._field(name).select_option(label=words)

    def ticks(self, words: str, part: str = "body") -> None:
        self.page.locator(part).get_by_text(words, exact=True).first.click()

    def presses(self, words: str, part: str = "body") -> None:
        self.page.locator(part).get_by_role("button", name=words).locator("visible=true").first.click()

    def follows(self, words: str, part: str = "body") -> None:
        self.page.locator(part).get_by_role("link", name=words).locator("visible=true").first.click()

    def opens(self, words: str, part: str = "body") -> None:
        """Open what is folded; it stays open when it was."""
        folded = self.page.locator(part).locator("summary", has_text=words).first
        if folded.evaluate("one => !one.parentElement.open"):
            folded.click()

    def takes_photo(self, kind: str, form: Locator | None = None) -> None:
        """Choose a photo for the form, and wait until it is small and shown."""
        form = form or self.page.locator("form:has(input[data-photos])").first
        form.locator("input[data-photos]").set_input_files(
            {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": picture(kind, id(self) % 97)}
        )
        expect(form.locator(".previews img").first).to_be_visible()

    def _field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name.replace("__", "-")}"]').locator("visible=true").first


class Resident(Somebody):
    """With a phone in the hand, signed in or not."""

    receipt = ""

    def scans(self, code: str) -> None:
        self.goes(f"/s/{code}/")
        self.sees("您想反映什么？")

    def finds_figures(self, room: Room, **figures: str) -> None:
        """The large numbers of the place's city page. They follow the journal within a moment: look again until
        they are there."""
        self.goes(f"/city/{room.place}/")
        for words, number in figures.items():
            self.page.wait_for_function(FIGURE, arg=[words, number], polling=300)

    def asks_for_large_type(self) -> None:
        self.presses("长辈版")
        expect(self.page.locator("html.elder")).to_be_attached()

    def says(self, words: str, photo: str = "", **more: str) -> str:
        """Write it and send it. The number on the receipt."""
        self.writes(words=words, **more)
        if photo:
            self.takes_photo(photo)
        self.page.get_by_role("button", name="提交", exact=True).click()
        self.sees("我们收到了，编号")
        self.receipt = self.page.url
        return self.page.locator(".big-number").inner_text()

    def looks_at_receipt(self) -> None:
        self.goes(self.receipt)

    def judges(self, receipt: str = "", solved: bool = True, words: str = "", fault: str = "") -> None:
        """From the receipt to the question, one large answer, and back."""
        self.goes(receipt or self.receipt)
        self.follows("我来评价")
        self.sees("真的解决了吗？")
        self.page.locator("label.yes" if solved else "label.no").click()
        if fault:
            self.ticks(fault)
        if words:
            self.writes(words=words)
        self.presses("提交评价")
        self.sees("您的评价")

    def meets_with_it_too(self, number: str, phone: str) -> None:
        """Signed in by phone, one tap on the public page; the receipt is kept."""
        self.goes(f"/sign-in/?next=/t/{number}/")
        self._shows_the_phone_is_theirs(phone)
        self.presses("我也遇到")
        self.sees("我们收到了，编号")
        self.receipt = self.page.url

    def _shows_the_phone_is_theirs(self, phone: str) -> None:
        self.writes(phone=phone)
        self.presses("发送验证码")
        digits = re.search(r"验证码是 (\d{6})", self.page.locator("main").inner_text())
        self.writes(code=digits[1])
        self.page.get_by_role("button", name="登录", exact=True).click()

    # --- a meeting -------------------------------------------------------------------------------

    def joins(self, meeting: str, code: str, phone: str) -> None:
        """Sign in with the phone number, then to the meeting with the digits on the wall."""
        self.goes(meeting)
        self.follows("用手机号登录再签到")
        self._shows_the_phone_is_theirs(phone)
        self.writes(code=code)
        self.presses("签到", "#enter")
        self.sees("您已签到", "#enter")

    def votes(self, choice: str) -> None:
        """The ballot comes up by itself; nobody reloads."""
        self.presses(choice, "#vote")
        self.sees(f"您投了：{choice}", "#vote")


class Wall(Somebody):
    """The screen in the room."""

    screen = DESK

    def shows(self, link: str) -> str:
        """Its sign-in digits, opened by the console's link."""
        self.goes(link)
        return self.page.locator(".wall-code").inner_text().replace(" ", "")
