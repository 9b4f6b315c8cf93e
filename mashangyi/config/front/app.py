"""The application that the server runs: who answers what."""

import asyncio
import gc
import logging
import signal
import sys

from mashangyi.config.processes import die_with_parent, share_heaps
from mashangyi.ground.people.limits import network
from mashangyi.ground.places import scans

from .answer import Answer, plain, send_answer
from .bridge import Bridge
from .cache import OURS, Cache, page_from, still_fresh
from .live import Live
from .static import PREFIX, static_answer
from .visit import accepts_gzip, client_address, headers_of, page_key
from .window import open_window

log = logging.getLogger("mashangyi.front")


class Front:
    """An ASGI application in front of Django's WSGI one.

    `proxies` is how many trusted proxies add X-Forwarded-For; `threads` how many pages are drawn at once.
    """

    def __init__(self, pages, *, threads: int, proxies: int = 0, https: bool = False, window=None):
        self.bridge = Bridge(pages, threads, https=https)
        self.proxies = proxies
        self.cache = Cache()
        self.window = window
        self.live = None
        self.count_scan = scans.count
        self._drawing: dict[tuple, asyncio.Event] = {}

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope, receive, send) -> None:
        headers = headers_of(scope)
        if scope["path"].startswith("/live/"):
            client = network(client_address(scope, headers, self.proxies))
            return await self.live(scope, headers, receive, send, client)
        if scope["path"] == "/health":
            return await send_answer(await self._health(), send, gzipped=False)
        answer = await self._find(scope, headers, receive)
        head = scope["method"] == "HEAD"
        return await send_answer(answer, send, gzipped=accepts_gzip(headers), head=head)

    async def _health(self) -> Answer:
        """For a load balancer: can pages be answered, and how many are kept."""
        try:
            await self.window.pulse()
        except Exception:
            log.exception("the database does not answer")
            return plain(503, "the database does not answer\n")
        return plain(200, f"ok, {len(self.cache)} pages kept, {self.live.count} listeners\n")

    async def _find(self, scope, headers, receive) -> Answer:
        if scope["path"].startswith(PREFIX):
            found = static_answer(scope)
            if found:
                return found
        key = page_key(scope, headers)
        page = await self._fresh(key) if key else None
        if page is None:
            return await self._draw(key, scope, headers, receive)
        if page.code:
            self.count_scan(page.code)
        if page.tag in headers.get(b"if-none-match", b""):
            return Answer(304, page.answer.without(b"content-type"))
        return page.answer

    async def _fresh(self, key):
        """The kept page when nothing has changed.

        Many who want the same changed page wait for one drawing of it, and then look again whether
        it is fresh: nobody gets what was drawn before they asked and has become old since.
        """
        page = self.cache.get(key)
        if page is None:
            return None
        if not await self._is_fresh(page) and key in self._drawing:
            await self._drawing[key].wait()
            page = self.cache.get(key)
        return page if page and await self._is_fresh(page) else None

    async def _is_fresh(self, page) -> bool:
        try:
            return await still_fresh(page, self.window)
        except Exception:
            log.exception("the journal cannot be asked; the page is drawn anew")
            return False

    async def _draw(self, key, scope, headers, receive) -> Answer:
        drawn = self._drawing.setdefault(key, asyncio.Event()) if key else None
        try:
            answer = await self.bridge(scope, receive, client_address(scope, headers, self.proxies))
            return self._keep(key if scope["method"] == "GET" else None, answer)
        finally:
            if drawn:
                drawn.set()
                if self._drawing.get(key) is drawn:
                    del self._drawing[key]

    def _keep(self, key, answer: Answer) -> Answer:
        page = page_from(answer) if key else None
        if page:
            self.cache.put(key, page)
        answer.headers = page.answer.headers if page else answer.without(*OURS)
        return answer

    async def _live_and_die(self, receive, send) -> None:
        await receive()
        die_with_parent()
        share_heaps()
        self.start()
        self._let_listeners_go_on_sigterm()
        await asyncio.get_running_loop().run_in_executor(self.bridge.threads, warm_up)
        gc.collect()
        gc.freeze()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.window.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _let_listeners_go_on_sigterm(self) -> None:
        """The server waits for open answers before it stops, and live ones have no end of their own.

        The server has its own handler on this event loop, which goes on being called.
        """
        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(self.live.close))

    def start(self) -> None:
        """Open the window on the journal. Page threads give way to this one every two milliseconds."""
        sys.setswitchinterval(0.002)
        self.window = self.window or open_window()
        self.live = Live(self.window)


def warm_up() -> None:
    """Load addresses and templates before the first visitor comes."""
    from django.template import engines
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    _ = engines["jinja2"].env
    scans.start_writing()
