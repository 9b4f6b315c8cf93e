"""Small decisions of triage, without side effects: decline codes, categories, risk words."""

import csv
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import now
from ...ground.calendar.workdays import next_workday
from ..intake.rules import title_from
from .identity import dimmed

SCHEME = Path(__file__).with_name("data") / "categories.csv"


@dataclass(frozen=True)
class Decline:
    """A ground for not taking a matter up: what the public reads, and where to go instead by default."""

    code: str
    label: str
    wording: str
    where: str


DECLINE_CODES = {
    row.code: row
    for row in (
        Decline("in_court", N_("法院正在审理"), N_("这件事法院已经立案或者判决，议事室不能代替审判。"),
                N_("受理案件的人民法院；诉讼服务热线 12368")),
        Decline("arbitration", N_("正在仲裁"), N_("这件事已经申请仲裁或者有了裁决，要按仲裁程序走。"),
                N_("受理案件的仲裁机构；劳动争议找区劳动人事争议仲裁院")),
        Decline("administrative_review", N_("正在行政复议"),
                N_("这件事正在行政复议，或者应当先申请行政复议。"),
                N_("区、市人民政府行政复议窗口；司法行政热线 12348")),
        Decline("discipline", N_("举报干部违纪违法"),
                N_("对干部违纪违法的举报要保密办理，不能在议事室公开商量。"),
                N_("纪检监察机关；举报电话 12388")),
        Decline("crime", N_("涉嫌犯罪"), N_("这件事涉嫌犯罪，要由公安机关办理。"),
                N_("公安机关；紧急时拨打 110")),
        Decline("state_secrets", N_("涉及国家秘密"), N_("内容涉及国家秘密，不能在这里办理。"),
                N_("有保密职责的主管机关，请当面反映")),
        Decline("privacy", N_("涉及他人隐私"), N_("内容涉及他人隐私或者商业秘密，不能公开商量。"),
                N_("当事人之间的纠纷可以申请人民调解；法律援助热线 12348")),
        Decline("outside", N_("不在本辖区"), N_("事情发生在别的地方，我们这里管不到。"),
                N_("事发地的议事室，或者拨打当地 12345")),
        Decline("unlawful", N_("要求违反法律"), N_("所提的要求不符合法律法规，不能办理。"),
                N_("有疑问可以拨打法律服务热线 12348")),
        Decline("duplicate", N_("已经答复过"), N_("同一件事已经有了答复，没有新的情况。"),
                N_("原来那件事的公开页；不满意，凭原来的回执可以重新打开")),
        Decline("unclear", N_("看不出是什么事"), N_("内容看不清是什么事、在哪里，又联系不上反映人。"),
                N_("补充时间、地点和经过后，重新扫码反映")),
        Decline("market", N_("属于市场纠纷"), N_("这是买卖双方的合同或消费纠纷，要由专门的部门处理。"),
                N_("市场监管投诉热线 12315")),
    )
}  # fmt: skip


# --- the words of a message --------------------------------------------------------------------

SHORT, LONG = 18, 10


@lru_cache(maxsize=1024)  # the same messages lie on the pile from page to page
def heading(words: str) -> str:
    """A working title: the first sentence, of a long one what stands before its comma; nobody's details."""
    first = title_from(dimmed(words[:200]))
    if len(first) <= SHORT:
        return first
    head, _comma, _rest = first.partition("，")
    return head if len(head) >= 6 else first


