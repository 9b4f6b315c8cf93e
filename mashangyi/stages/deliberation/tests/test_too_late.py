"""Who acts a moment too late hears it, and finds what was typed; two hosts at once each find the next step."""

import re
from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.stages.deliberation import actions, queries

from .factories import announced, ballot_of, clerk_of, concluded, enter, host, staff, vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


def state_of(client, path: str) -> str:
    return re.search('data-live-state="(.*?)"', client.get(path).content.decode())[1]


# --- on the phone ------------------------------------------------------------------------------


def test_a_vote_after_the_close_is_told_that_it_did_not_count(client, meeting):
    ballot = ballot_of(meeting, electorate="everyone")
    enter(client, meeting)
    actions.close_ballot(ballot, by=host(meeting))
    page = vote(client, ballot).content.decode()
    assert "您这一票没有投上。这次表决已经结束了。" in page
    assert queries.tally_of(ballot).total == 0


@pytest.mark.parametrize("deed", ["say", "keep"])
def test_words_that_come_after_the_meeting_are_shown_with_the_way_on(client, meeting, deed):
    enter(client, meeting)
    concluded(meeting)
    page = client.post(f"/m/{meeting.pk}/{deed}/", {"words": "人行道也要留一条"}).content.decode()
    assert "会议不在进行中" in page and "可以到议题页提建议" in page
    assert "人行道也要留一条" in page


def test_the_bar_leads_to_signing_in_while_the_meeting_is_open_and_to_the_topic_afterwards(client, meeting):
    bar = re.compile('<div id="bar" data-live>(.*?)</div>', re.S)
    assert 'href="#enter"' in bar.search(client.get(f"/m/{meeting.pk}/").content.decode())[1]
    concluded(meeting)
    after = bar.search(client.get(f"/m/{meeting.pk}/").content.decode())[1]
    assert f'href="/t/{meeting.topic.number}/"' in after


# --- on the console ----------------------------------------------------------------------------


def test_the_console_is_another_page_when_the_meeting_opens_and_when_a_ballot_does(client):
    meeting = announced()
    staff(client, "clerk", room=meeting.room)
    path, states = f"/desk/meeting/{meeting.pk}/", []
    states.append(state_of(client, path))
    actions.open_meeting(meeting, by=host(meeting))
    states.append(state_of(client, path))
    ballot = ballot_of(meeting)
    states.append(state_of(client, path))
    actions.count(ballot, "hands", {"agree": 3}, by=clerk_of(meeting))
    assert state_of(client, path) == states[-1]
    actions.close_ballot(ballot, by=host(meeting))
    states.append(state_of(client, path))
    assert states[3] == states[1] and len(set(states)) == 3


def test_after_a_wrong_count_a_vote_can_still_be_entered_for_somebody(client, meeting):
    staff(client, "clerk", room=meeting.room)
    ballot = ballot_of(meeting)
    actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk_of(meeting))
    sent = {"count-pk": ballot.pk, "count-origin": "hands", "count-n0": "-1", "count-n1": "0", "count-n2": "0"}
    answer = client.post(f"/desk/meeting/{meeting.pk}/count/", sent)
    choices = re.search('<select id="id_vote-choice".*?</select>', answer.content.decode(), re.S)[0]
    assert answer.status_code == 422 and choices.count("<option") == 3


def test_a_choice_that_still_wants_its_reason_stays_chosen(client, meeting):
    staff(client, "clerk", room=meeting.room)
    ballot = ballot_of(meeting, "consent")
    elder = actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk_of(meeting))
    sent = {"vote-pk": ballot.pk, "vote-voter": elder.number, "vote-choice": "concern", "vote-words": ""}
    page = client.post(f"/desk/meeting/{meeting.pk}/vote/", sent).content.decode()
    assert "请写一句为什么" in page and '<option value="concern" selected>' in page


