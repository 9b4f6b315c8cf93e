"""The codes of a subtree lie between two bounds, whatever language a database sorts in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.places.naming import PARTS, above, bare, covering, padded, past

CODES = st.text("0123456789", min_size=12, max_size=12)
LENGTHS = tuple(end for _start, end in PARTS)


@given(CODES, CODES, st.sampled_from((0, *LENGTHS)), st.sampled_from(LENGTHS))
def test_between_the_bounds_is_what_begins_with_the_code_and_nothing_else(one, other, digits, length):
    place = one[:digits]
    for code in (other[:length], place + other[: 12 - digits], place + "9" * (12 - digits)):
        assert (place <= code < past(place)) == code.startswith(place)


@given(CODES, st.sampled_from((0, *LENGTHS)))
def test_a_bound_is_written_in_digits_which_every_language_sorts_alike(code, digits):
    assert past(code[:digits]).isdecimal()


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("320812004003", ["3208", "320812", "320812004", "320812004003"]),
        ("320812004000", ["3208", "320812", "320812004"]),
        ("320812004", ["3208", "320812", "320812004"]),
        ("320810000000", ["3208", "320810"]),
        ("320800100000", ["3208", "320800100"]),
        ("320800000000", ["3208"]),
        ("3208", ["3208"]),
        ("", []),
    ],
)
def test_a_code_lies_in_the_divisions_above_it_padded_or_not(code, way):
    assert above(code) == way
    assert bare(code) == (way[-1] if way else "")


@given(CODES)
def test_a_padded_code_is_the_same_place(code):
    assert padded(padded(code)) == padded(code) and len(padded(code)) == 12
    assert bare(padded(code)) == bare(bare(code))
    assert padded(bare(code)) == padded(code)


def test_a_place_is_covered_by_itself_and_by_all_above_it_however_they_are_written():
    assert covering("320812000000") == ["3208", "320800000000", "320812", "320812000000"]
