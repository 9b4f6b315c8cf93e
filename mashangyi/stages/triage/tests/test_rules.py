"""The small decisions of triage."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar import clock

from ..rules import common_phrases, heading, numbers_to_call, pieces, risks, tone

NOW = clock.local(2026, 3, 2, 9)


@pytest.mark.parametrize(("words", "call"), [
    ("楼下着火了", "119"), ("有人触电昏倒", "120"), ("夜里有人持刀打架", "110"), ("井盖没了", ""),
])  # fmt: skip
def test_danger_words_say_whom_to_call(words, call):
    assert call in {risk.call for risk in risks(words)}


@pytest.mark.parametrize("words", ["路灯不亮三天了，公交站没有座椅", "拐弯的地方看不见车", "老人拄拐上不了楼"])
def test_everyday_words_are_no_danger(words):
    assert risks(words) == []


def test_each_number_is_to_be_called_once_and_none_where_no_life_is_at_stake():
    assert numbers_to_call("着火了，冒烟，有人昏倒") == ["119", "120"]
    assert numbers_to_call("井盖没了，停水三天") == []


@pytest.mark.parametrize(("words", "title"), [
    ("路灯不亮三天了。请修一修。", "路灯不亮三天了"),
    ("对面长西路北侧工地连续一周夜里还在打桩，吵得睡不着。", "对面长西路北侧工地连续一周夜里还在打桩"),
    ("您好，" + "说来话长" * 9, ("您好，" + "说来话长" * 9)[:30]),
    ("", ""),
])  # fmt: skip
def test_a_working_title_is_the_first_thing_said(words, title):
    assert heading(words) == title


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9)), max_size=5))
def test_a_text_cut_into_pieces_is_still_the_same_text(text, spans):
    marked = [(start, min(start + length, len(text)), "x") for start, length in spans if start < len(text)]
    assert "".join(words for words, _kind in pieces(text, marked)) == text


def test_reasons_for_likeness_are_phrases_of_both():
    one, other = "北侧工地夜里十一点还在打桩，睡不着", "我们这边工地夜里十一点打桩，老人睡不着"
    phrases = common_phrases(one, other)
    assert "工地夜里十一点" in phrases and all(phrase.rstrip("…") in one for phrase in phrases)


@pytest.mark.parametrize(("left", "expected"), [
    (timedelta(hours=2), ""), (timedelta(minutes=38), "due"), (-timedelta(minutes=1), "hot"),
])  # fmt: skip
def test_the_last_hour_is_amber_and_what_is_over_red(left, expected):
    with clock.at(NOW):
        assert tone(NOW + left) == expected
