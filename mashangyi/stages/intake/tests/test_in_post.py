"""What somebody in a post brings in: for an elder, from a visit, as a member, for the party organisation."""

import re

import pytest

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people import law, vault
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.places.models import Room
from mashangyi.stages.intake import queries
from mashangyi.stages.intake.actions import Source, record_report
from mashangyi.stages.intake.models import CHANNELS, Report
from mashangyi.stages.intake.rules import PERMISSION_OF
from mashangyi.stages.triage.actions import merge
from mashangyi.stages.triage.tests.factories import in_review
from mashangyi.topic.desk import inboxes_of
from mashangyi.topic.models import Topic
from tests import factories

from . import factories as make
from .factories import enter, text

pytestmark = pytest.mark.django_db
TOWN = factories.VILLAGE[:9]
PAGES = {
    "/desk/file/": ("grid_worker", "clerk"),
    "/desk/propose/": ("member",),
    "/desk/set-topic/": ("reviewer", "convener"),
}


@pytest.fixture
def room():
    return factories.room()


def acting(client, role, room):
    where = {"room": room} if role in {"clerk", "convener"} else {"place": room.place}
    return enter(client, factories.actor(role, **where))


def send(client, page, room, **more):
    return client.post(page, {"room": room.pk, "words": "李奶奶走累了没地方坐", **more})


# --- every channel has its way in --------------------------------------------------------------


def test_each_channel_asks_its_own_permission():
    assert set(PERMISSION_OF) == set(CHANNELS)
    assert set(PERMISSION_OF.values()) <= set(law.LAW)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["grid_worker", "clerk", "member", "reviewer", "convener", "mediator", "supervisor"])
