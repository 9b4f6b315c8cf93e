"""A post reaches its own place: a neighbour whose code only begins alike is not in it."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize(("mine", "theirs"), [("320830", "320831004003"), ("320812010", "320812011003")])
def test_the_reviewer_of_one_place_does_not_read_the_case_of_its_neighbour(client, mine, theirs):
    topic = make.topic(make.room(place=theirs))
    client.force_login(make.post("reviewer", place=mine).person, backend=BACKEND)
    assert client.get(f"/desk/review/{topic.number}/").status_code == 403
