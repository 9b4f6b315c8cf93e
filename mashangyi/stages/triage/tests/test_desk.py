"""What triage puts on the desks."""

import pytest

from mashangyi.ground.people.actor import ROLES
from mashangyi.stages.deliberation.actions import meet_at_once
from mashangyi.topic.desk import INBOXES, inboxes_of
from tests import factories

from . import factories as made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted({*ROLES} - {"resident", "system"}))
def test_the_boxes_of_every_role_can_be_filled(role):
    """A box whose query is broken takes the whole desk of its role with it."""
    topic = made.in_review()
    where = {"room": topic.room} if role in ("clerk", "convener") else {"place": topic.place[:9]}
    if role == "unit_officer":
        where = {"unit": factories.unit(place=topic.place[:6])}
    if role == "city_admin":
        where = {"place": "3208"}
    boxes = inboxes_of(factories.actor(role, **where))
    assert {box.name for box, _items in boxes} == {box.name for box in INBOXES.values() if role in box.roles}


def test_an_emergency_lies_on_the_reviewers_desk_until_it_was_looked_at():
    topic = made.described()
    convener, reviewer = factories.actor("convener", room=topic.room), made.reviewer(topic)
    meet_at_once(topic, "field", "三组圩堤上", "先排水", by=convener, emergency=True)
    boxes = {box.name: items for box, items in inboxes_of(reviewer)}
    assert [item.title for item in boxes["triage_late_review"]] == [topic.title]
    assert boxes["triage_late_review"][0].due_at is not None


def test_the_desk_counts_every_message_that_waits_as_far_as_it_lists_them():
    room = factories.room()
    for _n in range(40):
        made.received(room)
    boxes = {box.name: items for box, items in inboxes_of(factories.actor("clerk", room=room))}
    assert len(boxes["triage_received"]) == 40
