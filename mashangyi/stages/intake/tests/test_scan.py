"""The scan page: what it asks, what it takes, and that nothing typed is ever lost."""

import re

import pytest

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.queries import photos_of
from mashangyi.ground.photos.tests.factories import bomb
from mashangyi.ground.places import scans
from mashangyi.ground.places.actions import close_room, revoke_code
from mashangyi.stages.intake.models import Report
from mashangyi.stages.triage.actions import merge
from mashangyi.topic.models import Topic
from tests import factories

from . import factories as make
from .factories import text

pytestmark = pytest.mark.django_db
ONCE = "k3v9x2m7q8w5r4t6y1z0"


@pytest.fixture
def code():
    return make.code(spot="东门")


def say(client, code, words="路灯不亮", **more):
    headers = {name: more.pop(name) for name in list(more) if name.startswith("HTTP_")}
    return client.post(f"/s/{code.short}/", {"words": words, **more}, **headers)


# --- opening it --------------------------------------------------------------------------------


def test_a_code_opens_one_question_with_its_place_filled_in(client, code):
    page = text(client.get(f"/s/{code.short}/"))
    assert "您想反映什么？" in page and code.room.name in page
    assert 'value="东门"' in page


def test_a_code_is_found_in_small_letters_too(client, code):
    assert client.get(f"/s/{code.short.lower()}/").status_code == 200


def test_an_unknown_code_is_a_missing_page_that_says_what_to_do(client, code):
    answer = client.get("/s/ZZZZZZ/")
    assert answer.status_code == 404 and "没有找到" in text(answer)


def test_an_opening_is_counted_and_a_report_is_not_a_second_one(client, code):
    scans._waiting.clear()
    client.get(f"/s/{code.short}/")
    say(client, code)
    assert scans.write_counts() == 1


def test_the_page_sets_no_cookie_and_may_be_kept_by_the_front(client, code):
    answer = client.get(f"/s/{code.short}/")
    assert not answer.cookies and answer["X-Scan"] == str(code.pk) and "X-Journal" in answer


def test_the_elder_page_is_the_same_page(client, code):
    client.cookies["elder"] = "1"
    page = text(client.get(f"/s/{code.short}/"))
    assert 'name="words"' in page and re.search(r'class="[^"]*elder', page)


def test_the_page_reads_in_english(client, code):
    page = text(client.get(f"/s/{code.short}/", headers={"accept-language": "en"}))
    assert 'lang="en"' in page and "您想反映什么" not in page


# --- sending it --------------------------------------------------------------------------------


def test_words_alone_are_enough_without_any_script(client, code):
    answer = say(client, code)
    report = Report.objects.get()
    assert answer.status_code == 302 and answer["Location"].startswith(f"/r/{report.number}/")
    assert (report.words, report.channel, report.code_id, report.person_id) == ("路灯不亮", "scan", code.pk, None)
    assert report.number in text(client.get(answer["Location"]))


def test_everything_else_goes_with_it(client, code):
    say(client, code, spot="3 号楼前", phone="138 0013 8000", photos=[make.picture(), make.picture(size=(30, 30))])
    report = Report.objects.get()
    assert report.spot == "3 号楼前" and vault.knows(report.subject, "phone")
    assert Photo.objects.filter(subject=report.subject, public=False).count() == 2


def test_whoever_signed_in_finds_it_under_their_reports(client, code):
    person = factories.Person.objects.create(kind="resident")
    client.force_login(person, backend=make.BACKEND)
    say(client, code)
    assert Report.objects.get().person == person
    assert "路灯不亮" in text(client.get("/me/"))


def test_the_same_form_sent_twice_leads_to_the_same_receipt(client, code):
    first, again = say(client, code, once=ONCE), say(client, code, once=ONCE)
    assert first["Location"] == again["Location"]
    assert Report.objects.count() == Entry.objects.filter(verb="intake.reported").count() == 1


def test_a_double_click_without_scripts_is_one_report(client, code):
    first, again = say(client, code), say(client, code)
    assert first["Location"] == again["Location"]
    assert Report.objects.count() == Entry.objects.filter(verb="intake.reported").count() == 1


def test_two_neighbours_who_write_the_same_have_a_receipt_each(client, code):
    first = say(client, code)
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert say(client, code)["Location"] != first["Location"] and Report.objects.count() == 2


