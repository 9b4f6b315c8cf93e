"""Fifty neighbours at the same moment, while a clerk works; and the power goes in the middle of it."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.server import running_server

from .town import TOKEN, build

RESIDENTS = 50
OURS = {"sec-fetch-site": "same-origin"}
RATES = {"MASHANGYI_RATE_REPORTS": "99999/hour", "MASHANGYI_RATE_TRIES": "99999/hour"}

COUNTED = """
from mashangyi.ground.journal import read
from mashangyi.ground.journal.models import Entry
from mashangyi.stages.intake.models import Report
from mashangyi.stages.intake.queries import receipt_address
print(json.dumps({
    "words": list(Report.objects.order_by("id").values_list("words", flat=True)),
    "receipts": [receipt_address(report) for report in Report.objects.order_by("id")],
    "journal": Entry.objects.filter(verb="intake.reported").count(),
    "faults": [str(fault) for fault in read.faults()],
}))
"""


@pytest.fixture
def town(tmp_path):
    with running_server(tmp_path / "data", worker=True, **RATES) as site:
        yield build(site)


def report(town, n: int, *, once: str = "") -> httpx.Response:
    """One resident scans, writes and sends; the answer is the way to the receipt."""
    address = f"{town.url}/s/{town.rooms['noise'].poster}/"
    with httpx.Client(timeout=60) as phone:
        assert phone.get(address).status_code == 200
        form = {"words": said(n), "spot": "3 号楼", "once": once or f"once-word-of-{n:04d}"}
        return phone.post(address, data=form, headers=OURS)


def said(n: int) -> str:
    return f"第 {n} 位邻居：3 号楼的电梯又停了。"


class Clerk(threading.Thread):
    """Goes on sorting for as long as residents report: opens the pile, takes the top message up."""

    def __init__(self, town):
        super().__init__(daemon=True)
        self.town, self.answers, self.accepted = town, Counter(), 0
        self.ready, self.over = threading.Event(), threading.Event()

    def run(self) -> None:
        with self.town.session("noise clerk") as desk:
            self.ready.set()
            while not (self.over.is_set() and self.accepted):
                self._sorts_one(desk)

    def _sorts_one(self, desk: httpx.Client) -> None:
        pile = desk.get("/desk/triage/")
        self.answers[pile.status_code] += 1
        number = re.search(r"/desk/triage/(Y[\w-]+)/verify/", pile.text)
        if number:
            sent = {"csrfmiddlewaretoken": TOKEN.search(pile.text)[1]}
            done = desk.post(f"/desk/triage/{number[1]}/verify/", data=sent)
            self.answers[done.status_code] += 1
            self.accepted += done.status_code == 200


def test_fifty_report_at_once_while_a_clerk_sorts(town):
    clerk = Clerk(town)
    clerk.start()
    assert clerk.ready.wait(60)
    # Every fifth taps twice: the same words with the same once-word, at the same moment.
    sent = [*range(RESIDENTS), *range(0, RESIDENTS, 5)]
    with ThreadPoolExecutor(len(sent)) as crowd:
        answers = list(crowd.map(lambda n: report(town, n), sent))
    clerk.over.set()
    clerk.join(60)

    assert Counter(answer.status_code for answer in answers) == {302: len(sent)}
    assert set(clerk.answers) == {200}
    assert clerk.accepted > 0
    now = town.ask(COUNTED)
    assert Counter(now["words"]) == Counter(map(said, range(RESIDENTS)))  # none lost, none doubled
    assert now["journal"] == RESIDENTS
    assert now["faults"] == []
    twice = {
        n: {answers[i].headers["location"] for i, each in enumerate(sent) if each == n}
        for n in range(0, RESIDENTS, 5)
    }
    assert all(len(receipts) == 1 for receipts in twice.values())


def test_whoever_got_a_receipt_keeps_it_when_the_power_goes(town):
    kept, lock, enough = {}, threading.Lock(), threading.Event()

    def resident(n: int) -> None:
        try:
            answer = report(town, n)
        except (httpx.HTTPError, AssertionError):
            return  # the power was gone; nothing was promised to this one
        if answer.status_code == 302:
            with lock:
                kept[n] = answer.headers["location"]
                len(kept) >= RESIDENTS // 2 and enough.set()

    with ThreadPoolExecutor(RESIDENTS) as crowd:
        waiting = [crowd.submit(resident, n) for n in range(RESIDENTS * 4)]
        assert enough.wait(60)
        town.site.kill()
        [each.result() for each in waiting]
    assert RESIDENTS // 2 <= len(kept) < RESIDENTS * 4, "the power has to go in the middle"

    town.site.start()
    now = town.ask(COUNTED)
    assert set(kept.values()) <= set(now["receipts"])
    assert max(Counter(now["words"]).values()) == 1
    assert now["journal"] == len(now["receipts"])
    assert now["faults"] == []
    with httpx.Client(base_url=town.url) as phone:
        for n, receipt in kept.items():
            page = phone.get(receipt)
            assert page.status_code == 200 and said(n) in page.text
