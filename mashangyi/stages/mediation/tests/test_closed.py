"""Closed means closed: words that only a mediation knows are looked for everywhere else, and not found."""

import json
import sqlite3
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection
from django.test import Client

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox import worker
from mashangyi.ground.outbox.models import Delivery, Notice
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Post
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.models import Meeting
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.intake.rules import receipt_secret
from mashangyi.stages.mediation import actions, queries, rules
from mashangyi.stages.mediation.models import Case, Paper
from mashangyi.topic.models import Topic
from mashangyi.topic.search import likeness
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db

# One word for each thing that is said in a mediation; none of them occurs anywhere else.
SECRETS = {
    "party": "翡翠鲸鱼",
    "other party": "琥珀骆驼",
    "present": "珊瑚鹦鹉",
    "session": "玛瑙刺猬",
    "proposal": "琉璃企鹅",
    "agreement": "朱砂海豚",
    "obligation": "玳瑁狐狸",
    "change": "青瓷河马",
    "ending": "鎏金水獭",
}
ENDS = {
    "open": lambda case, by: None,
    "agreed": lambda case, by: actions.agree(case, SECRETS["agreement"], [(SECRETS["obligation"], None)], by=by),
    "court": lambda case, by: actions.hand_over(case, "court", SECRETS["ending"], by=by),
    "table": lambda case, by: actions.back_to_table(case, SECRETS["ending"], by=by),
}


@pytest.fixture(params=ENDS)
def told(request) -> Case:
    """A case in which each secret was said, from a reported topic over which a meeting had sat; all told."""
    room = make.room()
    make.actor("convener", room=room)
    topic = some.at_the_table(room)
    report = record_report(room, "楼上漏水", by=make.actor("clerk", room=room), channel="hotline", phone="13812345678").report
    type(report).objects.filter(pk=report.pk).update(topic=topic)
    case = some.case(topic, parties=[SECRETS["party"], SECRETS["other party"]])
    actions.note_session(case, SECRETS["session"], present=SECRETS["present"], by=some.by(case))
    actions.propose(case, SECRETS["proposal"], by=some.by(case))
    actions.change_mediator(case, some.mediator(), SECRETS["change"], by=some.convener(case))
    ENDS[request.param](case, some.by(case))
    while worker.project():
        pass
    worker.deliver_due()
    case.report = report
    return case


def leaks(text: str) -> list[str]:
    """What of the secrets stands in a text, as words or as JSON writes them."""
    forms = {name: {words, json.dumps(words)[1:-1]} for name, words in SECRETS.items()}
    return [name for name, ways in forms.items() if any(way in text for way in ways)]


def read(client, url: str) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == 200, url
    return b"".join(answer).decode()


def public_addresses(case) -> list[str]:
    topic, report = case.topic, case.report
    meeting = Meeting.objects.get(topic=topic)
    entries = Entry.objects.filter(topic=topic.pk).values_list("seq", flat=True)
    return [
        "/", f"/t/{topic.number}/", "/topics/", "/topics/?family=settled", "/topics/?family=closed",
        f"/topics/{topic.place}/", "/topics/?state=in_mediation", "/rooms/", f"/rooms/{topic.room_id}/",
        "/meetings/", f"/m/{meeting.pk}/", f"/wall/{meeting.pk}/", "/city/", f"/city/{topic.place}/",
        "/journal/", f"/journal/?room={topic.room_id}", "/journal/recount.jsonl", "/law/", "/how/",
        f"/r/{report.number}/{receipt_secret(report.pk)}/",
        *(f"/journal/{seq}/" for seq in entries),
    ]  # fmt: skip


def test_no_public_page_has_a_word_of_it(told, client):
    seen = {url: leaks(read(client, url)) for url in public_addresses(told)}
    assert [url for url, found in seen.items() if found] == []


