"""淮阴区: the road by the railway, meals for the disabled, insurance for the cadres (stories 7, 8, 18)."""

from datetime import date

from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Promise
from mashangyi.stages.deliberation.actions.preparation import Guest

from ..steps import Matter, Meeting, Said, arrive, carry_out, check, confirm, meet, research, review, thing
from ..telling import on


def road_by_the_railway(cast):
    """Three linked members jointly: the pot-holed dirt road of group 3 becomes a real one."""
    room = cast.room("淮阴区", "三朱村", kind="village", title="长江路街道协商议事室")
    member = cast.member("农业界 3 号委员", room.place[:6])
    topics = []
    yield from arrive(room, [Said(
        on(4, 12, 10), "三组铁道口那段土路坑洼多年，下雨积水，接送孩子和卖菜的三轮车经常陷住。建议硬化。", "member", member,
        {"cosponsors": ("农业界 3 号", "教育界 8 号", "经济界 5 号"), "spot": "三组铁道口"},
    )], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "三朱村三组道路硬化", "三组铁道口一段约 400 米土路坑洼积水，希望铺成水泥路。", "roads/surface", "三组铁道口",
    ), on(4, 13), "委员说村民盼了好几年。", "现场量得 412 米，西低东高处积水最深 20 厘米。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(4, 29), on(5, 6, 10), "资金来源要写明，村里出钱的账要公开。")
    works, village = cast.unit("长江路街道工程办", "320804"), cast.unit("三朱村村民委员会", "320804", "community")
    yield from research(cast, topic, on(5, 8), "委员、街道工程办、村委会", "路基自西向东放坡，雨水排进东边沟渠。",
        [("residents", "雨后不积水就行。"), ("members", "给铁道口留出会车的地方。")],
        [{"title": "铺碎石", "cost": 18000, "source": "village", "pros": "便宜", "cons": "两年又坏"},
         {"title": "整理路基铺水泥", "cost": 60000, "source": "village", "pros": "十年不坏", "cons": "要公开招标"}])  # fmt: skip
    yield from meet(cast, topic, Meeting(
        on(5, 11), on(5, 18, 15), "三组田头", "看路\n选方案\n钱从哪来\n怎么选队伍",
        [Guest("residents", "三组村民代表 12 名", affected=True), Guest("members", "联名委员 3 名"), Guest("departments", "街道工程办", unit=works)],
        [("residents", "要铺就铺好的，村里出钱大家同意。"), ("members", "招标公开，价格贴出来。"), ("departments", "我们来招标，村民代表参加开标。")],
        "同意方案乙：整理路基铺水泥路", {"agree": 51, "disagree": 0, "abstain": 0}, "希望连到二组。", form="field",
    ), "agreed", "整理路基、由西向东放坡，铺水泥路；约 6 万元由村委会自筹，街道工程办公开招标。", [
        thing("整理路基，铺水泥路面，接通铁道口", works, 60000, "village", "tender", date(2026, 6, 20), "雨后不积水，三轮车能会车", village),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(5, 20), [(on(6, 2), "招标完成。"), (on(6, 14, 9), "路基完成，开始铺面。")], on(6, 19), [59800])
    yield from confirm(topic, on(6, 22), "下大雨也不积水了。")


def meals_for_the_disabled(cast):
    """A sector's topic after visits: canteens widened on the existing homes, volunteers, opinions still collected."""
    room = cast.room("淮阴区", kind="sector", title="农业和农村界别协商议事室")
    member, topics = cast.member("农业和农村界 1 号委员", room.place[:6]), []
    yield from arrive(room, [Said(
        on(3, 20, 15), "走访了几家残疾人之家，伙食补贴太低，中午只有一菜一汤。全区持证残疾人 17,300 人，23 家残疾人之家，能不能把助餐办起来？",
        "member", member, {"cosponsors": ("农业和农村界全体委员",)},
    )], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "残疾人之家伙食补贴低", "23 家残疾人之家伙食补贴偏低，希望开展助餐。", "living/disabled", "全区 23 家残疾人之家",
    ), on(3, 23))  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(3, 24), on(3, 26))
    union = cast.unit("淮阴区残疾人联合会", "320804")
    yield from research(cast, topic, on(4, 2), "界别委员、镇街、企业", "现有 23 家都有厨房，添设备就能助餐。",
        [("residents", "吃得热乎就好。"), ("enterprises", "愿意每月送米面油。")])  # fmt: skip
    yield from meet(cast, topic, Meeting(
        on(4, 7), on(4, 15, 9), "王家营残疾人之家", "助餐怎么办\n钱从哪来\n谁来帮忙",
        [Guest("residents", "残疾人和家属 10 名", affected=True), Guest("enterprises", "爱心企业 4 家"), Guest("departments", "区残联", unit=union)],
        [("residents", "希望能送到家，有人下不了楼。"), ("enterprises", "认领米面油一年。"), ("departments", "在现有 23 家上扩，不另建。")],
        "同意在现有残疾人之家开展助餐", {"agree": 24, "disagree": 0, "abstain": 0}, form="hybrid",
    ), "agreed", "在现有 23 家残疾人之家扩办助餐，招募志愿者送餐。", [
        thing("23 家残疾人之家开办助餐", union, 460000, "department", "quote", date(2026, 8, 31), "每家中午两菜一汤，行动不便的能送到家"),
    ], [Promise("enterprises", "爱心企业 4 家", "goods", "米面油每月 1,200 千克", date(2027, 4, 30)),
        Promise("experts", "志愿者协会", "people", "送餐志愿者 60 名", date(2026, 8, 31))])  # fmt: skip
    yield from carry_out(cast, topic, on(4, 17), [(on(6, 10), "前 9 家开餐。"), (on(8, 5), "23 家全部开餐，招到志愿者 64 名。")], on(8, 25), [448000])
    yield from confirm(topic, on(8, 26), "现在每天热饭热菜。")
    yield on(10, 9, 10)
    deliberation.suggest(topic, "希望周末也能送，家里没人做饭。", by=cast.neighbour())


