"""What comes of a meeting: a contract with every line filled in, or a reason and another way on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.law import No
from mashangyi.stages.deliberation import actions, queries, rules
from mashangyi.stages.deliberation.actions.outcome import Promise
from mashangyi.topic import lifecycle
from tests import factories

from .factories import FRIDAY, clerk_of, concluded, host, item, resident, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


def test_an_agreement_is_a_contract(meeting):
    unit, helper = factories.unit(), factories.unit()
    lines = (
        item(unit, supporting=(helper, unit)),
        item(what="装路灯", cost=0, source="none", procurement="none"),
    )
    resolution = actions.conclude(meeting, "agreed", "修路装灯", lines, by=host(meeting))
    first, second = resolution.items.order_by("order")
    assert (first.unit, list(first.supporting.all()), first.cost) == (unit, [helper], 60000)
    assert (second.order, second.source) == (2, "none")
    assert (resolution.adopted, meeting.state, meeting.topic.state) == (True, "closed", "concluded")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"what": " "}, "做什么"),
        ({"criterion": ""}, "怎样算办好"),
        ({"due": date(2025, 5, 15)}, "期限已经过了"),
        ({"due": date(9999, 12, 31)}, "年份"),
        ({"source": "none"}, "谁出钱"),
        ({"procurement": "barter"}, "选一个"),
        ({"cost": -1}, "不能是负数"),
        ({"cost": rules.MOST_YUAN + 1}, "整数元"),
    ],
)
def test_no_line_of_it_is_left_open(meeting, missing, words):
    with pytest.raises(ValidationError, match=words):
        actions.conclude(meeting, "agreed", "修路", (item(**missing),), by=host(meeting))
    assert not queries.resolutions_of(meeting.topic)
    meeting.refresh_from_db()
    assert meeting.state == "open"


def test_an_agreement_without_anything_to_do_is_none(meeting):
    with pytest.raises(ValidationError, match="至少写一项"):
        actions.conclude(meeting, "agreed", "都同意", by=host(meeting))


def test_no_agreement_has_nothing_to_do(meeting):
    with pytest.raises(ValidationError, match="部分一致"):
        actions.conclude(meeting, "none", "没谈拢", (item(),), by=host(meeting))
    resolution = actions.conclude(meeting, "none", "没谈拢", by=host(meeting))
    assert not resolution.adopted


def test_a_ballot_is_closed_before_the_result_is_announced(meeting):
    actions.open_ballot(meeting, "行不行", "agree", by=host(meeting))
    with pytest.raises(ValidationError, match="先结束表决"):
        actions.conclude(meeting, "none", "没谈拢", by=host(meeting))


def test_the_clerk_does_not_announce_the_result(meeting):
    with pytest.raises(No):
        actions.conclude(meeting, "none", "没谈拢", by=clerk_of(meeting))


def test_the_minutes_are_counted_when_it_closes(meeting):
    ballot = actions.open_ballot(meeting, "行不行", "agree", by=host(meeting))
    actions.cast(ballot, "agree", by=(person := resident()), attendance=signed_in(meeting, person))
    actions.count(ballot, "paper", {"agree": 4, "disagree": 1}, by=clerk_of(meeting))
    actions.close_ballot(ballot, by=host(meeting))
    actions.note_dissent(meeting, "太晚", by=clerk_of(meeting))
    actions.conclude(meeting, "none", "没谈拢", by=host(meeting))
    kept = meeting.minutes
    assert kept["present"]["total"] == 1
    assert kept["ballots"][0]["origins"] == {"phone": 1, "paper": 5}
    assert kept["ballots"][0]["rows"][0] == ["agree", "同意", 5]
    assert kept["dissents"] == [{"kind": "residents", "name": "", "words": "太晚"}]


# --- pledges -----------------------------------------------------------------------------------


def test_pledges_belong_to_the_resolution_and_are_kept_or_not(meeting):
    promise = Promise("enterprises", "供水公司", "goods", "水管 200 米", date(2025, 6, 1))
    resolution = actions.conclude(meeting, "agreed", "修", (item(),), (promise,), by=host(meeting))
    [made] = resolution.pledges.all()
    with pytest.raises(ValidationError, match="原因"):
        actions.keep_pledge(made, False, by=clerk_of(meeting))
    actions.keep_pledge(made, True, by=clerk_of(meeting))
    assert Entry.objects.filter(verb="deliberation.pledge_kept").exists()


def test_a_pledge_is_not_promised_for_another_age(meeting):
    promise = Promise("members", "科技界委员", "skill", "培训 2 次", date(9999, 12, 31))
    with pytest.raises(ValidationError, match="年份"):
        actions.pledge(meeting.topic, promise, by=clerk_of(meeting))


def test_no_phone_number_stands_in_what_is_said_of_a_pledge(meeting):
    made = actions.pledge(meeting.topic, Promise("members", "科技界委员", "skill", "培训 2 次"), by=clerk_of(meeting))
    with pytest.raises(ValidationError) as refused:
        actions.keep_pledge(made, True, by=clerk_of(meeting), words="找王工 13812345678")
    assert "words" in refused.value.message_dict


def test_a_pledge_may_come_after_the_meeting():
    resolution = concluded()
    promise = Promise("members", "科技界委员", "people", "志愿者 20 名")
    assert actions.pledge(resolution.topic, promise, by=clerk_of(resolution.meeting)).resolution == resolution


# --- confirming --------------------------------------------------------------------------------


def test_the_party_organisation_confirms_and_the_late_review_ends():
    topic = factories.topic()
    convener = factories.actor("convener", room=topic.room)
    meeting = actions.meet_at_once(topic, "field", "圩堤", "积水", by=convener, emergency=True)
    resolution = actions.conclude(meeting, "agreed", "排水", (item(),), by=convener)
    with pytest.raises(No):
        actions.confirm_resolution(resolution, by=convener)
    actions.confirm_resolution(resolution, by=factories.actor("reviewer", place=topic.place))
    assert resolution.confirmed_at
    assert not Clock.objects.filter(kind__in=["late_review", "emergency"], stopped_at=None).exists()


# --- other ways on -----------------------------------------------------------------------------


def test_a_second_round_closes_the_first_and_says_why(meeting):
    following = actions.second_round(
        meeting, FRIDAY + timedelta(days=7), "议事室", "缺少供电公司", by=host(meeting)
    )
    assert (meeting.state, following.round, following.state) == ("closed", 2, "planned")
    assert (meeting.topic.state, following.agenda) == ("announced", meeting.agenda)


def test_what_this_level_cannot_settle_goes_up(meeting):
    actions.escalate(meeting, "要区里出钱", by=host(meeting))
    assert (meeting.state, meeting.topic.state) == ("closed", "escalated")


def test_until_it_is_put_before_the_level_above_the_room_holds_it(meeting):
    actions.escalate(meeting, "要区里出钱", by=host(meeting))
    assert meeting.topic.holder == meeting.room.name


def test_a_result_that_is_public_is_not_called_late_to_be_published(meeting):
    resolution = concluded(meeting)
    running = Clock.objects.filter(subject=resolution.topic.subject, stopped_at=None)
    assert list(running.values_list("kind", flat=True)) == ["handing"]


def test_a_vote_that_the_law_asks_for_is_waited_for_by_its_own_name(meeting):
    resolution = concluded(meeting)
    actions.hand_to_vote(resolution.topic, "owners", by=clerk_of(meeting))
    running = Clock.objects.filter(subject=resolution.topic.subject, stopped_at=None)
    assert list(running.values_list("kind", flat=True)) == ["statutory_vote"]


def test_a_reconsidered_conclusion_is_history_and_no_contract():
    resolution = concluded()
    actions.reconsider(resolution.topic, "预算没有批", by=host(resolution.meeting))
    resolution.refresh_from_db()
    assert not resolution.adopted
    assert resolution.topic.state == "preparing"


def test_a_vote_that_the_law_asks_for_is_handed_over_and_recorded(meeting):
    actions.conclude(meeting, "partly", "同意加装电梯", (item(),), by=host(meeting))
    clerk = clerk_of(meeting)
    handed = actions.hand_to_vote(meeting.topic, "owners", by=clerk)
    assert meeting.topic.state == "statutory_vote"
    actions.record_vote(handed, True, "专有面积三分之二、人数三分之二参加，同意 41 户", by=clerk)
    assert (meeting.topic.state, meeting.topic.outcome) == ("vote_recorded", "vote_passed")


def test_after_mediation_the_same_meeting_goes_on(meeting):
    mediator = factories.actor("mediator", place=meeting.topic.place)
    lifecycle.move(meeting.topic, "mediate", by=host(meeting))
    lifecycle.move(meeting.topic, "back_to_table", by=mediator, reason="双方愿意公开谈")
    assert meeting.is_open
