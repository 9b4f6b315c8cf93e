"""Who can fill a ballot or walk into a meeting unseen: a phone that forgets itself, a stranger with an address."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.test import Client

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.models import Attendance, Vote
from mashangyi.stages.deliberation.pages import screen
from mashangyi.stages.deliberation.pages.screen import SALT
from tests import factories

from .factories import FRIDAY, ballot_of, clerk_of, enter, host, opened, resident, signed_in, vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


def spaced(meeting) -> str:
    return f"{meeting.code[:3]} {meeting.code[3:]}"


# --- one phone is not many voters --------------------------------------------------------------


def test_a_phone_that_drops_its_cookie_adds_no_vote_to_a_ballot(client, meeting):
    ballot = ballot_of(meeting)
    for _again in range(3):
        client.cookies.clear()
        enter(client, meeting)
        assert vote(client, ballot).status_code == 403
    assert Attendance.objects.count() == 3
    assert not Vote.objects.exists()


def test_whoever_signed_in_with_a_phone_code_votes_and_is_one_vote_after_dropping_the_cookie(client, meeting):
    ballot, person = ballot_of(meeting), Person.objects.create(kind="resident")
    for _again in range(3):
        client.cookies.clear()
        client.force_login(person)
        enter(client, meeting)
        vote(client, ballot)
    assert queries.tally_of(ballot).total == 1


def test_a_guest_whom_the_clerk_has_looked_at_votes(meeting):
    guest, ballot = signed_in(meeting, ANYONE), ballot_of(meeting)
    actions.vouch(guest, "residents", by=clerk_of(meeting))
    actions.cast(ballot, "agree", by=ANYONE, attendance=guest)
    assert queries.tally_of(ballot).total == 1


def test_a_guest_who_then_signs_in_by_phone_is_offered_the_number_and_votes(client, meeting):
    enter(client, meeting)
    assert "来宾可以发言" in client.get(f"/m/{meeting.pk}/").content.decode()
    ballot = ballot_of(meeting)
    client.force_login(Person.objects.create(kind="resident"))
    assert "把这个签到号转到我名下" in client.get(f"/m/{meeting.pk}/").content.decode()
    enter(client, meeting, code="")
    assert vote(client, ballot).status_code == 302
    assert (queries.tally_of(ballot).total, Attendance.objects.count()) == (1, 1)


def test_the_way_to_the_phone_code_keeps_the_digits_that_were_scanned(client, meeting):
    page = client.get(f"/m/{meeting.pk}/?code={meeting.code}").content.decode()
    assert f"/sign-in/?next=/m/{meeting.pk}/%3Fcode%3D{meeting.code}" in page


def test_the_page_promises_no_vote_to_whoever_would_come_in_as_a_guest(client, meeting):
    ballot_of(meeting)
    page = client.get(f"/m/{meeting.pk}/").content.decode()
    assert "用手机号登录再签到，就能投票" in page and "签到以后就能投票。" not in page
    client.force_login(Person.objects.create(kind="resident"))
    assert "签到以后就能投票。" in client.get(f"/m/{meeting.pk}/").content.decode()


def test_whoever_is_no_longer_vouched_for_loses_the_vote_in_what_is_still_open(meeting):
    mine, clerk = signed_in(meeting, person := resident()), clerk_of(meeting)
    over, still = ballot_of(meeting), ballot_of(meeting, share=60)
    mood = ballot_of(meeting, electorate="everyone")
    for ballot in (over, still, mood):
        actions.cast(ballot, "agree", by=person, attendance=mine)
    actions.close_ballot(over, by=clerk)
    actions.vouch(mine, "guest", by=clerk)
    assert [queries.tally_of(ballot).total for ballot in (over, still, mood)] == [1, 0, 1]


# --- a mood decides nothing --------------------------------------------------------------------


def test_a_question_to_everyone_has_no_outcome_and_no_winner(meeting):
    ballot = ballot_of(meeting, electorate="everyone")
    actions.cast(ballot, "agree", by=ANYONE, attendance=signed_in(meeting, ANYONE))
    closed = actions.close_ballot(ballot, by=host(meeting))
    assert (closed.outcome, closed.winner) == ("mood", "")


def test_a_question_to_everyone_cannot_be_made_binding(meeting):
    with pytest.raises(ValidationError) as problem:
        ballot_of(meeting, electorate="everyone", advisory=False)
    assert "electorate" in problem.value.message_dict


def test_the_journal_never_calls_a_mood_a_ballot(meeting):
    actions.close_ballot(ballot_of(meeting, electorate="everyone"), by=host(meeting))
    verbs = set(Entry.objects.filter(topic=meeting.topic_id).values_list("verb", flat=True))
    assert {"deliberation.mood_asked", "deliberation.mood_taken"} <= verbs
    assert not verbs & {"deliberation.ballot_opened", "deliberation.ballot_closed"}


def test_the_pages_and_the_minutes_say_that_a_mood_decides_nothing(client, meeting):
    ballot = ballot_of(meeting, electorate="everyone")
    for path in (f"/m/{meeting.pk}/", f"/wall/{meeting.pk}/"):
        assert "正在看倾向" in client.get(path).content.decode()
    actions.close_ballot(ballot, by=host(meeting))
    actions.conclude(meeting, "none", "没有谈拢", by=host(meeting))
    assert meeting.minutes["ballots"][0]["electorate"] == "everyone"
    for path in (f"/m/{meeting.pk}/", f"/t/{meeting.topic.number}/"):
        assert "只看倾向，不作决定" in client.get(path).content.decode()


def test_a_mood_fills_no_line_of_the_contract(client, meeting):
    client.force_login(factories.post("convener", room=meeting.room).person)
    ballot = ballot_of(meeting, "choice", answers=("修一修", "换新的"))
    actions.add_option(meeting.topic, "修一修", by=clerk_of(meeting))
    actions.cast(ballot, "甲", by=(person := resident()), attendance=signed_in(meeting, person))
    actions.close_ballot(ballot, by=host(meeting))
    mood = ballot_of(meeting, "choice", answers=("乙案", "丙案"), electorate="everyone")
    actions.close_ballot(mood, by=host(meeting))
    page = client.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    assert 'value="修一修"' in page


def test_the_console_offers_those_who_are_known_first(client, meeting):
    client.force_login(factories.post("clerk", room=meeting.room).person)
    page = client.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    select = page.split('name="ballot-electorate"')[1].split("</select>")[0]
    assert select.index('value="vouched"') < select.index('value="everyone"')


# --- the digits are in the room ----------------------------------------------------------------


def test_a_stranger_who_knows_the_address_of_the_wall_finds_no_digits(client, meeting):
    page = client.get(f"/wall/{meeting.pk}/").content.decode()
    assert meeting.code not in page and spaced(meeting) not in page
    assert "签到码只在会场的大屏上" in page


def test_the_consoles_link_opens_the_wall_with_the_digits_and_without_an_account(client, meeting):
    client.force_login(factories.post("clerk", room=meeting.room).person)
    page = client.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    link = re.search(rf"/wall/{meeting.pk}/\?key=[\w:-]+", page)[0]
    assert spaced(meeting) in Client().get(link).content.decode()


def test_the_link_ends_after_twelve_hours(meeting):
    link = screen.address(meeting)
    with at(FRIDAY + timedelta(hours=11, minutes=59)):
        assert spaced(meeting) in Client().get(link).content.decode()
    with at(FRIDAY + timedelta(hours=12)):
        assert spaced(meeting) not in Client().get(link).content.decode()


def test_a_link_of_another_meeting_or_a_forged_one_shows_no_digits(client, meeting):
    other = screen.address(opened()).partition("=")[2]
    forged = signing.dumps([meeting.pk, 2**40], key="guess", salt=SALT)
    for key in (other, forged, "", "AAAA", signing.dumps(meeting.pk, salt=SALT)):
        assert spaced(meeting) not in client.get(f"/wall/{meeting.pk}/", {"key": key}).content.decode()


@pytest.mark.parametrize(
    "path", ["/m/{}/", "/wall/{}/", "/t/{topic}/", "/meetings/", "/rooms/{room}/", "/journal/"]
)
def test_no_public_page_tells_the_digits(client, meeting, path):
    address = path.format(meeting.pk, topic=meeting.topic.number, room=meeting.room_id)
    page = client.get(address).content.decode()
    assert meeting.code not in page and spaced(meeting) not in page


def test_guessing_the_digits_is_stopped_for_those_with_an_account_too(client, meeting):
    client.force_login(Person.objects.create(kind="resident"))
    wrong = "111111" if meeting.code != "111111" else "222222"
    assert {enter(client, meeting, wrong).status_code for _ in range(10)} == {422}
    assert enter(client, meeting).status_code == 429


def test_a_clerk_of_another_room_gets_no_link_to_the_wall(client, meeting):
    client.force_login(factories.post("clerk", room=factories.room()).person)
    answer = client.get(f"/desk/meeting/{meeting.pk}/")
    assert answer.status_code == 403
    with pytest.raises(No):
        actions.open_ballot(meeting, "行不行", "agree", by=factories.actor("clerk", room=factories.room()))
