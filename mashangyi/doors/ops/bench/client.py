"""A lean HTTP/1.1 client: keep-alive connections, each asking again as soon as it is answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

# A request as bytes, made anew for each number.
Request = Callable[[int], bytes]


@dataclass
class Load:
    """What one round of asking found. Latencies in seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    wrong: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def get(path: str, cookie: str = "") -> bytes:
    line = f"Cookie: sessionid={cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{line}\r\n".encode()


def post(path: str, body: str) -> bytes:
    content = body.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(content)}\r\n\r\n".encode() + content
    )


def load(port: int, request: Request, *, clients: int = 4, seconds: float = 4.0, expect: int = 200) -> Load:
    """Ask for `seconds` over `clients` connections; answers with another status than `expect` are counted wrong."""
    return asyncio.run(_load(port, request, clients, seconds, expect))


async def _load(port, request, clients, seconds, expect) -> Load:
    found, begun = Load(), time.perf_counter()
    counter = iter(range(10**9))
    await asyncio.gather(
        *(_ask(port, request, counter, begun + seconds, expect, found) for _ in range(clients))
    )
    found.seconds = time.perf_counter() - begun
    return found


async def _ask(port, request, counter, until, expect, found: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request(next(counter)))
        status = await _answer(reader)
        found.latencies.append(time.perf_counter() - began)
        found.wrong += status != expect
    writer.close()


async def _answer(reader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif b"content-length:" in head:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    return int(head[9:12])
