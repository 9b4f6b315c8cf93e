"""Everyone in a journey: who comes, by which post, and who is sent home in the end."""

from pathlib import Path

from playwright.sync_api import Browser

from .people import Resident, Somebody, Wall
from .staff import Clerk, Convener, GridWorker, Member, Officer, Reviewer
from .town import Town


class Cast:
    """Makes people, each with their own browser window."""

    def __init__(self, town: Town, browser: Browser):
        self.town, self.browser = town, browser
        self.everyone: list[Somebody] = []
        self.troubles: list[str] = []

    def comes(self, kind):
        """Somebody of this class, with a browser window that has nothing in it yet."""
        self.everyone.append(kind(self.town, self.browser, self.troubles))
        return self.everyone[-1]

    def _in_post(self, kind, post: str):
        person = self.comes(kind)
        person.enters(self.town.posts[post])
        return person

    def resident(self) -> Resident:
        return self.comes(Resident)

    def wall(self) -> Wall:
        return self.comes(Wall)

    def clerk(self, room: str) -> Clerk:
        return self._in_post(Clerk, f"{room} clerk")

    def convener(self, room: str) -> Convener:
        return self._in_post(Convener, f"{room} convener")

    def reviewer(self, room: str) -> Reviewer:
        return self._in_post(Reviewer, f"{room} reviewer")

    def worker(self, room: str) -> GridWorker:
        return self._in_post(GridWorker, f"{room} worker")

    def member(self, room: str) -> Member:
        return self._in_post(Member, f"{room} member")

    def officer(self, unit: str) -> Officer:
        return self._in_post(Officer, unit)

    def leaves_pictures(self, folder: Path) -> None:
        """What everyone's page looks like now."""
        for n, person in enumerate(self.everyone):
            person.page.screenshot(path=folder / f"{n}-{type(person).__name__.lower()}.png", full_page=True)
