"""From the journal to notices: who is told, once, and who is not."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.journal import read
from mashangyi.ground.outbox import worker
from mashangyi.ground.outbox.models import Delivery, Notice, Unmade, Wish
from mashangyi.ground.outbox.notices import NoticeKind, declare
from mashangyi.ground.outbox.recipients import in_post, resolved
from mashangyi.ground.people import keyring, vault
from mashangyi.ground.people.actor import Actor
from tests.factories import post, room

from .factories import Happened, happens, kinds, somebody

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("recipient", flat=True))


def ways(name: str) -> dict[str, str]:
    return dict(Delivery.objects.filter(notice__recipient=name).values_list("carrier", "state"))


def test_each_recipient_of_an_entry_is_told_once():
    one, other = somebody(), somebody()
    happens(one, other, one)
    assert worker.project() == 1
    assert told() == [one, other]


def test_what_was_projected_is_not_projected_again():
    happens(somebody())
    assert [worker.project(), worker.project()] == [1, 0]
    assert Notice.objects.count() == 1


def test_an_entry_to_which_nobody_listens_is_passed_over():
    happens("person:1", verb="test.nobody_listens")
    assert worker.project() == 1
    assert told() == [] and read.has_read("notices") == read.head()


def test_the_doer_is_never_told_of_their_own_deed():
    doer, other = somebody(), somebody()
    by = Actor("clerk", "长西社区 议事专员", person_id=int(doer.split(":")[1]))
    happens(doer, other, by=by, duty=[doer])
    worker.project()
    assert told() == [other]


def test_a_notice_carries_the_words_the_link_and_when_it_happened(noon):
    happens(somebody())
    with at(noon + timedelta(hours=1)):
        worker.project()
    notice = Notice.objects.get()
    assert (notice.title, notice.words) == ("有进展", "第 1 条进展")
    assert (notice.link, notice.created_at, notice.seen_at) == ("/t/Y26-000001-X/", noon, None)


def test_an_anonymous_reporter_with_a_phone_is_told_by_phone_and_without_one_by_the_page_alone():
    vault.seal("report:19", phone="+8613812341207")
    happens("report:19", "report:20")
    worker.project()
    assert ways("report:19") == {"page": "sent", "console": "waiting"}
    assert ways("report:20") == {"page": "sent"}


def test_what_a_receipt_is_told_stands_on_the_page_of_the_account_with_its_number_and_follows_its_wishes():
    account = somebody()
    vault.seal("report:19", phone="+8613812341207")
    Wish.objects.create(recipient=account, digest=True)
    happens("report:19")
    worker.project()
    assert told() == [account] and ways(account) == {"page": "sent", "console": "digest"}


def test_its_words_and_link_are_those_of_the_receipt():
    class Linked(Happened):
        def words(self, entry, recipient):
            return "有进展", "", f"/of/{recipient}/"

    somebody()
    vault.seal("report:19", phone="+8613812341207")
    with kinds(Linked()):
        happens("report:19")
        worker.project()
    assert Notice.objects.get().link == "/of/report:19/"


def test_of_two_receipts_with_one_number_neither_is_left_out():
    account = somebody()
    for receipt in ("report:19", "report:20"):
        vault.seal(receipt, phone="+8613812341207")
    happens("report:19", "report:20")
    worker.project()
    assert told() == [account, "report:20"]


def test_the_doer_is_not_told_by_way_of_a_receipt_with_their_number():
    doer = somebody()
    vault.seal("report:19", phone="+8613812341207")
    happens("report:19", by=Actor("resident", "居民", person_id=int(doer.split(":")[1])))
    worker.project()
    assert told() == []


def test_a_receipt_with_the_number_of_a_member_of_staff_stays_the_residents():
    somebody(kind="staff")
    vault.seal("report:19", phone="+8613812341207")
    happens("report:19")
    worker.project()
    assert told() == ["report:19"]


def test_while_the_key_is_being_changed_the_account_is_found_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANGYI_DATA", str(tmp_path))  # no other test's key is changed
    account = somebody()
    assert keyring.change()
    vault.seal("report:19", phone="+8613812341207")
    happens("report:19")
    worker.project()
    assert told() == [account]


def test_a_post_stands_for_whoever_holds_it_today():
    held = post("clerk", room=room())
    ended = post("clerk", room=room())
    ended.until = ended.since
    ended.save()
    assert resolved([f"post:{held.pk}", f"post:{ended.pk}", "post:999999"]) == [f"person:{held.person_id}"]


def test_posts_over_a_place_are_those_of_the_place_and_of_every_division_above_it():
    street = post("reviewer", place="320812004")
    village = post("reviewer", place="320812004003")
    post("reviewer", place="320812005")
    post("clerk", place="320812004")
    found = list(in_post("reviewer", place="320812004003"))
    assert found == [f"person:{street.person_id}", f"person:{village.person_id}"]


def test_somebody_who_wants_no_notices_gets_none():
    silent = somebody()
    Wish.objects.create(recipient=silent, silent=True)
    happens(silent)
    worker.project()
    assert told() == []


def test_what_belongs_to_ones_work_cannot_be_switched_off():
    silent = somebody(kind="staff")
    Wish.objects.create(recipient=silent, silent=True, digest=True)
    happens(duty=[silent])
    worker.project()
    assert ways(silent) == {"page": "sent", "console": "waiting"}


def test_somebody_who_wants_the_page_alone_is_not_rung():
    quiet = somebody()
    Wish.objects.create(recipient=quiet, carriers=["page"])
    happens(quiet)
    worker.project()
    assert ways(quiet) == {"page": "sent"}


def test_the_words_are_in_the_language_that_was_wished():
    class Greeting(Happened):
        def words(self, entry, recipient):
            from django.utils.translation import get_language

            return get_language(), "", ""

    one, other = somebody(), somebody()
    Wish.objects.create(recipient=other, language="en")
    with kinds(Greeting()):
        happens(one, other)
        worker.project()
    assert list(Notice.objects.order_by("id").values_list("title", flat=True)) == ["zh-hans", "en"]


def test_what_happened_more_than_a_week_ago_is_put_on_the_page_and_rings_nowhere(noon):
    name = somebody()
    happens(name)
    with at(noon + timedelta(days=8)):
        worker.project()
    assert ways(name) == {"page": "sent"}


def test_a_worker_that_stood_still_for_three_days_loses_nothing(noon, phone):
    name = somebody()
    for _n in range(5):
        happens(name)
    with at(noon + timedelta(days=3)):
        while worker.project(limit=2):
            pass
        worker.deliver_due()
    assert [words for _name, words in phone.sent] == [f"第 {n} 条进展" for n in range(1, 6)]


def test_a_kind_that_fails_on_an_entry_holds_up_neither_the_others_nor_the_next_entry():
    one, other = somebody(), somebody()
    happens(one, breaks=True)
    happens(other)
    assert worker.project() == 2
    assert told() == [other]
    unmade = Unmade.objects.get()
    assert (unmade.seq, unmade.kind, unmade.error) == (1, "test_happened", "ValueError: a bug in a stage")


def test_what_failed_is_made_once_the_kind_is_mended():
    name = somebody()
    happens(name, breaks=True)
    worker.project()
    assert worker.make_again() == 0

    class Mended(Happened):
        def words(self, entry, recipient):
            return "修好了", "现在能发了", ""

    with kinds(Mended()):
        assert worker.make_again() == 1
    assert told() == [name] and not Unmade.objects.exists()


def test_what_fails_again_lets_the_others_have_their_turn(monkeypatch, noon):
    monkeypatch.setattr(worker, "BATCH", 1)
    Unmade.objects.create(seq=8, kind="of a release that is gone", error="KeyError: 8")
    with at(noon + timedelta(minutes=1)):
        happens(somebody())
        Unmade.objects.create(seq=1, kind="test_happened", error="mended since")
    with at(noon + timedelta(minutes=2)):
        assert [worker.make_again(), worker.make_again()] == [0, 1]


def test_two_workers_that_read_the_same_entries_write_them_once(monkeypatch):
    happens(somebody())
    seen = read.has_read("notices")
    assert worker.project() == 1
    monkeypatch.setattr(read, "has_read", lambda reader: seen)  # the other had looked before the first wrote
    assert worker.project() == 0
    assert Notice.objects.count() == 1


def test_a_batch_that_fails_is_read_again(monkeypatch):
    happens(somebody())
    with monkeypatch.context() as patch:
        patch.setattr(worker, "_write", lambda drafts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worker.project()
    assert read.has_read("notices") == 0
    assert worker.project() == 1 and Notice.objects.count() == 1


def test_writing_takes_the_same_number_of_queries_however_many_are_told(django_assert_max_num_queries):
    for _n in range(3):
        happens(*[somebody() for _m in range(5)])
    with django_assert_max_num_queries(16):
        worker.project()
    assert Notice.objects.count() == 15


def test_a_kind_is_declared_once():
    class Again(NoticeKind):
        name = "test_happened"

    with pytest.raises(ValueError, match="declared twice"):
        declare(Again())
