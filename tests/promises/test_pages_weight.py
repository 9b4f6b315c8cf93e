"""What a first visit costs over the wire, as the browser itself counts it: page, style, scripts, mark.

Photos are what people came to see; they are not counted. Nothing comes from any other site.
"""

import pytest

from mashangyi.doors.web.tests.browsing import chromium

from .pages import Page

KB = 1000
VISITS = {
    "scan": (Page("s/<slug:short>/", "", "code"), 40 * KB),
    "home": (Page(""), 60 * KB),
    "topic": (Page("t/<str:number>/", "", "solved"), 60 * KB),
}
# Bytes on the wire, headers too, of everything but photos. The mark is asked for here: no screen, no tab to show it.
WEIGH = """async () => {
  await fetch(document.querySelector("link[rel=icon]").href, {cache: "reload"});
  await new Promise(done => setTimeout(done, 100));
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return all.filter(one => !one.name.includes("/photos/")).map(one => [one.name, one.transferSize, one.decodedBodySize]);
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize("name", VISITS)
def test_a_first_visit_is_light(browser, standing, name):
    page, most = VISITS[name]
    context, asked = browser.new_context(locale="zh-CN"), []
    tab = context.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(standing.url + page.path(standing.found))
    weighed = tab.evaluate(WEIGH)
    context.close()

    assert [url for url in asked if not url.startswith((standing.url, "data:"))] == []
    assert all(any(kind in name for name, _size, _body in weighed) for kind in (".css", ".js?", ".svg"))
    assert sum(size for _name, size, _body in weighed) <= most
    # It was packed on its way: what the browser unpacked is larger than what came.
    assert sum(body for _name, _size, body in weighed) > sum(size for _name, size, _body in weighed)
