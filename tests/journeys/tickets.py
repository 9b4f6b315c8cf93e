"""Tables of hotline tickets, as the hotline's export writes them, and the command that takes them in."""

import csv
import json
from pathlib import Path

import openpyxl

from .town import Room, Town

HEADINGS = ("工单编号", "标题", "诉求内容", "诉求地址", "来电时间", "诉求人", "联系电话")


def rows(prefix: str, spot: str, words: list[str]) -> list[tuple[str, ...]]:
    """One row for each caller."""
    return [
        (f"{prefix}{n:04d}", "", said, spot, "2026-04-06 21:30:00", f"张某{n}", f"139120{n:05d}")
        for n, said in enumerate(words)
    ]


def as_csv(path: Path, tickets: list[tuple[str, ...]]) -> Path:
    """In the encoding of Chinese office programs, as such exports are."""
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *tickets])
    return path


def as_xlsx(path: Path, tickets: list[tuple[str, ...]]) -> Path:
    book = openpyxl.Workbook()
    for row in [HEADINGS, *tickets]:
        book.active.append(row)
    book.save(path)
    return path


def take_in(town: Town, table: Path, room: Room, *more: str) -> dict:
    """`mashangyi import tickets`: its outcome."""
    done = town.site.command("import", "tickets", str(table), "--room", room.poster, "--json", *more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


ASKED = """
import time
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox.models import Notice
from mashangyi.topic.queries import topic_by_number

def links():
    asked = Entry.objects.filter(topic=topic_by_number(NUMBER).pk, verb="evaluation.asked").values("seq")
    told = Notice.objects.filter(seq__in=asked, kind="please_confirm")
    return [link.removesuffix("judge/") for link in told.order_by("id").values_list("link", flat=True)]

end = time.monotonic() + 20
while len(links()) < AWAITED and time.monotonic() < end:
    time.sleep(0.1)
print(json.dumps(links()))
"""


def asked(town: Town, number: str, n: int) -> list[str]:
    """The receipts of the `n` who are asked whether it is solved, from the messages that went out to them."""
    links = town.ask(f"NUMBER, AWAITED = {number!r}, {n}\n{ASKED}")
    assert len(links) == n, links
    return links