@pytest.mark.parametrize("word", ["1", "abc", "x" * 41, "<script>alert(1)</script>", "K3V9X2M7Q8W5R4T6Y1Z0"])
def test_a_word_that_is_none_of_ours_opens_nobodys_receipt(client, code, word):
    first, other = say(client, code, once=word), say(client, code, "别人的事", once=word)
    assert first.status_code == other.status_code == 302
    assert first["Location"] != other["Location"]


# --- what is wrong stays typed -----------------------------------------------------------------

WRONG = [
    ({"words": ""}, "id_words", "请写几个字"),
    ({"words": "   \n "}, "id_words", "请写几个字"),
    ({"words": "\u200b\u202e\ufeff"}, "id_words", "请写几个字"),
    ({"words": "字" * 2001}, "id_words", "最多 2000 个字"),
    ({"phone": "12345"}, "id_phone", "手机"),
    ({"phone": "1" * 31}, "id_phone", "手机"),
    ({"spot": "东" * 121}, "id_spot", "最多 120 个字"),
]


@pytest.mark.parametrize(("sent", "field", "remedy"), WRONG)
def test_bad_input_is_told_at_its_field_with_the_remedy_and_nothing_is_lost(client, code, sent, field, remedy):
    typed = {"words": "路灯不亮", "spot": "3 号楼前", "phone": "13800138000", "once": ONCE} | sent
    answer = client.post(f"/s/{code.short}/", typed)
    page = text(answer)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in page and f'id="{field}"' in page and remedy in page
    assert "aria-invalid" in page
    kept = [value for name, value in typed.items() if name not in sent]
    assert all(value in page for value in kept)
    assert not Topic.objects.exists() and not Entry.objects.filter(verb="intake.reported").exists()


def test_all_that_is_wrong_is_told_at_once(client, code):
    page = text(say(client, code, words="", phone="12"))
    assert 'id="words-wrong"' in page and 'id="phone-wrong"' in page and 'value="12"' in page


def test_a_place_taken_out_stays_out(client, code):
    assert 'value="东门"' not in text(say(client, code, "", spot=""))


def test_two_thousand_letters_with_line_breaks_are_taken_as_the_browser_counts_them(client, code):
    say(client, code, "\r\n".join(["字" * 99] * 20))
    assert len(Report.objects.get().words) == 1999


def test_what_nobody_can_see_is_taken_out_of_words_and_place(client, code):
    say(client, code, "路\u200b灯\u202e不亮\x00 👨\u200d👩\u200d👧", spot="东\u2066门")
    report = Report.objects.get()
    assert (report.words, report.spot) == ("路灯不亮 👨\u200d👩\u200d👧", "东门")


# --- photos that cannot be taken ---------------------------------------------------------------


def upload(content: bytes, name: str = "坏了.jpg"):
    return make.SimpleUploadedFile(name, content, "image/jpeg")


@pytest.mark.parametrize(
    ("photos", "why"),
    [
        ([b"<svg onload=alert(1)>"], "第 1 张照片“坏了.jpg”：不是照片"),
        ([b""], "第 1 张照片"),
        ([bomb()], "尺寸大得不合理"),
        ([b"\xff\xd8\xff" + b"\0" * 15_728_640], "最大 15 MB"),
    ],
)  # fmt: skip
def test_a_photo_that_cannot_be_taken_is_named_and_the_words_stay(client, code, photos, why):
    answer = say(client, code, photos=[upload(content) for content in photos])
    page = text(answer)
    assert answer.status_code == 422 and why in page and 'href="#id_photos"' in page
    assert "路灯不亮</textarea>" in page
    assert not Report.objects.exists() and not Photo.objects.exists()


def test_thirteen_photos_are_too_many_and_it_is_said_how_many_are_not(client, code):
    page = text(say(client, code, photos=[make.picture()] * 13))
    assert "一次最多 12 张照片，您选了 13 张" in page


def test_photos_are_asked_for_again_when_something_else_is_wrong(client, code):
    page = text(say(client, code, "", photos=[make.picture()]))
    assert "照片要重新选一次" in page


def test_nothing_is_said_of_photos_when_none_were_sent(client, code):
    assert "重新选" not in text(say(client, code, ""))


def test_a_photo_with_no_words_is_not_even_redrawn(client, code, monkeypatch):
    monkeypatch.setattr("mashangyi.stages.intake.forms.keep", lambda files: pytest.fail("redrawn for nothing"))
    assert say(client, code, "", photos=[make.picture()]).status_code == 422


