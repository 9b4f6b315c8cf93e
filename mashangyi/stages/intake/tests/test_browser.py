"""Intake in a real browser: what script adds, that nothing needs it, and that mistakes are for everyone to read."""

import pytest
from django.conf import settings

from mashangyi.doors.web.tests.browsing import faults, too_wide, unreachable, visit
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.places.actions import revoke_code
from mashangyi.stages.intake.models import Report
from mashangyi.topic.models import Topic
from tests import factories

from . import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = {"phone": {}, "dark": {"dark": True}, "elder": {"elder": "1", "width": 320}, "english": {"lang": "en", "width": 320}}


@pytest.fixture
def code():
    return make.code(spot="东门")


def photo() -> dict:
    return {"name": "路灯.jpg", "mimeType": "image/jpeg", "buffer": make.picture().read()}


def is_for_everyone(page) -> None:
    assert faults(page) == []
    assert too_wide(page) <= 0
    assert unreachable(page, 44) == []


@pytest.mark.parametrize("elder", ["0", "1"])
def test_without_script_words_and_photo_become_a_receipt(browser, live_server, code, elder):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "elder", "value": elder, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/s/{code.short}/")
    page.get_by_label("您想反映什么？").fill("路灯不亮")
    page.set_input_files("input[name=photos]", photo())
    page.get_by_role("button", name="提交").click()
    report = Report.objects.get()
    assert page.locator(".big-number").inner_text() == report.number
    assert page.url.startswith(f"{live_server.url}/r/{report.number}/")
    assert Photo.objects.filter(subject=report.subject).count() == 1
    page.get_by_text("撤回这次反映").click()
    page.get_by_role("button", name="确定撤回").click()
    assert "您已撤回" in page.inner_text("main")
    context.close()


def test_two_taps_and_going_back_make_one_report(browser, live_server, code):
    page = visit(browser, live_server.url, f"/s/{code.short}/")
    page.get_by_label("您想反映什么？").fill("路灯不亮")
    page.get_by_role("button", name="提交").dblclick()
    page.wait_for_url("**/r/L*/**")
    first = page.url
    page.go_back()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/r/L*/**")
    assert page.url == first and Report.objects.count() == 1
    page.context.close()


def test_what_neighbours_said_appears_while_typing_and_one_tap_joins_it(browser, live_server, code):
    topic = make.public(code.room)
    page = visit(browser, live_server.url, f"/s/{code.short}/")
    page.get_by_label("您想反映什么？").press_sequentially("东门的路灯不亮了")
    page.get_by_role("button", name="我也遇到").click()
    page.wait_for_url("**/r/L*/**")
    assert Topic.objects.get() == topic and Report.objects.order_by("-id").first().joined
    page.context.close()


def test_two_neighbours_with_like_phones_behind_one_address_get_a_receipt_each(browser, live_server, code):
    topic, receipts = make.public(code.room), []
    for _neighbour in range(2):
        page = visit(browser, live_server.url, f"/t/{topic.number}/")
        page.get_by_role("button", name="我也遇到").click()
        page.wait_for_url("**/r/L*/**")
        receipts.append(page.url)
        page.context.close()
    assert receipts[0] != receipts[1] and Report.objects.filter(joined=True).count() == 2


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_mistake_is_the_first_thing_read_and_leads_to_its_field(browser, live_server, code, way):
    page = visit(browser, live_server.url, f"/s/{code.short}/", **way)
    page.fill("#id_words", "路灯不亮")
    page.fill("#id_phone", "12345")
    page.set_input_files("input[name=photos]", photo())
    page.locator(".bar button").click()
    page.wait_for_selector("[data-focus]:focus")
    is_for_everyone(page)
    assert page.input_value("#id_words") == "路灯不亮" and page.input_value("#id_phone") == "12345"
    page.locator("[data-focus] a").click()
    assert page.evaluate("document.querySelector(':target').id") == "id_phone"
    page.context.close()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_words_typed_at_a_code_that_was_just_revoked_go_on_with_one_tap(browser, live_server, code, way):
    make.code(code.room)
    page = visit(browser, live_server.url, f"/s/{code.short}/", **way)
    page.fill("#id_words", "路灯不亮")
    revoke_code(code, "公告栏拆了", by=SYSTEM)
    page.locator(".bar button").click()
    page.wait_for_selector("textarea[name=words]:not(#id_words)")
    is_for_everyone(page)
    page.locator("form:has(textarea) button").click()
    page.wait_for_url("**/r/L*/**")
    assert Report.objects.get().words == "路灯不亮"
    page.context.close()


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(
    ("role", "path"),
    [("reviewer", "/desk/set-topic/"), ("convener", "/desk/set-topic/"), ("member", "/desk/propose/"), ("clerk", "/desk/file/")],
)  # fmt: skip
def test_the_forms_of_posts_fit_the_window_with_notices_waiting(browser, live_server, client, code, role, path, width, monkeypatch):
    monkeypatch.setattr("mashangyi.doors.web.jinja.unseen", lambda actor: 3)
    where = {"room": code.room} if role in {"convener", "clerk"} else {"place": code.room.place}
    make.enter(client, factories.actor(role, **where))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = visit(browser, live_server.url, path, width=width, sessionid=session)
    page.locator("button.main").click()  # the browser itself asks for the words
    assert page.url.endswith(path)
    assert faults(page) == [] and too_wide(page) <= 0
    page.context.close()