def test_a_host_who_opens_too_early_reads_it_beside_the_button(client):
    meeting = announced()
    staff(client, "convener", room=meeting.room)
    with at(meeting.at - timedelta(days=1)):
        answer = client.post(f"/desk/meeting/{meeting.pk}/open/")
    assert answer.status_code == 422 and "还没到公告的时间" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == "planned"


# --- before the meeting ------------------------------------------------------------------------


def heard(client, invitation, **data):
    sent = {"heard-pk": invitation.pk, **{f"heard-{name}": value for name, value in data.items()}}
    return client.post(f"/desk/prepare/{invitation.topic.number}/heard/", sent)


def test_the_clerk_notes_that_somebody_sends_another_or_does_not_come(client):
    meeting = announced()
    invitation = meeting.topic.invitations.get()
    staff(client, "clerk", room=meeting.room)
    refused = heard(client, invitation, answer="not", words="").content.decode()
    assert "来不了请写明原因" in refused
    heard(client, invitation, answer="substitute", words="派楼长")
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.words) == ("substitute", "派楼长")
    assert "派楼长" in client.get(f"/desk/prepare/{meeting.topic.number}/").content.decode()


# --- it goes on -------------------------------------------------------------------------------


def test_another_round_leads_to_its_own_console(client, meeting):
    staff(client, "convener", room=meeting.room)
    sent = {"reason": "缺图纸", "at": "2025-05-23T19:00", "form": "room", "place_words": "二楼", "agenda": "", "short_notice": ""}
    answer = client.post(f"/desk/meeting/{meeting.pk}/again/", {f"again-{name}": words for name, words in sent.items()})
    following = meeting.topic.meetings.get(round=2)
    assert answer["Location"] == f"/desk/meeting/{following.pk}/"
    assert "第 2 次协商会公告了" in client.get(answer["Location"]).content.decode()


def test_what_this_level_could_not_settle_is_put_before_the_review_again(client, meeting):
    staff(client, "convener", room=meeting.room)
    answer = client.post(f"/desk/meeting/{meeting.pk}/escalate/", {"escalate-reason": "要区里出钱"})
    page = client.get(answer["Location"]).content.decode()
    assert "提请上一级审定" in page
    path = f"/desk/prepare/{meeting.topic.number}/review/"
    assert client.post(path, {"review-reason": " "}).status_code == 422
    client.post(path, {"review-reason": "要区里定出资"})
    meeting.topic.refresh_from_db()
    assert meeting.topic.state == "in_review" and meeting.topic.reviews.count() == 1


def test_nothing_agreed_is_announced_without_a_line(client, meeting):
    staff(client, "convener", room=meeting.room)
    page = client.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    assert re.search(r"<button[^>]* formnovalidate>宣布结果并散会", page)
    sent = {"outcome": "none", "summary": "各方意见不同", "items": "1", "pledges": "0", "item0-what": "", "item0-cost": ""}
    assert client.post(f"/desk/meeting/{meeting.pk}/conclude/", sent).status_code == 302
    assert meeting.topic.resolutions.get().outcome == "none"


# --- after the meeting -------------------------------------------------------------------------


def after_meeting(client, **fields) -> tuple[str, str]:
    """The words beside what can be done next: on the page of the meeting's material, and on the topic's desk page."""
    topic = concluded(**fields).topic
    type(topic).objects.filter(pk=topic.pk).update(track="full")
    staff(client, "convener", room=topic.room)
    paths = f"/desk/prepare/{topic.number}/", f"/desk/t/{topic.number}/"
    return tuple(client.get(path).content.decode() for path in paths)


def test_what_is_not_confirmed_yet_is_not_offered_to_be_handed_over(client):
    for page in after_meeting(client):
        assert "等党组织确认协商成果" in page
        assert "到办理里交办" not in page and "交办协商成果" not in page


def test_where_nothing_was_agreed_the_ways_on_are_named_and_nothing_is_handed_over(client):
    for page in after_meeting(client, outcome="none", items=()):
        assert "没有谈拢，没有要交办的事" in page
        assert "到办理里交办" not in page and "交办协商成果" not in page
