"""Django on a few long-lived threads.

A request is read whole before it takes a thread and its answer is written whole after it has left
it, so a slow phone never holds a thread (docs/decisions/own-bridge-to-django.md).
"""

import asyncio
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from .answer import Answer, plain, spool

log = logging.getLogger("mashangyi.front")
# Photos come several at a time; anything longer is not for us.
LONGEST_REQUEST = 60_000_000
# What requests under way may take of memory and disk together; whoever comes beyond it comes back later.
MOST_UNDER_WAY = 1_000_000_000
# Seconds in which a request has to be here whole: twelve megabytes over the slowest line.
SLOWEST = 600
IN_MEMORY = 100_000
# Headers that announce a body.
BODY_FOLLOWS = {b"content-length", b"transfer-encoding"}
# Seconds for which a page has the interpreter to itself. Most are drawn in a tenth of that; while two are drawn
# at once they hand the interpreter's lock to and fro at every question to the database, and both take twice the time.
ALONE = 0.02


class Refused(Exception):  # noqa: N818 — an answer, not an error
    """A request that is not handed to Django."""

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.answer = plain(status, words)


class Nothing(BytesIO):
    """The body of a request that has none."""

    length = 0


class Bridge:
    """Calls a WSGI application. `https` tells it that the visitor's side of the proxy is https."""

    def __init__(self, application, threads: int, *, https: bool = False):
        self.application = application
        self.threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="page")
        self.https = https
        self.under_way = 0
        self.turn = asyncio.Semaphore(1)

    async def __call__(self, scope, receive, client: str) -> Answer:
        try:
            body = await self._read(receive) if _brings_something(scope) else Nothing()
        except Refused as refused:
            return refused.answer
        environ = self._environ(scope, body, client)
        try:
            return await self._in_turn(environ)
        except Exception:
            log.exception("%s %s", scope["method"], scope["path"])
            return plain(500, "出错了，请稍后再试。 Something went wrong, please try again later.")
        finally:
            self.under_way -= body.length

    async def _in_turn(self, environ) -> Answer:
        """Pages one after the other; behind one that takes longer than ALONE the next begins beside it."""
        await self.turn.acquire()
        loop = asyncio.get_running_loop()
        lasting = loop.call_later(ALONE, self.turn.release)
        try:
            return await loop.run_in_executor(self.threads, self._draw, environ)
        finally:
            if lasting.when() > loop.time():
                lasting.cancel()
                self.turn.release()

    async def _read(self, receive):
        """The request's body as a file with its `length`. Raises Refused for one that is too long, too slow,
        or that ended in the middle: half of what somebody wrote is not what they wrote."""
        body = spool(IN_MEMORY)
        body.length = 0
        try:
            async with asyncio.timeout(SLOWEST):
                await self._fill(body, receive)
        except BaseException as problem:
            self.under_way -= body.length
            body.close()
            if isinstance(problem, TimeoutError):
                raise Refused(408, "太慢了，请再试一次。 Too slow, please try again.") from None
            raise
        body.seek(0)
        return body

    async def _fill(self, body, receive) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise Refused(400, "没有传完整。 The request ended in the middle.")
            piece, more = message.get("body", b""), message.get("more_body", False)
            body.length += body.write(piece)
            self.under_way += len(piece)
            if body.length > LONGEST_REQUEST:
                raise Refused(413, "太大了，请减少照片后再试。 Too large: please send fewer photos.")
            if self.under_way > MOST_UNDER_WAY:
                raise Refused(503, "现在人太多，请稍后再试。 Please come back later.")

    def _draw(self, environ) -> Answer:
        answer = Answer(500)

        def start_response(status, headers, exc_info=None):
            answer.status = int(status[:3])
            answer.headers = _told(headers)

        response = self.application(environ, start_response)
        try:
            answer.body = _collected(response)
        finally:
            response.close()
            environ["wsgi.input"].close()
        answer.pack()
        return answer

    def _environ(self, scope, body, client: str) -> dict:
        server = scope.get("server") or ("localhost", 80)
        environ = {
            "REQUEST_METHOD": scope["method"],
            "SCRIPT_NAME": "",
            "PATH_INFO": scope["path"].encode().decode("latin1"),
            "QUERY_STRING": scope["query_string"].decode("latin1"),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "SERVER_NAME": server[0],
            "SERVER_PORT": str(server[1] or 80),
            "REMOTE_ADDR": client,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https" if self.https else "http",
            "wsgi.input": body,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        _add_headers(environ, scope["headers"])
        environ["CONTENT_LENGTH"] = str(body.length)
        environ["HTTP_X_FORWARDED_PROTO"] = environ["wsgi.url_scheme"]
        return environ


def _brings_something(scope) -> bool:
    """Whether a request has a body: who asks for a page by GET and names no length has sent all there is."""
    return scope["method"] not in {"GET", "HEAD"} or any(name in BODY_FOLLOWS for name, _value in scope["headers"])


def _told(headers) -> list[tuple[bytes, bytes]]:
    """Django's headers for the network. The length is counted anew: the body may be packed."""
    named = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
    return [(name, value) for name, value in named if name != b"content-length"]


def _add_headers(environ: dict, headers) -> None:
    for raw, value in headers:
        if b"_" in raw:  # X_Y would pass for X-Y, which a proxy may have checked
            continue
        name = raw.decode("latin1").upper().replace("-", "_")
        name = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
        text = value.decode("latin1")
        if name in environ:
            text = environ[name] + ("; " if name == "HTTP_COOKIE" else ",") + text
        environ[name] = text


def _collected(response):
    """The response's bytes; in a file on disk when it is a stream of unknown length."""
    if not getattr(response, "streaming", False):
        return b"".join(response)
    file, length = spool(), 0
    for chunk in response:
        length += file.write(chunk)
    file.seek(0)
    if length > 1_000_000:
        return file
    with file:
        return file.read()
