"""A number that leads to a person does not come into the journal, whatever was typed as a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.journal.discretion import discreet
from mashangyi.ground.journal.read import faults

from .factories import speak

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
around = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="\0"), max_size=8)


@pytest.mark.parametrize("words", [
    "请打 13812345678", "13812345678", "+86 138 1234 5678 找他", "138-1234-5678", "１３８１２３４５６７８",
])  # fmt: skip
def test_a_mobile_number_is_left_out(words):
    assert "（电话略）" in discreet(words) and "5678" not in discreet(words)


def test_a_citizen_number_is_left_out():
    assert discreet("证号000000199003074517。") == "证号（证件号略）。"


@pytest.mark.parametrize("words", [
    "", "拨打 12345", "0517-83123456", "L26-000147-4", "2026-05-13T10:00:00+08:00", "工单 202605131234567890",
    "花了 13800 元", "000000199003074518", "a13812345678901234b",
])  # fmt: skip
def test_other_numbers_stay(words):
    assert discreet(words) == words


@given(around, mobiles, around)
def test_no_mobile_number_gets_through_and_the_words_around_it_stay(before, mobile, after):
    told = discreet(before + mobile + after)
    assert mobile not in told and told.startswith(before) and told.endswith(after)


@pytest.mark.django_db
def test_an_entry_keeps_the_words_without_the_number_and_its_chain_is_whole():
    entry = speak("王某家 13812345678 说的")
    entry.refresh_from_db()
    assert entry.data == {"words": "王某家 （电话略） 说的"} and faults() == []
