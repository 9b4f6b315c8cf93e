"""洪泽区 and 涟水县: fishers ashore, light in every corner, services of members (stories 12, 13, 14)."""

from datetime import date

from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item, Promise
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.triage import actions as triage

from ..steps import (
    Matter,
    Meeting,
    Said,
    arrive,
    carry_out,
    check,
    confirm,
    meet,
    research,
    review,
    talk,
    thing,
)
from ..telling import on


def fishers_ashore(cast):
    """The town committee's own topic, two rounds, one large resolution with many tasks."""
    room = cast.room("洪泽区", "老子山镇", kind="town", title="老子山镇协商议事室")
    reviewer, topics = cast.reviewer(room), []
    yield from arrive(room, [Said(on(2, 26, 9), "渔民上岸以后的就业、住房和养老怎么办，请大家一起商量。", "committee", reviewer)], topics)
    yield from check(cast, topics, Matter(
        "渔民上岸后怎么就业安居", "洪明村、新滩村和滩圩的渔民退捕上岸，就业、住房、养老要有出路。", "villages/fishers", "洪明村、新滩村、滩圩",
    ), on(2, 27), "", "小板凳会开了 6 场，听了 83 户。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(3, 2), on(3, 3))
    yield from research(cast, topic, on(3, 9), "镇干部、委员、代表、村民", "年轻人想进厂，五十岁以上想就近干活，退养池塘可种水生蔬菜。",
        [("residents", "打了一辈子鱼，别的不会。"), ("experts", "温泉和水上运动缺人手。")],
        [{"title": "水生蔬菜基地", "cost": 300000, "source": "department", "pros": "就近干活"}, {"title": "温泉水上旅游用工", "cost": 50000, "source": "enterprise", "pros": "收入高", "cons": "淡季闲"}])  # fmt: skip
    town, jobs = cast.unit("老子山镇人民政府", "320813"), cast.unit("老子山镇人社服务所", "320813")
    clerk, convener = cast.clerk(room), cast.convener(room)
    yield on(3, 11)
    deliberation.invite(topic, [Guest("residents", "渔民代表 16 名", affected=True), Guest("members", "政协委员 3 名"),
                                Guest("enterprises", "手工艺厂、鞋垫厂 2 家"), Guest("departments", "人社服务所", unit=jobs)], by=clerk)  # fmt: skip
    first = deliberation.announce_meeting(topic, on(3, 18, 14), "镇文化广场", by=clerk, form="square", agenda="说难处\n看方案\n怎么干")
    yield on(3, 18, 14)
    first.topic = topic
    deliberation.open_meeting(first, by=convener)
    round_one = Meeting(on(3, 11), on(3, 18, 14), "镇文化广场", "", [], [("residents", "先把工作找着，别的慢慢来。"), ("residents", "种菜要教会我们。"), ("enterprises", "厂里能收 40 人，要先培训。")])
    yield from talk(first, round_one, clerk, convener)
    second = deliberation.second_round(first, on(3, 30, 14), "新滩村议事室", "住房和养老还没谈拢，再议一轮", by=convener, agenda="住房\n养老\n分头干")
    yield on(3, 30, 14)
    topic.refresh_from_db()
    second.topic = topic
    deliberation.open_meeting(second, by=convener)
    round_two = Meeting(on(3, 18), on(3, 30, 14), "新滩村议事室", "", [], [("residents", "养老先把社保接上。"), ("departments", "逐户摸底，一户一策。")],
                        "同意一户一策、分头推进", {"agree": 61, "disagree": 3, "abstain": 5}, "滩圩的住房要排上时间。")  # fmt: skip
    yield from talk(second, round_two, clerk, convener)
    items = [
        Item("逐户登记劳动力，办两场招聘会", jobs, 20000, "department", "none", date(2026, 6, 30), "登记到每一户，招聘会不少于 30 家", ()),
        Item("请返乡能人带头办手工艺、鞋垫厂", town, 0, "enterprise", "none", date(2026, 9, 30), "吸纳上岸渔民 60 人", ()),
        Item("请邻镇老师来教直播带货 6 课", jobs, 9000, "service_fund", "none", date(2026, 8, 31), "每课不少于 20 人", (town,)),
        Item("退养池塘试种水生蔬菜 200 亩", town, 300000, "department", "tender", date(2026, 11, 30), "当年有收成", ()),
    ]
    deliberation.conclude(second, "partly", "就业四件事先办，住房和养老逐户摸底后另议。", tuple(items), (), by=convener)
    yield on(3, 31)
    topic.refresh_from_db()
    deliberation.confirm_resolution(second.resolution, by=reviewer)
    delivery.deliver(topic, by=convener)
    yield from carry_out(cast, topic, on(4, 2), [(on(5, 16), "第一场招聘会，38 家企业，签约 71 人。"), (on(6, 20), "鞋垫厂开工，先招 24 人。"),
                                                  (on(7, 15), "直播课开到第四课。"), (on(9, 2), "水生蔬菜出水 120 亩。")], on(11, 12), [18700, 0, 8600, 291000])  # fmt: skip


def light_every_corner(cast):
    """Livelihood month in 皂角村: light every corner; and the "one heart rice" that members claim."""
    room = cast.room("涟水县", "南集镇", "皂角村", kind="village")
    topics = []
    yield from arrive(room, [Said(on(9, 3, 20), "村东头五条巷子晚上漆黑，老人不敢出门。"), Said(on(9, 4, 19), "文化广场晚上灯太暗，跳舞看不清路。")], topics)
    yield from check(cast, topics, Matter("点亮每一个角落", "村内五条巷子和广场夜间无灯或灯暗。", "roads/lights", "皂角村"), on(9, 5, 9))
    topic = topics[0]
    yield from review(cast, topic, on(9, 7), on(9, 8))
    village = cast.unit("皂角村村民委员会", "320826", "community")
    yield from meet(cast, topic, Meeting(
        on(9, 8, 15), on(9, 14, 19), "皂角村文化广场", "装几盏\n装在哪\n电费谁出", [Guest("residents", "巷子住户 11 名", affected=True), Guest("members", "政协委员 4 名")],
        [("residents", "每条巷子两盏就够。"), ("members", "同心米卖出去的钱，拿一部分出来装灯。")], "同意装 14 盏太阳能灯", {"agree": 36, "disagree": 0, "abstain": 0}, form="square",
    ), "agreed", "装 14 盏太阳能灯。", [thing("安装 14 盏太阳能灯", village, 21000, "donation", "quote", date(2026, 9, 30), "天黑自动亮，连阴三天也亮")],
        [Promise("members", "南集镇政协委员小组", "purchase", "同心米 3,000 千克", date(2026, 11, 30))])  # fmt: skip
    yield from carry_out(cast, topic, on(9, 15), [(on(9, 22), "灯杆立好 14 根。")], on(9, 27), [20400])
    yield from confirm(topic, on(9, 28), "晚上敢出门了。")


def services_of_members(cast):
    """A question that a member's studio answers: what the services counter will grow from."""
    room = cast.room("涟水县", kind="sector", title="涟水县委员服务超市")
    topics = []
    yield from arrive(room, [Said(on(4, 21, 10), "腰腿疼想找中医委员看看，在哪里约？", "scan")], topics)
    yield from check(cast, topics, Matter("怎么约中医委员工作室", "居民问怎样预约委员的中医服务。", "health/clinics", "涟水县"), on(4, 21, 14))
    yield on(4, 21, 18)
    triage.answer(topics[0], "每周三上午在中医委员工作室坐诊，直接来或者打议事室电话都行；58 位委员的专长都贴在服务超市墙上。", by=cast.clerk(room))