def insurance_for_the_cadres(cast):
    """After a meeting a member gives the village cadres liability insurance: a pledge kept."""
    room = cast.room("淮阴区", "安庄村", kind="village")
    topics = []
    yield from arrive(room, [Said(on(5, 6, 9), "村干部下雨天上门帮忙排水摔伤了，医药费自己出，大家心里过意不去。", "scan")], topics)
    yield from check(cast, topics, Matter("村干部因公受伤没有保障", "村干部为村民办事受伤，没有保险。", "villages/governance", "安庄村"), on(5, 6, 14))
    topic = topics[0]
    yield from review(cast, topic, on(5, 7), on(5, 8))
    village = cast.unit("安庄村村民委员会", "320804", "community")
    yield from meet(cast, topic, Meeting(
        on(5, 8, 16), on(5, 14, 19), "安庄村议事室", "怎么保\n谁出钱", [Guest("residents", "村民代表 6 名", affected=True), Guest("members", "政协委员 1 名")],
        [("residents", "他们给大家办事，应该有保障。"), ("members", "这笔保险我来捐。")],
    ), "agreed", "委员捐赠责任保险，村委会办理。", [
        thing("为 9 名村干部办理责任保险", village, 5400, "donation", "quote", date(2026, 5, 31), "保单交到本人"),
    ], [Promise("members", "经济界 11 号委员", "money", "保险费 5,400 元", date(2026, 5, 25))])  # fmt: skip
    yield from carry_out(cast, topic, on(5, 15), [(on(5, 22), "保费到账，正在出单。")], on(5, 27), [5400])
    for pledge in topic.pledges.all():
        deliberation.keep_pledge(pledge, True, by=cast.clerk(room), words="5 月 21 日到账")
    yield from confirm(topic, on(5, 28))
