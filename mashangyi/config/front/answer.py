"""An answer on its way out: status, headers, body; packed when that pays."""

import gzip
from dataclasses import dataclass, field
from hashlib import blake2b
from io import SEEK_END, BytesIO
from tempfile import SpooledTemporaryFile

PACKABLE = (b"text/", b"application/json", b"application/javascript", b"application/atom+xml",
            b"application/manifest+json", b"image/svg+xml")  # fmt: skip
# Below this a packed body is hardly smaller; level 4 costs a third of level 9 and loses 3 % of size.
WORTH_PACKING = 1000
LEVEL = 4
CHUNK = 256 * 1024
# Words of the front itself: nothing of it is run, and nobody keeps it.
PLAIN = (
    (b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"), (b"cache-control", b"no-store"),
)  # fmt: skip


@dataclass
class Answer:
    """`body` is bytes, or an open file for what is too long to hold; `packed` is the same in gzip. A kept page
    has one of the two. `tag` is made of the content."""

    status: int
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes | SpooledTemporaryFile = b""
    packed: bytes | None = None
    tag: bytes = b""

    def without(self, *names: bytes) -> list[tuple[bytes, bytes]]:
        return [(name, value) for name, value in self.headers if name not in names]

    def pack(self) -> None:
        """Make the gzip body, where that pays, and the tag. Takes about 0.3 ms for 30 kB and leaves the
        interpreter to others meanwhile: call it on a page thread."""
        if worth_packing(self):
            self.packed = gzip.compress(self.body, LEVEL, mtime=0)
            self.headers = _varying(self.headers)
        if isinstance(self.body, bytes):
            self.tag = b'W/"%s"' % blake2b(self.packed or self.body, digest_size=12).hexdigest().encode()


def worth_packing(answer: Answer) -> bool:
    told = dict(answer.headers)
    return (
        isinstance(answer.body, bytes)
        and len(answer.body) >= WORTH_PACKING
        and told.get(b"content-type", b"").startswith(PACKABLE)
        and b"content-encoding" not in told
    )


def plain(status: int, words: str) -> Answer:
    return Answer(status, list(PLAIN), words.encode())


async def send_answer(answer: Answer, send, *, gzipped: bool, head: bool = False) -> None:
    """Send the answer whole; a client that reads slowly holds up nobody but itself."""
    headers, body = list(answer.headers), answer.body
    if answer.packed is not None and gzipped:
        body = answer.packed
        headers.append((b"content-encoding", b"gzip"))
    elif answer.packed is not None and not body:  # kept packed alone; those who cannot unpack are few
        body = gzip.decompress(answer.packed)
    headers.append((b"content-length", b"%d" % _length(body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if head or isinstance(body, bytes):
        await send({"type": "http.response.body", "body": b"" if head else body})
    else:
        await _send_file(body, send)


def _length(body) -> int:
    if isinstance(body, bytes):
        return len(body)
    length = body.seek(0, SEEK_END)
    body.seek(0)
    return length


def _varying(headers):
    """Say that the answer depends on Accept-Encoding, beside what else it depends on."""
    before = next((value for name, value in headers if name == b"vary"), b"")
    if b"accept-encoding" in before.lower():
        return headers
    vary = b", ".join(filter(None, [before, b"Accept-Encoding"]))
    return [*((name, value) for name, value in headers if name != b"vary"), (b"vary", vary)]


async def _send_file(file, send) -> None:
    with file:
        while chunk := file.read(CHUNK):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def spool(limit: int = 1_000_000) -> SpooledTemporaryFile | BytesIO:
    """A place for bytes of unknown length: memory up to `limit` bytes, disk beyond."""
    return SpooledTemporaryFile(max_size=limit)  # noqa: SIM115 — closed by whoever sends it
