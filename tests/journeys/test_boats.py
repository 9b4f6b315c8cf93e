"""Story 9: an old fisherman scans a hand fan. Forty-six boats on one meter; the first "done" was not the end."""

import pytest

from .people import in_days

pytestmark = pytest.mark.browser

TITLE = "避风港 46 户渔民合表用电"
WORK = "为 46 户装分户电表，执行居民电价"


def test_the_meters_for_the_boats(town, cast):
    room = town.rooms["boats"]
    fisherman = the_fisherman_scans_his_fan(cast, room)
    number = the_room_takes_it_up(cast)
    meeting = they_meet_on_the_shore(cast, number, fisherman)
    the_power_company_carries_it_out(cast, meeting)

    fisherman.judges(solved=False, fault="只办了一半", words="东头八条船还没有接上。")
    fisherman.sees("已退回承办单位返工")
    it_is_done_again(cast, number)
    fisherman.judges(words="电费少了一半，再也不吵了。")
    fisherman.sees("这件事已确认解决")
    fisherman.finds_figures(room, 反映人确认解决="1", 协商活动="1")


def the_fisherman_scans_his_fan(cast, room):
    """Large type, no account; the receipt is all he has."""
    fisherman = cast.resident()
    fisherman.scans(room.fan)
    fisherman.asks_for_large_type()
    receipt = fisherman.says(
        "我们避风港四十六条船合用一个电表，按商业电价收，三年了，年年为分摊吵架，线也乱，怕出事。",
        photo="before", spot="高邮湖避风港", phone="13705171234",
    )  # fmt: skip
    assert receipt.startswith("L")
    fisherman.sees("留了手机号，结果会告诉您")
    return fisherman


def the_room_takes_it_up(cast) -> str:
    clerk = cast.clerk("boats")
    clerk.opens_triage()
    clerk.sees("扫码", ".facts-line")
    number = clerk.accepts()
    clerk.describes(
        TITLE, "46 户渔民共用一只总表、按商业电价付费，分摊有争议，线路有隐患。", "供电", spot="高邮湖避风港"
    )
    clerk.notes_visit("村干部上船看了线路，接头裸露 9 处。", photo="before")
    clerk.proposes()
    cast.reviewer("boats").approves(TITLE, "请供电公司一起来。")
    return number


def they_meet_on_the_shore(cast, number: str, fisherman) -> str:
    clerk, convener = cast.clerk("boats"), cast.convener("boats")
    clerk.prepares(number)
    clerk.adds_option("一户一表", "13.8万", "企业出资", pros="电价低，账清楚", cons="要三个月")
    clerk.adds_option("保留总表，村里核算", "5000", "村（居）自筹", pros="快", cons="电价不变，还会吵")
    clerk.invites("群众", "渔民代表 14 户", affected=True)
    clerk.invites("企业、物业", "供电公司", unit="金湖县供电公司", affected=True)
    meeting = clerk.announces("避风港岸边", "看线路\n选方案\n什么时候通电", "田间地头", "线头裸露，怕出事")
    fisherman.looks_at_receipt()
    fisherman.sees("协商会时间地点已公告", "#receipt")

    convener.opens_meeting(meeting)
    clerk.enters_meeting(meeting)
    clerk.signs_in_for("群众", "穿蓝布衫的老船长")
    clerk.writes_down("一户一表最好，旧账大家认。", "1 · 穿蓝布衫的老船长")
    convener.opens_ballot("同意一户一表")
    clerk.enters_meeting(meeting)
    clerk.counts_hands(44, 0, 2)
    convener.sees("共 46 票", "#ballots .origins")
    convener.closes_ballot("同意一户一表")
    return meeting


def the_power_company_carries_it_out(cast, meeting: str) -> None:
    convener = cast.convener("boats")
    convener.enters_meeting(meeting)
    convener.announces_result("供电公司出资装 46 只表，执行居民电价。", {
        "what": WORK, "unit": "金湖县供电公司", "cost": "138000", "source": "企业出资", "procurement": "不用采购",
        "due": in_days(40), "criterion": "46 户各有一表，账单是居民电价",
    })  # fmt: skip
    cast.reviewer("boats").confirms(TITLE)
    convener.hands_over(TITLE, tasks=1)
    power = cast.officer("金湖县供电公司")
    power.signs(WORK)
    power.sees_not("13705171234")
    power.shows_step(WORK, "6 组表箱立好，完成 38 户接线。")
    power.reports_done(WORK, "表都装好了。", "120000")


def it_is_done_again(cast, number: str) -> None:
    power, neighbour = cast.officer("金湖县供电公司"), cast.resident()
    power.opens_task(WORK)
    power.sees("第 1 次返工")
    power.sees("只办了一半")
    power.sees_not("东头八条船")
    power.shows_step(WORK, "东头 8 户接好了线。")
    power.reports_done(WORK, "46 户全部通电。", "135600")
    neighbour.goes(f"/t/{number}/")
    neighbour.sees("返工 1 次", "#tasks")
