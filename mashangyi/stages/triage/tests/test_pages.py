"""The screen of triage, through real requests."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashangyi.ground.calendar.clock import today
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.signin import BACKEND
from mashangyi.stages.intake.models import Report
from mashangyi.stages.intake.queries import receipt_address
from mashangyi.topic.models import Topic
from tests import factories

from .. import actions, queries, shelves
from . import factories as made
from .factories import text

pytestmark = pytest.mark.django_db
LATER = (today() + timedelta(days=30)).isoformat()
MOST_QUERIES = 12


def at(topic, deed: str = "") -> str:
    return f"/desk/triage/{topic.number}/" + (f"{deed}/" if deed else "")


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(address)
    assert response.status_code == 200
    return len(seen)


# --- who may come in ---------------------------------------------------------------------------


def test_a_resident_is_sent_to_sign_in(client, room):
    topic = made.received(room)
    for address in ("/desk/triage/", at(topic), "/desk/review/", f"/desk/review/{topic.number}/"):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("role", ["unit_officer", "grid_worker", "member", "mediator", "auditor"])
def test_who_does_not_sort_sees_no_words_of_a_reporter(client, room, role):
    topic = made.received(room, "我是三号楼的老陈")
    where = {"unit": factories.unit()} if role == "unit_officer" else {"place": topic.place}
    client.force_login(factories.post(role, **where).person, backend=BACKEND)
    for address in ("/desk/triage/", at(topic), f"/desk/review/{topic.number}/", at(topic, "contact") + "1/"):
        response = client.get(address)
        assert response.status_code in {403, 404} and "老陈" not in text(response)
    assert client.post(at(topic, "verify")).status_code == 403


def test_a_clerk_of_another_room_can_neither_look_nor_do(client, room):
    topic = made.received(room, "我是三号楼的老陈")
    client.force_login(factories.post("clerk", room=factories.room()).person, backend=BACKEND)
    assert client.get(at(topic)).status_code == 403
    for deed in ("verify", "merge", "split", "decline", "describe", "go/direct"):
        response = client.post(at(topic, deed), {"into": topic.number, "code": "outside"})
        assert response.status_code == 403 and "老陈" not in text(response)
    assert made.again(topic).state == "received"


def test_accepting_in_bulk_does_not_reach_into_another_room(desk, room):
    mine, other = made.received(room), made.received()
    response = desk.post("/desk/triage/accept/", {"topic": [mine.pk, other.pk]})
    assert made.again(other).state == "received" and response.status_code in {302, 403}


# --- the pile ----------------------------------------------------------------------------------


def test_the_pile_is_in_the_order_of_its_clocks_and_pages_on(desk, room):
    topics = [made.received(room) for _n in range(shelves.PAGE + 3)]
    clerk = made.clerk(topics[0])
    first = shelves.inbox(clerk, shelves.Wanted())
    assert [each.pk for each in first] == [each.pk for each in topics[: shelves.PAGE + 1]]
    rest = shelves.inbox(clerk, shelves.Wanted(after=shelves.mark_of(first[shelves.PAGE - 1])))
    assert [each.pk for each in rest] == [each.pk for each in topics[shelves.PAGE :]]


@pytest.mark.parametrize("mark", ["", "x", "1-", "-1", "9" * 40 + "-1", "1-2-3"])
def test_a_made_up_place_in_the_list_is_no_error(desk, room, mark):
    made.received(room)
    assert desk.get("/desk/triage/", {"after": mark}).status_code == 200


def test_a_message_that_speaks_of_danger_is_marked_in_the_pile(desk, room):
    made.received(room, "想学电商，办个班")
    assert "可能有危险" not in text(desk.get("/desk/triage/?list=1"))
    made.received(room, "厨房漏气，味道很大")
    assert text(desk.get("/desk/triage/?list=1")).count("可能有危险") == 1


def test_the_pile_is_searched_by_words_place_and_number(desk, room):
    lamp, noise = made.received(room, "路灯不亮"), made.received(room, "工地噪声", spot="北侧工地")
    clerk = made.clerk(lamp)
    for words, wanted in (("路灯", lamp), ("北侧", noise)):
        assert [each.pk for each in shelves.inbox(clerk, shelves.Wanted(words=words))] == [wanted.pk]
    for number in (noise.number, noise.reports.get().number.lower()):
        assert desk.get("/desk/triage/", {"words": number})["Location"] == at(noise)


def test_the_pile_is_narrowed_by_channel_category_and_lateness(room):
    actions.seed_categories(by=SYSTEM)
    topic, clerk = made.received(room), factories.actor("clerk", room=room)
    assert shelves.inbox(clerk, shelves.Wanted(channel="scan")) and not shelves.inbox(
        clerk, shelves.Wanted(channel="hotline")
    )
    assert not shelves.inbox(clerk, shelves.Wanted(overdue=True))
    assert not shelves.inbox(clerk, shelves.Wanted(category="roads"))
    actions.sort(topic, category=queries.Category.objects.get(path="roads/lights"), by=clerk)
    assert shelves.inbox(clerk, shelves.Wanted(category="roads"))


def test_a_pile_narrowed_to_nothing_says_so_and_keeps_what_it_was_narrowed_by(desk, room):
    actions.seed_categories(by=SYSTEM)
    made.received(room)
    page = text(desk.get("/desk/triage/", {"category": "roads", "list": "1"}))
    assert '<option value="roads" selected>' in page and "换个条件再找" in page and "歇一会儿" not in page


def test_several_messages_are_accepted_at_once(desk, room):
    topics = [made.received(room) for _n in range(3)]
    desk.post("/desk/triage/accept/", {"topic": [each.pk for each in topics[:2]]})
    assert [made.again(each).state for each in topics] == ["verifying", "verifying", "received"]


# --- one message -------------------------------------------------------------------------------


def test_the_screen_dims_who_somebody_is_and_shows_what_was_said(desk, room):
    topic = made.received(room, "我姓陈，电话 13812341207，路灯三天不亮")
    page = text(desk.get(at(topic)))
    assert "路灯三天不亮" in page and "138****1207" in page and "13812341207" not in page


def test_what_a_resident_typed_is_never_markup(desk, room):
    page = text(desk.get(at(made.received(room, "<script>alert(1)</script> 路灯不亮"))))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_likely_same_matter_is_offered_and_merged_with_one_tap_and_undone_with_another(desk, room):
    one = made.received(room, "长西路北侧工地夜里十一点打桩")
    other = made.received(room, "北侧工地夜里十一点还在打桩，睡不着")
    following = made.received(room, "路灯不亮")
    assert "北侧工地夜里十一点" in text(desk.get(at(one)))
    response = desk.post(at(one, "merge"), {"into": other.number})
    assert response["Location"] == f"{at(other)}?merged={one.number}" and made.again(one).state == "merged"
    page = text(desk.get(f"{at(following)}?merged={one.number}"))
    assert at(one, "split") in page
    desk.post(at(one, "split"))
    assert made.again(one).state == "verifying" and one.reports.count() == 1


def test_describing_by_the_form_and_proposing_go_in_one_step(desk, room):
    topic = made.received(room)
    desk.post(at(topic, "describe"), {"title": "路灯不亮", "summary": "东门三盏灯不亮。", "then": "propose"})
    topic = made.again(topic)
    assert topic.title == "路灯不亮" and topic.state == "in_review"


def test_what_was_typed_stays_when_something_is_missing(desk, room):
    topic = made.received(room)
    response = desk.post(at(topic, "transfer"), {"body": "区公路中心", "reason": ""})
    page = text(response)
    assert response.status_code == 422 and "区公路中心" in page and "请写明为什么转给它" in page
    response = desk.post(at(topic, "describe"), {"title": "打 13812341207", "summary": "灯不亮"})
    assert response.status_code == 422 and "灯不亮" in text(response) and made.again(topic).title == ""


def test_proposing_without_public_words_asks_for_them(desk, room):
    topic = made.verifying(room)
    response = desk.post(at(topic, "propose"))
    assert response.status_code == 422 and "先写好公开的标题和摘要" in text(response)


@pytest.mark.parametrize(("deed", "fields", "state"), [
    ("verify", {}, "verifying"),
    ("ask", {"words": "哪一盏？"}, "needs_information"),
    ("decline", {"code": "outside"}, "declined"),
    ("transfer", {"body": "区公路中心", "reason": "国道归它"}, "transferred"),
    ("visit", {"findings": "看了"}, "received"),
    ("sort", {"category": ""}, "received"),
])  # fmt: skip
def test_each_deed_of_the_screen_does_its_deed(desk, room, deed, fields, state):
    topic = made.received(room)
    assert desk.post(at(topic, deed), fields).status_code == 302
    assert made.again(topic).state == state


def test_a_call_back_is_noted_from_the_screen(desk, room):
    topic = made.received(room, phone=made.PHONE)
    desk.post(at(topic, "call"), {"report": topic.reports.get().pk, "reached": "1", "words": "三盏都不亮"})
    desk.post(at(topic, "call"), {"report": topic.reports.get().pk, "reached": "", "words": ""})
    told = queries.told_of(topic)
    assert (told.reached, told.missed) == (1, 1)


def test_a_call_back_for_another_topics_reporter_is_refused(desk, room):
    topic, other = made.received(room), made.received()
    response = desk.post(at(topic, "call"), {"report": other.reports.get().pk, "reached": "1", "words": "x"})
    assert response.status_code == 422 and not queries.told_of(other).reached


def test_after_a_decision_the_next_message_lies_there(desk, room):
    topic, following = made.received(room), made.received(room)
    response = desk.post(at(topic, "decline"), {"code": "outside", "shelf": "received"})
    assert response["Location"] == at(following)


def test_one_report_is_set_apart_from_the_screen(desk, room):
    topic = made.received(room)
    report = made.me_too(topic)
    desk.post(at(topic, f"apart/{report.pk}"))
    assert Report.objects.get(pk=report.pk).topic_id != topic.pk
    stranger = made.report()
    assert desk.post(at(topic, f"apart/{stranger.pk}")).status_code == 404


@pytest.mark.parametrize("way", ["direct", "quick", "emergency", "mediate", "vote"])
def test_every_track_that_a_later_stage_takes_over_is_offered_and_leads_to_an_open_form(desk, room, way):
    topic = made.described(room)
    assert at(topic, f"go/{way}") in text(desk.get(at(topic)))
    assert desk.get(desk.post(at(topic, f"go/{way}"))["Location"]).status_code == 200


def test_a_way_out_takes_the_message_up_and_leads_to_the_next_stages_form(desk, room):
    topic = made.received(room)
    response = desk.post(at(topic, "go/mediate"))
    assert response.status_code == 302 and topic.number in response["Location"]
    assert made.again(topic).state == "verifying"
    assert desk.post(at(topic, "go/nowhere")).status_code == 404


@pytest.mark.parametrize("way", ["direct", "quick", "vote"])
def test_nothing_goes_out_before_others_can_read_what_it_is(desk, room, way):
    topic = made.received(room)
    assert "#describe" in desk.post(at(topic, f"go/{way}"))["Location"]
    type(topic).objects.filter(pk=topic.pk).update(title="路灯不亮", summary="三盏不亮。")
    assert "#describe" not in desk.post(at(topic, f"go/{way}"))["Location"]


def test_the_number_of_a_reporter_opens_for_a_purpose_only(desk, room):
    topic = made.received(room, phone=made.PHONE)
    address = at(topic, f"contact/{topic.reports.get().pk}")
    assert made.PHONE not in text(desk.get(address))
    assert desk.post(address, {"purpose": " "}).status_code == 422
    response = desk.post(address, {"purpose": "回访核实情况"})
    assert made.PHONE in text(response) and "no-store" in response["Cache-Control"]
    assert desk.get(at(topic, f"contact/{made.report().pk}")).status_code == 404


def test_a_number_written_into_the_words_is_called_for_a_purpose_that_the_journal_keeps(desk, room):
    topic = made.received(room, "路灯不亮，我的电话１３８ 1234 1207，请回电")
    page, address = text(desk.get(at(topic))), at(topic, f"contact/{topic.reports.get().pk}")
    assert address in page and "没有留电话" not in page and "1234 1207" not in page
    assert "1234 1207" not in text(desk.get(address))
    assert "tel:13812341207" in text(desk.post(address, {"purpose": "回访核实情况"}))
    assert Entry.objects.get(verb="people.unsealed").data["purpose"] == "回访核实情况"


def test_a_purpose_that_names_a_number_is_refused_at_its_field_and_stays(desk, room):
    topic = made.received(room, phone=made.PHONE)
    answer = desk.post(at(topic, f"contact/{topic.reports.get().pk}"), {"purpose": f"打 {made.PHONE}"})
    assert answer.status_code == 422 and "请不要写姓名和电话" in text(answer) and f"打 {made.PHONE}" in text(answer)


def test_a_message_with_nothing_to_hide_is_drafted_with_one_tap_too(desk, room):
    topic = made.received(room, "东门的路灯三天不亮了，夜里看不清路。")
    assert "?draft=1#describe" in text(desk.get(at(topic)))
    assert ">\n东门的路灯三天不亮了，夜里看不清路。</textarea>" in text(desk.get(at(topic), {"draft": "1"}))


@pytest.mark.parametrize("number", ["Y26-000001-0", "Y", "L26-000001-S", "Y99-999999-Z", "..%2f"])
def test_a_number_that_is_none_is_a_missing_page(desk, number):
    assert desk.get(f"/desk/triage/{number}/").status_code == 404


def test_a_grid_worker_notes_a_visit_on_the_phone(client, room, picture):

    topic = made.verifying(room)
    client.force_login(factories.post("grid_worker", place=topic.place).person, backend=BACKEND)
    photo = SimpleUploadedFile("a.jpg", picture, "image/jpeg")
    client.post(at(topic, "on-site"), {"findings": "线路老化", "photos": photo})
    [visit] = queries.told_of(topic).visits
    assert visit.findings == "线路老化" and queries.photos_by_subject(topic)[visit.subject]


def test_photos_that_a_mistake_has_lost_are_asked_for_again(desk, room, picture):
    topic = made.verifying(room)
    for deed in ("visit", "on-site"):
        photo = SimpleUploadedFile("a.jpg", picture, "image/jpeg")
        page = text(desk.post(at(topic, deed), {"findings": "", "photos": photo}))
        assert "照片要重新选一次" in page, deed
        assert "照片要重新选一次" not in text(desk.post(at(topic, deed), {"findings": ""})), deed


def test_what_was_merged_offers_nothing_but_to_be_taken_apart_again(desk, room):
    one, other = made.verifying(room), made.verifying(room)
    assert 'id="visit"' in text(desk.get(at(one))) and 'id="call"' in text(desk.get(at(one)))
    actions.merge(one, other, by=made.clerk(one))
    page = text(desk.get(at(one)))
    assert 'id="visit"' not in page and 'id="call"' not in page and "撤销并案" in page


def test_what_was_typed_for_a_matter_that_has_moved_on_is_shown_once_more_with_the_way_back(desk, room):
    topic = made.described(room)
    actions.decline(topic, "unclear", by=made.clerk(topic))
    answer = desk.post(at(topic, "answer"), {"words": "社区约定<b>九点</b>结束。"}, headers={"referer": f"http://testserver{at(topic)}"})
    assert answer.status_code == 409 and "社区约定&lt;b&gt;九点&lt;/b&gt;结束。" in text(answer)
    assert f'href="{at(topic)}"' in text(answer) and "按浏览器的" not in text(answer)


def test_what_has_ended_is_not_offered_to_be_described(desk, room):
    topic = made.described(room)
    assert 'id="describe"' in text(desk.get(at(topic)))
    actions.decline(topic, "unclear", by=made.clerk(topic))
    assert 'id="describe"' not in text(desk.get(at(topic)))


# --- danger ------------------------------------------------------------------------------------


def test_who_reports_danger_to_life_reads_whom_to_call_until_somebody_has_taken_it_up(client, room):
    topic = made.received(room, "三号楼着火了，有人昏倒")
    receipt = receipt_address(topic.reports.get())
    assert "请马上打 119、120" in text(client.get(receipt))
    actions.verify(topic, by=made.clerk(topic))
    assert "请马上打" not in text(client.get(receipt))
    assert "请马上打" not in text(client.get(receipt_address(made.report(room, "井盖没了"))))


# --- what the reporter answers -----------------------------------------------------------------


def asked(room):
    topic = made.verifying(room)
    actions.ask(topic, "是哪一盏？", by=made.clerk(topic))
    return receipt_address(topic.reports.get())


def test_what_was_answered_stands_on_the_receipt(client, room):
    receipt = asked(room)
    assert "您补充的" not in text(client.get(receipt))
    page = text(client.get(client.post(receipt + "answer/", {"words": "靠菜场那盏"})["Location"]))
    assert "您补充的" in page and "是哪一盏？" in page and "靠菜场那盏" in page


def test_what_one_answered_stands_on_nobody_elses_receipt(client, room):
    receipt = asked(room)
    other = made.me_too(Topic.objects.get())
    client.post(receipt + "answer/", {"words": "靠菜场那盏"})
    assert "靠菜场那盏" not in text(client.get(receipt_address(other)))


def test_an_answer_with_a_file_that_is_no_photo_stays_and_asks_for_photos_again(client, room):
    answer = client.post(asked(room) + "answer/", {"words": "靠菜场那盏", "photos": SimpleUploadedFile("a.jpg", b"x")})
    assert answer.status_code == 422 and "靠菜场那盏" in text(answer) and "照片要重新选一次" in text(answer)


# --- the cost of a page ------------------------------------------------------------------------


def crowded(room, n: int):
    actions.seed_categories(by=SYSTEM)
    topics = [
        made.received(room, f"北侧工地夜里十一点第 {each} 次打桩", phone=made.PHONE) for each in range(n)
    ]
    for each in topics[1:n]:
        actions.merge(each, topics[0], by=made.clerk(each)) if each.pk % 2 else None
    return made.again(topics[0])


def test_the_screen_asks_as_much_for_fifty_messages_as_for_five(client, room):
    few, many = crowded(room, 5), crowded(factories.room(), 50)
    counts = []
    for topic in (few, many):
        client.force_login(factories.post("clerk", room=topic.room).person, backend=BACKEND)
        counts.append(queries_of(client, at(topic)))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_the_review_page_asks_no_more_for_more(client, room):
    counts = []
    for n in (1, 6):
        topic = made.in_review(factories.room())
        for _n in range(n):
            made.me_too(topic)
            actions.record_visit(topic, "看了", by=made.clerk(topic))
        client.force_login(factories.post("reviewer", place=topic.place[:9]).person, backend=BACKEND)
        counts.append(queries_of(client, f"/desk/review/{topic.number}/"))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_on_the_desk_what_can_be_done_comes_before_the_story(desk, room):
    page = text(desk.get(f"/desk/t/{made.described(room).number}/"))
    assert page.index("核实和分流") < page.index('id="steps"')


def test_an_answer_names_who_gave_it_once(client, room):
    topic = made.described(room)
    actions.answer(topic, "已经报修，三天内修好。", by=made.clerk(topic))
    [_before, card] = text(client.get(f"/t/{topic.number}/")).split('class="card decision"')
    assert card.split("</section>")[0].count("议事专员") == 1
