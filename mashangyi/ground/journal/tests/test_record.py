"""What goes into the journal, and that it stands or falls with the deed."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as some

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.deeds import deed, turn
from mashangyi.ground.journal.models import Chain, Cursor, Entry
from mashangyi.ground.journal.read import faults, head, latest, of_topic, since, unread
from mashangyi.ground.journal.record import canonical, fingerprint, plain, record
from mashangyi.ground.journal.verbs import Verb, declare, wording
from mashangyi.ground.people.actor import SYSTEM

from .factories import CLERK, speak

text = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]))
plain_data = some.dictionaries(
    text,
    some.recursive(
        some.none() | some.booleans() | some.integers(-(2**60), 2**60) | text
        | some.floats(allow_nan=False, allow_infinity=False),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(text, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)  # fmt: skip


@pytest.mark.django_db
def test_entries_are_numbered_from_one_without_a_gap():
    assert [speak().seq for _ in range(3)] == [1, 2, 3]
    assert head() == 3


@pytest.mark.django_db
def test_an_entry_keeps_who_when_what_and_where():
    moment = clock.local(2026, 5, 18, 9, 30)
    with clock.at(moment):
        speak("路灯不亮", by=CLERK, topic=12, room=3, place="320812004003")
    entry = Entry.objects.get()
    assert (entry.person, entry.role, entry.organ) == (7, "clerk", "长西社区 议事专员")
    assert (entry.at, entry.topic, entry.room, entry.place) == (moment, 12, 3, "320812004003")
    assert entry.data == {"words": "路灯不亮"}


@pytest.mark.django_db
def test_an_entry_without_a_place_is_the_citys():
    assert speak().place == "3208"


@pytest.mark.django_db
def test_a_verb_that_nobody_declared_is_refused():
    with pytest.raises(KeyError):
        speak(verb="test.never_declared")


def test_a_verb_cannot_be_declared_in_two_ways():
    with pytest.raises(ValueError, match="declared twice"):
        declare(Verb("test.spoken", "别的说法"))


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_deed_is_refused():
    with pytest.raises(RuntimeError, match="inside a deed"):
        record("test.spoken", by=SYSTEM)


def test_a_deed_must_say_by_whom():
    with pytest.raises(TypeError, match="by"):
        deed(lambda *, by: None)()


@pytest.mark.django_db(transaction=True)
def test_an_entry_and_its_change_roll_back_together():
    @deed
    def fail(*, by):
        Cursor.objects.create(reader="test", seq=1)
        record("test.spoken", by=by)
        raise ValueError("no")

    speak()
    with pytest.raises(ValueError, match="no"):
        fail(by=SYSTEM)
    assert not Cursor.objects.filter(reader="test").exists()
    assert head() == 1 and speak().seq == 2 and faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_deed_inside_another_can_fail_alone():
    @deed
    def fail(*, by):
        record("test.spoken", by=by)
        raise ValueError("a bad row")

    with turn():
        speak("一")
        with pytest.raises(ValueError, match="a bad row"):
            fail(by=SYSTEM)
        speak("二")
    assert [entry.data["words"] for entry in since(0)] == ["一", "二"]
    assert faults() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("refused", [datetime(2026, 5, 18, tzinfo=UTC), Decimal("6.5"), {1, 2}, b"x"])
def test_data_that_is_not_plain_is_refused(refused):
    with pytest.raises(TypeError, match="plain JSON"), turn():
        record("test.spoken", by=SYSTEM, data={"words": [refused]})
    assert head() == 0


def test_words_that_depend_on_the_language_are_refused():
    with pytest.raises(TypeError):
        plain({"words": gettext_lazy("受理")})


@pytest.mark.parametrize("refused", [float("nan"), float("inf"), -float("inf"), "a\0b", "\ud800"])
def test_what_a_database_would_not_take_is_refused(refused):
    with pytest.raises(ValueError):
        plain({"x": refused})


def test_data_is_named_by_text_alone():
    with pytest.raises(TypeError):
        plain({1: "x"})


def test_a_whole_number_is_the_same_however_it_was_written():
    assert json.dumps(plain([1.0, 1e20, -0.0, 0.1, True])) == "[1, 100000000000000000000, 0, 0.1, true]"


@pytest.mark.django_db
def test_the_canonical_text_is_this_one():
    with clock.at(clock.local(2026, 5, 18, 9, 30)):
        entry = speak("“路灯”不亮", by=CLERK, topic=12, room=3)
    entry.salt = "0" * 32
    assert canonical(entry) == (
        '["3208",1,1779067800000000,"' + sha256(f"{'0' * 32}:7".encode()).hexdigest()[:32] + '","clerk",'
        '"长西社区 议事专员","test.spoken",12,3,"3208",{"words":"“路灯”不亮"},""]'
    )


@pytest.mark.django_db
@given(data=plain_data)
def test_whatever_was_recorded_has_the_same_fingerprint_when_read_again(data):
    with turn():
        made = record("test.spoken", by=CLERK, data=data)
    read = Entry.objects.get(pk=made.pk)
    assert fingerprint(read) == made.hash == read.hash


@pytest.mark.django_db
def test_the_published_text_does_not_tell_who_it_was():
    one, other = speak(by=CLERK), speak(by=CLERK)
    seals = [json.loads(canonical(entry))[3] for entry in (one, other)]
    assert seals[0] != seals[1]
    assert 7 not in json.loads(canonical(one))


@pytest.mark.django_db
def test_the_public_reads_public_verbs_only():
    speak("大家看", topic=5, room=2)
    speak(verb="test.whispered", topic=5, room=2)
    assert [entry.verb for entry in latest()] == ["test.spoken"]
    assert [entry.verb for entry in latest(room=2)] == ["test.spoken"]
    assert [entry.verb for entry in of_topic(5, public=True)] == ["test.spoken"]
    assert len(of_topic(5, public=False)) == 2


@pytest.mark.django_db
def test_the_newest_come_first_and_are_paged_by_number():
    for n in range(5):
        speak(str(n))
    assert [entry.seq for entry in latest(limit=2)] == [5, 4]
    assert [entry.seq for entry in latest(limit=2, before=4)] == [3, 2]


@pytest.mark.django_db
def test_a_reader_reads_each_entry_once():
    for _ in range(3):
        speak()
    with turn():
        assert [entry.seq for entry in unread("test", limit=2)] == [1, 2]
    with turn():
        assert [entry.seq for entry in unread("test")] == [3]
    with turn():
        assert list(unread("test")) == []


@pytest.mark.django_db
def test_the_wording_shows_the_data_and_leaves_out_what_is_not_there():
    entry = speak("路灯不亮")
    assert wording(entry) == "有人说了：路灯不亮"
    entry.data = {}
    assert wording(entry) == "有人说了："
    entry.verb = "old.verb_of_a_removed_stage"
    assert wording(entry) == "old.verb_of_a_removed_stage"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "read"),
    [("2026-12-04", "12 月 4 日"), ("2025-12-04", "2025 年 12 月 4 日"), ("2026-02-30", "2026-02-30"), (291000, "291,000")],
)
def test_dates_and_numbers_in_the_data_read_as_people_write_them(kept, read):
    with clock.at(clock.local(2026, 5, 18)):
        entry = speak()
        entry.data = {"words": kept}
        assert wording(entry) == f"有人说了：{read}"


@pytest.mark.django_db
def test_words_in_the_data_that_the_catalogue_knows_are_translated():
    entry = speak("受理")
    with translation.override("en"):
        assert wording(entry).endswith("Take up")


@pytest.mark.django_db
def test_the_chain_is_held_with_two_queries_and_written_with_two(django_assert_num_queries):
    speak()
    with django_assert_num_queries(5):  # with the savepoint that a test's own transaction makes of the turn
        speak()
    assert Chain.objects.count() == 1
