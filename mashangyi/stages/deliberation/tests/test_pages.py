"""The pages as people use them: latecomers read all, one person is one vote, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core import signing

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.people import limits
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Person
from mashangyi.ground.photos.models import Photo
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.models import Attendance, Invitation, Statement, Suggestion, Vote
from mashangyi.stages.deliberation.pages.device import SALT
from tests import factories

from .factories import (
    FRIDAY,
    MONDAY,
    announced,
    clerk_of,
    concluded,
    host,
    opened,
    prepared,
    resident,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday_evening():
    limits.forget()
    with at(FRIDAY):
        yield


@pytest.fixture
def meeting():
    return opened()


@pytest.fixture
def ballot(meeting):
    """One that takes guests, too: what is refused is refused for the reason that its test names."""
    return actions.open_ballot(
        meeting, "施工到晚上八点，行不行？", "agree", by=host(meeting), electorate="everyone"
    )


def staff(client, role, **where):
    post = factories.post(role, **where)
    client.force_login(post.person)
    return post


def enter(client, meeting, code=None):
    return client.post(f"/m/{meeting.pk}/sign-in/", {"code": meeting.code if code is None else code})


def vote(client, ballot, choice="agree", **more):
    return client.post(f"/m/{ballot.meeting_id}/vote/{ballot.pk}/", {"choice": choice, **more})


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
    for n in range(statements):
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


def test_the_panel_of_the_topics_page_costs_seven_queries_at_most(django_assert_max_num_queries):
    from mashangyi.stages.deliberation import shown

    topic = concluded().topic
    with django_assert_max_num_queries(7):
        assert shown.public_panel(topic, ANYONE)["resolutions"][0].items.all()[0].unit.name


def test_a_topic_that_nobody_deliberated_costs_one(django_assert_max_num_queries):
    from mashangyi.stages.deliberation import shown

    topic = factories.topic()
    with django_assert_max_num_queries(1):
        assert shown.public_panel(topic, ANYONE) is None


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


# --- the console -------------------------------------------------------------------------------


def do(client, meeting, deed, **data):
    sent = {f"{deed}-{name}": value for name, value in data.items()}
    return client.post(f"/desk/meeting/{meeting.pk}/{deed}/", sent)


def test_a_whole_meeting_is_held_from_the_console(client):
    meeting = announced()
    staff(client, "convener", room=meeting.room)
    do(client, meeting, "open")
    do(client, meeting, "turn", item=1)
    do(client, meeting, "here", kind="residents", label="前排左 2")
    elder = Attendance.objects.get()
    do(client, meeting, "said", words="夜里别打桩", speaker=f"n{elder.pk}")
    do(client, meeting, "ballot", question="行不行", kind="agree", electorate="everyone", share=50)
    ballot = queries.questions_of(meeting)[0].ballot
    do(client, meeting, "vote", pk=ballot.pk, voter=1, choice="agree")
    do(client, meeting, "count", pk=ballot.pk, origin="hands", n0=12, n1=3, n2=0)
    do(client, meeting, "dissent", words="太晚", kind="residents", name="")
    do(client, meeting, "close", pk=ballot.pk)
    tally = queries.tally_of(ballot)
    assert {origin: tally.by(origin) for origin in tally.origins} == {"clerk": 1, "hands": 15}
    assert Statement.objects.get().attendance == elder
    meeting.refresh_from_db()
    assert (meeting.state, meeting.at_item) == ("open", 1)
    assert client.get(f"/desk/meeting/{meeting.pk}/").status_code == 200


CONTRACT = {
    "items": "1", "pledges": "0", "outcome": "agreed", "summary": "各方同意方案乙。",
    "item0-what": "铺水泥路面", "item0-cost": "6 万", "item0-source": "village",
    "item0-procurement": "tender",
    "item0-due": "2025-06-20", "item0-criterion": "雨后不积水",
}  # fmt: skip


def test_the_result_is_announced_line_by_line(client, meeting):
    staff(client, "convener", room=meeting.room)
    unit = factories.unit(place=meeting.topic.place[:6])
    answer = client.post(f"/desk/meeting/{meeting.pk}/conclude/", {**CONTRACT, "item0-unit": unit.pk})
    assert answer.status_code == 302
    [item] = queries.resolution_of(meeting).items.all()
    assert (item.what, item.cost, item.unit) == ("铺水泥路面", 60000, unit)


def test_another_line_comes_without_script_and_nothing_typed_is_lost(client, meeting):
    staff(client, "convener", room=meeting.room)
    answer = client.post(f"/desk/meeting/{meeting.pk}/conclude/", {**CONTRACT, "step": "more_items"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="item1-what"' in page
    assert 'value="铺水泥路面"' in page
    assert "有几处要改一下" not in page
    back = client.post(
        f"/desk/meeting/{meeting.pk}/conclude/", {**CONTRACT, "items": "2", "step": "fewer_items"}
    )
    assert 'name="item1-what"' not in back.content.decode()


def test_a_line_that_is_left_open_is_named(client, meeting):
    staff(client, "convener", room=meeting.room)
    answer = client.post(f"/desk/meeting/{meeting.pk}/conclude/", CONTRACT)
    assert answer.status_code == 422
    assert "第 1 项" in answer.content.decode()
    assert 'href="#id_item0-unit"' in answer.content.decode()
    assert queries.resolution_of(meeting) is None


def test_the_ballots_winner_fills_the_first_line(client, meeting):
    staff(client, "convener", room=meeting.room)
    for title, cost in (("修一修", 500), ("换新的", 9000)):
        actions.add_option(meeting.topic, title, by=clerk_of(meeting), cost=cost, source="service_fund")
    ballot = actions.open_ballot(meeting, "选哪个", "choice", by=host(meeting))
    actions.count(ballot, "hands", {"甲": 1, "乙": 9}, by=clerk_of(meeting))
    actions.close_ballot(ballot, by=host(meeting))
    page = client.get(f"/desk/meeting/{meeting.pk}/").content.decode()
    assert 'name="item0-what" value="换新的"' in page
    assert 'name="item0-cost" value="9000"' in page


@pytest.mark.parametrize("path", ["/desk/meeting/{m}/", "/desk/prepare/{t}/"])
def test_the_clerk_of_another_room_is_refused_with_a_reason(client, meeting, path):
    staff(client, "clerk", room=factories.room())
    answer = client.get(path.format(m=meeting.pk, t=meeting.topic.number))
    assert answer.status_code == 403


def test_a_mistake_on_the_console_leaves_what_was_typed(client, meeting):
    staff(client, "clerk", room=meeting.room)
    answer = do(client, meeting, "ballot", question="行不行", kind="choice", electorate="everyone", share=50)
    assert answer.status_code == 422
    assert 'value="行不行"' in answer.content.decode()


def test_a_row_is_struck_with_its_own_reason(client, meeting):
    staff(client, "clerk", room=meeting.room)
    first, second = signed_in(meeting, ANYONE), signed_in(meeting, ANYONE)
    sent = {"strike-pk": second.pk, f"strike-why-{first.pk}": "", f"strike-why-{second.pk}": "重复签到"}
    assert client.post(f"/desk/meeting/{meeting.pk}/strike/", sent).status_code == 302
    second.refresh_from_db()
    assert second.struck_why == "重复签到"


# --- preparing ---------------------------------------------------------------------------------


def prepare(client, topic, deed, **data):
    sent = {f"{deed}-{name}": value for name, value in data.items()}
    return client.post(f"/desk/prepare/{topic.number}/{deed}/", sent)


def test_a_meeting_is_prepared_and_announced_from_one_page(client):
    topic = prepared()
    staff(client, "clerk", room=topic.room)
    suggestion = actions.suggest(topic, "装太阳能灯", by=ANYONE)
    with at(MONDAY):
        prepare(
            client,
            topic,
            "research",
            who="街道、物业",
            findings="没有路灯",
            party0="residents",
            voice0="不敢走",
        )
        prepare(client, topic, "option", title="装灯", cost="5,800", source="service_fund")
        prepare(client, topic, "answer", pk=suggestion.pk, adopted="yes", answer="写进方案")
        prepare(client, topic, "invite", party="residents", body="住户代表", affected="on")
        when = {"at": "2025-05-16T19:00", "form": "room", "place_words": "二楼"}
        answer = prepare(client, topic, "announce", **when)
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert topic.state == "announced"
    assert queries.options_of(topic)[0].cost == 5800
    assert queries.meetings_of(topic)[0].at == FRIDAY


def test_a_unit_finds_its_invitation_on_its_desk(client):
    topic = prepared()
    clerk, unit = factories.actor("clerk", room=topic.room), factories.unit()
    actions.invite(topic, [actions.preparation.Guest("departments", unit.name, unit=unit)], by=clerk)
    staff(client, "unit_officer", unit=unit)
    invitation = Invitation.objects.get()
    assert topic.title in client.get("/desk/").content.decode()
    address = f"/desk/invitation/{invitation.pk}/"
    assert client.get(address).status_code == 200
    client.post(address, {"pk": invitation.pk, "answer": "coming"})
    invitation.refresh_from_db()
    assert invitation.answer == "coming"


def test_a_suggestion_of_another_topic_is_not_answered_here(client):
    topic, other = prepared(), prepared()
    suggestion = actions.suggest(other, "装灯", by=ANYONE)
    staff(client, "clerk", room=topic.room)
    assert prepare(client, topic, "answer", pk=suggestion.pk, adopted="yes", answer="好").status_code == 404


def test_sitting_down_at_once_leads_to_the_console(client):
    topic = factories.topic()
    staff(client, "clerk", room=topic.room)
    sent = {"form": "field", "place_words": "圩堤", "words": "农田积水", "emergency": "on"}
    answer = client.post(f"/desk/at-once/{topic.number}/", sent)
    meeting = queries.planned_or_open(topic)
    assert answer.url == f"/desk/meeting/{meeting.pk}/"
    assert meeting.emergency


def test_the_reviewer_confirms_a_resolution_from_the_desk(client):
    resolution = concluded()
    staff(client, "reviewer", place=resolution.topic.place)
    assert "达成一致" in client.get(f"/desk/t/{resolution.topic.number}/").content.decode()
    client.post(f"/desk/resolution/{resolution.pk}/confirm/")
    resolution.refresh_from_db()
    assert resolution.confirmed_at


def test_photos_of_a_visit_are_public(client):
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (640, 480), "gray").save(picture, "JPEG")
    topic = prepared()
    staff(client, "clerk", room=topic.room)
    photo = SimpleUploadedFile("a.jpg", picture.getvalue(), "image/jpeg")
    sent = {"research-who": "街道", "research-findings": "坑", "photos": photo}
    client.post(f"/desk/prepare/{topic.number}/research/", sent)
    assert Photo.objects.get().public


def test_the_desk_leads_to_what_comes_next(client):
    meeting = opened()
    staff(client, "convener", room=meeting.room)
    assert f"/desk/meeting/{meeting.pk}/" in client.get("/desk/").content.decode()
    with at(FRIDAY + timedelta(hours=1)):
        assert client.get("/desk/meetings/").status_code == 200
