"""Declined, answered, transferred: always in words for the public, always with the way on."""

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.journal.models import Entry
from mashangyi.topic.lifecycle import Conflict

from .. import actions, queries
from ..rules import DECLINE_CODES
from . import factories as made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", DECLINE_CODES)
def test_every_ground_for_declining_has_words_and_somewhere_to_go(code):
    topic = made.received()
    decision = actions.decline(topic, code, by=made.clerk(topic))
    assert topic.state == "declined" and topic.outcome == code
    assert decision.words and decision.body and topic.reason == decision.words


def test_the_clerks_own_words_stand_before_the_usual_ones():
    topic = made.received()
    decision = actions.decline(topic, "outside", "那段路在涟水县。", "涟水县 12345", by=made.clerk(topic))
    assert (decision.words, decision.body) == ("那段路在涟水县。", "涟水县 12345")


def test_there_is_no_declining_without_a_ground_of_the_table():
    topic = made.received()
    for code in ("", "because"):
        with pytest.raises(ValidationError) as problem:
            actions.decline(topic, code, "不想办", by=made.clerk(topic))
        assert "code" in problem.value.message_dict
    assert made.again(topic).state == "received"


def test_an_answer_ends_the_topic_and_is_kept_for_everyone():
    topic = made.described()
    actions.answer(topic, "已经报修，三天内修好。", by=made.clerk(topic))
    [decision] = queries.decisions_of(topic)
    assert (
        topic.state == "answered" and topic.track == "answer" and decision.words == "已经报修，三天内修好。"
    )


def test_what_is_decided_for_the_public_must_be_readable_by_it():
    topic = made.verifying()
    for act in (lambda by: actions.answer(topic, "已办", by=by), lambda by: actions.propose(topic, by=by)):
        with pytest.raises(ValidationError) as problem:
            act(made.clerk(topic))
        assert "title" in problem.value.message_dict


@pytest.mark.parametrize("number", ["13812341207", "11010519491231002X", "6222 0202 0011 2233 446"])
def test_no_public_decision_carries_a_private_number(number):
    topic = made.described()
    clerk = made.clerk(topic)
    for act in (
        lambda: actions.answer(topic, f"请打 {number}", by=clerk),
        lambda: actions.transfer(topic, "区公路中心", f"反映人 {number}", by=clerk),
        lambda: actions.transfer(topic, f"区公路中心 {number}", "国道归它。", by=clerk),
        lambda: actions.decline(topic, "outside", f"反映人 {number}", by=clerk),
    ):
        with pytest.raises(ValidationError):
            act()
    assert number not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_transfer_names_its_holder_and_is_followed_to_its_result():
    topic = made.described()
    clerk = made.clerk(topic)
    actions.transfer(topic, "区公路中心", "国道由它养护。", by=clerk)
    assert topic.state == "transferred" and topic.holder == "区公路中心" and topic.due_at
    decision = actions.record_transfer_result(topic, "灯已修好。", by=clerk)
    assert (
        topic.state == "transferred_done"
        and decision.result == "灯已修好。"
        and decision.words == "国道由它养护。"
    )


def test_a_fresh_message_is_taken_up_by_deciding_it():
    topic = made.received()
    actions.transfer(topic, "区公路中心", "国道由它养护。", by=made.clerk(topic))
    verbs = list(Entry.objects.filter(topic=topic.pk).order_by("seq").values_list("verb", flat=True))
    assert verbs[-2:] == ["topic.verify", "topic.transfer"]


def test_what_goes_wrong_leaves_nothing_behind():
    topic = made.described()
    seen_before = made.again(topic)
    clerk = made.clerk(topic)
    actions.answer(topic, "已经报修。", by=clerk)
    with pytest.raises(Conflict):
        actions.transfer(seen_before, "区公路中心", "国道归它。", by=clerk)
    assert [each.kind for each in queries.decisions_of(topic)] == ["answer"]