def test_hundreds_of_files_are_refused_with_words(client, code):
    answer = say(client, code, photos=[make.picture()] * 101)
    assert answer.status_code == 413 and "照片最多选 12 张" in text(answer)
    assert not Report.objects.exists()


# --- codes and rooms that are no more ----------------------------------------------------------


def test_a_revoked_code_says_why_and_leads_to_the_room(client, code):
    revoke_code(code, "公告栏拆了", by=SYSTEM)
    answer = client.get(f"/s/{code.short}/")
    assert answer.status_code == 410
    assert "公告栏拆了" in text(answer) and f'href="/rooms/{code.room_id}/"' in text(answer)


def test_words_typed_while_the_code_was_revoked_go_on_by_another_code_of_the_room(client, code):
    other = make.code(code.room)
    revoke_code(code, "公告栏拆了", by=SYSTEM)
    page = text(say(client, code, "路灯<b>不亮", spot="东门", phone="13800138000"))
    assert 'name="spot" value="东门"' in page and 'name="phone" value="13800138000"' in page
    assert "路灯&lt;b&gt;不亮</textarea>" in page and f'action="/s/{other.short}/"' in page
    assert not Report.objects.exists()


def test_words_typed_while_the_room_was_closed_are_shown_to_be_copied(client, code):
    close_room(code.room, "并入新社区", by=SYSTEM)
    answer = say(client, code)
    assert answer.status_code == 410
    assert "路灯不亮" in text(answer) and "并入新社区" in text(answer) and "照样可以反映" not in text(answer)


# --- abuse -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_SEC_FETCH_SITE": "same-site"},
             {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}]
)  # fmt: skip
def test_a_form_from_another_site_is_refused(client, code, said):
    assert say(client, code, **said).status_code == 403
    assert not Report.objects.exists()


