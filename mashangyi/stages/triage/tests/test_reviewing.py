"""The gate: asked, decided with reasons, in time; emergencies are looked at afterwards."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock, clocks
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.topic import lifecycle
from mashangyi.topic.lifecycle import Conflict

from .. import actions, queries
from ..rules import workdays_taken
from . import factories as made

pytestmark = pytest.mark.django_db
FRIDAY = clock.local(2026, 3, 6, 10)


def test_proposing_opens_a_review_with_three_working_days():
    with clock.at(FRIDAY):
        topic = made.in_review()
    review = topic.reviews.get()
    assert topic.state == "in_review" and review.due_at == topic.due_at == clock.local(2026, 3, 11, 18)


def test_an_approval_keeps_organ_conditions_and_how_long_it_took():
    with clock.at(FRIDAY):
        topic = made.in_review()
    with clock.at(FRIDAY + timedelta(days=3)):
        actions.approve(topic, "请供电公司到场。", by=made.reviewer(topic))
    [review] = queries.reviews_of(topic)
    assert topic.state == "preparing" and review.conditions == "请供电公司到场。"
    assert "党工委" in review.organ and workdays_taken(review) == 1


def test_a_decision_on_the_same_day_took_no_working_day():
    topic = made.in_review()
    review = actions.approve(topic, by=made.reviewer(topic))
    assert workdays_taken(review) == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_no_has_a_reason(reason):
    topic = made.in_review()
    for act in (
        lambda by: actions.send_back(topic, reason, by=by),
        lambda by: actions.postpone(topic, reason, clock.today() + timedelta(days=30), by=by),
    ):
        with pytest.raises(ValidationError) as problem:
            act(made.reviewer(topic))
        assert "reason" in problem.value.message_dict


def test_what_is_returned_is_checked_again_and_may_be_proposed_again():
    topic = made.in_review()
    actions.send_back(topic, "先到现场看看。", by=made.reviewer(topic))
    assert topic.state == "verifying" and topic.reason == "先到现场看看。"
    actions.propose(topic, by=made.clerk(topic))
    actions.approve(topic, by=made.reviewer(topic))
    assert [each.decision for each in queries.reviews_of(topic)] == ["approved", "returned"]


def test_what_is_postponed_waits_until_its_day_and_may_then_be_approved():
    with clock.at(FRIDAY):
        topic = made.in_review()
        actions.postpone(topic, "等预算下来。", date(2026, 4, 1), by=made.reviewer(topic))
    assert topic.state == "postponed" and topic.due_at == clock.local(2026, 4, 1, 18)
    with clock.at(clock.local(2026, 4, 1, 10)):
        actions.approve(topic, by=made.reviewer(topic))
    assert topic.state == "preparing"


@pytest.mark.parametrize(("again", "state"), [
    (lambda topic, by: actions.send_back(topic, "已经不需要了，请重新核实。", by=by), "verifying"),
    (lambda topic, by: actions.postpone(topic, "预算还没有下来。", date(2026, 5, 6), by=by), "postponed"),
], ids=["returned", "postponed again"])  # fmt: skip
def test_what_was_postponed_need_not_be_approved_on_its_day(again, state):
    with clock.at(FRIDAY):
        topic = made.in_review()
        actions.postpone(topic, "等预算下来。", date(2026, 4, 1), by=made.reviewer(topic))
    with clock.at(clock.local(2026, 4, 1, 10)):
        again(topic, made.reviewer(topic))
    assert topic.state == state


def test_the_organ_is_reminded_of_the_day_to_which_it_postponed_and_its_end_is_public():
    with clock.at(FRIDAY):
        topic = made.in_review()
        actions.postpone(topic, "等预算下来。", date(2026, 4, 1), by=made.reviewer(topic))
    (running,) = clocks.running(topic.subject, "review")
    assert running.due_at == topic.due_at and running.holder == topic.holder
    with clock.at(clock.local(2026, 4, 1, 19)):
        tick()
    assert Entry.objects.filter(topic=topic.pk, verb="clock.overdue").exists()


def test_nothing_is_postponed_to_a_day_that_is_over():
    topic = made.in_review()
    with pytest.raises(ValidationError) as problem:
        actions.postpone(topic, "等预算。", clock.today(), by=made.reviewer(topic))
    assert "until" in problem.value.message_dict


def test_nothing_is_postponed_for_years():
    topic = made.in_review()
    with pytest.raises(ValidationError, match="最多暂缓一年"):
        actions.postpone(topic, "等预算。", clock.today() + timedelta(days=367), by=made.reviewer(topic))


def test_two_reviewers_cannot_both_decide():
    topic = made.in_review()
    seen_before = made.again(topic)
    actions.approve(topic, by=made.reviewer(topic))
    with pytest.raises(Conflict):
        actions.send_back(seen_before, "不同意", by=made.reviewer(topic))
    assert [each.decision for each in queries.reviews_of(topic)] == ["approved"]


def test_an_emergency_is_reviewed_afterwards_without_changing_its_state():
    topic = made.put(made.received(), "deliberating")
    type(topic).objects.filter(pk=topic.pk).update(track="emergency")
    clocks.start("late_review", topic.subject, place=topic.place)
    assert [each.pk for each in queries.late_reviews(topic.place[:9])] == [topic.pk]
    review = actions.review_late(topic, "处置及时。", by=made.reviewer(topic))
    assert review.late and review.reason == "处置及时。" and made.again(topic).state == "deliberating"
    assert queries.late_reviews(topic.place[:9]) == [] and queries.late_review_due(topic) is None


def test_an_emergency_is_reviewed_afterwards_once_and_no_other_matter_is():
    topic = made.put(made.received(), "deliberating")
    reviewer = made.reviewer(topic)
    with pytest.raises(No, match="不用补审"):
        actions.review_late(topic, "处置及时。", by=reviewer)
    clocks.start("late_review", topic.subject, place=topic.place)
    actions.review_late(topic, "处置及时。", by=reviewer)
    with pytest.raises(No, match="已经补审"):
        actions.review_late(topic, "再看一次。", by=reviewer)
    assert [each.reason for each in queries.reviews_of(topic)] == ["处置及时。"]


def test_an_emergency_that_was_over_within_hours_is_still_reviewed_afterwards():
    topic = made.put(made.received(), "confirming")
    type(topic).objects.filter(pk=topic.pk).update(track="emergency")
    clocks.start("late_review", topic.subject, place=topic.place)
    with turn():
        lifecycle.move(topic, "confirm", by=ANYONE)
    assert not topic.is_open and [each.pk for each in queries.late_reviews(topic.place[:9])] == [topic.pk]
    actions.review_late(topic, "处置及时。", by=made.reviewer(topic))
    assert queries.late_reviews(topic.place[:9]) == []
