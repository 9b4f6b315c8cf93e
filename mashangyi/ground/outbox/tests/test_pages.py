"""The page of one's own notices."""

import pytest

from mashangyi.ground.outbox import actions, queries, worker
from mashangyi.ground.outbox.models import Notice, Wish
from mashangyi.ground.people.actor import ANYONE, resident
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person
from tests.factories import post

from .factories import happens, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client) -> str:
    person = Person.objects.create(kind="resident")
    client.force_login(person)
    return f"person:{person.pk}"


def told(name: str, times: int = 1) -> None:
    for _n in range(times):
        happens(name)
    worker.project()


def text(answer) -> str:
    return answer.content.decode()


def test_one_reads_ones_own_notices_and_nobody_elses(client, me):
    told(me)
    told(somebody())
    page = text(client.get("/notices/"))
    assert "第 1 条进展" in page and "第 2 条进展" not in page
    assert "有 1 条没看过" in page and 'href="/t/Y26-000001-X/"' in page


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/notices/").status_code == 302


def test_without_notices_the_page_says_what_will_be_here(client, me):
    assert "还没有通知" in text(client.get("/notices/"))


def test_marking_as_read_reaches_what_was_shown_and_not_what_came_since(client, me):
    told(me, 2)
    shown = Notice.objects.latest("id").pk
    told(me)
    assert client.post("/notices/seen/", {"up_to": shown}).status_code == 302
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_marking_as_read_leaves_other_peoples_notices_alone(client, me):
    told(somebody())
    client.post("/notices/seen/", {"up_to": 10**9})
    assert Notice.objects.filter(seen_at=None).count() == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 30])
def test_a_mistyped_number_marks_nothing(client, me, up_to):
    told(me)
    assert client.post("/notices/seen/", {"up_to": up_to}).status_code == 302
    assert Notice.objects.filter(seen_at=None).count() == 1


def test_older_notices_are_a_page_further(client, me):
    told(me, 25)
    first = text(client.get("/notices/"))
    older = first.partition('rel="next" href="')[2].partition('"')[0]
    second = text(client.get(f"/notices/{older}"))
    assert first.count("条进展<") == 20 and second.count("条进展<") == 5


@pytest.mark.parametrize(
    ("sent", "wished"),
    [
        ({"when": "at_once", "phone": "on"}, ([], False, False)),
        ({"when": "daily", "phone": "on"}, ([], True, False)),
        ({"when": "at_once"}, (["page"], False, False)),
        ({"when": "never"}, (["page"], False, True)),
    ],
)
def test_a_wish_is_kept_and_shown_again(client, me, sent, wished):
    assert client.post("/notices/wishes/", sent).status_code == 302
    wish = Wish.objects.get(pk=me)
    assert (wish.carriers, wish.digest, wish.silent) == wished
    assert f'value="{sent["when"]}" checked' in text(client.get("/notices/"))


def test_a_wish_that_nobody_offers_is_answered_on_the_page(client, me):
    answer = client.post("/notices/wishes/", {"when": "sometimes"})
    assert answer.status_code == 422 and not Wish.objects.exists()


def test_notices_come_in_the_language_in_which_they_were_wished(client, me):
    client.cookies["lang"] = "en"
    client.post("/notices/wishes/", {"when": "at_once", "phone": "on"})
    assert Wish.objects.get(pk=me).language == "en"


def test_staff_read_theirs_on_the_desk(client):
    held = post("clerk")
    client.force_login(held.person)
    told(f"person:{held.person_id}")
    page = text(client.get("/notices/"))
    assert "第 1 条进展" in page and 'class="desk"' in page


def test_the_header_counts_what_was_not_seen_up_to_99():
    name = somebody()
    actor = resident(Person.objects.get(pk=name.split(":")[1]))
    told(name, 101)
    assert queries.unseen(actor) == 99
    actions.mark_seen(10**9, by=actor)
    assert queries.unseen(actor) == 0


def test_counting_for_somebody_who_has_not_signed_in_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.unseen(ANYONE) == 0


def test_who_has_not_signed_in_has_nothing_to_mark():
    with pytest.raises(No):
        actions.mark_seen(1, by=ANYONE)


def test_the_number_of_queries_does_not_grow_with_the_notices(client, me, django_assert_num_queries):
    told(me)
    client.get("/notices/")
    with django_assert_num_queries(6):
        client.get("/notices/")
    told(me, 30)
    with django_assert_num_queries(6):
        client.get("/notices/")


def test_the_page_is_complete_in_english(client, me):
    told(me)
    client.cookies["lang"] = "en"
    main = text(client.get("/notices/")).partition("<main")[2].partition("</main>")[0]
    assert "How to tell you" in main and "怎样" not in main


def test_every_page_of_a_signed_in_person_says_how_many_are_new(client, me):
    assert "条新通知" not in text(client.get("/"))
    told(me, 2)
    assert all("2 条新通知" in text(client.get(address)) for address in ("/", "/notices/", "/me/"))


def test_a_resident_is_told_nothing_of_duties_of_a_post(client, me):
    assert "岗位上要办的事" not in text(client.get("/notices/"))
    client.force_login(post("clerk").person)
    assert "岗位上要办的事" in text(client.get("/notices/"))