def test_too_many_from_one_address_are_put_off_and_the_words_stay(client, code, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_REPORTS", "2/hour")
    for n in range(2):
        assert say(client, code, f"第 {n} 件").status_code == 302
    answer = say(client, code, "第三件", photos=[make.picture()])
    assert answer.status_code == 429
    assert "第三件</textarea>" in text(answer) and "分钟再来" in text(answer)
    assert Report.objects.count() == 2
    assert say(client, code, "别的人", REMOTE_ADDR="10.1.2.3").status_code in {302, 429}


def test_scripts_in_words_and_place_are_words(client, code):
    attack = '</textarea><script>alert(1)</script>{{ 7*7 }}"\'>'
    for answer in (say(client, code, attack, spot=attack, phone="12"), client.get(f"/s/{code.short}/similar/?words={attack}")):
        assert "<script>alert" not in text(answer)
    receipt = text(client.get(say(client, code, attack, spot=attack[:100])["Location"]))
    assert "<script>alert" not in receipt and "&lt;script&gt;alert" in receipt


# --- what neighbours have said -----------------------------------------------------------------


def similar(client, code, words="东门路灯不亮了"):
    return text(client.get(f"/s/{code.short}/similar/", {"words": words}))


def test_while_typing_neighbours_public_matters_are_offered(client, code):
    topic = make.public(code.room)
    page = similar(client, code)
    assert "东门路灯不亮" in page and f'formaction="/t/{topic.number}/me-too/?code={code.short}"' in page


def test_what_no_clerk_has_made_public_is_never_offered(client, code):
    make.report(code.room, "东门路灯不亮，张老三干的")
    assert similar(client, code).strip() == ""


def test_another_rooms_matters_are_not_offered(client, code):
    make.public()
    assert similar(client, code).strip() == ""


@pytest.mark.parametrize("words", ["", "字", "%' OR 1=1 --", "路" * 5000, "\x00"])
def test_no_words_break_the_search(client, code, words):
    make.public(code.room)
    assert client.get(f"/s/{code.short}/similar/", {"words": words}).status_code == 200


# --- me too ------------------------------------------------------------------------------------


def me_too(client, topic, **more):
    return client.post(f"/t/{topic.number}/me-too/", more)


def test_one_tap_joins_and_gives_a_receipt_of_ones_own(client, code):
    topic = make.public(code.room)
    answer = me_too(client, topic)
    topic.refresh_from_db()
    assert answer.status_code == 302 and answer["Location"].startswith("/r/L")
    assert (topic.reports_count, topic.support_count) == (2, 1)


def test_a_tap_sent_twice_is_one(client, code):
    topic = make.public(code.room)
    assert me_too(client, topic, once=ONCE)["Location"] == me_too(client, topic, once=ONCE)["Location"]
    topic.refresh_from_db()
    assert topic.support_count == 1


def test_the_tap_on_a_form_that_made_a_report_already_still_joins(client, code):
    topic = make.public(code.room)
    own = say(client, code, "我家的事", once=ONCE)
    joined = me_too(client, topic, once=ONCE)
    assert own["Location"] != joined["Location"]
    topic.refresh_from_db()
    assert topic.support_count == 1


def test_a_double_tap_without_scripts_is_one(client, code):
    topic = make.public(code.room)
    assert me_too(client, topic)["Location"] == me_too(client, topic)["Location"]
    topic.refresh_from_db()
    assert topic.support_count == 1


def test_a_tap_on_a_merged_matter_joins_the_one_it_was_merged_into(client, code):
    main, double = make.public(code.room), make.public(code.room)
    clerk = factories.actor("clerk", room=code.room)
    merge(double, main, by=clerk)
    me_too(client, double)
    assert Report.objects.order_by("-id").first().topic == main


def test_a_tap_on_an_ended_matter_says_to_report_anew(client, code):
    topic = make.moved(make.public(code.room), "withdraw")
    answer = me_too(client, topic)
    assert answer.status_code == 422 and "重新反映" in text(answer) and "我们这边出了问题" not in text(answer)
    assert f'href="/rooms/{topic.room_id}/"' in text(answer)


@pytest.mark.parametrize("number", ["Y26-999999-9", "nonsense", "L26-000001-1"])
def test_a_tap_on_nothing_is_a_missing_page(client, code, number):
    assert client.post(f"/t/{number}/me-too/").status_code == 404


def test_joining_is_no_matter_of_opening_a_link(client, code):
    assert client.get(f"/t/{make.public(code.room).number}/me-too/").status_code == 405


# --- me too, from a form that was already written -----------------------------------------------


def me_too_from_scan(client, code, topic, **typed):
    return client.post(f"/t/{topic.number}/me-too/?code={code.short}", typed)


def test_what_was_typed_before_the_tap_comes_along(client, code):
    topic = make.public(code.room)
    answer = me_too_from_scan(client, code, topic, words="三号楼前也不亮", spot="三号楼前", phone="13800138000",
                              photos=make.picture())  # fmt: skip
    joined = Report.objects.get(joined=True)
    assert answer.status_code == 302 and joined.topic == topic
    assert (joined.words, joined.spot, joined.code) == ("三号楼前也不亮", "三号楼前", code)
    assert vault.knows(joined.subject, "phone") and len(photos_of(joined.subject)) == 1


def test_a_tap_with_a_wrong_number_goes_back_to_the_form_and_loses_nothing(client, code):
    topic = make.public(code.room)
    answer = me_too_from_scan(client, code, topic, words="三号楼前也不亮", phone="1380")
    page = text(answer)
    assert answer.status_code == 422 and "三号楼前也不亮" in page and 'value="1380"' in page and "phone-wrong" in page
    assert f'<form method="post" action="/s/{code.short}/"' in page, "sent as it is, it is a report of its own"
    assert not Report.objects.filter(joined=True).exists()


def test_a_matter_that_ended_meanwhile_leaves_the_words_in_the_form(client, code):
    topic = make.moved(make.public(code.room), "withdraw")
    answer = me_too_from_scan(client, code, topic, words="三号楼前也不亮")
    assert answer.status_code == 422 and "三号楼前也不亮" in text(answer) and "重新反映" in text(answer)


@pytest.mark.parametrize("short", ["", "NOSUCH", "'--", "%00"])
def test_a_tap_from_a_code_that_is_none_joins_all_the_same(client, code, short):
    topic = make.public(code.room)
    assert client.post(f"/t/{topic.number}/me-too/?code={short}").status_code == 302
    assert Report.objects.get(joined=True).code is None


def test_a_code_of_another_room_is_not_counted(client, code):
    topic = make.public()
    assert me_too_from_scan(client, code, topic).status_code == 302
    assert Report.objects.get(joined=True).code is None
