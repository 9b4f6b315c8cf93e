"""Every component and the home page as anyone may meet them: both lights, sizes and languages."""

import pytest

from .browsing import faults, too_wide, unreachable, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/", "/components/", "/no-such-page/"]
WAYS = {
    "light": {},
    "dark": {"dark": True},
    "chosen dark": {"theme": "dark"},
    "elder": {"elder": "1"},
    "elder dark": {"elder": "1", "dark": True},
    "english": {"lang": "en"},
    "wide": {"width": 1440},
    "narrow": {"width": 320},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser, live_server, path, way):
    page = visit(browser, live_server.url, path, **way)
    assert faults(page) == []
    page.context.close()


@pytest.mark.parametrize("way", ["light", "dark"])
@pytest.mark.parametrize("tone", ["", "main", "danger", "quiet"])
def test_what_opens_in_place_is_read_as_well_when_it_is_open(browser, live_server, tone, way):
    page = visit(browser, live_server.url, "/components/", **WAYS[way])
    page.evaluate("tone => { const one = document.querySelector('details.confirm'); one.open = true;"
                  " one.querySelector('summary').className = 'btn ' + tone }", tone)  # fmt: skip
    assert faults(page) == []
    page.context.close()


@pytest.mark.parametrize("elder", ["0", "1"])
@pytest.mark.parametrize("width", [320, 360, 720, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(browser, live_server, path, width, elder):
    page = visit(browser, live_server.url, path, width=width, elder=elder)
    assert too_wide(page) <= 0
    page.context.close()


@pytest.mark.parametrize(("elder", "smallest"), [("0", 44), ("1", 60)])
def test_a_finger_reaches_every_control(browser, live_server, elder, smallest):
    page = visit(browser, live_server.url, "/", elder=elder)
    assert unreachable(page, smallest) == []
    page.context.close()


def test_the_elder_version_is_set_in_eighteen_points_at_least(browser, live_server):
    page = visit(browser, live_server.url, "/", elder="1")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 24  # 18 pt
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.note')).fontSize)") >= 18
    page.context.close()


def test_the_type_grows_with_the_readers_own_setting(browser, live_server):
    page = visit(browser, live_server.url, "/")
    grown = page.evaluate("document.documentElement.style.fontSize = '200%',"
                          " document.documentElement.scrollWidth - innerWidth")  # fmt: skip
    assert grown <= 0
    page.context.close()


def test_the_first_tab_leads_past_the_frame(browser, live_server):
    page = visit(browser, live_server.url, "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_the_switch_to_the_elder_version_works_without_javascript(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/components/?family=open")
    page.click("button[name=elder]")
    assert page.url.endswith("/components/?family=open")
    assert page.locator("html.elder").count() == 1
    context.close()


def test_what_is_typed_wrong_is_told_before_it_is_sent_again(browser, live_server):
    page = visit(browser, live_server.url, "/components/")
    field = page.locator("textarea[aria-invalid=true]")
    beside = page.locator("#" + field.get_attribute("aria-describedby").split()[0])
    assert beside.inner_text().strip()
    page.context.close()


@pytest.mark.parametrize("chosen", ["", "dark"])
def test_paper_is_white_even_when_the_screen_is_dark(browser, live_server, chosen):
    page = visit(browser, live_server.url, "/components/", dark=True, theme=chosen)
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert not page.locator(".foot").is_visible()
    page.context.close()