def test_each_page_is_for_its_roles_alone(client, room, page, role):
    acting(client, role, room)
    assert client.get(page).status_code == (200 if role in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_a_resident_is_shown_to_the_login(client, page):
    assert client.get(page)["Location"].startswith("/staff/login/")


WAYS = [
    ("/desk/file/", "grid_worker", {"speaks_for": "proxy", "consent": "本人当面口头同意"}, "proxy"),
    ("/desk/file/", "grid_worker", {"speaks_for": "grid"}, "grid"),
    ("/desk/file/", "clerk", {"speaks_for": "proxy", "consent": "电话里同意"}, "proxy"),
    ("/desk/file/", "clerk", {"speaks_for": "station"}, "station"),
    ("/desk/propose/", "member", {}, "member"),
    ("/desk/set-topic/", "reviewer", {}, "committee"),
    ("/desk/set-topic/", "convener", {}, "committee"),
]


@pytest.mark.parametrize(("page", "role", "more", "channel"), WAYS)
def test_each_way_in_makes_a_report_of_its_channel_and_prints_its_slip(client, room, page, role, more, channel):
    by = acting(client, role, room)
    answer = send(client, page, room, **more)
    report = Report.objects.get()
    assert answer["Location"] == f"/desk/filed/{report.number}/slip/"
    assert (report.channel, report.filed_by_id, report.topic.state) == (channel, by.post_id, "received")
    entry = Entry.objects.get(verb="intake.reported")
    assert CHANNELS[channel] in wording(entry) and entry.organ == by.label
    slip = text(client.get(answer["Location"]))
    assert report.number in slip and "<svg" in slip and "李奶奶走累了" in slip


@pytest.mark.parametrize(("page", "role", "more", "channel"), WAYS)
def test_the_slip_leads_back_to_the_form_of_ones_own_post(client, room, page, role, more, channel):
    acting(client, role, room)
    slip = text(client.get(send(client, page, room, **more)["Location"]))
    (again,) = re.findall(r'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?再反映一件', slip)
    assert again == page and client.get(again).status_code == 200


@pytest.mark.parametrize(("page", "role", "more", "channel"), WAYS)
def test_whoever_reported_in_a_post_may_take_it_back_in_it(client, room, page, role, more, channel):
    by = acting(client, role, room)
    send(client, page, room, **more)
    receipt = queries.receipt_address(Report.objects.get())
    assert "确定撤回" in text(client.get(receipt))
    assert client.post(receipt + "withdraw/").status_code == 302
    assert Topic.objects.get().state == "withdrawn"
    assert Entry.objects.get(verb="topic.withdraw").organ == by.label


@pytest.mark.parametrize(
    ("role", "offered"), [("grid_worker", ["proxy", "grid"]), ("clerk", ["proxy", "station"])]
)
def test_only_what_a_post_may_do_is_offered(client, room, role, offered):
    acting(client, role, room)
    assert re.findall(r'name="speaks_for" value="(\w+)"', text(client.get("/desk/file/"))) == offered


@pytest.mark.parametrize("channel", ["station", "hotline", "committee", "member", "scan", ""])
def test_a_channel_that_was_not_offered_is_refused_and_the_words_stay(client, room, channel):
    acting(client, "grid_worker", room)
    answer = send(client, "/desk/file/", room, speaks_for=channel)
    assert answer.status_code == 422 and "李奶奶走累了" in text(answer)
    assert not Report.objects.exists()


# --- for somebody else -------------------------------------------------------------------------


def test_speaking_for_someone_without_their_consent_is_told_at_the_field(client, room):
    acting(client, "grid_worker", room)
    answer = send(client, "/desk/file/", room, speaks_for="proxy", name="李奶奶", spot="小游园")
    page = text(answer)
    assert answer.status_code == 422 and "先征得同意" in page and 'href="#id_consent"' in page
    assert all(words in page for words in ("李奶奶走累了", 'value="李奶奶"', 'value="小游园"'))


def test_consent_of_invisible_letters_is_none(client, room):
    acting(client, "grid_worker", room)
    assert send(client, "/desk/file/", room, speaks_for="proxy", consent="\u200b\u200b").status_code == 422


def test_the_person_spoken_for_goes_to_the_vault_and_the_filer_stays_named(client, room):
    by = acting(client, "grid_worker", room)
    send(client, "/desk/file/", room, speaks_for="proxy", consent="本人同意", name="李桂兰", phone="13800138000",
         urgent="on", photos=[make.picture()])  # fmt: skip
    report = Report.objects.get()
    assert vault.knows(report.subject, "name") and vault.knows(report.subject, "phone")
    assert (report.person_id, report.filed_by_id, report.consent) == (None, by.post_id, "本人同意")
    assert report.topic.urgent and Photo.objects.filter(subject=report.subject).count() == 1
    assert "李桂兰" not in str(list(Entry.objects.values())) + str(list(Report.objects.values()))


def test_no_field_but_those_of_the_form_can_be_slipped_in(client, room):
    acting(client, "grid_worker", room)
    someone = make.Person.objects.create(kind="resident")
    send(client, "/desk/file/", room, speaks_for="grid", channel="hotline", person=someone.pk, filed_by="1",
         joins="1", source="12345", happened_at="2020-01-01")  # fmt: skip
    report = Report.objects.get()
    assert (report.channel, report.person_id, report.source, report.happened_at) == ("grid", None, "", None)


def test_the_same_form_sent_twice_is_one_report(client, room):
    acting(client, "grid_worker", room)
    word = {"speaks_for": "grid", "once": "k3v9x2m7q8w5r4t6y1z0"}
    assert send(client, "/desk/file/", room, **word)["Location"] == send(client, "/desk/file/", room, **word)["Location"]
    assert Report.objects.count() == 1


def test_a_double_click_without_scripts_is_one_report(client, room):
    acting(client, "grid_worker", room)
    both = [send(client, "/desk/file/", room, speaks_for="grid")["Location"] for _click in range(2)]
    assert both[0] == both[1] and Report.objects.count() == 1


def test_bad_photos_leave_everything_else_standing(client, room):
    acting(client, "member", room)
    bad = make.SimpleUploadedFile("图.jpg", b"<svg>", "image/jpeg")
    answer = send(client, "/desk/propose/", room, cosponsors="科技界 2 号", photos=[bad])
    page = text(answer)
    assert answer.status_code == 422 and "第 1 张照片“图.jpg”" in page and "照片要重新选一次" in page
    assert "李奶奶走累了" in page and 'value="科技界 2 号"' in page


# --- where -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "role"), [(page, roles[0]) for page, roles in PAGES.items()])
def test_a_room_outside_ones_place_is_not_to_be_chosen(client, room, page, role):
    acting(client, role, room)
    other = factories.room(place="320830100001")
    answer = send(client, page, other, speaks_for="grid")
    assert answer.status_code == 422 and "请从名单里选一个议事室" in text(answer)
    assert not Report.objects.exists()


def test_the_deed_itself_refuses_a_topic_for_another_place(room):
    reviewer = factories.actor("reviewer", place="320830100")
    with pytest.raises(law.No):
        record_report(room, "整治占道经营", "committee", by=reviewer)


def test_a_closed_room_is_not_offered(client, room):
    gone = factories.room()
    gone.closed_on = "2026-01-01"
    gone.save()
    acting(client, "grid_worker", room)
    page = text(client.get("/desk/file/"))
    assert room.name in page and gone.name not in page


def test_whoever_has_one_room_need_not_choose(client, room):
    acting(client, "clerk", room)
    page = text(client.get("/desk/file/"))
    assert f'<option value="{room.pk}" selected>' in page and "请选议事室" not in page


def test_whoever_has_many_rooms_finds_one_by_its_name(client, room):
    for n in range(61):
        factories.room(name=f"第 {n} 村协商议事室")
    enter(client, factories.actor("member", place="3208"))
    page = text(client.get("/desk/propose/"))
    assert 'name="q"' in page and page.count("<option") <= 62
    narrowed = text(client.get("/desk/propose/", {"q": "第 57 村"}))
    wanted = Room.objects.get(name="第 57 村协商议事室")
    assert narrowed.count("<option") == 1 and f'value="{wanted.pk}" selected' in narrowed
    assert client.post("/desk/propose/?q=第 57 村", {"room": wanted.pk, "words": "修渠"}).status_code == 302
    assert "换几个字" in text(client.get("/desk/propose/", {"q": "火星"}))


# --- members -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("科技界 2 号、农业界 5 号", ["科技界 2 号", "农业界 5 号"]),
        ("科技界 2 号，农业界 5 号,教育界 1 号；", ["科技界 2 号", "农业界 5 号", "教育界 1 号"]),
        ("科技界 2 号、、 科技界 2 号", ["科技界 2 号"]),
        ("", []),
    ],
)  # fmt: skip
def test_those_who_sign_with_a_member_are_named_one_by_one(client, room, typed, kept):
    by = acting(client, "member", room)
    send(client, "/desk/propose/", room, cosponsors=typed)
    report = Report.objects.get()
    assert report.cosponsors == kept and report.person_id == by.person_id