@pytest.mark.parametrize("path", ["/m/{}/", "/wall/{}/"])
def test_of_a_meeting_that_went_to_a_mediator_nothing_is_shown_and_nobody_is_asked_in(client, path):
    topic = some.at_the_table()
    meeting = Meeting.objects.get(topic=topic)
    clerk = make.actor("clerk", room=topic.room)
    deliberation.say_for(meeting, "夜里还在滴", by=clerk)
    deliberation.open_ballot(meeting, "各出一半吗？", "agree", by=clerk)
    some.case(topic)
    text = read(client, path.format(meeting.pk))
    assert "已转调解" in text
    assert not [words for words in ("夜里还在滴", "各出一半吗", "正在开", "签到码", 'id="code"') if words in text]


def test_no_list_asks_people_into_a_meeting_that_went_to_a_mediator(client):
    topic = some.at_the_table()
    some.case(topic)
    for url in ("/meetings/", f"/rooms/{topic.room_id}/", f"/t/{topic.number}/"):
        assert "正在开" not in read(client, url)


def test_the_canonical_text_of_no_entry_has_a_word_of_it(told, client):
    for seq in Entry.objects.values_list("seq", flat=True):
        answer = client.get(f"/journal/{seq}/text/")
        assert not leaks(answer.content.decode())


def test_neighbours_who_type_its_very_words_are_shown_nothing_of_it(told):
    room = told.topic.room
    neighbour = make.topic(room, title="上下楼漏水", summary="上下楼住户因漏水发生争执。")
    found = likeness.similar_to(room, "上下楼漏水 " + " ".join(SECRETS.values()))
    assert neighbour in [like.topic for like in found]
    for words in SECRETS.values():
        assert likeness.similar_to(room, words) == []


DESKS = {
    "clerk": ("/desk/triage/", "/desk/meetings/", "/desk/t/{number}/"),
    "convener": ("/desk/triage/", "/desk/meetings/", "/desk/t/{number}/"),
    "reviewer": ("/desk/review/", "/desk/t/{number}/"),
    "supervisor": ("/desk/supervision/", "/desk/t/{number}/"),
    "auditor": ("/desk/audit/", "/desk/t/{number}/"),
    "member": ("/desk/t/{number}/",),
    "grid_worker": ("/desk/t/{number}/",),
    "city_admin": ("/desk/people/", "/desk/t/{number}/"),
    "unit_officer": ("/desk/tasks/",),
    "mediator": ("/desk/cases/", "/desk/t/{number}/"),
}


@pytest.mark.parametrize("role", DESKS)
def test_no_other_desk_has_a_word_of_it(told, role):
    room = told.topic.room
    unit = make.unit() if role == "unit_officer" else None
    client = some.enter(Client(), make.actor(role, room=room if role in {"clerk", "convener"} else None,
                                             unit=unit, place="" if unit else room.place))  # fmt: skip
    for url in ("/desk/", "/notices/", f"/t/{told.topic.number}/", *DESKS[role]):
        assert not leaks(read(client, url.format(number=told.topic.number))), url


def test_its_own_mediator_does_read_it(told):
    """The search itself is sound: where the words belong, they are found."""
    text = read(some.enter(Client(), some.by(told)), f"/desk/cases/{told.pk}/")
    assert {"party", "other party", "present", "session", "proposal", "change"} <= set(leaks(text))


def test_the_first_mediator_reads_it_no_more(told):
    former = Post.objects.filter(role="mediator").order_by("pk").first()
    assert former.pk != told.post_id
    from mashangyi.ground.people.actor import in_post

    client = some.enter(Client(), in_post(former))
    assert client.get(f"/desk/cases/{told.pk}/").status_code == 404
    assert not leaks(read(client, "/desk/cases/"))


def test_no_journal_entry_has_a_word_of_it(told):
    for entry in Entry.objects.all():
        assert not leaks(json.dumps([entry.organ, entry.data], ensure_ascii=False))


def test_the_journal_of_a_session_says_nothing_but_that_there_was_one(told):
    for entry in Entry.objects.filter(verb__startswith="mediation."):
        assert entry.data == {}


def test_no_notice_or_delivery_has_a_word_of_it(told):
    assert Notice.objects.filter(kind__in=["new_case", "topic_moved"]).exists()
    for notice in Notice.objects.all():
        assert not leaks(notice.title + notice.words + notice.link)
    assert not any(leaks(delivery.error) for delivery in Delivery.objects.all())


