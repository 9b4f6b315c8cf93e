"""The codes of a subtree lie between two bounds, whatever language a database sorts in."""

from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.places.naming import LENGTHS, past

CODES = st.text("0123456789", min_size=12, max_size=12)


@given(CODES, CODES, st.sampled_from((0, *LENGTHS)), st.sampled_from(LENGTHS))
def test_between_the_bounds_is_what_begins_with_the_code_and_nothing_else(one, other, digits, length):
    place = one[:digits]
    for code in (other[:length], place + other[: 12 - digits], place + "9" * (12 - digits)):
        assert (place <= code < past(place)) == code.startswith(place)


@given(CODES, st.sampled_from((0, *LENGTHS)))
def test_a_bound_is_written_in_digits_which_every_language_sorts_alike(code, digits):
    assert past(code[:digits]).isdecimal()
