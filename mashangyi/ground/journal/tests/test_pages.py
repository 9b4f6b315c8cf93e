"""The journal as the public reads it, and as the auditor does."""

import json
from hashlib import sha256

import pytest

from mashangyi.ground.journal.recount import recount
from tests.factories import post, room, topic

from .factories import CLERK, by_hand, entries, speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client):
    client.force_login(post("auditor", place="3208").person)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_the_public_reads_public_entries_newest_first(client):
    speak("第一句")
    speak("第二句")
    speak(verb="test.whispered")
    page = text(client.get("/journal/"))
    assert page.index("第二句") < page.index("第一句")
    assert "内部记了一笔" not in page


def test_the_fingerprint_of_the_end_is_shown(client):
    assert speak().hash in text(client.get("/journal/"))


def test_an_empty_journal_has_a_page(client):
    assert client.get("/journal/").status_code == 200


def test_older_entries_are_a_page_further_and_none_is_lost(client):
    entries(45)
    seen, address = set(), "/journal/"
    while address:
        answer = client.get(address)
        page = text(answer)
        seen |= {n for n in range(1, 46) if f'href="/journal/{n}/"' in page}
        older = page.partition('rel="next" href="')[2].partition('"')[0]
        address = f"/journal/{older}" if older else ""
    assert seen == set(range(1, 46))


def test_the_journal_of_one_room_shows_that_room_alone(client):
    here, there = room("长西社区协商议事室"), room()
    speak("这里的事", room=here)
    speak("别处的事", room=there)
    page = text(client.get("/journal/", {"room": here.pk}))
    assert "这里的事" in page and "别处的事" not in page and "长西社区协商议事室" in page


def test_a_topic_is_named_by_its_title_and_linked(client):
    matter = topic(title="路灯不亮")
    speak("有人去看过了", topic=matter)
    page = text(client.get("/journal/"))
    assert f'href="/t/{matter.number}/"' in page and ">路灯不亮</a>" in page


@pytest.mark.parametrize(
    "query", ["?before=x", "?room=x", "?before=-1", "?room=99999999999999999999", "?before=9"]
)
def test_a_mistyped_address_is_no_error(client, query):
    speak()
    assert client.get(f"/journal/{query}").status_code == 200


def test_a_public_entry_shows_its_text_and_its_hash(client):
    entry = speak("路灯不亮", by=CLERK)
    page = text(client.get(f"/journal/{entry.seq}/"))
    assert "有人说了：路灯不亮" in page and entry.hash in page


def test_the_text_of_an_entry_has_the_hash_that_is_shown(client):
    entry = speak("“路灯”不亮", by=CLERK)
    content = client.get(f"/journal/{entry.seq}.txt").content
    assert sha256(content).hexdigest() == entry.hash


def test_of_a_closed_entry_the_hash_alone_is_shown(client):
    entry = speak("调解内容", verb="test.whispered", by=CLERK)
    page = text(client.get(f"/journal/{entry.seq}/"))
    assert entry.hash in page
    assert "调解内容" not in page and "内部记了一笔" not in page and CLERK.label not in page
    assert client.get(f"/journal/{entry.seq}.txt").status_code == 404


def test_an_entry_that_is_not_there_is_a_missing_page(client):
    assert client.get("/journal/7/").status_code == 404
    assert client.get("/journal/7.txt").status_code == 404


def test_anyone_can_recount_the_whole_chain(client, monkeypatch):
    monkeypatch.setattr("mashangyi.ground.journal.pages.RECOUNTED", 3)
    made = entries(7)
    speak("调解内容", verb="test.whispered")
    number, last, wrong = recount(lambda after: pages_of(client, after))
    assert (number, wrong) == (8, []) and last != made[-1].hash


def pages_of(client, after: int) -> list[dict]:
    answer = client.get("/journal/recount.jsonl", {"after": after})
    assert "调解内容" not in text(answer)
    return [json.loads(line) for line in text(answer).splitlines()]


def test_who_recounts_finds_what_was_changed_by_hand(client):
    entries(3)
    by_hand("UPDATE journal_entry SET organ = %s WHERE seq = 2", "别的社区")
    wrong = recount(lambda after: pages_of(client, after))[2]
    assert wrong == ["entry 2 is not what its hash says"]


def test_the_program_that_recounts_is_there_to_be_read(client):
    answer = client.get("/journal/recount.py")
    assert answer["Content-Type"].startswith("text/plain") and "def recount" in text(answer)


def test_nobody_who_reads_learns_who_a_person_is(client):
    person = CLERK.person_id
    entry = speak(by=CLERK)
    fields = json.loads(client.get(f"/journal/{entry.seq}.txt").content)
    assert person not in fields and fields[3] != str(person)


def test_the_number_of_queries_does_not_grow_with_the_entries(client, django_assert_num_queries):
    here = room()
    for n in range(3):
        speak(str(n), room=here, topic=topic(here))
    client.get("/journal/")
    with django_assert_num_queries(5):
        client.get("/journal/")
    for n in range(15):
        speak(str(n), room=room(), topic=topic(here))
    with django_assert_num_queries(5):
        client.get("/journal/")


def test_one_entry_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    speak(topic=topic())
    with django_assert_max_num_queries(5):
        client.get("/journal/2/")


def test_the_auditor_reads_closed_entries_too_and_that_the_chain_is_whole(auditor):
    speak(verb="test.whispered")
    page = text(auditor.get("/desk/audit/"))
    assert "内部记了一笔" in page and "test.whispered" in page and "链条完整" in page


def test_the_auditor_reads_the_text_of_a_closed_entry_and_nobody_else_does(auditor, client):
    entry = speak(verb="test.whispered")
    page = text(auditor.get(f"/journal/{entry.seq}/"))
    assert "内部记了一笔" in page and "test.whispered" in page and "sha256sum" not in page
    client.force_login(post("clerk", room=room()).person)
    assert "内部记了一笔" not in text(client.get(f"/journal/{entry.seq}/"))


def test_from_the_audit_a_matter_is_opened_where_it_can_be_opened_again(auditor):
    about = topic()
    speak(topic=about)
    desk = f"/desk/t/{about.number}/"
    assert f'href="{desk}"' in text(auditor.get("/desk/audit/")) and auditor.get(desk).status_code == 200
    assert desk not in text(auditor.get("/journal/"))


def test_the_auditor_is_told_what_was_done_to_the_journal(auditor):
    entries(3)
    by_hand("DELETE FROM journal_entry WHERE seq = 2")
    page = text(auditor.get("/desk/audit/"))
    assert "entry 2 is missing" in page and "链条完整" not in page


def test_the_auditors_page_takes_a_fixed_number_of_queries(auditor, django_assert_max_num_queries):
    entries(30)
    auditor.get("/desk/")  # the first page notes when the working day began
    with django_assert_max_num_queries(10):
        auditor.get("/desk/audit/")


@pytest.mark.parametrize("role", ["clerk", "unit_officer", "supervisor"])
def test_others_may_not_audit(client, role):
    client.force_login(post(role, place="3208").person)
    assert client.get("/desk/audit/").status_code == 403


def test_a_stranger_is_asked_to_sign_in_first(client):
    assert client.get("/desk/audit/").status_code == 302


@pytest.mark.parametrize("path", ["/journal/", "/journal/1/", "/desk/audit/"])
def test_the_pages_are_complete_in_english(auditor, path):
    speak()
    auditor.cookies["lang"] = "en"
    page = text(auditor.get(path))
    assert "entr" in page.lower()
    for words in ("公开账本", "指纹", "核对", "账本审计"):
        assert words not in page.partition("<main")[2].partition("</main>")[0]
