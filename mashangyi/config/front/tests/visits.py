"""A front before a town of two pages, and visits to it, without a network."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from mashangyi.config.front.app import Front
from mashangyi.config.front.cache import minute_now
from mashangyi.config.front.window import Window


class Journal(Window):
    """A window on a journal that the test writes by hand: `deed("room:3")`."""

    def __init__(self):
        self.versions: dict[str, int] = {}
        self.seq = 0
        self.asked = 0
        self.log: list[tuple] = []

    def deed(self, *scopes: str, verb: str = "report.filed") -> int:
        self.seq += 1
        found = dict(scope.split(":") for scope in scopes if ":" in scope)
        topic, room = (int(found.get(kind, 0)) or None for kind in ("topic", "room"))
        self.log.append((self.seq, verb, topic, room))
        for scope in (*scopes, "city"):
            self.versions[scope] = self.seq
        return self.seq

    async def pulse(self):
        return self.seq

    async def version(self, scope):
        self.asked += 1
        return str(self.versions.get(scope, 0))

    async def entries(self, scope, after):
        kind, _colon, number = scope.partition(":")
        place = {"topic": 2, "room": 3}.get(kind)
        return [e for e in self.log if e[0] > after and (place is None or e[place] == int(number))]


class Town:
    """A WSGI application: /room shows the journal's state and says so; /plain says nothing of it."""

    def __init__(self, journal: Journal):
        self.journal, self.drawn = journal, 0
        self.cookies: list[str] = []
        self.lengths: list[tuple[str, str]] = []
        self.stream: list[bytes] = []
        self.meanwhile = lambda: None
        self.environ: dict = {}

    def __call__(self, environ, start_response):
        self.drawn += 1
        self.environ = environ
        version = self.journal.versions.get("room:3", 0)
        self.meanwhile()
        headers = [("Content-Type", "text/html; charset=utf-8"), *(("Set-Cookie", c) for c in self.cookies)]
        if environ["PATH_INFO"] == "/room":
            headers += [("X-Journal", f"room:3 {version}-{minute_now()}")]
            headers += [("Vary", "Cookie, Accept-Language")]
        if "code=17" in environ["QUERY_STRING"]:
            headers += [("X-Scan", "17")]
        start_response("200 OK", headers + self.lengths)
        words = f"{self.journal.versions.get('room:3', 0)} {environ.get('HTTP_COOKIE', '')}"
        words += environ["wsgi.input"].read().decode() + " 码上议" * 300
        response = Response(self.stream or [words.encode()])
        response.streaming = bool(self.stream)
        return response


class Response(list):
    streaming = False

    def close(self):
        pass


class Reply:
    def __init__(self, messages):
        self.status = messages[0]["status"]
        self.raw = messages[0]["headers"]
        self.headers = dict(self.raw)
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


class Visitor:
    """Visits a front from inside one event loop: `await visitor("/room", cookie="lang=en")`."""

    def __init__(self, **options):
        self.journal = Journal()
        self.town = Town(self.journal)
        self.front = Front(self.town, threads=2, window=self.journal, **options)
        self.front.start()

    async def __call__(self, path, method="GET", body=b"", client="192.0.2.1", **headers) -> Reply:
        sent, message = [], {"type": "http.request", "body": body, "more_body": False}
        target, _mark, query = path.partition("?")
        headers = {"host": "t", **headers}
        scope = {
            "type": "http", "method": method, "path": target, "query_string": query.encode(),
            "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
            "http_version": "1.1",
            "client": (client, 1), "server": ("t", 80), "scheme": "http",
        }  # fmt: skip

        async def receive():
            return message

        async def send(part):
            sent.append(part)

        await self.front(scope, receive, send)
        return Reply(sent)


def alone(story, *arguments):
    """Run an async function in a thread of its own: a browser test may have left a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(story(*arguments))).result()


def played(story):
    """Run an async test that gets a Visitor."""

    def test():
        alone(visited, {})

    async def visited(options):
        await story(Visitor(**options))

    test.__name__, test.__doc__ = story.__name__, story.__doc__
    return test
