"""A page asks the database a dozen questions at most, and no more of them when there is more to show."""

import json

import pytest

from tests.server import Site

from .pages import PAGES

MOST = 12
COUNT = "import json\nfrom tests.promises.counting import counts\nprint(json.dumps(counts()))"


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Queries of every page, before and after the town has grown."""
    site = Site(tmp_path_factory.mktemp("counted") / "data")
    site.prepare("--demo")
    return json.loads(site.run(COUNT).splitlines()[-1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_asks_a_dozen_questions_at_most(counted, page):
    assert max(counted[page.name]) <= MOST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_asks_no_more_when_there_is_more(counted, page):
    before, after = counted[page.name]
    assert after <= before
