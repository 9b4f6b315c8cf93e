"""Before the meeting: research, options, suggestions, invitations, and the announcement in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar.clock import at, local, now
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.topic.lifecycle import Conflict
from tests import factories

from .factories import FRIDAY, MONDAY, announced, concluded, host, opened, prepared, resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return prepared()


@pytest.fixture
def clerk(topic):
    return factories.actor("clerk", room=topic.room)


def verbs(topic) -> list[str]:
    return list(Entry.objects.filter(topic=topic.pk).order_by("seq").values_list("verb", flat=True))


# --- research and options ----------------------------------------------------------------------


def test_a_visit_keeps_who_went_what_was_found_and_what_each_party_said(topic, clerk):
    visit = actions.record_research(
        topic, "街道、物业、两位业主", "西侧没有路灯", by=clerk, cost=3000,
        voices=(("residents", "晚上不敢走"), ("enterprises", "电费谁出"), ("experts", "  ")),
    )  # fmt: skip
    assert [(voice.party, voice.words) for voice in visit.voices.all()] == [
        ("residents", "晚上不敢走"), ("enterprises", "电费谁出"),
    ]  # fmt: skip
    assert visit.cost == 3000
    assert verbs(topic)[-1] == "deliberation.researched"


def test_a_visit_cannot_lie_in_the_future(topic, clerk):
    with at(MONDAY), pytest.raises(ValidationError, match="不能晚于现在"):
        actions.record_research(topic, "街道", "看了", by=clerk, at=MONDAY + timedelta(hours=1))


def test_options_are_labelled_in_their_order(topic, clerk):
    labels = [
        actions.add_option(topic, title, by=clerk, cost=cost).label
        for title, cost in (("修", 500), ("换", 9000))
    ]
    assert labels == ["甲", "乙"]
    assert [option.cost for option in queries.options_of(topic)] == [500, 9000]


def test_more_than_eight_options_are_too_many_to_compare(topic, clerk):
    for n in range(8):
        actions.add_option(topic, f"方案{n}", by=clerk)
    with pytest.raises(ValidationError, match="最多 8 个方案"):
        actions.add_option(topic, "再来一个", by=clerk)


def test_the_clerk_of_another_room_writes_nothing_here(topic):
    stranger = factories.actor("clerk", room=factories.room())
    with pytest.raises(No):
        actions.record_research(topic, "街道", "看了", by=stranger)
    with pytest.raises(No):
        actions.add_option(topic, "修", by=stranger)


MARKED = "找王工 13812345678"


@pytest.mark.parametrize("field", ["words", "basis", "pros", "cons"])
def test_no_phone_number_stands_in_an_option(topic, clerk, field):
    with pytest.raises(ValidationError) as refused:
        actions.add_option(topic, "夜里停工", by=clerk, **{field: MARKED})
    assert field in refused.value.message_dict


@pytest.mark.parametrize("field", ["agenda", "short_notice", "no_side"])
def test_no_phone_number_stands_in_an_announcement(topic, clerk, field):
    with at(MONDAY), pytest.raises(ValidationError) as refused:
        actions.announce_meeting(topic, FRIDAY, "议事室", by=clerk, **{"no_side": "全村", field: MARKED})
    assert field in refused.value.message_dict


# --- suggestions -------------------------------------------------------------------------------


def test_anyone_suggests_and_the_answer_says_why(topic, clerk):
    suggestion = actions.suggest(topic, "装太阳能灯", by=resident())
    assert not suggestion.after
    actions.answer_suggestion(suggestion, True, "省电，写进方案乙", by=clerk)
    assert (suggestion.adopted, suggestion.answer) == (True, "省电，写进方案乙")


def test_the_same_suggestion_sent_twice_in_a_moment_is_one(topic):
    first = actions.suggest(topic, "装太阳能灯", by=ANYONE)
    assert actions.suggest(topic, " 装太阳能灯 ", by=ANYONE) == first
    assert actions.suggest(topic, "装太阳能灯", by=resident()) != first
    with at(now() + timedelta(minutes=2)):
        assert actions.suggest(topic, "装太阳能灯", by=ANYONE) != first


def test_an_answer_without_a_reason_is_none(topic, clerk):
    suggestion = actions.suggest(topic, "装太阳能灯", by=resident())
    with pytest.raises(ValidationError, match="为什么"):
        actions.answer_suggestion(suggestion, False, " ", by=clerk)


def test_before_review_nothing_is_public_that_one_could_suggest_about():
    with pytest.raises(ValidationError, match="不收建议"):
        actions.suggest(factories.topic(), "装太阳能灯", by=resident())


def test_a_suggestion_after_the_result_is_marked_so():
    meeting = opened()
    with at(FRIDAY):
        actions.conclude(meeting, "none", "没有谈拢", by=host(meeting))
        assert actions.suggest(meeting.topic, "以后也要管", by=resident()).after


def test_a_resident_answers_no_suggestion(topic):
    suggestion = actions.suggest(topic, "装太阳能灯", by=resident())
    with pytest.raises(No):
        actions.answer_suggestion(suggestion, True, "好", by=resident())


# --- invitations -------------------------------------------------------------------------------


def test_inviting_the_same_side_again_changes_nothing(topic, clerk):
    guests = [Guest("residents", "东门住户", affected=True), Guest("enterprises", "物业")]
    first, again = actions.invite(topic, guests, by=clerk), actions.invite(topic, guests, by=clerk)
    assert [each.pk for each in first] == [each.pk for each in again]
    assert verbs(topic).count("deliberation.invited") == 1


def test_inviting_a_side_again_says_that_it_is_affected(topic, clerk):
    actions.invite(topic, [Guest("residents", "东门住户")], by=clerk)
    [again] = actions.invite(topic, [Guest("residents", "东门住户", affected=True)], by=clerk)
    assert again.affected and topic.invitations.get().affected


def test_after_the_result_nobody_says_whether_they_come():
    resolution = concluded()
    invitation = resolution.topic.invitations.get()
    with pytest.raises(ValidationError, match="已经开过了"):
        actions.answer_invitation(invitation, "coming", by=factories.actor("clerk", room=resolution.topic.room))


def test_a_unit_answers_its_own_invitation_and_no_other(topic, clerk):
    unit, other = factories.unit(), factories.unit()
    [invitation] = actions.invite(topic, [Guest("departments", unit.name, unit=unit)], by=clerk)
    with pytest.raises(No):
        actions.answer_invitation(invitation, "coming", by=factories.actor("unit_officer", unit=other))
    officer = factories.actor("unit_officer", unit=unit)
    assert queries.invitations_to(officer, 5) == [invitation]
    actions.answer_invitation(invitation, "coming", by=officer)
    assert queries.invitations_to(officer, 5) == []


def test_who_cannot_come_says_why(topic, clerk):
    [invitation] = actions.invite(topic, [Guest("enterprises", "物业")], by=clerk)
    with pytest.raises(ValidationError, match="原因"):
        actions.answer_invitation(invitation, "not", by=clerk)


# --- announcing --------------------------------------------------------------------------------


def test_a_meeting_in_time_with_an_affected_side_is_announced():
    meeting = announced()
    assert (meeting.state, meeting.round, len(meeting.code)) == ("planned", 1, 6)
    assert meeting.topic.state == "announced"
    assert meeting.topic.due_at == FRIDAY + timedelta(hours=3)


def test_a_short_notice_needs_its_reason(topic, clerk):
    actions.invite(topic, [Guest("residents", "住户", affected=True)], by=clerk)
    with at(MONDAY):
        wednesday = local(2025, 5, 14, 19)
        with pytest.raises(ValidationError, match="最早 5 月 15 日"):
            actions.announce_meeting(topic, wednesday, "议事室", by=clerk)
        meeting = actions.announce_meeting(topic, wednesday, "议事室", by=clerk, short_notice="周四停水")
    assert meeting.short_notice == "周四停水"


def test_without_an_affected_side_the_reason_is_asked(topic, clerk):
    actions.invite(topic, [Guest("departments", "城管局")], by=clerk)
    with at(MONDAY), pytest.raises(ValidationError) as refused:
        actions.announce_meeting(topic, FRIDAY, "议事室", by=clerk)
    assert "no_side" in refused.value.message_dict


def test_a_meeting_in_the_past_cannot_be_announced(topic, clerk):
    with at(FRIDAY), pytest.raises(ValidationError, match="以后"):
        actions.announce_meeting(topic, MONDAY, "议事室", by=clerk, short_notice="急", no_side="急")


@pytest.mark.parametrize("day", [local(2026, 6, 1, 9), local(9999, 12, 31, 23)])
def test_a_meeting_years_ahead_is_a_slip_of_the_finger(topic, clerk, day):
    with at(MONDAY), pytest.raises(ValidationError, match="一年以内"):
        actions.announce_meeting(topic, day, "议事室", by=clerk, no_side="全村")


def test_a_moved_meeting_says_why_and_the_next_is_another_round():
    meeting = announced()
    clerk = factories.actor("clerk", room=meeting.room)
    with at(MONDAY + timedelta(days=1)):
        actions.change_meeting(meeting, "台风", by=clerk)
    assert (meeting.state, meeting.topic.state, meeting.moved_because) == ("called_off", "preparing", "台风")
    with at(MONDAY + timedelta(days=1)):
        again = actions.announce_meeting(meeting.topic, FRIDAY + timedelta(days=7), "议事室", by=clerk)
    assert again.round == 2


def test_two_who_announce_at_once_make_one_meeting(topic, clerk):
    same = type(topic).objects.get(pk=topic.pk)
    announced(topic)
    with at(MONDAY), pytest.raises(Conflict, match="已经有一场"):
        actions.announce_meeting(same, FRIDAY, "议事室", by=clerk)
    assert len(queries.meetings_of(topic)) == 1


def test_two_who_sit_down_at_once_sit_in_one_meeting():
    topic = factories.topic()
    convener = factories.actor("convener", room=topic.room)
    actions.meet_at_once(topic, "field", "圩堤", "农田积水", by=convener, emergency=True)
    with pytest.raises(Conflict, match="已经有一场"):
        actions.meet_at_once(topic, "field", "圩堤", "农田积水", by=convener, emergency=True)
    assert len(queries.meetings_of(topic)) == 1


# --- beginning ---------------------------------------------------------------------------------


def test_a_meeting_does_not_begin_days_before_it_was_announced_for():
    meeting = announced()
    with at(FRIDAY - timedelta(days=1)), pytest.raises(ValidationError, match="没到"):
        actions.open_meeting(meeting, by=host(meeting))


def test_it_begins_once():
    meeting = opened()
    assert (meeting.state, meeting.topic.state) == ("open", "deliberating")
    with at(FRIDAY), pytest.raises(Conflict):
        actions.open_meeting(meeting, by=host(meeting))


def test_a_small_matter_is_settled_on_the_spot_within_48_hours():
    topic = factories.topic()
    clerk = factories.actor("clerk", room=topic.room)
    with at(MONDAY):
        from mashangyi.topic import lifecycle

        lifecycle.move(topic, "verify", by=clerk)
        meeting = actions.meet_at_once(topic, "field", "3 号楼下", "电动车停哪儿", by=clerk)
    assert (meeting.state, topic.state, topic.track) == ("open", "deliberating", "quick")
    assert topic.due_at == MONDAY + timedelta(hours=48)


def test_an_emergency_is_met_at_once_and_reviewed_within_a_day():
    topic = factories.topic()
    with at(MONDAY):
        convener = factories.actor("convener", room=topic.room)
        meeting = actions.meet_at_once(topic, "field", "圩堤", "农田积水", by=convener, emergency=True)
    assert meeting.emergency
    assert topic.track == "emergency"
    due = dict(Clock.objects.filter(subject=topic.subject, stopped_at=None).values_list("kind", "due_at"))
    assert due["emergency"] == MONDAY + timedelta(hours=2)
    assert due["late_review"] == MONDAY + timedelta(hours=24)


def test_a_resident_calls_no_meeting():
    with pytest.raises(No):
        actions.meet_at_once(factories.topic(), "field", "楼下", "停车", by=resident())
