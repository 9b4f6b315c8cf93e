"""What is measured: each page, how it is asked for, and what is aimed at."""

from dataclasses import dataclass

from .client import Request, get, post


@dataclass(frozen=True)
class Page:
    """`kept` pages are asked for unchanged and drawn anew; `aim` is in requests a second, drawn anew."""

    name: str
    path: str
    kept: bool = True
    aim: int = 500
    cookie: str = ""

    def unchanged(self) -> Request:
        bytes_ = get(self.path, self.cookie)
        return lambda n: bytes_

    def anew(self) -> Request:
        """An address that was never asked for before, so that nobody has kept the page."""
        joint = "&" if "?" in self.path else "?"
        return lambda n: get(f"{self.path}{joint}fresh={n}", self.cookie)


def pages(town: dict) -> list[Page]:
    return [
        Page("scan page", f"/s/{town['short']}/"),
        Page("topic page", f"/t/{town['topic']}/"),
        Page("topic list, 20 of all", "/topics/?family=settled"),
        Page("topic list of a county", "/topics/320812/?family=settled"),
        Page("room page", f"/rooms/{town['room']}/"),
        Page("city page", "/city/"),
        Page("clerk's inbox", "/desk/triage/", kept=False, aim=200, cookie=town["clerk"]),
        Page("desk", "/desk/", kept=False, aim=200, cookie=town["clerk"]),
    ]


def submission(town: dict) -> Request:
    path = f"/s/{town['short']}/"
    return lambda n: post(path, f"words=%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE+{n}&once=bench-{n}&phone=")
