"""What reaches Django, and as what."""

import asyncio
import threading
import time

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.config.front import bridge
from mashangyi.config.front.visit import client_address, page_key
from mashangyi.doors.web.middleware import language

from .visits import Visitor, alone, played


@pytest.mark.parametrize("proxies, forwarded, expected", [
    (0, "203.0.113.9", "192.0.2.1"),
    (1, "203.0.113.9", "203.0.113.9"),
    (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
    (2, "10.0.0.1, 203.0.113.9, 10.9.9.9", "203.0.113.9"),
    (2, "203.0.113.9", "203.0.113.9"),
    (1, "", "192.0.2.1"),
])  # fmt: skip
def test_the_address_is_the_one_that_our_own_proxies_saw(proxies, forwarded, expected):
    scope = {"client": ("192.0.2.1", 4000)}
    assert client_address(scope, {b"x-forwarded-for": forwarded.encode()}, proxies) == expected


def test_django_gets_the_believed_address():
    async def story(visit):
        await visit("/plain", x_forwarded_for="1.1.1.1, 2.2.2.2")
        assert visit.town.environ["REMOTE_ADDR"] == "2.2.2.2"

    alone(story, Visitor(proxies=1))


@pytest.mark.parametrize("https, scheme", [(True, "https"), (False, "http")])
def test_a_visitor_cannot_say_by_a_header_that_the_line_is_safe(https, scheme):
    async def story(visit):
        await visit("/plain", x_forwarded_proto="http" if https else "https")
        assert visit.town.environ["HTTP_X_FORWARDED_PROTO"] == visit.town.environ["wsgi.url_scheme"] == scheme

    alone(story, Visitor(https=https))


@played
async def test_a_header_with_an_underscore_does_not_pass_for_one_with_a_hyphen(visit):
    scope = {"type": "http", "method": "GET", "path": "/plain", "query_string": b"", "http_version": "1.1",
             "headers": [(b"x_secret", b"1"), (b"host", b"t")]}  # fmt: skip

    async def nothing(*_):
        return {"type": "http.request"}

    await visit.front(scope, nothing, nothing)
    assert "HTTP_X_SECRET" not in visit.town.environ


@played
async def test_a_chinese_address_arrives_whole(visit):
    await visit("/议事室")
    assert visit.town.environ["PATH_INFO"].encode("latin1").decode() == "/议事室"


@played
async def test_an_error_in_a_page_is_an_answer_not_a_broken_line(visit):
    visit.town.meanwhile = lambda: 1 / 0
    assert (await visit("/plain")).status == 500


@played
async def test_a_request_that_is_too_long_is_refused(visit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mashangyi.config.front.bridge.LONGEST_REQUEST", 10)
        assert (await visit("/plain", method="POST", body=b"x" * 11)).status == 413
    assert visit.town.drawn == 0


@played
async def test_a_long_stream_arrives_whole_with_its_length(visit):
    chunks = [b"x" * 400_000] * 5
    visit.town.stream = chunks
    answer = await visit("/plain")
    assert answer.body == b"".join(chunks) and answer.headers[b"content-length"] == b"2000000"


@played
async def test_a_length_that_django_gave_is_not_told_twice(visit):
    visit.town.lengths = [("Content-Length", "7")]
    for accepted in ("gzip", "identity"):
        answer = await visit("/plain", accept_encoding=accepted)
        assert [value for name, value in answer.raw if name == b"content-length"] == [
            b"%d" % len(answer.body)
        ]


chosen = st.sampled_from(["", "en", "zh-hans", "fr", "EN"])
accepted = st.sampled_from(["en", "en-GB,en;q=0.8", "en,zh;q=0.5", "zh-CN", "de,en", "", "EN-us", "zh-TW,en"])


@given(chosen, accepted)
def test_the_front_and_django_agree_on_the_language(cookie, header):
    request = RequestFactory().get("/", headers={"accept-language": header})
    if cookie:
        request.COOKIES["lang"] = cookie
    language(lambda request: None)(request)
    headers = {
        b"accept-language": header.encode(),
        **({b"cookie": f"lang={cookie}".encode()} if cookie else {}),
    }
    scope = {"method": "GET", "path": "/", "query_string": b""}
    assert page_key(scope, headers)[3] == request.LANGUAGE_CODE


# --- turns ---------------------------------------------------------------------------------------


class Drawing:
    """What a page does while it is drawn; `most` is how many were drawn at once."""

    def __init__(self, first=lambda: None):
        self.now = self.most = self.begun = 0
        self.first = first

    def __call__(self):
        self.now, self.begun = self.now + 1, self.begun + 1
        self.most = max(self.most, self.now)
        if self.begun == 1:
            self.first()
        time.sleep(0.001)
        self.now -= 1


@played
async def test_pages_are_drawn_one_after_the_other(visit):
    visit.town.meanwhile = drawing = Drawing()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bridge, "ALONE", 60)
        await asyncio.gather(*(visit("/plain") for _ in range(8)))
    assert (drawing.begun, drawing.most) == (8, 1)


@played
async def test_a_page_that_takes_long_does_not_hold_up_the_next(visit):
    others_are_done = threading.Event()
    visit.town.meanwhile = drawing = Drawing(first=lambda: others_are_done.wait(20))
    slow = asyncio.ensure_future(visit("/plain"))
    await asyncio.gather(visit("/plain"), visit("/plain"))
    assert (drawing.begun, drawing.now) == (3, 1)
    others_are_done.set()
    assert (await slow).status == 200 and not visit.front.bridge.turn.locked()
