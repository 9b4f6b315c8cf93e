"""The console and the page of preparing, as convener, clerk and reviewer use them."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.photos.models import Photo
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.actions.outcome import Promise
from mashangyi.stages.deliberation.models import Attendance, Invitation, Resolution, Statement
from mashangyi.topic import lifecycle
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
    signed_in,
    staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


# --- the console -------------------------------------------------------------------------------


def send(client, page, deed, data):
    return client.post(f"{page}{deed}/", {f"{deed}-{name}": value for name, value in data.items()})


def do(client, meeting, deed, **data):
    return send(client, f"/desk/meeting/{meeting.pk}/", deed, data)


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
    [item] = Resolution.objects.get(meeting=meeting).items.all()
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
    assert not Resolution.objects.filter(meeting=meeting).exists()


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
    return send(client, f"/desk/prepare/{topic.number}/", deed, data)


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


def test_what_the_law_decides_by_a_vote_of_its_own_is_handed_over_from_sorting_and_recorded(client):
    topic = factories.topic()
    staff(client, "clerk", room=topic.room)
    with turn():
        lifecycle.move(topic, "verify", by=factories.actor("clerk", room=topic.room))
    page = f"/desk/to-vote/{topic.number}/"
    assert client.post(page, {"procedure": ""}).status_code == 422
    answer = client.post(page, {"procedure": "owners"})
    topic.refresh_from_db()
    assert (topic.state, topic.track) == ("statutory_vote", "statutory_vote")
    assert "记录结果" in client.get(answer["Location"]).content.decode()


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


# --- after the result --------------------------------------------------------------------------


def test_a_suggestion_after_the_result_waits_on_the_rooms_desk_until_it_is_answered(client):
    topic = concluded().topic
    made = actions.suggest(topic, "路边再栽几棵树", by=ANYONE)
    staff(client, "clerk", room=topic.room)
    assert "1 条建议：路边再栽几棵树" in client.get("/desk/").content.decode()
    actions.answer_suggestion(made, True, "春天栽", by=factories.actor("clerk", room=topic.room))
    assert "路边再栽几棵树" not in client.get("/desk/").content.decode()


def test_when_a_matter_has_gone_on_the_way_to_suggestions_and_pledges_stays(client):
    resolution = concluded(pledges=(Promise("enterprises", "供电公司", "goods", "灯 3 盏"),))
    topic = resolution.topic
    actions.suggest(topic, "路边再栽几棵树", by=ANYONE)
    with turn():
        lifecycle.move(topic, "deliver", by=host(resolution.meeting))
    staff(client, "clerk", room=topic.room)
    page = client.get(f"/desk/t/{topic.number}/").content.decode()
    assert "1 条建议等答复。1 项认领还没有登记兑现没有。" in page
    assert f"/desk/prepare/{topic.number}/#answer" in page