# --- what others filed -------------------------------------------------------------------------


def test_what_somebody_else_filed_is_a_missing_page(client, room):
    mine = record_report(room, "井盖松了", "grid", by=acting(client, "grid_worker", room)).report
    theirs = record_report(room, "井盖松了", "grid", by=factories.actor("grid_worker", place=room.place)).report
    scanned = make.report(room)
    for report, status in [(mine, 200), (theirs, 404), (scanned, 404)]:
        assert client.get(f"/desk/filed/{report.number}/slip/").status_code == status
    assert client.get(f"/desk/filed/{theirs.number}/").status_code == 404
    assert client.get(f"/desk/filed/{mine.number}/")["Location"] == f"/desk/filed/{mine.number}/slip/"


def test_the_slip_of_what_one_filed_is_found_again_with_how_it_stands(client, room):
    report = record_report(room, "井盖松了", "grid", by=acting(client, "grid_worker", room)).report
    make.moved(report.topic, "verify")
    page = text(client.get(f"/desk/filed/{report.number}/", follow=True))
    assert "data-print" in page and "核实中" in page and f'href="/t/{report.topic.number}/"' in page


def test_a_ticket_that_one_imported_leads_to_its_page(client, room):
    by = acting(client, "clerk", room)
    ticket = record_report(room, "井盖松了", "hotline", by=by, source=Source("12345", "1", {})).report
    assert client.get(f"/desk/filed/{ticket.number}/")["Location"] == f"/t/{ticket.topic.number}/"


@pytest.mark.parametrize("number", ["L26-999999-9", "nonsense"])
def test_a_slip_of_nothing_is_a_missing_page(client, room, number):
    acting(client, "grid_worker", room)
    assert client.get(f"/desk/filed/{number}/slip/").status_code == 404


def test_the_slip_of_a_merged_or_ended_matter_still_prints(client, room):
    by = acting(client, "grid_worker", room)
    report = record_report(room, "井盖松了", "grid", by=by).report
    main = make.public(room, "北门井盖")
    merge(report.topic, main, by=factories.actor("clerk", room=room))
    assert f'href="/t/{main.number}/"' in text(client.get(f"/desk/filed/{report.number}/slip/"))
    make.moved(main, "withdraw")
    assert client.get(f"/desk/filed/{report.number}/slip/").status_code == 200


@pytest.mark.parametrize("role", ["grid_worker", "member", "reviewer", "convener"])
def test_what_one_brought_in_is_on_ones_desk_with_how_it_stands(client, room, role):
    by = acting(client, role, room)
    channel = {"grid_worker": "grid", "member": "member"}.get(role, "committee")
    report = record_report(room, "井盖松了", channel, by=by).report
    assert f'href="/desk/filed/{report.number}/"' in text(client.get("/desk/"))


def test_what_a_reviewer_set_stands_below_what_waits_for_review(client, room):
    in_review(room)
    acting(client, "reviewer", room)
    page = text(client.get("/desk/"))
    assert page.index("等您审定") < page.index("我点的题")


def test_what_is_empty_is_named_in_one_line_and_what_can_be_begun_keeps_its_card(client, room):
    acting(client, "reviewer", room)
    page = text(client.get("/desk/"))
    assert re.search("现在没有：等您审定 · [^<]*。", page)
    assert 'id="box-set"' in page and page.count('class="card"') == 1


def test_scripts_in_what_was_said_are_words_on_every_desk(client, room):
    attack = '<script>alert(1)</script>"\'{{ 7*7 }}'
    by = acting(client, "grid_worker", room)
    report = record_report(room, attack, "grid", by=by, spot=attack).report
    shown = [text(client.get(page)) for page in ("/desk/", f"/desk/filed/{report.number}/slip/")]
    acting(client, "clerk", room)
    shown += [text(client.get(page)) for page in ("/desk/triage/", f"/desk/triage/{report.topic.number}/")]
    assert all("&lt;script&gt;alert" in page and "<script>alert" not in page for page in shown)


def test_the_desk_counts_what_somebody_brought_in_as_far_as_it_lists_it(room):
    worker = factories.actor("grid_worker", place=room.place)
    for n in range(35):
        record_report(by=worker, room=room, channel="grid", words=f"{n}号楼前的路灯不亮")
    boxes = {box.name: items for box, items in inboxes_of(worker)}
    assert len(boxes["filed"]) == 35
