"""Who is told that a clock is about to run out, or has."""

import pytest

from mashangyi.ground.calendar import clocks
from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.outbox import worker
from mashangyi.ground.outbox.models import Notice
from tests.factories import post, room, topic

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, str]]:
    while worker.project():
        pass
    kinds = Notice.objects.filter(kind__startswith="clock_").order_by("id")
    return list(kinds.values_list("kind", "recipient", "words"))


def test_the_clerk_of_the_room_is_reminded_and_later_told_of_the_overrun():
    here = room()
    clerk, _convener, _elsewhere = (
        post("clerk", room=here),
        post("convener", room=here),
        post("clerk", room=room()),
    )
    with at(local(2026, 5, 18, 9)):
        matter = topic(here, title="路灯不亮")
        from mashangyi.ground.journal.tests.factories import speak

        speak(topic=matter)
    for moment in (local(2026, 5, 18, 10, 40), local(2026, 5, 18, 11, 1)):
        with at(moment):
            tick()
            told()
    assert told() == [
        ("clock_reminder", f"person:{clerk.person_id}", "“路灯不亮”的受理快到期了，请及时处理。"),
        ("clock_overdue", f"person:{clerk.person_id}",
         "“路灯不亮”的受理已经超期，居民在网页上看得到，请马上处理。"),
    ]  # fmt: skip
    assert Notice.objects.filter(kind="clock_overdue").get().link == f"/desk/t/{matter.number}/"


def test_a_review_is_the_matter_of_the_reviewers_over_the_place():
    street, _other = post("reviewer", place="320812004"), post("reviewer", place="320812005")
    with at(local(2026, 5, 18, 9)):
        clocks.start("review", "topic:12", place="320812004003")
    with at(local(2026, 5, 22, 9)):
        tick()
        assert [name for _kind, name, _words in told()] == [f"person:{street.person_id}"]


def test_when_a_resident_did_not_answer_the_clerk_may_go_on():
    here = room()
    clerk = post("clerk", room=here)
    with at(local(2026, 5, 18, 9)):
        clocks.start("information", "topic:12", place=here.place, room=here.pk)
    with at(local(2026, 7, 1, 9)):
        tick()
        assert [(kind, name) for kind, name, _words in told()] == [
            ("clock_wait_over", f"person:{clerk.person_id}")
        ]


def test_the_clock_of_a_units_task_leaves_its_notices_to_its_stage():
    post("clerk", room=room())
    with at(local(2026, 5, 18, 9)):
        clocks.start("task", "task:7", place="320812004003")
    with at(local(2026, 7, 1, 9)):
        tick()
        assert told() == []
