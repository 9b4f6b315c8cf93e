"""Story 7: members jointly; the road at the railway becomes a real one, with the village's own 60,000 yuan."""

import pytest

from .people import in_days

pytestmark = pytest.mark.browser

TITLE = "三朱村三组道路硬化"
WORK = "整理路基，铺水泥路面，接通铁道口"


def test_the_road_by_the_railway(town, cast):
    room = town.rooms["road"]
    member = cast.member("road")
    member.proposes_jointly(
        "三组铁道口那段土路坑洼多年，下雨积水，接送孩子和卖菜的三轮车经常陷住。建议硬化。",
        "三组铁道口", "农业界 3 号、教育界 8 号、经济界 5 号",
    )  # fmt: skip
    number = it_is_checked_and_agreed(cast)
    meeting = they_meet_in_the_field(cast, number)
    the_contract_names_the_money(cast, meeting, number)
    it_is_built(cast)
    the_member_confirms(town, cast, member, number)
    cast.resident().finds_figures(room, 反映人确认解决="1", 协商活动="1")


def it_is_checked_and_agreed(cast) -> str:
    clerk = cast.clerk("road")
    clerk.opens_triage()
    number = clerk.accepts()
    clerk.describes(
        TITLE, "三组铁道口一段约 400 米土路坑洼积水，希望铺成水泥路。", "路面破损", spot="三组铁道口"
    )
    clerk.notes_visit("现场量得 412 米，西低东高处积水最深 20 厘米。")
    clerk.proposes()
    cast.reviewer("road").approves(TITLE, "资金来源要写明，村里出钱的账要公开。")
    return number


def they_meet_in_the_field(cast, number: str) -> str:
    clerk, convener = cast.clerk("road"), cast.convener("road")
    clerk.prepares(number)
    clerk.adds_option("铺碎石", "18000", "村（居）自筹", pros="便宜", cons="两年又坏")
    clerk.adds_option("整理路基铺水泥", "6 万", "村（居）自筹", pros="十年不坏", cons="要公开招标")
    clerk.invites("群众", "三组村民代表 12 名", affected=True)
    clerk.invites("政协委员", "联名委员 3 名")
    meeting = clerk.announces("三组田头", "看路\n选方案\n钱从哪来", "田间地头", "雨季马上到了")
    convener.opens_meeting(meeting)
    convener.opens_ballot("同意整理路基铺水泥路")
    clerk.enters_meeting(meeting)
    clerk.counts_hands(51, 0, 0)
    clerk.keeps_dissent("希望连到二组。", "群众")
    convener.sees("共 51 票", "#ballots .origins")
    convener.closes_ballot("同意整理路基铺水泥路")
    return meeting


def the_contract_names_the_money(cast, meeting: str, number: str) -> None:
    convener, villager = cast.convener("road"), cast.resident()
    convener.enters_meeting(meeting)
    convener.announces_result("约 6 万元由村委会自筹，街道工程办公开招标。", {
        "what": WORK, "unit": "长江路街道工程办", "cost": "6 万", "source": "村（居）自筹", "procurement": "公开招标",
        "due": in_days(40), "criterion": "雨后不积水，三轮车能会车",
    })  # fmt: skip
    cast.reviewer("road").confirms(TITLE)
    convener.hands_over(TITLE, tasks=1)
    villager.goes(f"/t/{number}/")
    for words in ("6 万元", "村（居）自筹", "公开招标", "雨后不积水，三轮车能会车"):
        villager.sees(words, "#result")
        villager.sees(words, "#tasks")
    villager.sees("希望连到二组。", "#result")


def it_is_built(cast) -> None:
    works = cast.officer("长江路街道工程办")
    works.signs(WORK)
    works.shows_step(WORK, "招标完成，路基开挖。")
    works.reports_done(WORK, "412 米水泥路通车。", "59,800")


def the_member_confirms(town, cast, member, number: str) -> None:
    """Who proposed it is who is asked: as a person, not in the post."""
    member.goes("/me/")
    member.page.locator(".list .row-link").first.click()
    member.follows("我来评价")
    member.page.locator("label.yes").click()
    member.presses("提交评价")
    member.sees("这件事已确认解决")
    villager = cast.resident()
    villager.goes(f"/t/{number}/")
    villager.sees("59,800 元", "#money")
    villager.sees("已解决", "#held")
