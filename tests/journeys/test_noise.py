"""Story 2: eleven hotline tickets, one matter, both sides of the fence at one table, and quiet nights."""

import pytest

from . import tickets
from .people import in_days

pytestmark = pytest.mark.browser

TITLE = "工地夜间施工噪声"
QUESTION = "同意把施工时间定为 6:00–12:00、14:00–22:00"
WORK = "按约定时间施工，浇筑提前三天在楼下公告"
CHECKS = "每周夜间抽查一次，结果公开"
SAID = [
    "工地夜里十一点还在打桩，老人孩子睡不着。", "北侧工地天天吵到半夜，明天孩子还要上学。", "早上五点渣土车就开始装车。",
    "打了几次电话，停一天又开始。", "夜里切割钢筋声音太刺耳了。", "能不能白天干活晚上休息？", "我上夜班白天要睡觉，中午也在打桩。",
    "工地噪声什么时候到头？", "家里有高考生，请管一管。", "对面工地大灯照到卧室，加上噪声没法睡。", "连续一周夜里施工。",
]  # fmt: skip


def contract(what: str, unit: str, criterion: str) -> dict[str, str]:
    return {
        "what": what, "unit": unit, "cost": "0", "source": "不用花钱", "procurement": "不用采购",
        "due": in_days(20), "criterion": criterion,
    }  # fmt: skip


def test_the_noise_of_the_building_site(town, cast, tmp_path):
    room = town.rooms["noise"]
    table = tickets.as_csv(tmp_path / "tickets.csv", tickets.rows("CX2604", "长西社区北侧工地", SAID))
    assert tickets.take_in(town, table, room)["added"] == 11

    number = eleven_tickets_become_one_topic(cast)
    the_party_organisation_agrees(cast)
    meeting = the_meeting_is_announced(cast, number)
    room_and_phones_vote_in_one_tally(cast, meeting)
    the_result_is_a_contract(cast, meeting)
    both_units_carry_it_out(cast, number)
    everyone_who_rang_is_asked(town, cast, number)
    the_city_page_counts_it(cast, room)


def eleven_tickets_become_one_topic(cast) -> str:
    clerk = cast.clerk("noise")
    clerk.opens_triage()
    clerk.sees("待受理 11", ".pile-head")
    number = clerk.accepts()
    clerk.describes(TITLE, "长西社区北侧工地夜间打桩、装车，影响周边居民休息。", "施工噪声")
    clerk.opens_triage()
    by_key = sum(clerk.joins_the_next(number) for _other in SAID[1:])
    assert by_key >= 3, f"the key m was enough for {by_key} of 10"
    clerk.goes(f"/desk/triage/{number}/")
    clerk.sees("另外 10 条反映")
    clerk.proposes()
    return number


def the_party_organisation_agrees(cast) -> None:
    cast.reviewer("noise").approves(TITLE, "既要让居民睡好，也不要耽误工期。")


def the_meeting_is_announced(cast, number: str) -> str:
    clerk = cast.clerk("noise")
    clerk.prepares(number)
    clerk.notes_research(
        "街道、网格员、项目部", "打桩还有 22 天，装车可以改到白天。", "群众", "晚上十点到早上六点必须停。"
    )
    clerk.invites("群众", "北侧三栋楼居民代表 8 名", affected=True)
    clerk.invites("企业、物业", "长西地块项目部", unit="长西地块项目部", affected=True)
    return clerk.announces(
        "长西社区协商议事室", "说情况\n谈时间\n定下来", "议事室", "夜里还在打桩，等不了三个工作日"
    )


def room_and_phones_vote_in_one_tally(cast, meeting: str) -> None:
    convener, clerk, wall = cast.convener("noise"), cast.clerk("noise"), cast.wall()
    convener.opens_meeting(meeting)
    code = wall.shows(convener.finds_the_wall())
    stranger = cast.resident()
    stranger.goes(meeting.replace("/m/", "/wall/"))
    stranger.sees("签到码只在会场的大屏上")
    phones = [cast.resident(), cast.resident()]
    for n, phone in enumerate(phones):
        phone.joins(meeting, code, f"1381200000{n}")

    convener.opens_ballot(QUESTION)
    console = convener.page.evaluate("window.opened = 'once'")  # a reload would forget it
    for n, phone in enumerate(phones, 1):
        phone.votes("同意")
        convener.sees(f"手机 {n}", "#ballots .origins")
        wall.sees(f"手机 {n}", "#wall-tally .origins")
    assert convener.page.evaluate("window.opened") == console

    clerk.enters_meeting(meeting)
    clerk.writes_down("十点停、六点开，可以做到；浇筑那几天提前三天贴通知。", "企业、物业")
    clerk.counts_hands(12, 0, 1)
    convener.sees("共 15 票", "#ballots .origins")
    clerk.keeps_dissent("希望装车时间也写进去。", "群众")
    convener.sees("希望装车时间也写进去。", "#dissent")
    assert convener.page.evaluate("window.opened") == console
    convener.closes_ballot(QUESTION)


def the_result_is_a_contract(cast, meeting: str) -> None:
    convener = cast.convener("noise")
    convener.enters_meeting(meeting)
    convener.announces_result(
        "施工时间定为 6:00–12:00、14:00–22:00；连续浇筑提前三天公告。",
        contract(WORK, "长西地块项目部", "连续两周夜间没有新投诉"),
        contract(CHECKS, "清江浦生态环境局", "抽查记录公开在议题页"),
    )
    cast.reviewer("noise").confirms(TITLE)
    convener.hands_over(TITLE, tasks=2)


def both_units_carry_it_out(cast, number: str) -> None:
    site, bureau = cast.officer("长西地块项目部"), cast.officer("清江浦生态环境局")
    site.signs(WORK)
    bureau.signs(CHECKS)
    site.shows_step(WORK, "围挡上贴出施工时间表和联系电话。")
    site.reports_done(WORK, "二十二点以后不再施工。", "0")
    bureau.shows_step(CHECKS, "夜间抽查，22 点后没有施工。")
    bureau.reports_done(CHECKS, "抽查两次，结果已公开。", "0")

    neighbour = cast.resident()
    neighbour.goes(f"/t/{number}/")
    neighbour.sees("等反映人确认", "#held")
    neighbour.sees("围挡上贴出施工时间表", "#tasks")
    neighbour.sees("希望装车时间也写进去。", "#result")


def everyone_who_rang_is_asked(town, cast, number: str) -> None:
    """The outbox has a link for each of the eleven; one after the other they open theirs."""
    phone = cast.resident()
    for n, link in enumerate(tickets.asked(town, number, 11)):
        phone.judges(link, words="" if n else "晚上安静了，项目部还专门来道了歉。")
    phone.sees("这件事已确认解决")
    phone.goes(f"/t/{number}/")
    phone.sees("已解决", "#held")


def the_city_page_counts_it(cast, room) -> None:
    cast.resident().finds_figures(room, 反映人确认解决="1", 议题="1", 协商活动="1")
