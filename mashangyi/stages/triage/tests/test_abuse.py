"""What a clever or a careless hand tries on the sorting desk."""

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.topic import lifecycle
from tests import factories as make

from ..actions import describe, record_visit
from .factories import in_review, reviewer

pytestmark = pytest.mark.django_db
BACKEND = "mashangyi.ground.people.sessions.Backend"


@pytest.mark.parametrize(("mine", "theirs"), [("320830", "320831004003"), ("320812010", "320812011003")])
def test_the_reviewer_of_one_place_does_not_read_the_case_of_its_neighbour(client, mine, theirs):
    topic = make.topic(make.room(place=theirs))
    client.force_login(make.post("reviewer", place=mine).person, backend=BACKEND)
    assert client.get(f"/desk/review/{topic.number}/").status_code == 403


def test_the_findings_of_a_visit_are_public_and_take_no_phone_number():
    topic = make.topic()
    clerk = make.actor("clerk", room=topic.room)
    with pytest.raises(ValidationError) as refused:
        record_visit(topic, "反映人 13812345678 带我们看了", by=clerk)
    assert "138****5678" in str(refused.value) and "findings" in refused.value.error_dict


def test_the_spot_that_a_reporter_typed_is_looked_through_before_it_is_public():
    topic = make.topic(spot="3 号楼，打 13812345678")
    clerk = make.actor("clerk", room=topic.room)
    with pytest.raises(ValidationError) as refused:
        describe(topic, "路灯不亮", "东门路灯不亮", spot=topic.spot, by=clerk)
    assert "spot" in refused.value.error_dict


def test_the_reason_of_a_move_stands_on_the_page_and_in_the_journal_without_the_number():
    topic = in_review()
    with turn():
        lifecycle.move(topic, "return", by=reviewer(topic), reason="请先联系 13812345678")
    topic.refresh_from_db()
    entry = Entry.objects.filter(topic=topic.pk).latest("seq")
    assert topic.reason == entry.data["reason"] == "请先联系 （电话略）"
