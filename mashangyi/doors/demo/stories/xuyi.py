"""盱眙县: a year of opinions, under the stars, hail on the peaches (stories 15, 16, 17)."""

from datetime import date, timedelta

from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item, Promise
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.intake.actions import Source
from mashangyi.stages.triage import actions as triage
from mashangyi.topic.models import Category

from ..steps import Matter, Meeting, Said, arrive, carry_out, check, confirm, meet, review, thing
from ..telling import on

# What was said at a listening station, entered together, and how each was sorted: (words, title, category, fate).
HEARD = [
    ("年轻人回来创业，村里能不能帮帮忙？", "返乡青年创业扶持", "living/entrepreneurship", "answer"),
    ("村卫生室下午经常没人。", "村卫生室下午没人", "health/clinics", "transfer"),
    ("四组水渠塌了半边，秧田进不了水。", "四组水渠坍塌", "villages/fields", "direct"),
    ("邻居官司法院判了不服，请你们再管管。", "已判决的邻里官司", "neighbours/disputes", "decline"),
    ("高龄补贴什么时候发？", "高龄补贴发放时间", "living/allowances", "answer"),
    ("村口反光镜被撞歪了。", "村口反光镜歪了", "roads/signals", "direct"),
    ("书屋的书能不能借回家？", "农家书屋借书", "education/culture", "answer"),
    ("县城到村里的末班车太早。", "末班车太早", "roads/buses", "transfer"),
]


def a_year_of_opinions(cast):
    """A listening station in a party member's home: entered in a batch, sorted, many answered at once."""
    room = cast.room("盱眙县", kind="sector", title="盱眙县委员书屋")
    clerk, topics = cast.clerk(room), []
    yield from arrive(room, [
        Said(on(3, 15, 15) + timedelta(minutes=n), words, "station", clerk, {"source": Source("聆听驿站", f"XY-0315-{n + 1}", {"驿站": "党员中心户一号"})})
        for n, (words, *_rest) in enumerate(HEARD)
    ], topics)  # fmt: skip
    for n, (topic, (_words, title, category, fate)) in enumerate(zip(topics, HEARD, strict=True)):
        yield on(3, 16, 9) + timedelta(minutes=20 * n)
        triage.verify(topic, by=clerk)
        triage.describe(topic, title, f"走访中听到：{title}。", by=clerk, category=Category.objects.get(path=category))
        _sort(cast, topic, fate, clerk)
    for topic in [t for t, row in zip(topics, HEARD, strict=True) if row[3] == "direct"]:
        yield from carry_out(cast, topic, on(3, 17), [(on(3, 18), "到现场看过，材料已备。")], on(3, 21), [1800])
        yield from confirm(topic, on(3, 23))
    for topic in [t for t, row in zip(topics, HEARD, strict=True) if row[3] == "transfer"]:
        yield on(3, 30, 10)
        topic.refresh_from_db()
        triage.record_transfer_result(topic, "主管部门已调整安排并公示。", by=clerk)


def _sort(cast, topic, fate: str, clerk) -> None:
    if fate == "answer":
        triage.answer(topic, "已和主管部门核对，办法贴在书屋公示栏，也可以直接打议事室电话。", by=clerk)
    elif fate == "transfer":
        triage.transfer(topic, "县主管部门", "这件事归县里统一安排。", by=clerk)
    elif fate == "decline":
        triage.decline(topic, "in_court", by=clerk)
    else:
        delivery.handle_directly(topic, cast.unit("盱眙县太和街道办事处", "320830"), "派人修好", on(3, 24), by=clerk)


