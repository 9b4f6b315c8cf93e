"""Codes: opaque, readable aloud, never double, revocable; scans counted without a person."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.ground.places import actions, codes, queries, scans
from mashangyi.ground.places.actions import make_codes, revoke_code
from mashangyi.ground.places.models import PRINTED, Code, Scans
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.room()


@pytest.fixture
def code(room):
    return make_codes(room, "report", "door_plate", ["正门"], by=SYSTEM)[0]


@pytest.fixture(autouse=True)
def nothing_waits():
    scans._waiting.clear()


# --- drawing -----------------------------------------------------------------------------------


def test_a_short_code_has_no_letter_that_is_taken_for_another():
    assert not set(codes.ALPHABET) & set("0O1IL")
    assert all(codes.is_short(codes.draw_short()) for _ in range(200))


def test_a_spoken_code_may_begin_with_zeros_and_use_all_its_million():
    drawn = [codes.draw_spoken() for _ in range(2000)]
    assert all(codes.is_spoken(code) for code in drawn)
    assert {code[0] for code in drawn} == set("0123456789")


def test_made_codes_are_no_smaller_or_larger_than_chance_has_it(room):
    made = make_codes(room, "report", "lift_card", [""] * 200, by=SYSTEM)
    assert {code.spoken[0] for code in made} == set("0123456789")
    assert [code.pk for code in made] == sorted(code.pk for code in made)


@given(st.integers(1, 40), st.sets(st.integers(0, 99), max_size=99))
def test_a_draw_gives_different_codes_that_nobody_has(count, taken):
    numbers = iter(range(10**6))
    gone = {f"{n:06d}" for n in taken}
    drawn = codes.draw(count, lambda: f"{next(numbers) % 100:06d}", lambda _: gone)
    assert len(set(drawn)) == len(drawn) <= count
    assert not set(drawn) & gone


@given(
    st.sampled_from(
        ["{}", " {} ", "{}/", "https://yi.example.cn/s/{}/", "yi.example.cn/s/{}", "HTTP://X/S/{}"]
    )
)
def test_what_is_typed_is_read_with_or_without_the_address_around_it(shape):
    assert codes.typed(shape.format("K7M2Q9")) == "K7M2Q9"
    assert codes.typed(shape.format("k7m2q9")) == "K7M2Q9"


@pytest.mark.parametrize("words", ["482913", "482 913", "482-913", "４８２９１３", " 48 29 13 "])
def test_spoken_digits_are_read_however_they_are_grouped(words):
    assert codes.typed(words) == "482913"


@given(st.text(max_size=80))
def test_nothing_typed_breaks_the_reading(words):
    typed = codes.typed(words)
    assert typed == codes.typed(typed)


# --- making ------------------------------------------------------------------------------------


def test_each_spot_gets_a_code_of_its_own(room):
    made = make_codes(
        room, "report", "lift_card", ["3 号楼", "5 号楼", "7 号楼"], by=factories.actor("city_admin")
    )
    assert [code.spot for code in made] == ["3 号楼", "5 号楼", "7 号楼"]
    assert len({code.short for code in made}) == len({code.spoken for code in made}) == 3
    entry = Entry.objects.get(verb="places.codes_made")
    assert (entry.room, entry.data["count"]) == (room.pk, 3)


def test_500_codes_at_once_are_500_different_ones(room):
    make_codes(room, "report", "fan", [""] * 500, by=SYSTEM)
    assert Code.objects.values("spoken").distinct().count() == 500


def test_a_taken_code_is_drawn_again(room, code, monkeypatch):
    first = iter([code.spoken])
    monkeypatch.setattr(codes, "draw_spoken", lambda draw=codes.draw_spoken: next(first, None) or draw())
    assert make_codes(room, "report", "fan", [""], by=SYSTEM)[0].spoken != code.spoken


def test_a_code_that_another_process_took_meanwhile_is_drawn_again(room, code, monkeypatch):
    honest, lied = actions._free, []

    def blind_once(count):
        if not lied:
            lied.append(True)
            return [(code.short, "000001")]
        return honest(count)

    monkeypatch.setattr(actions, "_free", blind_once)
    made = make_codes(room, "report", "fan", [""], by=SYSTEM)
    assert len(made) == 1
    assert made[0].short != code.short


def test_when_all_digits_are_taken_it_says_so_and_makes_none(room, monkeypatch):
    monkeypatch.setattr(codes, "draw_spoken", lambda: "111111")
    make_codes(room, "report", "fan", [""], by=SYSTEM)
    with pytest.raises(ValidationError):
        make_codes(room, "report", "fan", [""], by=SYSTEM)
    assert Code.objects.count() == 1


@pytest.mark.parametrize(
    ("purpose", "item", "spots"),
    [("spy", "fan", [""]), ("report", "tattoo", [""]), ("report", "fan", []), ("report", "fan", [""] * 501)],
)
def test_what_cannot_be_made_is_refused_with_words(room, purpose, item, spots):
    with pytest.raises(ValidationError):
        make_codes(room, purpose, item, spots, by=SYSTEM)
    assert not Code.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "convener", "grid_worker", "reviewer"])
def test_only_the_city_makes_and_revokes_codes(room, code, role):
    with pytest.raises(No):
        make_codes(room, "report", "fan", [""], by=factories.actor(role, room=room))
    with pytest.raises(No):
        revoke_code(code, "丢了", by=factories.actor(role, room=room))
    with pytest.raises(No):
        make_codes(room, "report", "fan", [""], by=ANYONE)


def test_an_administrator_of_another_city_may_not(room):
    with pytest.raises(No):
        make_codes(room, "report", "fan", [""], by=factories.actor("city_admin", place="3209"))


# --- revoking ----------------------------------------------------------------------------------


def test_a_revoked_code_is_still_known_and_leads_to_its_room(room, code):
    revoke_code(code, "公告栏拆了", by=SYSTEM)
    found = queries.code_typed(code.short)
    assert found.revoked
    assert (found.room, found.revoked_why) == (room, "公告栏拆了")


def test_a_code_is_revoked_once_and_with_a_reason(code):
    with pytest.raises(ValidationError):
        revoke_code(code, " ", by=SYSTEM)
    revoke_code(code, "丢了", by=SYSTEM)
    with pytest.raises(ValidationError):
        revoke_code(code, "丢了", by=SYSTEM)
    assert Entry.objects.filter(verb="places.code_revoked").count() == 1


def test_the_button_of_a_room_uses_a_living_code_for_reporting(room, code):
    other = make_codes(room, "check", "poster", [""], by=SYSTEM)[0]
    assert queries.code_to_report(room) == code
    revoke_code(code, "丢了", by=SYSTEM)
    assert queries.code_to_report(room) is None
    assert not other.revoked


def test_a_code_is_found_by_its_address_in_any_case_or_by_its_digits(code):
    assert queries.code_typed(code.spoken_apart) == code
    assert queries.code_typed(code.short.lower()) == code
    assert queries.code_typed("") is None and queries.code_typed("NOBODY") is None


def test_every_printed_item_can_be_made(room):
    for item in PRINTED:
        assert make_codes(room, "report", item, [""], by=SYSTEM)[0].item == item


# --- scans -------------------------------------------------------------------------------------


def test_counting_a_scan_asks_the_database_for_nothing(code, django_assert_num_queries):
    with django_assert_num_queries(0):
        scans.count_scan(code)


def test_scans_are_counted_by_day_and_nothing_else_is_kept(code):
    for day, times in ((3, 2), (4, 1)):
        with clock.at(clock.local(2026, 5, day)):
            for _ in range(times):
                scans.count_scan(code)
    assert scans.write_counts() == 3
    with clock.at(clock.local(2026, 5, 4)):
        scans.count_scan(code)
    scans.write_counts()
    kept = Scans.objects.order_by("day").values("code", "day", "count")
    assert list(kept) == [
        {"code": code.pk, "day": date(2026, 5, 3), "count": 2},
        {"code": code.pk, "day": date(2026, 5, 4), "count": 2},
    ]
    assert {field.name for field in Scans._meta.fields} == {"id", "code", "day", "count"}


def test_scans_from_many_threads_are_all_counted(code):
    threads = [
        threading.Thread(target=lambda: [scans.count_scan(code) for _ in range(100)]) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scans.write_counts() == 800


def test_counts_that_could_not_be_written_wait_for_the_next_time(code, monkeypatch):
    scans.count_scan(code)
    with monkeypatch.context() as broken:
        broken.setattr(scans, "_add", lambda counted: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            scans.write_counts()
    assert scans.write_counts() == 1
    assert Scans.objects.get().count == 1


def test_a_room_s_codes_come_newest_first_with_their_counts_in_two_queries(room, django_assert_num_queries):
    made = make_codes(room, "report", "fan", [""] * 25, by=SYSTEM)
    for _ in range(3):
        scans.count_scan(made[-1])
    scans.write_counts()
    with django_assert_num_queries(2):
        page = queries.codes_of(room)
    assert [code.pk for code in page] == [code.pk for code in reversed(made)][:20]
    assert page[0].scanned == 3
    rest = queries.codes_of(room, before=page[-1].pk)
    assert len(rest) == 5
    assert connection.in_atomic_block
