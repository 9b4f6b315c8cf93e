"""Numbers are read aloud and typed by old hands: every single slip must be noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import local
from mashangyi.topic import numbers

serials = st.integers(min_value=1, max_value=9_999_999)


@given(serials)
def test_a_number_leads_back_to_its_serial(serial):
    assert numbers.serial("Y", numbers.number("Y", serial, local(2026, 5, 1))) == serial


@given(serials, st.data())
def test_one_wrong_character_is_noticed(serial, data):
    plain = numbers.number("L", serial, local(2026, 5, 1)).replace("-", "")
    place = data.draw(st.integers(1, len(plain) - 1))
    wrong = data.draw(st.sampled_from([c for c in "0123456789" if c != plain[place]]))
    with pytest.raises(ValueError):
        numbers.serial("L", plain[:place] + wrong + plain[place + 1 :])


@given(serials, st.data())
def test_two_neighbours_swapped_are_noticed(serial, data):
    plain = numbers.number("L", serial, local(2026, 5, 1)).replace("-", "")
    place = data.draw(st.integers(1, len(plain) - 2))
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if swapped != plain:
        with pytest.raises(ValueError):
            numbers.serial("L", swapped)


@pytest.mark.parametrize("typed", ["L26-OOO147-{}", "l26 ooo147 {}", "L26-000I47-{}", "L26-000l47-{}", "Ｌ２６－０００１４７－{}"])
def test_letters_read_for_digits_are_taken_for_them(typed):
    assert numbers.serial("L", typed.format(numbers.check_digit("26000147"))) == 147


@pytest.mark.parametrize("text", ["", "L", "随便写的", "Y26-000147-4", "L26-00147", "L26-00a147-5"])
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="编号"):
        numbers.serial("L", text)
