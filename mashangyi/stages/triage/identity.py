"""Details that tell who somebody is, found in a text by the rules of their formats.

Suggestions for the clerk, who decides what the public reads. Numbers with a checksum are tested by it:
citizen number GB 11643-1999 (ISO 7064 MOD 11-2), bank cards ISO/IEC 7812 (Luhn).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import today
from ...ground.journal.discretion import MOBILE, NARROW, is_checked

KINDS = {
    "id_number": N_("身份证号"),
    "bank": N_("银行卡号"),
    "phone": N_("电话"),
    "plate": N_("车牌"),
    "email": N_("邮箱"),
    "account": N_("微信或 QQ"),
    "home": N_("门牌号"),
    "name": N_("姓名"),
}
# Those that never belong into public words unless the clerk says that they are an office's own.
NUMBERS = ("id_number", "bank", "phone", "plate", "email", "account")
INSTEAD = {
    "id_number": "（证件号略）",
    "bank": "（卡号略）",
    "phone": "（电话略）",
    "plate": "（车牌略）",
    "email": "（邮箱略）",
    "account": "（账号略）",
    "home": "（门牌略）",
    "name": "某某",
}


@dataclass(frozen=True)
class Mark:
    """One detail: which kind, where it stands, its words."""

    kind: str
    start: int
    end: int
    words: str

    @property
    def shown(self) -> str:
        """What staff read on the screen: enough to recognise it, not enough to copy it."""
        if len(self.words) < 11:
            return (
                self.words[:2] + "*" * (len(self.words) - 2) if len(self.words) > 4 else "*" * len(self.words)
            )
        return f"{self.words[:3]}****{self.words[-4:]}"


def identity_marks(text: str) -> list[Mark]:
    """The details in `text` in their order; where two would overlap, the surer rule wins."""
    narrow, taken = text.translate(NARROW), []
    for kind, pattern, holds in RULES:
        for found in pattern.finditer(narrow):
            start, end = found.span(1)
            free = all(end <= mark.start or start >= mark.end for mark in taken)
            if free and holds(found[1]):
                taken.append(Mark(kind, start, end, text[start:end]))
    return sorted(taken, key=lambda mark: mark.start)


def phones_in(text: str) -> list[str]:
    """The telephone numbers that somebody wrote into their own words, each once."""
    found = (mark.words.translate(NARROW) for mark in identity_marks(text) if mark.kind == "phone")
    return list(dict.fromkeys(found))


def masked(text: str) -> str:
    """The text with every detail left out, as a draft of public words."""
    return _replaced(text, lambda mark: INSTEAD[mark.kind])


def dimmed(text: str) -> str:
    """The text with every detail dimmed, for staff who need not know it."""
    return _replaced(text, lambda mark: mark.shown)


def bare(text: str) -> str:
    """The text with blanks where details stood: for comparing what was said, not who said it."""
    return _replaced(text, lambda mark: " " * len(mark.words))


def _replaced(text: str, instead: Callable[[Mark], str]) -> str:
    for mark in reversed(identity_marks(text)):
        text = text[: mark.start] + instead(mark) + text[mark.end :]
    return text


# --- the rules, surest first -------------------------------------------------------------------
# Every repeat has a bound: a ticket of 20,000 digits must not cost more than one of words.


def is_citizen_number(words: str) -> bool:
    """18 characters with a real birthday and the right check character, or the old 15 with a birthday."""
    if len(words) == 15:
        return _is_birthday("19" + words[6:12])
    return is_checked(words) and _is_birthday(words[6:14])


def _is_birthday(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= today()


def is_bank_card(words: str) -> bool:
    """16 to 19 digits, with or without spaces between them, that pass the Luhn check."""
    digits = [int(c) for c in words if c.isdigit()]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (
        16 <= len(digits) <= 19
        and digits[0] in {4, 5, 6, 9}
        and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
    )


def is_phone(words: str) -> bool:
    """A mobile number, or a landline with area code; no hotline and no date that looks like one."""
    digits = re.sub(r"\D", "", words)
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return bool(re.fullmatch(r"1[3-9]\d{9}|0[1-9]\d{8,10}", digits))


def _always(words: str) -> bool:
    return True


SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
HOUSE, PLATE = "(?:号楼|栋|幢|座|#)", "[A-HJ-NP-Z0-9]"
COUNT, ASKED = r"(?:\d{1,3}|[一二三四五六七八九十]+)", "(?:姓名|联系人)"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


def _rule(kind: str, pattern: str, holds: Callable[[str], bool] = _always):
    return kind, re.compile(pattern), holds


def _has_digits(words: str) -> bool:
    return sum(c.isdigit() for c in words) >= 2


RULES: tuple[tuple[str, re.Pattern, Callable[[str], bool]], ...] = (
    _rule("id_number", r"(?<![0-9A-Za-z])(\d{17}[0-9Xx]|\d{15})(?![0-9A-Za-z])", is_citizen_number),
    # Called so and mistyped, it tells who somebody is all the same.
    _rule("id_number", r"(?:身份证|证件)(?:号码|号)?(?:是|为)?[:： ]{0,3}(\d{14,17}[0-9Xx])(?![0-9A-Za-z])"),
    _rule("bank", r"(?<!\d)(\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)", is_bank_card),
    ("phone", MOBILE, is_phone),
    _rule("phone", r"(?<!\d)(0\d{2,3}[ -—]?\d{7,8})(?!\d)", is_phone),
    _rule("plate", rf"([{PROVINCES}][A-HJ-NP-Z][ ·.]?{PLATE}{{4,5}}[A-HJ-NP-Z0-9挂学警])(?![A-Za-z0-9])",
          _has_digits),
    _rule("email", r"([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)"),
    _rule("account", r"(?:微信|QQ|qq)(?:号|号码)?(?:是|为)?[:： ]{0,2}([A-Za-z0-9][A-Za-z0-9_-]{4,19})"),
    _rule("home", rf"(\d{{1,4}} ?{HOUSE} ?{COUNT} ?单元 ?\d{{2,4}} ?(?:室|号|户)?)"),
    _rule("home", rf"(\d{{1,4}} ?{HOUSE} ?\d{{3,4}} ?(?:室|户))"),
    _rule("name", rf"(?:我叫|本人叫|名叫|{ASKED}(?:是|为)?[:： ]?)([{SURNAMES}][一-龥]{{1,2}})"),
    _rule("name", rf"(?:我姓|免贵姓|本人姓)([{SURNAMES}])"),
)  # fmt: skip


def private_marks(text: str) -> list[Mark]:
    """The numbers in `text` that must not become public unseen.

    Landlines may be an office's; names are the clerk's to judge.
    """
    return [mark for mark in identity_marks(text) if mark.kind in NUMBERS and not mark.words.startswith("0")]
