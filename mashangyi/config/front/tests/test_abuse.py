"""What a stranger tries on the front: to spoil a kept page, to fill the memory, to take all the places."""

import asyncio

import pytest
from django.test import RequestFactory

from mashangyi.config.front import bridge
from mashangyi.config.front import live as watching
from mashangyi.config.front.visit import headers_of, page_key
from mashangyi.doors.web.middleware import language

from .test_live import Listener, settled
from .visits import Visitor, alone, played


def key(path=b"/room", **headers):
    pairs = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    scope = {"method": "GET", "path": path.decode(), "raw_path": path, "query_string": b"", "headers": pairs}
    return page_key(scope, headers_of(scope))


def django_sees(**meta):
    """Language and looks as Django finds them: what the network brings is bytes in Latin-1 there."""
    request = RequestFactory().get("/", **{name: value.decode("latin1") for name, value in meta.items()})
    language(lambda request: None)(request)
    return request.LANGUAGE_CODE, request.elder, request.theme


# --- kept pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", [
    b"lang=en", b"\xa0lang=en", b"lang=en\x85", b"lang=\"en\"", b"lang=zh-hans; lang=en", b"elder=1; elder=2",
    b"elder= 1", b"theme=dark ", b"theme=pink", b"Lang=en", b"\xc2\xa0lang=en",
])  # fmt: skip
def test_the_front_keeps_a_page_under_the_looks_that_django_drew(cookie):
    found = key(cookie=cookie)
    assert found is None or found[3:] == django_sees(HTTP_COOKIE=cookie)


def test_two_languages_asked_for_at_once_spoil_neither_page():
    scope = {"headers": [(b"accept-language", b"zh"), (b"accept-language", b"en")]}
    assert headers_of(scope)[b"accept-language"] == b"zh,en"
    assert key(accept_language=b"zh,en")[3:] == django_sees(HTTP_ACCEPT_LANGUAGE=b"zh,en")


def test_an_address_written_twice_by_proxies_is_read_whole():
    scope = {"headers": [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"203.0.113.9")]}
    assert headers_of(scope)[b"x-forwarded-for"] == b"6.6.6.6,203.0.113.9"


def test_a_key_is_no_longer_than_a_page_is_worth():
    assert key(b"/room") and key(b"/" + b"a" * 1000) is None
    assert key(b"/room", host=b"h" * 1000) is None
    assert key(b"/room", cookie=b"elder=" + b"9" * 60_000) == key(b"/room")


@pytest.mark.parametrize(
    "cookie", ["sessionid=1", "lang=en; sessionid=1", "m12=token", "csrftoken=x", "other"]
)
def test_a_visit_with_any_other_cookie_never_meets_a_kept_page(cookie):
    @played
    async def story(visit):
        await visit("/room")
        await visit("/room", cookie=cookie)
        assert visit.town.drawn == 2

    story()


# --- requests ------------------------------------------------------------------------------------


def sent_in(pieces, visit):
    """What becomes of a request whose body comes as these messages."""
    sent, waiting = [], iter(pieces)
    scope = {"type": "http", "method": "POST", "path": "/plain", "query_string": b"", "headers": [],
             "http_version": "1.1", "client": ("192.0.2.1", 1), "server": ("t", 80)}  # fmt: skip

    async def receive():
        message = next(waiting, None)
        return message or await asyncio.sleep(3600)

    async def send(message):
        sent.append(message)

    async def story():
        await visit.front(scope, receive, send)
        return sent[0]["status"]

    return story()


def piece(body: bytes, more: bool = True) -> dict:
    return {"type": "http.request", "body": body, "more_body": more}


@played
async def test_a_request_that_ends_in_the_middle_is_not_taken_for_a_shorter_one(visit):
    assert await sent_in([piece(b"words=half of wh"), {"type": "http.disconnect"}], visit) == 400
    assert visit.town.drawn == 0 and visit.front.bridge.under_way == 0


@played
async def test_a_request_that_never_ends_is_given_up(visit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bridge, "SLOWEST", 0.01)
        assert await sent_in([piece(b"words=")], visit) == 408
    assert visit.town.drawn == 0 and visit.front.bridge.under_way == 0


@played
async def test_many_large_requests_at_once_do_not_fill_the_disk(visit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bridge, "MOST_UNDER_WAY", 1000)
        one = asyncio.ensure_future(sent_in([piece(b"x" * 800)], visit))
        await settled()
        assert await sent_in([piece(b"x" * 300)], visit) == 503
        one.cancel()
        await asyncio.gather(one, return_exceptions=True)
        assert visit.front.bridge.under_way == 0
        assert await sent_in([piece(b"x" * 300, more=False)], visit) == 200
    assert visit.front.bridge.under_way == 0


@pytest.mark.parametrize("address, status", [("/live/person:4", 404), ("/plain", 500)])
def test_what_the_front_says_itself_runs_nothing_and_is_kept_by_nobody(address, status):
    async def story(visit):
        visit.town.meanwhile = lambda: 1 / 0
        answer = await visit(address)
        assert answer.status == status and answer.headers[b"x-content-type-options"] == b"nosniff"
        assert answer.headers[b"cache-control"] == b"no-store"
        assert answer.headers[b"content-security-policy"] == b"default-src 'none'"

    alone(story, Visitor())


# --- live ----------------------------------------------------------------------------------------


@played
async def test_one_address_does_not_take_all_the_places_of_those_who_listen(visit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching, "SHARE", 2)
        ears = [Listener(visit, "city", client=address) for address in ("6.6.6.6",) * 3 + ("203.0.113.9",)]
        await settled()
        assert [ear.status for ear in ears] == [200, 200, 503, 200]
        await ears[0].leave()
        ears.append(Listener(visit, "city", client="6.6.6.6"))
        await settled()
        assert ears[-1].status == 200
        for ear in (ears[1], ears[3], ears[4]):
            await ear.leave()
    assert visit.front.live.count == 0 and not visit.front.live.held


@pytest.mark.parametrize("last", ["9" * 30, "9" * 5000, "²", "-1", "1,2"])
def test_an_odd_last_event_is_no_error(last):
    @played
    async def story(visit):
        ear = Listener(visit, "city", last=last)
        await settled()
        assert ear.status == 200
        await ear.leave()

    story()
