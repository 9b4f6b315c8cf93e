"""What the pages say of time that has passed, of exceptions and their reasons, and of what was typed."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.stages.deliberation import actions
from mashangyi.stages.deliberation.actions.outcome import Promise
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.triage import actions as triage
from tests import factories

from .factories import (
    FRIDAY,
    MONDAY,
    announced,
    ballot_of,
    clerk_of,
    concluded,
    enter,
    host,
    opened,
    prepared,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


def read(client, path: str) -> str:
    return client.get(path).content.decode()


# --- time that has passed ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/m/{m}/", "/t/{t}/"])
def test_a_meeting_whose_hour_has_come_is_said_not_to_have_begun(client, path):
    meeting = announced()
    path, words = path.format(m=meeting.pk, t=meeting.topic.number), "公告的时间过了，会还没有开"
    assert words not in read(client, path)
    with at(FRIDAY + timedelta(minutes=30)):
        assert words in read(client, path)


def test_the_list_of_meetings_names_the_one_that_has_not_begun(client):
    announced()
    with at(FRIDAY + timedelta(minutes=30)):
        page = read(client, "/meetings/")
    assert "到点了还没有开" in page and "已超" not in page


def test_a_meeting_that_was_never_closed_says_since_when_it_goes_on(client, meeting):
    assert "开始的，还没有宣布结果" not in read(client, f"/m/{meeting.pk}/")
    with at(FRIDAY + timedelta(days=2)):
        assert "5 月 16 日开始的，还没有宣布结果" in read(client, f"/m/{meeting.pk}/").replace("\xa0", " ")
        assert "还没有散会" in read(client, "/meetings/")
        staff(client, "convener", room=meeting.room)
        assert "还没有散会：请结束表决" in read(client, f"/desk/meeting/{meeting.pk}/")


# --- exceptions and their reasons --------------------------------------------------------------


@pytest.mark.parametrize("path", ["/m/{m}/", "/t/{t}/"])
def test_why_the_notice_was_short_and_no_affected_side_was_invited_is_public(client, path):
    topic = prepared()
    with at(MONDAY):
        meeting = actions.announce_meeting(
            topic, MONDAY + timedelta(days=1), "议事室", by=factories.actor("clerk", room=topic.room),
            short_notice="周三停水", no_side="全村都是相关方",
        )  # fmt: skip
        page = read(client, path.format(m=meeting.pk, t=topic.number))
    assert "提前不足 3 个工作日：周三停水" in page and "没有邀请利益相关的一方：全村都是相关方" in page


def test_sitting_down_at_once_needs_no_such_reason(client):
    topic = factories.topic()
    convener = factories.actor("convener", room=topic.room)
    meeting = actions.meet_at_once(topic, "field", "圩堤", "积水", by=convener, emergency=True)
    assert "没有邀请利益相关的一方" not in read(client, f"/m/{meeting.pk}/")


def test_a_matter_that_nobody_has_described_is_called_by_its_number(client):
    topic = factories.topic(title="", summary="")
    convener = factories.actor("convener", room=topic.room)
    meeting = actions.meet_at_once(topic, "field", "圩堤", "积水", by=convener, emergency=True)
    for path in ("/meetings/", f"/m/{meeting.pk}/", f"/wall/{meeting.pk}/", f"/rooms/{topic.room_id}/"):
        assert topic.number in read(client, path)


def test_what_the_organ_asked_for_when_it_agreed_stands_where_it_is_prepared(client):
    topic = factories.topic(title="路灯不亮", summary="东门路灯不亮。")
    clerk = factories.actor("clerk", room=topic.room)
    triage.verify(topic, by=clerk)
    triage.propose(topic, by=clerk)
    triage.approve(topic, "留出消防通道。", by=factories.actor("reviewer", place=topic.place))
    staff(client, "clerk", room=topic.room)
    assert "党组织同意时附带的要求：留出消防通道。" in read(client, f"/desk/prepare/{topic.number}/")


# --- what came of it ---------------------------------------------------------------------------


def test_the_result_tells_what_each_ballot_came_to(client, meeting):
    ballot = ballot_of(meeting)
    actions.close_ballot(ballot, by=host(meeting))
    concluded(meeting)
    page = read(client, f"/t/{meeting.topic.number}/")
    assert f"“{ballot.question}”（人数不够）" in page and "（）" not in page


def test_until_the_organ_confirms_the_topics_page_says_so(client):
    topic = (resolution := concluded()).topic
    assert "等党组织确认" in read(client, f"/t/{topic.number}/")
    actions.confirm_resolution(resolution, by=factories.actor("reviewer", place=topic.place))
    assert "等党组织确认" not in read(client, f"/t/{topic.number}/")


def test_why_a_pledge_was_broken_is_public(client, meeting):
    made = actions.pledge(meeting.topic, Promise("members", "科技界委员", "skill", "培训 2 次"), by=clerk_of(meeting))
    actions.keep_pledge(made, False, by=clerk_of(meeting), words="讲师调走了")
    staff(client, "clerk", room=meeting.room)
    for path in (f"/t/{meeting.topic.number}/", f"/desk/prepare/{meeting.topic.number}/"):
        assert "讲师调走了" in read(client, path)


@pytest.mark.parametrize(("passed", "said"), [(True, "通过"), (False, "没有通过")])
def test_a_vote_that_the_law_asks_for_is_told_with_its_procedure_and_result(client, passed, said):
    topic = concluded().topic
    clerk = factories.actor("clerk", room=topic.room)
    handed = actions.hand_to_vote(topic, "owners", by=clerk)
    assert "业主共同决定" in read(client, f"/t/{topic.number}/")
    actions.record_vote(handed, passed, "30 户参加 20 户", by=clerk)
    page = read(client, f"/t/{topic.number}/")
    assert f"<dd>{said}</dd>" in page and "30 户参加 20 户" in page


def test_a_statement_that_names_somebody_can_be_taken_off_the_page_after_the_meeting(client, meeting):
    said = actions.say_for(meeting, "就是三楼那家", by=clerk_of(meeting))
    concluded(meeting)
    staff(client, "clerk", room=meeting.room)
    path = f"/desk/meeting/{meeting.pk}/"
    assert f'name="withhold-why-{said.pk}"' in read(client, path)
    client.post(f"{path}withhold/", {"withhold-pk": said.pk, f"withhold-why-{said.pk}": "点了别人家"})
    assert "就是三楼那家" not in read(client, f"/m/{meeting.pk}/")


# --- what was typed, and what was asked --------------------------------------------------------


def test_a_broken_pledge_without_a_reason_is_asked_for_it_beside_the_pledge(client, meeting):
    made = actions.pledge(meeting.topic, Promise("members", "科技界委员", "skill", "培训 2 次"), by=clerk_of(meeting))
    staff(client, "clerk", room=meeting.room)
    path = f"/desk/prepare/{meeting.topic.number}/keep/"
    assert "没有兑现请写明原因" in client.post(path, {"keep-pk": made.pk, "keep-kept": "no"}).content.decode()
    sent = {"keep-pk": made.pk, "keep-kept": "no", "keep-words": "找王工 13812345678"}
    assert 'value="找王工 13812345678"' in client.post(path, sent).content.decode()


def test_whether_a_suggestion_was_adopted_stays_chosen(client):
    topic = prepared()
    suggestion = actions.suggest(topic, "装灯", by=factories.actor("clerk", room=topic.room))
    staff(client, "clerk", room=topic.room)
    sent = {"answer-pk": suggestion.pk, "answer-adopted": "no", "answer-answer": ""}
    page = client.post(f"/desk/prepare/{topic.number}/answer/", sent).content.decode()
    assert 'value="no" checked' in page and 'value="yes" required checked' not in page


def test_each_field_of_the_contract_that_is_left_open_is_named(client, meeting):
    staff(client, "convener", room=meeting.room)
    sent = {"items": "1", "pledges": "0", "outcome": "agreed", "summary": "同意", "item0-what": ""}
    page = client.post(f"/desk/meeting/{meeting.pk}/conclude/", sent).content.decode()
    assert "第 1 项 做什么：这一项要填。" in page and "第 1 项 谁来做：" in page


def test_inviting_somebody_again_is_told(client):
    topic = prepared()
    staff(client, "clerk", room=topic.room)
    sent = {"invite-party": "residents", "invite-body": "东门住户"}
    pages = [client.post(f"/desk/prepare/{topic.number}/invite/", sent, follow=True).content.decode() for _ in range(2)]
    assert ["邀请发出了" in page for page in pages] == [True, False] and "已经请过了" in pages[1]


def test_whoever_answered_an_invitation_reads_what_they_answered(client):
    topic, unit = prepared(), factories.unit()
    clerk = factories.actor("clerk", room=topic.room)
    [invitation] = actions.invite(topic, [Guest("departments", unit.name, unit=unit)], by=clerk)
    officer = factories.post("unit_officer", unit=unit)
    client.force_login(officer.person)
    path = f"/desk/invitation/{invitation.pk}/"
    page = client.post(path, {"pk": invitation.pk, "answer": "substitute", "words": "派王队"}, follow=True).content.decode()
    assert "已答复：派人参加" in page and 'value="派王队"' in page


def test_an_invitation_to_what_is_over_asks_nothing(client):
    invitation = concluded().topic.invitations.get()
    post = factories.post("member")
    type(invitation).objects.filter(pk=invitation.pk).update(post=post)
    client.force_login(post.person)
    page = read(client, f"/desk/invitation/{invitation.pk}/")
    assert "会已经开过了" in page and 'name="answer"' not in page


def test_moving_a_meeting_that_was_moved_already_says_so(client):
    topic = prepared()
    staff(client, "clerk", room=topic.room)
    answer = client.post(f"/desk/prepare/{topic.number}/change/", {"change-reason": "台风"})
    assert answer.status_code == 409 and "现在没有公告了的协商会" in answer.content.decode()


def test_in_a_meeting_on_site_and_online_an_empty_code_is_not_taken_for_being_online(client):
    meeting = opened(form="hybrid")
    page = enter(client, meeting, "").content.decode()
    assert "我不在现场，线上参加" in page and not meeting.attendances.exists()
    client.post(f"/m/{meeting.pk}/sign-in/", {})
    assert meeting.attendances.get().way == "online"
