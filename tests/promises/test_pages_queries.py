"""A page asks the database a dozen questions at most, and no more of them when there is more to show."""

import json

import pytest

from tests.server import Site

from .pages import PAGES

MOST = 12
# Pages on which growing shows, one of each kind: desks, a meeting, a topic, a task, a room.
GROWN = (
    "clerk /desk/", "reviewer /desk/", "convener /desk/",
    "anyone /m/<int:meeting_id>/ meeting", "anyone /t/<str:number>/ meeting", "anyone /t/<str:number>/suggest/ meeting",
    "unit-officer /desk/tasks/<int:task_id>/ pleaded", "city-admin /desk/places/<int:room_id>/ room",
)  # fmt: skip
COUNT = "import json\nfrom tests.promises.counting import counts\nprint(json.dumps(counts()))"


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """What every page asked, before and after the town has grown."""
    site = Site(tmp_path_factory.mktemp("counted") / "data")
    site.prepare("--demo")
    return json.loads(site.run(COUNT).splitlines()[-1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_asks_a_dozen_questions_at_most(counted, page):
    assert [seen["status"] for seen in counted[page.name]] == [page.status] * 2
    assert max(seen["queries"] for seen in counted[page.name]) <= MOST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_asks_no_more_when_there_is_more(counted, page):
    before, after = counted[page.name]
    assert after["queries"] <= before["queries"]


@pytest.mark.parametrize("name", GROWN)
def test_there_is_more_to_show(counted, name):
    """Or the two counts would be of the same page twice."""
    before, after = counted[name]
    assert after["shown"] > before["shown"]
