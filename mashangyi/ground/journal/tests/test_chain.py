"""Whatever is done to the journal by hand is found, and named."""

import pytest

from mashangyi.ground.journal.models import Chain, Entry, Unchangeable
from mashangyi.ground.journal.read import advance, cities, faults, has_read, head
from mashangyi.ground.journal.record import fingerprint

from .factories import by_hand, entries, speak

pytestmark = pytest.mark.django_db
TABLE = "journal_entry"


def move(old: int, new: int) -> None:
    by_hand(f"UPDATE {TABLE} SET seq = %s WHERE seq = %s", new, old)


def forge(entry: Entry, **changed) -> None:
    """Put in an entry that is right in itself: with a hash computed as record() does."""
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.pk, entry._state.adding, entry.hash = None, True, fingerprint(entry)
    entry.save()


def test_an_untouched_chain_is_whole():
    entries(5)
    assert faults() == []


def test_an_empty_journal_is_whole():
    assert faults() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("organ", "别的社区"), ("role", "auditor"), ("verb", "test.whispered"), ("person", 8), ("topic", 9),
     ("room", 1), ("place", "3201"), ("data", '{"words": "没事"}'), ("at", "2020-01-01 00:00:00+00:00"),
     ("salt", "0" * 32)],
)  # fmt: skip
def test_a_changed_field_is_named(column, value):
    entries(5)
    by_hand(f"UPDATE {TABLE} SET {column} = %s WHERE seq = 3", value)
    (fault,) = faults()
    assert fault.startswith("entry 3 (") and fault.endswith("was changed")


def test_a_changed_entry_with_a_new_hash_is_named_with_its_neighbour():
    third = entries(5)[2]
    by_hand(f"DELETE FROM {TABLE} WHERE seq = 3")
    forge(third, data={"words": "没事"})
    assert faults() == ["entry 4 does not follow entry 3: one of the two was replaced"]


def test_a_deleted_entry_is_named():
    entries(5)
    by_hand(f"DELETE FROM {TABLE} WHERE seq = 3")
    assert faults() == ["entry 3 is missing"]


def test_several_deleted_entries_are_named():
    entries(6)
    by_hand(f"DELETE FROM {TABLE} WHERE seq IN (2, 3, 5)")
    assert faults() == ["entries 2 to 3 are missing", "entry 5 is missing"]


def test_the_first_entry_is_missed_too():
    entries(3)
    by_hand(f"DELETE FROM {TABLE} WHERE seq = 1")
    assert faults() == ["entry 1 is missing"]


def test_a_deleted_entry_whose_gap_was_closed_is_named():
    entries(6)
    by_hand(f"DELETE FROM {TABLE} WHERE seq = 3")
    for number in (4, 5, 6):
        move(number, number - 1)
    assert faults()[0] == "entry 3 is entry 4 in truth: it was moved"
    assert "entry 6 is missing at the end" in faults()


def test_a_cut_end_is_named():
    entries(5)
    by_hand(f"DELETE FROM {TABLE} WHERE seq > 3")
    assert faults() == ["entries 4 to 5 are missing at the end"]


def test_a_cut_end_is_named_even_when_the_chain_says_so_too():
    made = entries(5)
    assert advance("notices", seen=0, to=5)
    by_hand(f"DELETE FROM {TABLE} WHERE seq > 3")
    Chain.objects.update(seq=3, hash=made[2].hash)
    assert faults() == ["entries 4 to 5 are missing at the end: notices has read them"]


def test_two_entries_that_changed_places_are_named():
    entries(6)
    move(2, 99)
    move(4, 2)
    move(99, 4)
    named = faults()
    assert "entry 2 is entry 4 in truth: it was moved" in named
    assert "entry 4 is entry 2 in truth: it was moved" in named


def test_an_inserted_entry_is_named():
    made = entries(5)
    for number in (5, 4, 3):
        move(number, number + 1)
    forge(made[2], seq=3, prev=made[1].hash, data={"words": "我也说过"})
    named = faults()
    assert "entry 4 is entry 3 in truth: it was moved" in named
    assert "entry 6 (test.spoken) was added behind the end of the chain" in named


def test_an_entry_inserted_without_moving_the_others_is_named():
    made = entries(5)
    by_hand(f"DELETE FROM {TABLE} WHERE seq = 3")
    forge(made[2], data={"words": "换了一句"}, prev=made[1].hash)
    assert any("entry 3" in fault for fault in faults())


def test_an_entry_added_behind_the_end_is_named():
    made = entries(3)
    forge(made[2], seq=4, prev=made[2].hash)
    assert faults() == ["entry 4 (test.spoken) was added behind the end of the chain"]


@pytest.mark.parametrize("number", [0, -3])
def test_an_entry_put_before_the_first_one_is_named(number):
    made = entries(3)
    forge(made[2], seq=number, prev="")
    assert f"entry {number} stands before the first one" in faults()


def test_an_entry_of_a_city_that_has_no_chain_is_named():
    made = entries(3)
    forge(made[2], city="3201", seq=1, prev="")
    assert cities() == ["3201", "3208"]
    assert faults("3201") == ["entry 1 (test.spoken) was added behind the end of the chain"]


def test_a_chain_whose_end_was_lost_is_named():
    entries(2)
    Chain.objects.all().delete()
    assert len(faults()) == 2


def test_the_last_entries_can_be_looked_at_alone():
    entries(8)
    by_hand(f"UPDATE {TABLE} SET organ = 'x' WHERE seq IN (2, 7)")
    assert faults(last=3) == ["entry 7 (test.spoken) was changed"]
    assert len(faults()) == 2


def test_looking_at_the_last_entries_takes_few_queries(django_assert_max_num_queries):
    entries(8)
    with django_assert_max_num_queries(7):
        faults(last=3)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(organ="x"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["organ"]),
        lambda entry: Entry.objects.bulk_create([Entry(city="3208", seq=9)]),
        lambda entry: Entry.objects.create(city="3208", seq=9),
        lambda entry: Entry.objects.update_or_create(seq=9),
        lambda entry: entry.save(),
        lambda entry: entry.save(update_fields=["organ"]),
        lambda entry: Entry.objects.get(pk=entry.pk).save(),
        lambda entry: entry.delete(),
    ],
)  # fmt: skip
def test_the_program_itself_can_neither_change_nor_delete_an_entry(change):
    entry = speak()
    with pytest.raises(Unchangeable):
        change(entry)
    assert faults() == [] and head() == 1


def test_a_reader_moves_on_from_where_it_saw_itself_and_only_once():
    assert has_read("notices") == 0
    assert advance("notices", seen=0, to=5)
    assert not advance("notices", seen=0, to=7)
    assert has_read("notices") == 5
