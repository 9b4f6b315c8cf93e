"""Nobody sees an old page, and nobody sees a page that was drawn for somebody else."""

import asyncio
import gzip
import time

import pytest

from mashangyi.config.front import cache as keeping
from mashangyi.config.front.answer import Answer
from mashangyi.config.front.cache import Cache, Page

from .visits import Visitor, alone, played


@played
async def test_an_unchanged_page_is_drawn_once(visit):
    first, second = await visit("/room"), await visit("/room")
    assert first.body == second.body and visit.town.drawn == 1


@played
async def test_while_nothing_at_all_happened_the_journal_is_asked_only_once(visit):
    for _n in range(5):
        await visit("/room")
    assert visit.journal.asked == 1


@played
async def test_a_deed_between_two_visits_gives_a_new_page(visit):
    before = await visit("/room")
    visit.journal.deed("room:3")
    after = await visit("/room")
    assert before.body != after.body and visit.town.drawn == 2


@played
async def test_a_deed_elsewhere_leaves_the_page_as_it_is(visit):
    await visit("/room")
    visit.journal.deed("room:4")
    await visit("/room")
    assert visit.town.drawn == 1


@played
async def test_a_deed_while_the_page_is_drawn_makes_it_be_drawn_again(visit):
    visit.town.meanwhile = lambda: visit.journal.deed("room:3")
    await visit("/room")
    visit.town.meanwhile = lambda: None
    page = await visit("/room")
    assert visit.town.drawn == 2 and page.body.startswith(b"1 ")


@played
async def test_a_new_minute_gives_a_new_page_because_it_tells_how_long_is_left(visit):
    await visit("/room")
    later = time.time() + keeping.SECONDS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.time, "time", lambda: later)
        await visit("/room")
    assert visit.town.drawn == 2


@played
async def test_each_look_has_its_own_page(visit):
    looks = [{}, {"cookie": "lang=en"}, {"cookie": "elder=1"}, {"cookie": "theme=dark"}]
    for look in looks * 2:
        await visit("/room", **look)
    assert visit.town.drawn == len(looks)


@played
async def test_languages_that_read_the_same_page_share_it(visit):
    for accepted in ("zh-CN,zh;q=0.9", "zh-TW", "de", ""):
        await visit("/room", accept_language=accepted)
    assert visit.town.drawn == 1


@played
async def test_another_address_or_host_is_another_page(visit):
    for path, host in (("/room", "t"), ("/room?page=2", "t"), ("/room", "u")):
        await visit(path, host=host)
    assert visit.town.drawn == 3


@pytest.mark.parametrize("header", [
    {"cookie": "sessionid=abc"}, {"cookie": "lang=en; sessionid=abc"}, {"cookie": "anything=1"},
    {"cookie": "lang=en; a=b; c"}, {"cookie": "{; sessionid=a"}, {"authorization": "Bearer x"},
    {"hx_request": "true"}, {"range": "bytes=0-1"},
])  # fmt: skip
def test_a_visit_that_may_be_someones_own_always_reaches_django(header):
    async def story(visit):
        await visit("/room")
        await visit("/room", **header)
        await visit("/room", **header)
        assert visit.town.drawn == 3 and len(visit.front.cache) == 1

    alone(story, Visitor())


@played
async def test_a_post_is_never_answered_from_memory_nor_kept(visit):
    await visit("/room")
    for _n in range(2):
        assert b"hello" in (await visit("/room", method="POST", body=b"hello")).body
    assert visit.town.drawn == 3


@played
async def test_a_page_that_sets_a_cookie_is_not_kept(visit):
    visit.town.cookies = ["csrftoken=1"]
    await visit("/room")
    assert len(visit.front.cache) == 0


@played
async def test_scans_of_a_code_are_counted_though_the_page_comes_from_memory(visit):
    counted = []
    visit.front.count_scan = counted.append
    for _n in range(3):
        answer = await visit("/room?code=17")
    assert counted == [17, 17] and visit.town.drawn == 1 and b"x-scan" not in answer.headers


@played
async def test_a_page_that_does_not_name_its_journal_is_not_kept(visit):
    await visit("/plain")
    await visit("/plain")
    assert visit.town.drawn == 2


@played
async def test_what_the_page_told_the_front_is_not_told_to_the_visitor(visit):
    assert b"x-journal" not in (await visit("/room")).headers
    assert b"x-journal" not in (await visit("/room", cookie="sessionid=1")).headers


@played
async def test_whoever_has_the_page_is_told_that_it_still_holds(visit):
    page = await visit("/room")
    again = await visit("/room", if_none_match=page.headers[b"etag"].decode())
    assert (again.status, again.body) == (304, b"")
    visit.journal.deed("room:3")
    changed = await visit("/room", if_none_match=page.headers[b"etag"].decode())
    assert changed.status == 200


@played
async def test_the_tag_of_one_language_does_not_pass_for_another(visit):
    page = await visit("/room")
    other = await visit("/room", cookie="lang=en", if_none_match=page.headers[b"etag"].decode())
    assert other.status == 200 and other.headers[b"etag"] != page.headers[b"etag"]


@played
async def test_a_page_is_packed_for_those_who_accept_it_and_plain_for_the_others(visit):
    packed = await visit("/room", accept_encoding="gzip, br")
    plain = await visit("/room")
    assert packed.headers[b"content-encoding"] == b"gzip" and len(packed.body) < len(plain.body) / 5
    assert gzip.decompress(packed.body) == plain.body and b"content-encoding" not in plain.headers
    assert b"accept-encoding" in packed.headers[b"vary"].lower()


@played
async def test_head_gives_the_headers_alone(visit):
    page = await visit("/room")
    head = await visit("/room", method="HEAD")
    assert head.body == b"" and head.headers[b"content-length"] == page.headers[b"content-length"]


@played
async def test_a_hundred_who_want_a_changed_page_wait_for_one_drawing(visit):
    await visit("/room")
    visit.journal.deed("room:3")
    pages = await asyncio.gather(*(visit("/room") for _n in range(100)))
    assert visit.town.drawn == 2 and {page.body[:2] for page in pages} == {b"1 "}


@played
async def test_when_the_journal_cannot_be_asked_the_page_is_drawn_anew(visit):
    await visit("/room")

    async def broken():
        raise OSError("no database")

    visit.journal.pulse = broken
    assert (await visit("/room")).status == 200 and visit.town.drawn == 2


def test_memory_is_bounded_and_the_longest_unused_page_goes_first():
    cache = Cache(limit=100_000)
    for number in range(50):
        cache.put(number, Page("city", "1", 1, Answer(200, [], b"x" * 8000), b""))
        cache.get(0)
    assert cache.size <= 100_000 and cache.get(0) and not cache.get(1) and len(cache) == 10


def test_one_enormous_page_does_not_drive_out_all_others():
    cache = Cache(limit=100_000)
    cache.put("small", Page("city", "1", 1, Answer(200, [], b"x"), b""))
    cache.put("huge", Page("city", "1", 1, Answer(200, [], b"x" * 50_000), b""))
    assert len(cache) == 1
