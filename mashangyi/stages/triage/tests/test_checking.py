"""Taking up, phoning back, visiting, asking: the rules one by one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.ground.photos.queries import photos_of
from mashangyi.topic.lifecycle import Conflict
from tests import factories

from .. import actions, queries
from . import factories as made

pytestmark = pytest.mark.django_db
MONDAY = clock.local(2026, 3, 2, 9)


def running(topic, kind: str) -> bool:
    return Clock.objects.filter(subject=topic.subject, kind=kind, stopped_at=None).exists()


def test_taking_up_starts_the_check_and_not_yet_the_contact():
    topic = made.received(phone=made.PHONE)
    actions.verify(topic, by=made.clerk(topic))
    assert topic.state == "verifying" and running(topic, "verification")
    assert running(topic, "contact"), "the promise to phone back is not kept by taking up"


def test_a_message_is_taken_up_once():
    topic = made.received()
    first, second = made.again(topic), made.again(topic)
    actions.verify(first, by=made.clerk(topic))
    with pytest.raises(Conflict):
        actions.verify(second, by=made.clerk(topic))


def test_a_call_that_reached_the_reporter_keeps_the_promise():
    topic = made.received(phone=made.PHONE)
    call = actions.record_call_back(topic.reports.get(), True, "三盏灯都不亮", by=made.clerk(topic))
    assert not running(topic, "contact")
    assert call.words == "三盏灯都不亮" and call.label.endswith("议事专员")


def test_a_call_that_nobody_answered_leaves_the_promise_running():
    topic = made.received(phone=made.PHONE)
    actions.record_call_back(topic.reports.get(), False, by=made.clerk(topic))
    told = queries.told_of(topic)
    assert running(topic, "contact") and (told.reached, told.missed) == (0, 1)


def test_a_reached_call_needs_what_was_said():
    topic = made.received()
    with pytest.raises(ValidationError) as problem:
        actions.record_call_back(topic.reports.get(), True, " ", by=made.clerk(topic))
    assert "words" in problem.value.message_dict


def test_what_was_said_on_the_phone_is_in_no_journal():
    topic = made.received()
    actions.record_call_back(topic.reports.get(), True, "我是三号楼老陈", by=made.clerk(topic))
    assert "老陈" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_call_cannot_be_noted_before_it_was_made():
    topic = made.received()
    with pytest.raises(ValidationError):
        actions.record_call_back(
            topic.reports.get(), False, by=made.clerk(topic), at=clock.now() + timedelta(hours=1)
        )


def test_a_visit_keeps_findings_parties_and_photos(picture):
    topic = made.verifying()
    visit = actions.record_visit(
        topic, "三盏灯线路老化", by=made.clerk(topic), stakeholders="物业", photos=[picture]
    )
    assert queries.told_of(topic).visits == [visit]
    assert len(photos_of(visit.subject)) == 1 and not photos_of(visit.subject, public_only=True)


def test_a_grid_worker_of_the_place_may_visit_and_one_from_elsewhere_may_not():
    topic = made.verifying()
    actions.record_visit(topic, "看了", by=factories.actor("grid_worker", place=topic.place))
    with pytest.raises(No):
        actions.record_visit(topic, "看了", by=factories.actor("grid_worker", place="320826"))


def test_a_question_waits_for_the_reporter_and_the_answer_brings_it_back():
    topic = made.received()
    question = actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    assert topic.state == "needs_information" and queries.open_question(topic) == question
    actions.answer_in(topic, "靠菜场那盏", by=ANYONE, report=topic.reports.get())
    question.refresh_from_db()
    assert topic.state == "verifying" and question.answer == "靠菜场那盏" and question.answered_at


def test_only_the_holder_of_a_receipt_of_this_matter_may_answer():
    topic, other = made.received(), made.report()
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    for stranger in (None, other):
        with pytest.raises(No):
            actions.answer_in(topic, "随便", by=ANYONE, report=stranger)


def test_the_clerk_may_write_down_an_answer_given_by_phone():
    topic = made.received()
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    actions.answer_in(topic, "电话里说是东边第二盏", by=made.clerk(topic))
    assert topic.state == "verifying"


def test_a_second_answer_comes_too_late():
    topic = made.received()
    actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    report = topic.reports.get()
    actions.answer_in(topic, "靠菜场那盏", by=ANYONE, report=report)
    with pytest.raises(Conflict):
        actions.answer_in(made.again(topic), "另一盏", by=ANYONE, report=report)


def test_after_fifteen_working_days_of_silence_the_matter_is_closed_with_its_reason():
    with clock.at(MONDAY):
        topic = made.received()
        actions.ask(topic, "是哪一盏灯？", by=made.clerk(topic))
    with clock.at(MONDAY + timedelta(days=20)):
        assert actions.close_silent(by=SYSTEM) == []
    with clock.at(MONDAY + timedelta(days=22)):
        assert [each.pk for each in actions.close_silent(by=SYSTEM)] == [topic.pk]
        assert actions.close_silent(by=SYSTEM) == []
    topic = made.again(topic)
    assert topic.state == "declined" and topic.outcome == "no_answer" and topic.reason


def test_silence_is_for_the_system_to_notice():
    with pytest.raises(No):
        actions.close_silent(by=factories.actor("clerk", room=factories.room()))


def test_one_may_ask_again_after_silence_and_reopening():
    topic = made.received()
    clerk = made.clerk(topic)
    actions.ask(topic, "是哪一盏灯？", by=clerk)
    made.put(topic, "verifying")
    actions.ask(topic, "是什么时候？", by=clerk)
    assert queries.open_question(topic).words == "是什么时候？"
