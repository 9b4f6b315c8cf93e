"""Details that tell who somebody is: found by the rules of their formats, and nothing else taken for them."""

import string
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ...intake.rules import LONGEST_TICKET
from ..identity import bare, dimmed, identity_marks, is_bank_card, is_citizen_number, masked, private_marks


def kinds(text: str) -> list[str]:
    return [mark.kind for mark in identity_marks(text)]


def citizen(area: str, day: str, serial: str) -> str:
    body = area + day + serial
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]


def luhn(body: str) -> str:
    return next(body + d for d in string.digits if is_bank_card(body + d))


MOBILES = st.tuples(st.sampled_from("3456789"), st.text(string.digits, min_size=9, max_size=9)).map(
    lambda t: "1" + "".join(t)
)
CITIZENS = st.tuples(
    st.integers(110000, 659999), st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.integers(0, 999),
).map(lambda t: citizen(str(t[0]), f"{t[1]:%Y%m%d}", f"{t[2]:03d}"))  # fmt: skip
CARDS = st.text(string.digits, min_size=12, max_size=15).map(lambda d: luhn("622" + d)).filter(is_bank_card)
PLATES = st.tuples(
    st.sampled_from("苏京沪皖鲁"), st.sampled_from("ABCDEFGH"), st.text(string.digits, min_size=5, max_size=5)
).map("".join)


@given(MOBILES)
def test_every_mobile_number_is_found_and_leaves_the_public_text(number):
    text = f"请打我电话{number}，谢谢"
    assert kinds(text) == ["phone"] and number not in masked(text) and number not in dimmed(text)


@given(CITIZENS)
def test_every_citizen_number_with_its_check_character_is_found(number):
    assert is_citizen_number(number) and kinds(f"身份证{number}。") == ["id_number"]


@given(CITIZENS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_makes_it_no_citizen_number(number, place, step):
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_citizen_number(wrong)


@pytest.mark.parametrize("said", ["身份证 {}", "身份证号：{}", "身份证号码是{}", "证件号{}"])
@pytest.mark.parametrize("number", ["320812199003074514", "32081219900307451", "32081219900307451x", "320812900307451"])
def test_what_is_called_a_citizen_number_is_hidden_though_a_digit_is_wrong(said, number):
    assert kinds(said.format(number)) == ["id_number"] and number not in masked(said.format(number))


@given(CARDS)
def test_every_bank_card_is_found_with_or_without_blanks(number):
    spaced = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    for written in (number, spaced):
        found = kinds(f"卡号{written}")
        assert found in (["bank"], ["id_number"]), written


@given(PLATES)
def test_every_plate_is_found(plate):
    assert kinds(f"车牌{plate}的车") == ["plate"]


@given(st.text(max_size=200))
def test_marks_never_overlap_and_masking_finds_no_private_number_left(text):
    marks = identity_marks(text)
    assert all(one.end <= other.start for one, other in zip(marks, marks[1:], strict=False))
    assert all(text[mark.start : mark.end] == mark.words for mark in marks)
    assert len(bare(text)) == len(text)


@pytest.mark.parametrize("text", [
    "2026 年 3 月 2 日 14:30 开会", "工单 2309000123816", "拨打 12345 或 0517 区号", "3208 户，46 块电表",
    "面积 138.12 平方米",
    "热线 12348、12315、110、119", "每月 13800 元", "编号 Y26-000147-K", "订单号 202603020001234567",
])  # fmt: skip
def test_ordinary_figures_are_left_alone(text):
    assert identity_marks(text) == []


@pytest.mark.parametrize(("text", "kind", "words"), [
    ("我姓陈，住这里", "name", "陈"), ("本人叫王小明。", "name", "王小明"), ("联系人：李四", "name", "李四"),
    ("家里电话 0517-83912345", "phone", "0517-83912345"), ("微信号：chen_8866", "account", "chen_8866"),
    ("邮箱 chen@qq.com", "email", "chen@qq.com"), ("住 3 号楼 2 单元 501 室", "home", "3 号楼 2 单元 501 室"),
    ("住3栋501室", "home", "3栋501室"), ("老证 320812651231001", "id_number", "320812651231001"),
])  # fmt: skip
def test_other_details_are_found_by_what_stands_around_them(text, kind, words):
    assert [(mark.kind, mark.words) for mark in identity_marks(text)] == [(kind, words)]


@pytest.mark.parametrize("text", ["我是党员", "我叫了物业三次", "本人认为不合理", "名叫停车场的地方"])
def test_what_only_looks_like_a_name_is_left_alone(text):
    assert "name" not in kinds(text)


def test_an_offices_landline_may_stand_in_public_words_and_a_mobile_not():
    assert private_marks("办公室 0517-83912345") == []
    assert [mark.kind for mark in private_marks("手机 13812341207")] == ["phone"]


@pytest.mark.parametrize("words", ["苏H12345", "13812341207", "11010519491231002X", "chen_8866"])
def test_what_staff_see_dimmed_cannot_be_copied(words):
    [mark] = identity_marks(f"微信号{words}" if "_" in words else words)
    assert mark.shown != words and "*" in mark.shown
    assert sum(one == other for one, other in zip(mark.shown, words, strict=False)) <= 7


@pytest.mark.parametrize("piece", ["1", "a", "0", "a.", "a@a.", "京A", "1号楼", "9 ", "微信："])
def test_the_longest_ticket_of_the_worst_characters_is_looked_through_at_once(piece):
    """A rule whose repeats have no bound took six seconds for this."""
    begin = perf_counter()
    identity_marks(piece * (LONGEST_TICKET // len(piece)))
    assert perf_counter() - begin < 1.5
