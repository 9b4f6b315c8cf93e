"""Merge, split, set apart: nothing is lost, and a split gives back exactly what came."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.stages.intake.actions import withdraw
from mashangyi.stages.intake.models import Report
from mashangyi.topic.lifecycle import Conflict
from mashangyi.topic.models import Topic
from mashangyi.topic.search.likeness import similar_to
from tests import factories

from .. import actions, queries
from . import factories as made

pytestmark = pytest.mark.django_db


def pair(reports: int = 1):
    room = factories.room()
    one, other = made.received(room), made.received(room)
    for _n in range(reports - 1):
        made.me_too(one)
    return one, other, made.clerk(one)


def under(topic) -> set[int]:
    return set(Report.objects.filter(topic=topic).values_list("pk", flat=True))


def test_a_merge_moves_reports_and_supporters():
    one, other, clerk = pair(reports=3)
    moved, stayed = under(one), under(other)
    actions.merge(one, other, by=clerk)
    one, other = made.again(one), made.again(other)
    assert one.state == "merged" and one.merged_into == other
    assert under(other) == moved | stayed
    assert (other.reports_count, other.support_count) == (4, 2) and one.reports_count == 0


def test_a_split_gives_back_exactly_its_own_reports():
    one, other, clerk = pair(reports=3)
    moved, stayed = under(one), under(other)
    actions.merge(one, other, by=clerk)
    late = made.me_too(made.again(other)).pk
    actions.split(made.again(one), "不是一回事", by=clerk)
    one, other = made.again(one), made.again(other)
    assert one.state == "verifying" and one.merged_into is None and one.outcome == ""
    assert under(one) == moved and under(other) == stayed | {late}
    assert (one.reports_count, one.support_count) == (3, 2)
    assert (other.reports_count, other.support_count) == (2, 1)


def test_a_split_needs_a_reason_and_a_merge():
    one, other, clerk = pair()
    with pytest.raises(Conflict):
        actions.split(one, "分开", by=clerk)
    actions.merge(one, other, by=clerk)
    with pytest.raises(Exception, match="原因|写明"):
        actions.split(made.again(one), " ", by=clerk)


def test_nothing_is_merged_into_itself_or_into_what_has_ended():
    one, other, clerk = pair()
    with pytest.raises(No):
        actions.merge(one, one, by=clerk)
    actions.decline(other, "outside", by=clerk)
    with pytest.raises(No):
        actions.merge(one, made.again(other), by=clerk)


def test_two_topics_cannot_be_merged_into_each_other():
    one, other, clerk = pair()
    seen_before = made.again(other)
    actions.merge(one, other, by=clerk)
    with pytest.raises((No, Conflict)):
        actions.merge(seen_before, made.again(one), by=clerk)


def test_a_clerk_merges_within_their_own_room_only():
    one, other = made.received(), made.received()
    for clerk in (made.clerk(one), made.clerk(other)):
        with pytest.raises(No):
            actions.merge(one, other, by=clerk)


def test_the_promise_to_phone_back_goes_along_and_the_earlier_one_stands():
    room, early = factories.room(), clock.local(2026, 3, 2, 9)
    with clock.at(early):
        one = made.received(room, phone=made.PHONE)
    with clock.at(early + timedelta(hours=3)):
        other = made.received(room, phone=made.PHONE)
        actions.merge(one, other, by=made.clerk(one))
    running = Clock.objects.get(kind="contact", stopped_at=None)
    assert running.subject == other.subject and running.due_at == early + timedelta(hours=24)


def test_after_a_split_the_reporter_who_was_not_reached_is_owed_a_call_again():
    room = factories.room()
    one, other = made.received(room, phone=made.PHONE), made.received(room)
    clerk = made.clerk(one)
    actions.merge(one, other, by=clerk)
    actions.split(made.again(one), "不是一回事", by=clerk)
    assert Clock.objects.filter(subject=one.subject, kind="contact", stopped_at=None).exists()


def test_visits_of_a_merged_topic_are_found_under_the_one_it_went_into():
    one, other, clerk = pair()
    visit = actions.record_visit(one, "看了现场", by=clerk)
    actions.merge(one, other, by=clerk)
    assert queries.told_of(made.again(other)).visits == [visit]


def test_a_report_that_is_another_matter_gets_its_own_topic():
    one, _other, clerk = pair(reports=2)
    report = Report.objects.filter(topic=one).last()
    new = actions.split_report(report, by=clerk)
    assert new.state == "received" and under(new) == {report.pk}
    assert made.again(one).reports_count == 1 and made.again(new).reports_count == 1


def test_the_only_report_of_a_topic_cannot_be_set_apart():
    one, _other, clerk = pair()
    with pytest.raises(No):
        actions.split_report(one.reports.get(), by=clerk)


def test_a_report_set_apart_does_not_go_back_when_its_old_topic_is_split_off():
    one, other, clerk = pair(reports=2)
    actions.merge(one, other, by=clerk)
    apart = Report.objects.filter(home__topic=one).last()
    new = actions.split_report(Report.objects.select_related("topic__room").get(pk=apart.pk), by=clerk)
    actions.split(made.again(one), "不是一回事", by=clerk)
    assert under(new) == {apart.pk} and apart.pk not in under(one)


# --- any sequence ------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge", "split", "apart", "join", "withdraw"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_sequence_of_merges_and_splits_loses_a_report_or_miscounts(transactional_sandbox, steps):
    with transactional_sandbox():
        room = factories.room()
        topics = [made.received(room) for _n in range(4)]
        clerk = made.clerk(topics[0])
        joined = sum(_try(kind, topics, a, b, clerk) for kind, a, b in steps)
        reports = list(Report.objects.filter(topic__room=room).select_related("topic", "home"))
        assert len(reports) == 4 + joined
        for topic in Topic.objects.filter(room=room):
            own = [report for report in reports if report.topic_id == topic.pk]
            assert topic.state != "merged" or not own, "a merged topic keeps no report"
            living = [report for report in own if report.withdrawn_at is None]
            assert topic.reports_count == len(living)
        for report in reports:
            home = getattr(report, "home", None)
            assert home is None or queries.root_of(home.topic).pk == report.topic_id


def _try(kind, topics, a, b, clerk) -> int:
    """One step, where it can be taken; how many reports it brought."""
    one, other = made.again(topics[a % len(topics)]), made.again(topics[b % len(topics)])
    try:
        if kind == "merge":
            actions.merge(one, other, by=clerk)
        elif kind == "split":
            actions.split(one, "不是一回事", by=clerk)
        elif kind == "join" and one.is_open:
            made.me_too(one)
            return 1
        elif kind in {"apart", "withdraw"}:
            report = Report.objects.select_related("topic__room").filter(topic=one).order_by("id").last()
            if report and kind == "apart":
                topics.append(actions.split_report(report, by=clerk))
            elif report and one.is_open:
                withdraw(report, by=ANYONE, own=True)
    except (No, Conflict):
        pass
    return 0


def test_likely_same_matters_are_compared_by_what_was_said_of_them_not_by_who_joined():
    topic = made.received(words="东门第三盏路灯不亮了，晚上看不清路")
    for _neighbour in range(3):
        made.me_too(topic)
    [found] = similar_to(topic.room, "东门的路灯不亮，看不清路", only_public=False)
    assert [report.words for report in found.topic.reports.all()] == ["东门第三盏路灯不亮了，晚上看不清路"]
