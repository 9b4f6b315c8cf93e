"""Whoever watches is told what happened, once, in order, and nothing that is not public."""

import asyncio
import json

import pytest

from mashangyi.config.front import live as watching
from mashangyi.ground.journal.verbs import VERBS

from .visits import Visitor, played

PUBLIC = "topic.verify"
CLOSED = next(name for name, verb in VERBS.items() if not verb.public)


class Listener:
    """One browser at /live/…; `slow` never reads. `heard()` is what it was told so far."""

    def __init__(self, visit: Visitor, scope: str, last: str = "", slow: bool = False, client: str = "192.0.2.1"):
        self.raw, self.left, self.slow, self.status = b"", asyncio.Event(), slow, 0
        headers = [(b"last-event-id", last.encode())] if last else []
        asked = {"type": "http", "method": "GET", "path": f"/live/{scope}", "headers": headers,
                 "client": (client, 1)}  # fmt: skip
        self.task = asyncio.ensure_future(visit.front(asked, self._receive, self._send))

    async def _receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self.status = message.get("status", self.status)
        self.raw += message.get("body", b"")
        if self.slow and b"data:" in self.raw:
            await asyncio.sleep(3600)

    def heard(self) -> list[dict]:
        lines = self.raw.decode().splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: ")]

    def seqs(self) -> list[int]:
        return [each["seq"] for each in self.heard()]

    async def leave(self):
        self.left.set()
        await asyncio.wait_for(self.task, 5)


async def settled():
    for _n in range(20):
        await asyncio.sleep(0)


async def looked(visit):
    await visit.front.live.look()
    await settled()


@played
async def test_a_deed_reaches_those_who_watch_its_scope_and_no_one_else(visit):
    ears = {scope: Listener(visit, scope) for scope in ("city", "room:3", "room:4", "topic:12")}
    await settled()
    visit.journal.deed("room:3", "topic:12", verb=PUBLIC)
    await looked(visit)
    assert {scope: ear.seqs() for scope, ear in ears.items()} == {
        "city": [1], "room:3": [1], "room:4": [], "topic:12": [1],
    }  # fmt: skip
    for ear in ears.values():
        await ear.leave()


@played
async def test_an_event_says_what_happened_and_nothing_more(visit):
    ear = Listener(visit, "city")
    await settled()
    visit.journal.deed("room:3", verb=PUBLIC)
    await looked(visit)
    assert ear.heard() == [{"seq": 1, "verb": PUBLIC}] and b"id: 1\n" in ear.raw
    await ear.leave()


@played
async def test_a_closed_verb_is_told_to_nobody(visit):
    ear = Listener(visit, "city")
    await settled()
    visit.journal.deed("room:3", verb=CLOSED)
    visit.journal.deed("room:3", verb="not.declared")
    await looked(visit)
    again = Listener(visit, "city", last="0")
    await settled()
    assert ear.heard() == again.heard() == []
    await ear.leave()
    await again.leave()


@played
async def test_what_was_before_is_not_news(visit):
    visit.journal.deed("room:3", verb=PUBLIC)
    ear = Listener(visit, "city")
    await settled()
    await looked(visit)
    assert ear.heard() == []
    await ear.leave()


@played
async def test_a_browser_that_comes_back_is_told_what_it_missed_once_and_in_order(visit):
    for _n in range(5):
        visit.journal.deed("room:3", verb=PUBLIC)
    ear = Listener(visit, "room:3", last="2")
    await settled()
    visit.journal.deed("room:3", verb=PUBLIC)
    await looked(visit)
    assert ear.seqs() == [3, 4, 5, 6]
    await ear.leave()


@played
async def test_a_deed_that_is_committed_while_a_browser_comes_back_is_told_once(visit):
    first = Listener(visit, "city")
    await settled()
    visit.journal.deed("room:3", verb=PUBLIC)
    late = Listener(visit, "city", last="0")
    await settled()
    await looked(visit)
    assert first.seqs() == late.seqs() == [1]
    await first.leave()
    await late.leave()


@played
async def test_whoever_missed_too_much_is_told_to_load_the_page_again(visit):
    for _n in range(watching.LIMIT + 10):
        visit.journal.deed("room:3", verb=PUBLIC)
    ear = Listener(visit, "city", last="1")
    await settled()
    assert ear.heard() == [{"seq": visit.journal.seq, "verb": "reload"}]
    await ear.leave()


@played
async def test_a_slow_reader_is_let_go_and_holds_up_nobody(visit):
    slow, quick = Listener(visit, "city", slow=True), Listener(visit, "city")
    await settled()
    for _n in range(watching.WAITING + 10):
        visit.journal.deed("room:3", verb=PUBLIC)
        await looked(visit)
    assert len(quick.seqs()) == watching.WAITING + 10
    assert len(visit.front.live.listeners["city"]) == 1
    slow.task.cancel()
    await quick.leave()


@played
async def test_whoever_leaves_is_forgotten_and_the_last_one_stops_the_watch(visit):
    live = visit.front.live
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "EVERY", 0.01)
        ear = Listener(visit, "city")
        await settled()
        assert live.count == 1
        await ear.leave()
        await asyncio.sleep(0.05)
    assert live.count == 0 and not live.listeners and live._watching is None


@played
async def test_an_open_line_shows_now_and_then_that_it_is_open(visit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "EVERY", 0.01)
        patch.setattr(watching, "KEEP_ALIVE", 0.02)
        ear = Listener(visit, "room:3")
        await asyncio.sleep(0.1)
    assert watching.STILL_HERE in ear.raw and ear.heard() == []
    await ear.leave()


@played
async def test_when_the_server_stops_everyone_is_let_go_and_nobody_comes_in(visit):
    ear = Listener(visit, "city")
    await settled()
    visit.front.live.close()
    await asyncio.wait_for(ear.task, 5)
    assert ear.raw.endswith(watching.FAREWELL) and (await visit("/live/city")).status == 503


@played
async def test_an_unknown_scope_is_not_found(visit):
    assert (await visit("/live/person:4")).status == 404