def common_phrases(one: str, other: str, most: int = 3) -> list[str]:
    """The longest phrases of two characters and more that both texts have, in the order of the first."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    phrases = {bare: None for block in blocks if len(bare := _bare(one[block.a : block.a + block.size])) > 1}
    longest = sorted(phrases, key=len, reverse=True)[:most]
    return [phrase if len(phrase) <= LONG else f"{phrase[:LONG]}…" for phrase in phrases if phrase in longest]


def _bare(phrase: str) -> str:
    """A phrase without marks and small words at its ends, cut at the first mark inside."""
    longest = max(re.split(r"[^一-鿿A-Za-z0-9]+", phrase), key=len)
    return longest.strip("的了在我有和就都也还是到说要着把被给这那请")


SOON = timedelta(hours=1)


def tone(due: datetime | None) -> str:
    """The tone of a clock where everything is due today: "due" in its last hour, "hot" when over."""
    if due is None:
        return ""
    span = due - now()
    return "hot" if span < timedelta() else "due" if span <= SOON else ""


# --- categories --------------------------------------------------------------------------------


@dataclass(frozen=True)
class SchemeRow:
    path: str
    name: str
    words: tuple[str, ...]


@cache
def scheme(file: Path = SCHEME) -> tuple[SchemeRow, ...]:
    """The category scheme of a file with the columns path, name, words (separated by spaces)."""
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            SchemeRow(row["path"], row["name"], tuple(row["words"].split())) for row in csv.DictReader(lines)
        )


@dataclass(frozen=True)
class Guess:
    """A category that the words point to. `sure` is 0 to 100; `because` the words that were found."""

    path: str
    sure: int
    because: tuple[str, ...]

    @property
    def is_weak(self) -> bool:
        return self.sure < WEAK


WEAK = 60
ENOUGH = 5.0  # so much weight of found words is full evidence: two long words, or three short ones


@lru_cache(maxsize=512)  # the same message is looked at again and again
def guess_category(text: str) -> Guess | None:
    """The category whose words occur in `text` with the most weight; None when no word does.

    Sureness is the lead over the runner-up, held down while there is little evidence.
    """
    scores = sorted((_score(row, text) for row in scheme() if "/" in row.path), key=lambda one: -one[0])
    (best, row, found), (second, _row, _found) = scores[0], scores[1]
    if not best:
        return None
    sure = 100 * best / (best + second) * min(1.0, best / ENOUGH)
    return Guess(row.path, round(sure), found)


def _score(row: SchemeRow, text: str) -> tuple[float, SchemeRow, tuple[str, ...]]:
    found = tuple(word for word in row.words if word in text)
    kept = tuple(word for word in found if not any(word != other and word in other for other in found))
    named = 1.5 if row.name in text else 0
    return sum(1 + 0.5 * len(word) for word in kept) + named, row, kept


# --- danger ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Risk:
    """A word that may mean danger, and whom to call at once ("119"); without: hurry, but no life at stake."""

    word: str
    call: str = ""


_RISKS = {
    "119": "着火 起火 火灾 冒烟 爆炸 煤气泄漏 燃气泄漏 天然气泄漏 漏气 困在电梯 电梯困人 坍塌 倒塌 被困",
    "120": "昏倒 昏迷 中毒 触电 溺水 受伤 流血 跳楼 轻生 自杀 心脏病发",
    "110": "打架 持刀 威胁 殴打 抢劫 家暴 走失 失踪 拐卖 拐骗 拐走",
    "": "洪水 内涝 淹 暴雨 冰雹 决口 漏电 电线掉 危墙 塌陷 停水 停电 井盖丢 井盖没了 悬空 高空坠物 断供",
}
RISKS = tuple(Risk(word, call) for call, words in _RISKS.items() for word in words.split())


def risks(text: str) -> list[Risk]:
    """The danger words in a text, those with a number to call first."""
    return [risk for risk in RISKS if risk.word in text]


def numbers_to_call(text: str) -> list[str]:
    """Whom to call at once ("119") when a text speaks of danger to life; each number once."""
    return list(dict.fromkeys(risk.call for risk in risks(text) if risk.call))


def pieces(text: str, marked: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """`text` cut into (words, kind of mark or ""): what a page needs to underline parts of it.

    `marked` are (start, end, kind); of two that overlap, the first to begin stands.
    """
    cut, here = [], 0
    for start, end, kind in sorted(marked):
        if start < here:
            continue
        cut += [(text[here:start], ""), (text[start:end], kind)]
        here = end
    return [piece for piece in [*cut, (text[here:], "")] if piece[0]]


def spots_of(text: str, words) -> list[tuple[int, int, str]]:
    """Where these words stand in a text, as marks of the kind "risk"."""
    return [
        (found.start(), found.end(), "risk") for word in words for found in re.finditer(re.escape(word), text)
    ]


# --- review ------------------------------------------------------------------------------------


def workdays_taken(review) -> int:
    """Working days from asking to deciding; the same day counts as none."""
    day = timezone.localtime(review.asked_at).date()
    end = timezone.localtime(review.decided_at).date()
    taken = 0
    while (day := next_workday(day)) <= end:
        taken += 1
    return taken