def under_the_stars(cast):
    """An open-air meeting: a bicycle shed, and twenty-odd suggestions on the village rules."""
    room = cast.room("盱眙县", "天泉湖镇", "陡山村", kind="outdoor", title="陡山村星空议事会", address="星空公园广场")
    topics = []
    yield from arrive(room, [Said(on(7, 18, 20), "电动车没地方停，充电线从窗户拉出来，太危险。"), Said(on(7, 18, 20, 20), "建议在公园边建个车棚。")], topics)
    yield from check(cast, topics, Matter("建电动车棚和充电桩", "村民电动车无处停放充电，飞线危险。", "public-space/charging", "星空公园旁"), on(7, 20, 9))
    topic = topics[0]
    yield from review(cast, topic, on(7, 21), on(7, 22))
    for n, words in enumerate(["村规里加一条：不准从窗户拉线充电。", "车棚晚上要有人看。", "充电费贴出来，不能乱收。", "办酒席不超过十桌写进村规。"]):
        yield on(7, 23, 19, n * 5)
        deliberation.suggest(topic, words, by=cast.neighbour())
    for n, suggestion in enumerate(topic.suggestions.order_by("id")):
        yield on(7, 24, 9, n * 5)
        adopted = n != 1
        deliberation.answer_suggestion(suggestion, adopted, "写进村规民约草案。" if adopted else "装摄像头比专人看守省钱。", by=cast.clerk(room))
    village = cast.unit("陡山村村民委员会", "320830", "community")
    yield from meet(cast, topic, Meeting(
        on(7, 24, 15), on(7, 30, 20), "星空公园广场", "建在哪\n多少钱\n谁来管\n村规改哪些", [Guest("residents", "全体村民", affected=True), Guest("members", "政协委员 2 名")],
        [("residents", "建在公园东边，离家近。"), ("residents", "充电一块钱一次能接受。"), ("members", "消防要验收。")], "同意村里出钱建车棚", {"agree": 88, "disagree": 4, "abstain": 6}, form="square",
    ), "agreed", "村里出资建车棚，装 20 个充电口；村规增写三条。", [
        thing("建车棚一座，充电口 20 个", village, 58000, "village", "quote", date(2026, 9, 15), "消防验收合格，20 个口都能充"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(8, 3), [(on(8, 20), "棚架立好。"), (on(9, 4), "充电口通电。")], on(9, 10), [56400])
    yield from confirm(topic, on(9, 11), "再也不用拉线了。")


def hail_on_the_peaches(cast):
    """Nearly 500,000 kg of yellow peaches hit by hail: staff and members buy first, sold out in ten-odd days."""
    room = cast.room("盱眙县", "古桑街道", kind="town", title="古桑街道协商议事室")
    member, clerk, convener, topics = cast.member("农业界 7 号委员", "320830"), cast.clerk(room), cast.convener(room), []
    at = on(6, 10, 16)
    yield from arrive(room, [Said(at, "刚下的冰雹把黄桃砸了，上千亩、近 50 万千克，三五天就烂，请赶快帮忙卖。", "member", member, {"urgent": True, "spot": "黄桃园"})], topics)
    topic = topics[0]
    yield at + timedelta(minutes=25)
    triage.describe(topic, "冰雹砸伤近 50 万千克黄桃", "上千亩黄桃受灾，要在十天内卖出去。", by=clerk, urgent=True, category=Category.objects.get(path="villages/products"))
    meeting = deliberation.meet_at_once(topic, "on_the_spot", "黄桃园", "受伤的果子不影响吃，先卖后赔。", by=convener, emergency=True)
    meeting.topic = topic
    yield at + timedelta(hours=1)
    seat = deliberation.sign_in_for(meeting, "members", "1 号", by=clerk)
    deliberation.say_for(meeting, "县里机关带头买，直播间免费开。", by=clerk, kind="members", attendance=seat)
    yield at + timedelta(hours=2)
    street, sales = cast.unit("古桑街道办事处", "320830"), cast.unit("盱眙县供销合作总社", "320830")
    deliberation.conclude(meeting, "agreed", "十天内卖完：机关团购、志愿采摘、免费直播。", (
        Item("组织采摘、分拣、运输", street, 40000, "service_fund", "none", date(2026, 6, 22), "果园不剩好果", ()),
        Item("开 6 个免费直播间，联系团购", sales, 0, "department", "none", date(2026, 6, 22), "登记的 50 万千克全部卖出", (street,)),
    ), (
        Promise("organisation", "县乡机关干部", "purchase", "黄桃 60,000 千克", date(2026, 6, 16)),
        Promise("members", "县政协委员", "purchase", "黄桃 22,000 千克", date(2026, 6, 16)),
        Promise("enterprises", "三家商超", "purchase", "黄桃 310,000 千克", date(2026, 6, 20)),
    ), by=convener)  # fmt: skip
    topic.refresh_from_db()
    triage.review_late(topic, "救灾在前，同意。", by=cast.reviewer(room))
    deliberation.confirm_resolution(meeting.resolution, by=cast.reviewer(room))
    delivery.deliver(topic, by=convener)
    yield from carry_out(cast, topic, at + timedelta(hours=4), [(on(6, 12), "直播间开了 6 个，当天卖出 38,000 千克。"), (on(6, 16), "累计 31 万千克。")], on(6, 21), [38200, 0])
    for pledge in topic.pledges.all():
        deliberation.keep_pledge(pledge, True, by=clerk, words="已提货")
    yield from confirm(topic, on(6, 22), "十一天全卖完了，果农没亏。")