def test_no_row_of_any_table_has_a_word_of_it_in_clear(told):
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values_list():
            raw = b"\0".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in row)
            assert not leaks(raw.decode(errors="replace")), model


def test_the_raw_database_has_no_word_of_it(told):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's pages are read byte by byte; the rows of other databases are read above")
    raw: sqlite3.Connection = connection.connection
    pages = raw.serialize()
    assert told.topic.title.encode() in pages  # what is public is there in clear: the search is sound
    for words in SECRETS.values():
        assert all(words.encode(code) not in pages for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"))


# --- who is told what --------------------------------------------------------------------------


def test_the_public_reads_that_it_began_and_how_it_ended(client):
    case = some.case()
    assert "调解员正在和各方商量" in read(client, f"/t/{case.topic.number}/")
    actions.agree(case, "各出一半", [], by=some.by(case))
    text = read(client, f"/t/{case.topic.number}/")
    assert "各方已经谈成" in text and "各出一半" not in text and "调解又谈了一次" not in text


def notices(kind: str) -> list[Notice]:
    while worker.project():
        pass
    return list(Notice.objects.filter(kind=kind).order_by("id"))


def test_the_mediator_is_told_of_a_case_and_the_next_one_too():
    case = some.case()
    first, other = some.by(case), some.mediator()
    actions.change_mediator(case, other, "回避", by=first)
    told = notices("new_case")
    assert [notice.recipient for notice in told][-1] == f"person:{other.person_id}"
    assert {notice.link for notice in told} == {f"/desk/cases/{case.pk}/"}


@pytest.mark.parametrize("end", ["agreed", "court", "table"])
def test_the_room_is_told_how_it_ended(end):
    case = some.case()
    convener = some.convener(case)
    ENDS[end](case, some.by(case))
    told = [notice for notice in notices("case_ended") if notice.recipient == f"person:{convener.person_id}"]
    assert len(told) == 1 and told[0].link == f"/desk/t/{case.topic.number}/"
    assert case.topic.title in told[0].words and not leaks(told[0].words)


def test_the_mediator_is_reminded_of_a_case_and_told_when_its_time_is_over():
    case = some.case()
    mediator = f"person:{some.by(case).person_id}"
    for hours, title in ((-2, "调解案子快到期了"), (2, "调解案子超期了")):
        with clock.at(case.topic.due_at + timedelta(hours=hours)):
            tick()
            told = [notice for notice in notices("case_due") if notice.title == title]
        assert [notice.recipient for notice in told] == [mediator]
        assert told[0].link == f"/desk/cases/{case.pk}/" and not leaks(told[0].words)


def test_the_mediator_is_not_told_of_what_they_did_themselves():
    case = some.case()
    mediator = some.by(case)
    actions.agree(case, "各出一半", [], by=mediator)
    assert f"person:{mediator.person_id}" not in {notice.recipient for notice in notices("case_ended")}


# --- the seal ----------------------------------------------------------------------------------


def test_a_paper_opens_in_its_own_case_alone():
    one, other = some.case(), some.case()
    paper = one.papers.first()
    with pytest.raises(InvalidTag):
        rules.opened(other.pk, paper.sealed)


def test_a_paper_that_was_tampered_with_does_not_open():
    paper = some.case().papers.first()
    sealed = bytearray(paper.sealed)
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        rules.opened(paper.case_id, bytes(sealed))


def test_the_same_words_are_sealed_differently_each_time():
    assert rules.seal(1, {"words": "一样"}) != rules.seal(1, {"words": "一样"})


def test_who_holds_no_post_opens_no_papers():
    from mashangyi.ground.people.actor import ANYONE, SYSTEM

    case = some.case()
    for by in (ANYONE, SYSTEM, make.actor("auditor"), some.convener(case)):
        with pytest.raises(No):
            queries.sheets_of(case, by)
    assert Paper.objects.filter(case=case).exists() and Topic.objects.filter(pk=case.topic_id).exists()
