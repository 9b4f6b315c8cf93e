"""The pages as people use them: latecomers read all, one person is one vote, nothing typed is lost."""


import pytest
from django.core import signing

from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Person
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.models import Attendance, Statement, Suggestion, Vote
from mashangyi.stages.deliberation.pages.device import SALT
from tests import factories

from .factories import (
    announced,
    ballot_of,
    clerk_of,
    concluded,
    enter,
    host,
    opened,
    prepared,
    resident,
    signed_in,
    staff,
    vote,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


@pytest.fixture
def ballot(meeting):
    """One that takes guests, too: what is refused is refused for the reason that its test names."""
    return ballot_of(meeting, electorate="everyone")


# --- reading -----------------------------------------------------------------------------------


def test_a_latecomer_without_an_account_reads_all_of_it(client, meeting, ballot):
    actions.say_for(meeting, "夜里别打桩", by=clerk_of(meeting))
    actions.count(ballot, "hands", {"agree": 7, "disagree": 2}, by=clerk_of(meeting))
    page = client.get(f"/m/{meeting.pk}/").content.decode()
    for words in ("听调研情况", "夜里别打桩", "施工到晚上八点", "举手", "签到以后就能投票"):
        assert words in page
    assert not client.cookies


def test_the_wall_shows_the_tally_and_no_withheld_words(client, meeting, ballot):
    clerk = clerk_of(meeting)
    actions.withhold(actions.say_for(meeting, "某某是骗子", by=clerk), "点名", by=clerk)
    page = client.get(f"/wall/{meeting.pk}/").content.decode()
    assert "施工到晚上八点" in page
    assert "骗子" not in page


def test_withheld_words_are_on_no_public_page(client, meeting):
    clerk = clerk_of(meeting)
    actions.withhold(actions.say_for(meeting, "某某是骗子", by=clerk), "点名", by=clerk)
    for path in (f"/m/{meeting.pk}/", f"/t/{meeting.topic.number}/"):
        assert "骗子" not in client.get(path).content.decode()


def test_the_result_stands_on_the_topics_page_as_a_contract(client):
    resolution = concluded()
    page = client.get(f"/t/{resolution.topic.number}/").content.decode()
    for words in (
        "做什么",
        "谁来做",
        "花多少",
        "怎么选",
        "到哪天",
        "怎么算好",
        "6 万元",
        "雨后不积水",
        "公开招标",
    ):
        assert words in page


def test_the_topics_page_tells_what_was_found_before_the_meeting_and_who_is_asked_to_come(client):
    meeting = announced()
    voices = (("residents", "孩子上学要蹚水"),)
    actions.record_research(meeting.topic, "街道、物业", "雨水口堵了", by=clerk_of(meeting), voices=voices)
    page = client.get(f"/t/{meeting.topic.number}/").content.decode()
    for words in ("会前调研", "街道、物业", "雨水口堵了", "孩子上学要蹚水", "请了谁", "东门住户代表 3 名"):
        assert words in page


def test_the_lists_of_meetings_name_those_coming_and_those_held(client, meeting):
    concluded()
    page = client.get("/meetings/").content.decode()
    assert "正在开" in page
    assert "开过的" in page


@pytest.mark.parametrize("path", ["/m/999/", "/wall/999/", "/t/nonsense/suggest/"])
def test_what_does_not_exist_is_missing(client, path):
    assert client.get(path).status_code == 404


# --- taking part -------------------------------------------------------------------------------


def test_signing_in_speaking_and_voting_without_an_account(client, meeting, ballot):
    enter(client, meeting)
    client.post(f"/m/{meeting.pk}/say/", {"words": "同意，但要有人盯"})
    vote(client, ballot)
    assert Statement.objects.get().words == "同意，但要有人盯"
    assert queries.tally_of(ballot).of("agree") == 1
    page = client.get(f"/m/{meeting.pk}/").content.decode()
    assert "您已签到，是 1 号" in page
    assert "您投了：同意" in page


def test_wrong_digits_leave_them_standing_and_say_what_to_do(client, meeting):
    wrong = "111111" if meeting.code != "111111" else "222222"
    answer = enter(client, meeting, wrong)
    assert answer.status_code == 422
    assert "六位数不对" in answer.content.decode()
    assert f'value="{wrong}"' in answer.content.decode()


def test_guessing_the_digits_is_stopped(client, meeting):
    wrong = "111111" if meeting.code != "111111" else "222222"
    assert {enter(client, meeting, wrong).status_code for _ in range(10)} == {422}
    assert enter(client, meeting).status_code == 429


@pytest.mark.parametrize("what", ["say", "vote", "keep"])
def test_one_phone_does_not_fill_the_journal(client, meeting, ballot, monkeypatch, what):
    monkeypatch.setenv("MASHANGYI_RATE_REPORTS", "3/hour")
    enter(client, meeting)
    path = f"/m/{meeting.pk}/{what}/{f'{ballot.pk}/' if what == 'vote' else ''}"
    sent = [{"words": f"第 {n} 句", "choice": ("agree", "disagree")[n % 2]} for n in range(4)]
    assert [client.post(path, words).status_code for words in sent] == [302, 302, 302, 429]


def test_a_ballot_cannot_be_stuffed_by_signing_in_again_and_again(client, meeting, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_REPORTS", "5/hour")
    for _ in range(5):
        client.cookies.clear()
        enter(client, meeting)
    client.cookies.clear()
    assert enter(client, meeting).status_code == 429
    assert Attendance.objects.count() == 5


def test_one_person_on_two_phones_has_one_vote(client, client_class, meeting, ballot):
    person = Person.objects.create(kind="resident")
    phones = [client, client_class()]
    for phone, choice in zip(phones, ("agree", "disagree"), strict=True):
        phone.force_login(person)
        enter(phone, meeting)
        vote(phone, ballot, choice)
    tally = queries.tally_of(ballot)
    assert (tally.total, tally.of("disagree")) == (1, 1)


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def test_a_forged_token_opens_no_place(client, meeting, ballot):
    theirs = signed_in(meeting, ANYONE)
    forged = signing.dumps([meeting.pk, theirs.pk], key="guess", salt=SALT)
    for token in (forged, f"{meeting.pk}:{theirs.pk}", "", "AAAA"):
        client.cookies[f"m{meeting.pk}"] = token
        assert vote(client, ballot).status_code == 422
    assert not Vote.objects.exists()


def test_a_token_of_one_meeting_opens_no_place_in_another(client, meeting, ballot):
    other = opened()
    theirs = signed_in(other, ANYONE)
    client.cookies[f"m{meeting.pk}"] = signing.dumps([other.pk, theirs.pk], salt=SALT)
    assert vote(client, ballot).status_code == 422
    client.cookies[f"m{meeting.pk}"] = signing.dumps([meeting.pk, theirs.pk], salt=SALT)
    assert vote(client, ballot).status_code in {403, 422}
    assert not Vote.objects.exists()


def test_a_token_whose_place_was_claimed_by_a_person_serves_nobody_else(client, meeting, ballot):
    device = signed_in(meeting, ANYONE)
    actions.sign_in(meeting, by=resident(), device=device)
    client.cookies[f"m{meeting.pk}"] = signing.dumps([meeting.pk, device.pk], salt=SALT)
    assert vote(client, ballot).status_code == 422
    assert not Vote.objects.exists()


def test_a_ballot_of_another_meeting_is_not_voted_on_here(client, meeting, ballot):
    other = opened()
    enter(client, other)
    assert client.post(f"/m/{other.pk}/vote/{ballot.pk}/", {"choice": "agree"}).status_code == 404


def test_voting_after_the_close_says_so(client, meeting, ballot):
    enter(client, meeting)
    actions.close_ballot(ballot, by=host(meeting))
    assert vote(client, ballot).status_code == 422
    assert queries.tally_of(ballot).total == 0


def test_a_block_without_words_comes_back_open_and_asks_why(client, meeting):
    ballot = actions.open_ballot(meeting, "行不行", "consent", by=host(meeting), electorate="everyone")
    enter(client, meeting)
    answer = vote(client, ballot, "block")
    assert answer.status_code == 422
    assert "请写一句为什么" in answer.content.decode()
    vote(client, ballot, "block", **{f"words-{ballot.pk}-block": "老人睡得早"})
    assert Vote.objects.get().words == "老人睡得早"


def test_a_cross_site_form_is_refused_where_it_is_checked(client_class, meeting, ballot):
    browser = client_class(enforce_csrf_checks=True)
    browser.post(
        f"/m/{meeting.pk}/sign-in/", {"code": meeting.code}, headers={"sec-fetch-site": "same-origin"}
    )
    answer = browser.post(
        f"/m/{meeting.pk}/vote/{ballot.pk}/", {"choice": "agree"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Vote.objects.exists()


def test_an_opinion_is_kept_named_as_the_speaker_chooses(client, meeting):
    enter(client, meeting)
    client.post(f"/m/{meeting.pk}/keep/", {"words": "还是太晚", "name": "3 号楼业主"})
    assert queries.dissents_of(meeting)[0].name == "3 号楼业主"


def test_a_suggestion_needs_words_and_what_was_typed_stays(client):
    topic = prepared()
    assert client.post(f"/t/{topic.number}/suggest/", {"words": " "}).status_code == 422
    assert client.post(f"/t/{topic.number}/suggest/", {"words": "装太阳能灯"}).status_code == 302
    assert Suggestion.objects.get().words == "装太阳能灯"
    assert "装太阳能灯" in client.get(f"/t/{topic.number}/suggest/").content.decode()


# --- number of queries -------------------------------------------------------------------------


def fill(meeting, statements):
    clerk = clerk_of(meeting)
    seats = meeting.attendances.count()
    for n in range(seats, seats + statements):
        elder = actions.sign_in_for(meeting, "residents", f"座 {n}", by=clerk)
        actions.say_for(meeting, f"第 {n} 句", by=clerk, attendance=elder)


@pytest.mark.parametrize("path", ["/m/{}/", "/wall/{}/"])
def test_the_public_pages_ask_the_same_with_3_and_60_statements(
    client, path, meeting, ballot, django_assert_max_num_queries
):
    counts = []
    for statements in (3, 57):
        fill(meeting, statements)
        with django_assert_max_num_queries(12) as asked:
            client.get(path.format(meeting.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_closed_meeting_asks_no_more(client, django_assert_max_num_queries):
    meeting = concluded().meeting
    with django_assert_max_num_queries(12):
        client.get(f"/m/{meeting.pk}/")


def test_the_panel_of_the_topics_page_costs_five_queries_at_most(django_assert_max_num_queries):
    from mashangyi.stages.deliberation import panels

    topic = concluded().topic
    with django_assert_max_num_queries(5):
        assert panels.public(topic, ANYONE)["resolutions"][0].items.all()[0].unit.name


def test_a_topic_that_nobody_deliberated_costs_one(django_assert_max_num_queries):
    from mashangyi.stages.deliberation import panels

    topic = factories.topic()
    with django_assert_max_num_queries(1):
        assert panels.public(topic, ANYONE) is None


def test_the_console_asks_the_same_with_3_and_60_people(
    client, meeting, ballot, django_assert_max_num_queries
):
    staff(client, "convener", room=meeting.room)
    client.get("/desk/")  # the first page notes when the working day began
    counts = []
    for statements in (3, 57):
        fill(meeting, statements)
        with django_assert_max_num_queries(20) as asked:
            client.get(f"/desk/meeting/{meeting.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
