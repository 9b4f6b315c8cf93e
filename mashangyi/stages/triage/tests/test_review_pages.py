"""The pages of the party organisation's review, through real requests."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import today
from mashangyi.ground.people.signin import BACKEND
from tests import factories

from .. import actions
from . import factories as made
from .factories import text

pytestmark = pytest.mark.django_db
LATER = (today() + timedelta(days=30)).isoformat()


def test_the_review_page_has_the_whole_case_without_the_reporter(client, room):
    topic = made.received(room, "我姓陈，电话 13812341207，路灯不亮")
    actions.record_visit(topic, "线路老化", by=made.clerk(topic))
    actions.record_call_back(topic.reports.get(), True, "换了号码，现在是 13812341207", by=made.clerk(topic))
    actions.describe(topic, "路灯不亮", "东门三盏灯不亮。", by=made.clerk(topic))
    actions.propose(topic, by=made.clerk(topic))
    client.force_login(factories.post("reviewer", place=topic.place[:9]).person, backend=BACKEND)
    assert "路灯不亮" in text(client.get("/desk/review/"))
    page = text(client.get(f"/desk/review/{topic.number}/"))
    assert "线路老化" in page and "东门三盏灯不亮。" in page and "13812341207" not in page


@pytest.mark.parametrize(("verdict", "fields", "state"), [
    ("approve", {"conditions": ""}, "preparing"),
    ("return", {"reason": "先看现场"}, "verifying"),
    ("postpone", {"reason": "等预算", "until": LATER}, "postponed"),
])  # fmt: skip
def test_each_decision_is_made_on_the_page(client, room, verdict, fields, state):
    topic = made.in_review(room)
    client.force_login(factories.post("reviewer", place=topic.place[:9]).person, backend=BACKEND)
    assert client.post(f"/desk/review/{topic.number}/{verdict}/", fields).status_code == 302
    assert made.again(topic).state == state


def test_a_decision_without_its_reason_comes_back_with_what_was_typed(client, room):
    topic = made.in_review(room)
    client.force_login(factories.post("reviewer", place=topic.place[:9]).person, backend=BACKEND)
    response = client.post(f"/desk/review/{topic.number}/postpone/", {"until": LATER, "reason": ""})
    assert response.status_code == 422 and LATER in text(response) and made.again(topic).state == "in_review"


def test_the_clerk_may_read_the_review_and_not_decide(desk, room):
    topic = made.in_review(room)
    page = text(desk.get(f"/desk/review/{topic.number}/"))
    assert "同意协商" not in page
    assert desk.post(f"/desk/review/{topic.number}/approve/").status_code == 403


def test_the_desk_of_each_post_has_what_waits_for_it(client, room):
    from mashangyi.ground.calendar import clocks

    fresh, proposed, emergency = made.received(room), made.in_review(room), made.described(room)
    type(emergency).objects.filter(pk=made.put(emergency, "deliberating").pk).update(track="emergency")
    clocks.start("late_review", emergency.subject, place=emergency.place)
    client.force_login(factories.post("clerk", room=room).person, backend=BACKEND)
    assert f"/desk/triage/{fresh.number}/" in text(client.get("/desk/"))
    client.force_login(factories.post("reviewer", place=room.place[:9]).person, backend=BACKEND)
    for page in (text(client.get("/desk/")), text(client.get("/desk/review/"))):
        assert proposed.number in page and emergency.number in page
    client.post(f"/desk/review/{emergency.number}/late/", {"words": "处置及时。"})
    assert emergency.number not in text(client.get("/desk/review/"))
