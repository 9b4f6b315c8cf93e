"""The pages of people in a real browser: for everyone who reads them, and one way from a link to a desk."""

import pytest
from django.conf import settings

from mashangyi.doors.web.tests.browsing import faults, too_wide, unreachable, visit
from mashangyi.ground.people import actions, demo_town, phone_codes
from mashangyi.ground.people.actor import SYSTEM
from tests import factories

from .factories import PASSWORD, code_now, staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = {
    "light": {},
    "dark": {"dark": True},
    "elder": {"elder": "1", "width": 320},
    "english": {"lang": "en", "width": 320},
    "wide": {"width": 1440},
    "wide dark": {"width": 1440, "dark": True},
}
PUBLIC = ["/sign-in/", "/law/", "/staff/login/"]
DESK = ["/desk/people/", "/desk/people/appoint/?role=clerk&q=长西", "/desk/units/", "/desk/units/new/"]
ACCOUNT = ["/staff/account/", "/staff/password/", "/staff/second-factor/remove/"]


def look(browser, site, path, way, session=""):
    """Nothing for axe to find, nothing wider than the window, every control within a finger's reach."""
    cookies = {settings.SESSION_COOKIE_NAME: session} if session else {}
    page = visit(browser, site, path, **way, **cookies)
    dense = way.get("width") == 1440
    assert faults(page) == []
    assert too_wide(page) <= 0
    assert unreachable(page, 24 if dense else 44) == []
    text = page.inner_text("main")
    page.context.close()
    return text


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", PUBLIC)
def test_everyone_can_use_the_public_pages(browser, live_server, path, way):
    assert look(browser, live_server.url, path, way)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_everyone_can_enter_the_code(browser, live_server, way, monkeypatch):
    monkeypatch.setattr(demo_town, "told", lambda: True)
    ticket = phone_codes.ask("+8613812345678", address="a")
    assert "138****5678" in look(browser, live_server.url, f"/sign-in/?t={ticket}", way)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_everyone_can_use_the_list_of_demo_accounts(browser, live_server, way, monkeypatch):
    post = staff("clerk")
    monkeypatch.setattr(demo_town, "accounts", lambda: [post])
    assert "长西社区" in look(browser, live_server.url, "/staff/login/", way)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", DESK + ACCOUNT)
def test_every_administrator_can_use_the_desk(browser, live_server, client, path, way):
    post = staff("city_admin")
    factories.division()
    actions.appoint("wang", "clerk", factories.room("长西议事室"), by=SYSTEM)
    actions.make_unit("区城管局", place="320812", by=SYSTEM)
    client.force_login(post.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
    session["account_authentication_methods_user"] = str(post.person_id)
    session.save()
    assert look(browser, live_server.url, path, way, session.session_key)


@pytest.mark.parametrize("way", [{}, {"width": 1440}], ids=["phone", "wide"])
def test_the_account_page_holds_together_with_everything_open(browser, live_server, client, way):
    admin, clerk = staff("city_admin"), staff("clerk")
    client.force_login(admin.person)
    page = visit(
        browser,
        live_server.url,
        f"/desk/people/{clerk.person_id}/",
        **way,
        sessionid=client.session.session_key,
    )
    for summary in page.locator("summary.btn").all():
        summary.click()
    assert faults(page) == [] and too_wide(page) <= 0
    page.context.close()


def test_from_the_first_link_to_the_desk_on_a_phone(browser, live_server):
    """The way of a real town's first administrator, and of everyone they appoint."""
    _person, url = actions.first_administrator(by=SYSTEM)
    page = visit(browser, live_server.url, url)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main .btn.main")
    page.goto(live_server.url + "/desk/people/")
    assert page.url.endswith("/staff/second-factor/")
    key = page.locator("details code").text_content()
    page.fill("[name=code]", code_now(key))
    page.click("main .btn.main")
    assert page.locator("ol b.num").count() == 10
    page.goto(live_server.url + "/desk/people/")
    assert page.locator("h1").inner_text() == "人员和岗位"
    page.context.close()


def test_a_resident_signs_in_without_javascript(browser, live_server, monkeypatch):
    codes = []
    monkeypatch.setattr(phone_codes, "send_code", lambda phone, code: codes.append(code))
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + "/sign-in/?next=/law/")
    page.fill("[name=phone]", "138 1234 5678")
    page.click("main .btn.main")
    assert context.cookies() == [], "who has not signed in yet gets no cookie"
    page.fill("[name=code]", codes[-1])
    page.click("main .btn.main")
    assert page.url.endswith("/law/")
    assert {settings.SESSION_COOKIE_NAME: True} | {c["name"]: c["httpOnly"] for c in context.cookies()} == {
        settings.SESSION_COOKIE_NAME: True,
        settings.CSRF_COOKIE_NAME: True,
    }
    context.close()
