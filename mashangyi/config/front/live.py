"""Live pages: each journal entry is told, the moment it is committed, to whoever watches its scope.

    GET /live/topic:12     id: 812
                           data: {"seq": 812, "verb": "topic.verify"}

One query per process each quarter second while anyone listens, handed on in memory. An event says
only that something happened: the page asks for itself again what it may see. A browser that comes
back sends Last-Event-ID and is told what it missed.
"""

import asyncio
import json
import re
import time
from collections import Counter, defaultdict

from mashangyi.ground.journal.read import public_verbs

from .answer import plain, send_answer
from .window import LIMIT

EVERY = 0.25
KEEP_ALIVE = 15
WAITING = 100  # events a slow reader may be behind before it is let go; it comes back by itself
LISTENERS = 20_000
SHARE = LISTENERS // 10  # of one address: nobody takes all the places by themselves
SCOPE = re.compile(r"city|topic:[0-9]{1,15}|room:[0-9]{1,15}")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
START = {"type": "http.response.start", "status": 200, "headers": HEADERS}
STILL_HERE = b": still here\n\n"
FAREWELL = b": come back\n\n"
LEFT = b""


def event(seq: int, verb: str) -> bytes:
    return f"id: {seq}\ndata: {json.dumps({'seq': seq, 'verb': verb})}\n\n".encode()


def scopes_of(entry) -> list[str]:
    """Which scopes an entry (seq, verb, topic, room) is news for."""
    _seq, _verb, topic, room = entry
    return ["city", *([f"topic:{topic}"] if topic else []), *([f"room:{room}"] if room else [])]


class Live:
    """Everyone who listens in this process, and the one task that watches the journal for them."""

    def __init__(self, window):
        self.window = window
        self.listeners: dict[str, set[asyncio.Queue]] = defaultdict(set)
        self.held: Counter[str] = Counter()  # places by address, while they are held
        self.count = 0
        self.seen = 0
        self.closed = False
        self._watching: asyncio.Task | None = None
        self._pulse = None
        self._spoke = time.monotonic()

    async def __call__(self, scope, headers, receive, send, client: str = "") -> None:
        name = scope["path"].removeprefix("/live/")
        if not SCOPE.fullmatch(name):
            return await send_answer(plain(404, "topic:12, room:3, city"), send, gzipped=False)
        if self.closed or self.count >= LISTENERS or self.held[client] >= SHARE:
            return await send_answer(plain(503, "Please come back later."), send, gzipped=False)
        await self._watch()
        queue: asyncio.Queue = asyncio.Queue(WAITING)
        self.count += 1
        self.held[client] += 1
        self.listeners[name].add(queue)
        try:
            await self._tell(name, queue, self.seen, _last_event(headers), receive, send)
        finally:
            self.count -= 1
            self._give_back(client)
            self._forget(name, queue)

    def _give_back(self, client: str) -> None:
        self.held[client] -= 1
        if not self.held[client]:
            del self.held[client]

    async def _tell(self, name, queue, seen, last, receive, send) -> None:
        await send(START)
        await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
        if last is not None and last < seen:
            await send(
                {
                    "type": "http.response.body",
                    "body": await self._missed(name, last, seen),
                    "more_body": True,
                }
            )
        gone = asyncio.ensure_future(_gone(receive, queue))
        try:
            await self._pass_on(queue, send)
        finally:
            gone.cancel()

    async def _pass_on(self, queue, send) -> None:
        """Events until the visitor leaves or is let go. One wait an event: thousands may wait here."""
        while (text := await queue.get()) is not LEFT:
            await send({"type": "http.response.body", "body": text, "more_body": text is not FAREWELL})
            if text is FAREWELL:
                return

    async def _missed(self, name: str, last: int, seen: int) -> bytes:
        """What happened since `last`; when it is more than anyone would show, one event: draw it all anew."""
        entries = await self.window.entries(name, last)
        if len(entries) > LIMIT:
            return event(seen, "reload")
        public = set(public_verbs())
        return b"".join(event(seq, verb) for seq, verb, _t, _r in entries if seq <= seen and verb in public)

    async def _watch(self) -> None:
        """Start watching with the first listener. What was committed before is not news."""
        if self._watching is None or self._watching.done():
            self._pulse = await self.window.pulse()
            self.seen = int(await self.window.version("city"))
            self._watching = asyncio.ensure_future(self._watch_while_anyone_listens())

    async def _watch_while_anyone_listens(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            if not self.count:
                self._watching = None
                return
            await self.look()
            if time.monotonic() - self._spoke > KEEP_ALIVE:
                self._spoke = time.monotonic()
                self._say(STILL_HERE, self.listeners)

    async def look(self) -> None:
        """Hand on what was committed since the last look."""
        pulse = await self.window.pulse()
        if pulse == self._pulse:
            return
        public = set(public_verbs())
        while entries := (await self.window.entries("city", self.seen))[:LIMIT]:
            for entry in entries:
                self.seen = entry[0]
                if entry[1] in public:
                    self._hand_on(entry)
        self._pulse = pulse

    def _hand_on(self, entry) -> None:
        self._say(event(entry[0], entry[1]), scopes_of(entry))

    def _say(self, text: bytes, scopes) -> None:
        for name in list(scopes):
            for queue in list(self.listeners.get(name, ())):
                try:
                    queue.put_nowait(text)
                except asyncio.QueueFull:
                    self._let_go(name, queue)

    def close(self) -> None:
        """The server stops: everyone is let go at once, and comes back to the next one by itself."""
        self.closed = True
        for name, queues in list(self.listeners.items()):
            for queue in list(queues):
                self._let_go(name, queue)

    def _let_go(self, name: str, queue) -> None:
        self._forget(name, queue)
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(FAREWELL)

    def _forget(self, name: str, queue) -> None:
        queues = self.listeners.get(name, set())
        queues.discard(queue)
        if not queues:
            self.listeners.pop(name, None)


def _last_event(headers) -> int | None:
    text = headers.get(b"last-event-id", b"")
    return int(text) if text.isdigit() and len(text) < 19 else None


async def _gone(receive, queue) -> None:
    """Wait until the visitor has left, then wake whoever waits for events on their behalf."""
    while (await receive())["type"] != "http.disconnect":
        pass
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(LEFT)
