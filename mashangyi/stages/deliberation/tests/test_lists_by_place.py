"""The number of meetings on a place's page leads to exactly the meetings of that place."""

import pytest

from mashangyi.ground.journal.deeds import deed
from mashangyi.stages.deliberation import actions, queries
from mashangyi.topic import lifecycle
from tests import factories

pytestmark = pytest.mark.django_db


@deed
def take(topic, name, *, by, **how):
    return lifecycle.move(topic, name, by=by, **how)


@pytest.fixture
def two_counties():
    """One meeting at once in 清江浦区, one in 淮安区."""
    for place in ("320812004003", "320803001001"):
        room = factories.room(place=place)
        topic = factories.topic(room)
        convener = factories.actor("convener", room=room)
        take(topic, "verify", by=convener)
        actions.meet_at_once(topic, "field", "田头", "先商量", by=convener)


@pytest.mark.parametrize(("place", "number"), [("", 2), ("3208", 2), ("320812", 1), ("320803001", 1), ("320826", 0)])
def test_meetings_are_listed_by_place(two_counties, client, place, number):
    assert len(queries.coming(place=place)) == number
    assert client.get(f"/meetings/?place={place}").content.decode().count("/m/") == number


def test_what_is_no_place_lists_the_city(two_counties, client):
    assert client.get("/meetings/?place=' OR 1=1").status_code == 200
