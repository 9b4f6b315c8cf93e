"""What the small scripts do, in a real browser, on pages made for it."""

from io import BytesIO

import pytest
from PIL import Image

from mashangyi.config.front.live import event
from mashangyi.doors.web.jinja import static

from .browsing import visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trial(browser, live_server):
    """trial(html) opens a page of our site that holds this HTML and page.js, as base.html calls it."""
    page = visit(browser, live_server.url, "/")
    further = " ".join(f'data-{name}="{static(f"{name}.js")}"' for name in ("live", "keys", "similar"))
    script = f'<script src="{static("page.js")}" {further} defer></script>'

    def opened(html: str, lang: str = "zh-Hans"):
        whole = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><body>{html}{script}</body></html>'
        page.route("**/trial/", lambda route: route.fulfill(body=whole, content_type="text/html"))
        page.goto(live_server.url + "/trial/")
        return page

    yield opened
    page.context.close()


def picture(width: int, height: int) -> dict:
    buffer = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(buffer, "JPEG", quality=92)
    return {"name": "big.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


# --- sending -----------------------------------------------------------------------------------


def sent_by(page) -> list[str]:
    """Collects what is posted to /sent/; the answer leaves the page where it is."""
    posted = []

    def answer(route):
        posted.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route("**/sent/", answer)
    return posted


def test_a_second_tap_sends_nothing(trial):
    page = trial('<form method="post" action="/sent/" data-once><button class="btn">提交</button></form>')
    posted = sent_by(page)
    page.locator("button").dispatch_event("click")
    page.locator("button").dispatch_event("click")
    page.wait_for_timeout(200)
    assert len(posted) == 1
    assert page.locator("button").get_attribute("aria-busy") == "true"


CHOICE = '<form method="post" action="/sent/" data-once><button name="way" value="b">乙</button></form>'


def test_the_button_that_was_pressed_is_still_told(trial):
    page = trial(CHOICE)
    posted = sent_by(page)
    page.locator("button").dispatch_event("click")
    page.wait_for_timeout(200)
    assert posted == ["way=b"]


ONCE = """<form method="post" action="/sent/" data-once><input name="words" value="路灯">
<input type="hidden" name="once" data-once-word><button class="btn">提交</button></form>"""
AGAIN = "dispatchEvent(new Event('pageshow'))"


def test_the_same_words_sent_again_carry_the_same_word_and_other_words_another(trial):
    page = trial(ONCE)
    posted = sent_by(page)
    for words in ("路灯", "路灯", "井盖"):
        page.fill("[name=words]", words)
        page.locator("button").dispatch_event("click")
        page.wait_for_timeout(100)
        page.evaluate(AGAIN)
    first, second, third = (post.split("once=")[1] for post in posted)
    assert first == second != third
    assert len(first) == 20


def test_the_word_is_known_again_to_whoever_comes_back_within_an_hour(trial):
    def word(page, words, hours=0):
        posted = sent_by(page)
        page.evaluate("h => { const now = Date.now; Date.now = () => now() + h * 36e5 }", hours)
        page.fill("[name=words]", words)
        page.locator("button").dispatch_event("click")
        page.wait_for_timeout(100)
        return posted[0].split("once=")[1]

    first = word(trial(ONCE), "路灯")
    assert word(trial(ONCE), "路灯") == first
    assert word(trial(ONCE), "井盖") != first
    again = word(trial(ONCE), "路灯")
    assert word(trial(ONCE), "路灯", hours=2) != again


POSTS = """<form method="post" action="/sent/"><select name="post" data-submit><option>1<option>2</select>
<button data-hide>换</button></form>"""


def test_a_chosen_post_is_sent_at_once(trial):
    page = trial(POSTS)
    posted = sent_by(page)
    assert not page.locator("button").is_visible()
    page.select_option("select", "2")
    page.wait_for_timeout(200)
    assert posted == ["post=2"]


# --- photos ------------------------------------------------------------------------------------

PHOTOS = """<form method="post" action="/sent/" enctype="multipart/form-data" data-once>
<input type="file" name="photos" accept="image/*" multiple data-photos><div class="previews"></div>
<button class="btn">提交</button></form>"""
KEPT = """async () => Promise.all([...document.querySelector('input').files].map(async f =>
[(await createImageBitmap(f)).width, (await createImageBitmap(f)).height, f.size]))"""


def test_a_photo_is_made_small_before_it_is_sent(trial):
    page = trial(PHOTOS)
    big = picture(3200, 2400)
    page.set_input_files("input[type=file]", big)
    page.wait_for_selector(".previews img")
    ((width, height, size),) = page.evaluate(KEPT)
    assert (width, height) == (1600, 1200)
    assert size < len(big["buffer"])


def test_photos_are_added_one_by_one_and_can_be_taken_back(trial):
    page = trial(PHOTOS)
    for _ in range(2):
        page.set_input_files("input[type=file]", picture(60, 40))
        page.wait_for_timeout(300)
    assert page.locator(".previews img").count() == 2
    page.locator(".previews button").first.click()
    assert len(page.evaluate(KEPT)) == 1


def test_more_than_twelve_photos_are_left_out_and_it_is_said(trial):
    page = trial(PHOTOS)
    page.set_input_files("input[type=file]", [picture(20, 20)] * 13)
    page.wait_for_selector(".previews .note")
    assert len(page.evaluate(KEPT)) == 12
    page.locator(".previews button").first.click()
    assert len(page.evaluate(KEPT)) == 11 and page.locator(".previews .note").count() == 0


def test_a_form_waits_for_its_photos(trial):
    page = trial(PHOTOS)
    posted = sent_by(page)
    page.set_input_files("input[type=file]", picture(3200, 2400))
    page.locator("button.btn").dispatch_event("click")
    page.wait_for_selector(".previews img")
    page.wait_for_timeout(500)
    assert len(posted) == 1


# --- live --------------------------------------------------------------------------------------

LIVE = '<div data-live-scope="topic:12"></div><p id="state" data-live>{}</p><input id="typing">'


def listening(page, url: str, body: str) -> list:
    asked = []
    page.route("**/live/**", lambda route: (asked.append(route.request.url), route.fulfill(
        body=body, headers={"content-type": "text/event-stream"})))  # fmt: skip
    return asked


def test_when_the_journal_moves_the_page_shows_it(trial, live_server):
    page = trial("")
    asked = listening(page, live_server.url, event(2, "topic.verify").decode())
    page = trial(LIVE.format("等待受理"))
    page.fill("#typing", "还在写")
    fresh = f'<html><meta charset="utf-8"><body>{LIVE.format("已受理")}</body></html>'
    page.route("**/trial/", lambda route: route.fulfill(body=fresh, content_type="text/html"))
    page.wait_for_function("document.querySelector('#state').textContent === '已受理'")
    assert asked[0].endswith("/live/topic:12")
    assert page.input_value("#typing") == "还在写"


def moves_on(trial, live_server, before: str, after: str, typed=lambda page: None):
    """A page at which the journal moves once somebody has done something on it; `after` is what it asks for then."""
    page, waiting = trial(""), []
    page.route("**/live/**", lambda route: waiting.append(route))
    page = trial(before)
    page.wait_for_timeout(200)
    typed(page)
    whole = f'<html><meta charset="utf-8"><body>{after}<i id="arrived"></i></body></html>'
    page.route("**/trial/", lambda route: route.fulfill(body=whole, content_type="text/html"))
    with page.expect_response("**/trial/"):
        waiting[0].fulfill(body="data: {}\n\n", headers={"content-type": "text/event-stream"})
    page.wait_for_timeout(200)
    return page


WATCHED = '<div data-live-scope="topic:12" data-live-state="{}"></div><p data-live-news hidden>新的一步</p>'
PARTS = """<section id="a" data-live>{}<details><summary>记一条</summary><textarea id="words"></textarea></details></section>
<section id="b" data-live>{}</section>"""


def unfolded(page, words: str = ""):
    page.click("summary")
    page.fill("#words", words)
    page.evaluate("document.activeElement.blur()")


@pytest.mark.parametrize(("words", "shown"), [("写了一半", "一"), ("", "二")], ids=["typed", "empty"])
def test_what_was_typed_and_folded_open_stays_when_others_go_on(trial, live_server, words, shown):
    before, after = (WATCHED.format("open") + PARTS.format(n, n) for n in "一二")
    page = moves_on(trial, live_server, before, after, lambda page: unfolded(page, words))
    assert page.inner_text("#b") == "二" and page.inner_text("#a").startswith(shown)
    assert page.input_value("#words") == words and page.get_attribute("#a details", "open") is not None


def test_a_mistake_that_is_being_read_is_not_swapped_away(trial, live_server):
    wrong = '<section id="a" data-live><p role="alert">六位数不对</p></section>'
    page = moves_on(trial, live_server, WATCHED.format("open") + wrong, WATCHED.format("open") + PARTS.format("二", ""))
    assert page.inner_text("#a") == "六位数不对"


def test_a_page_with_other_forms_by_now_is_opened_anew_unless_somebody_is_writing(trial, live_server):
    before, after = (WATCHED.format(state) + '<input id="writing">' for state in ("planned", "open"))
    page = moves_on(trial, live_server, before, after)
    page.wait_for_selector("#arrived", state="attached")
    page = moves_on(trial, live_server, before, after, lambda page: page.fill("#writing", "写了一半"))
    assert page.is_visible("[data-live-news]") and page.input_value("#writing") == "写了一半"


def test_a_page_that_nobody_watches_asks_for_nothing(trial, live_server):
    page = trial("")
    asked = listening(page, live_server.url, "")
    page = trial("<p>没有</p>")
    page.wait_for_timeout(200)
    assert asked == []


# --- keys --------------------------------------------------------------------------------------

DESK = """<nav class="pile"><a class="item" href="#1">一</a><a class="item" href="#2">二</a></nav>
<a id="merge" data-key="m" href="#merged">并入<kbd>M</kbd></a><input id="typing">"""


def test_a_key_presses_its_button_but_not_while_typing(trial):
    page = trial(DESK)
    page.wait_for_selector("script[src*=keys]", state="attached")
    page.wait_for_timeout(200)
    page.focus("#typing")
    page.keyboard.press("m")
    assert not page.url.endswith("#merged") and page.input_value("#typing") == "m"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("m")
    assert page.url.endswith("#merged")


def test_j_and_k_walk_the_list(trial):
    page = trial(DESK)
    page.wait_for_timeout(300)
    seen = []
    for key in "jjk":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.textContent"))
    assert seen == ["一", "二", "一"]


def test_a_question_mark_lists_the_keys(trial):
    page = trial(DESK)
    page.wait_for_timeout(300)
    page.keyboard.press("?")
    assert "并入" in page.inner_text("dialog")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")


# --- while typing --------------------------------------------------------------------------------


def test_neighbours_matters_are_looked_for_when_typing_pauses(trial):
    page = trial('<textarea data-similar-url="/near/"></textarea><div id="similar"></div>')
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(body="<p>工地噪声</p>", content_type="text/html")

    page.route("**/near/**", answer)
    page.wait_for_timeout(200)
    page.locator("textarea").press_sequentially("工地夜里打桩", delay=30)
    page.wait_for_selector("#similar p")
    assert len(asked) == 1 and "words=" in asked[0]


@pytest.mark.parametrize(("lang", "words"), [("zh-Hans", "还剩 2 天"), ("en", "2 days left")])
def test_time_left_stays_true(trial, lang, words):
    page = trial("")
    page.clock.install()
    page = trial('<time data-left id="t"></time>', lang)
    page.evaluate("t.dateTime = new Date(Date.now() + 50 * 36e5).toISOString()")
    page.clock.run_for(31_000)
    assert page.inner_text("#t") == words


# --- the desk ----------------------------------------------------------------------------------


def test_a_desk_fills_the_window_and_nothing_hidden_makes_it_longer(trial):
    column = '<div class="work"><div style="height:3000px"></div><input class="sr" type="file"></div>'
    page = trial(f'<link rel="stylesheet" href="{static("mashangyi.css")}"><main><div class="columns">{column}</div></main>')
    page.set_viewport_size({"width": 1440, "height": 900})
    page.evaluate("document.body.className = 'desk'")
    assert page.evaluate("document.documentElement.scrollHeight") == 900
