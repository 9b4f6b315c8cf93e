"""淮安区: the flood, the holiday class, the dark ground floors (stories 4, 5, 6)."""

from datetime import date, timedelta

from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item, Promise
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.triage import actions as triage
from mashangyi.topic.models import Category

from ..steps import (
    Matter,
    Meeting,
    Said,
    arrive,
    carry_out,
    check,
    confirm,
    join,
    meet,
    research,
    review,
    thing,
)
from ..telling import on


def flood_in_the_village(cast):
    """A grid worker reports it, the same day everyone stands at the dyke; the review comes afterwards."""
    room = cast.room("淮安区", "流均镇", "沿河村", kind="village")
    worker, clerk, convener, topics = cast.worker(room), cast.clerk(room), cast.convener(room), []
    water, farm, road = (cast.unit(f"流均镇{name}", "320803") for name in ("水利站", "农业农村办", "交通管理所"))
    at = on(7, 3, 6, 30)
    yield from arrive(room, [Said(at, "夜里雨太大，三组的田全淹了，进村的路没了，有两户屋里漏水。", "grid", worker,
                                  {"urgent": True, "spot": "三组圩堤"})], topics)  # fmt: skip
    topic = topics[0]
    yield at + timedelta(minutes=20)
    triage.describe(topic, "三组农田受淹、道路中断", "强降雨后三组农田积水，进村道路淹没，两户房屋漏水。", by=clerk,
                    urgent=True, hazard=True, category=Category.objects.get(path="safety/flood"))  # fmt: skip
    meeting = deliberation.meet_at_once(topic, "field", "三组圩堤上", "先排水、再通路、后查险房。", by=convener, emergency=True)
    meeting.topic = topic
    for n, (kind, words) in enumerate([("departments", "两台泵车一小时内到，先排三组。"), ("departments", "查过一遍苗情，退水后补肥。"),
                                       ("residents", "东头涵洞堵了，要先掏开。")]):  # fmt: skip
        yield at + timedelta(minutes=60 + 10 * n)
        seat = deliberation.sign_in_for(meeting, kind, f"{n + 1} 号", by=clerk)
        deliberation.say_for(meeting, words, by=clerk, kind=kind, attendance=seat)
    yield at + timedelta(hours=2)
    items = [
        Item("架设两台泵车排涝，掏通东头涵洞", water, 12000, "department", "none", date(2026, 7, 5), "田面不见明水", (farm,)),
        Item("逐户查看农作物，发放防汛明白纸", farm, 1500, "department", "none", date(2026, 7, 6), "每户都收到明白纸和联系电话"),
        Item("抢通进村道路，给两户漏水房屋盖防雨布", road, 6000, "department", "none", date(2026, 7, 4), "三轮车能进村，屋里不再漏"),
    ]
    yield from join(cast, topic, at + timedelta(hours=2), 2)
    deliberation.conclude(meeting, "agreed", "各站所当场领任务，先排水、再通路、后查房。", tuple(items), (), by=convener)
    topic.refresh_from_db()
    triage.review_late(topic, "情况紧急，处置得当，同意。", by=cast.reviewer(room))
    deliberation.confirm_resolution(meeting.resolution, by=cast.reviewer(room))
    delivery.deliver(topic, by=convener)
    yield from carry_out(cast, topic, at + timedelta(hours=3), [
        (at + timedelta(hours=5), "两台泵车到位，开始排水。"), (at + timedelta(hours=7), "明白纸已发到每一户。"),
        (at + timedelta(hours=8), "路面清出一半，三轮车能过。"),
    ], on(7, 4, 17), [11300, 1200, 5400])  # fmt: skip
    yield from confirm(topic, on(7, 5, 8), "当天水就退下去了。")


def holiday_class(cast):
    """A grid worker's topic: a free class for the children who are alone in the drowning season."""
    room = cast.room("淮安区", "顺河镇", "顺东村", kind="village")
    topics = []
    yield from arrive(room, [Said(on(6, 29, 9), "放暑假了，村里二十几个留守孩子没人看，河边天天有人玩水，太危险。", "grid", cast.worker(room))], topics)
    yield from check(cast, topics, Matter(
        "留守儿童暑假没人看护", "村里留守儿童多，暑期溺水风险高，希望办免费假期班。", "safety/children", "顺东村", hazard=True,
    ), on(6, 29, 14), "", "走访 23 户，19 户愿意送孩子来。")  # fmt: skip
    topic = topics[0]
    yield from join(cast, topic, on(6, 29, 19), 3)
    yield from review(cast, topic, on(6, 30, 9), on(6, 30, 15))
    school, league = cast.unit("顺河镇中心小学", "320803"), cast.unit("共青团顺河镇委员会", "320803")
    yield from research(cast, topic, on(7, 1), "团委、妇联、小学", "村农家书屋能坐 30 人，通风好。", [("residents", "中午能不能有个地方吃饭睡觉。")])
    yield from meet(cast, topic, Meeting(
        on(7, 1, 15), on(7, 7, 9), "顺东村农家书屋", "开不开\n谁来教\n东西从哪来\n开多少天",
        [Guest("residents", "留守儿童家长、老人 8 名", affected=True), Guest("departments", "镇团委", unit=league),
         Guest("departments", "中心小学", unit=school), Guest("experts", "妇联、志愿者 3 名")],
        [("residents", "只要有人看着，不下河就行。"), ("departments", "小学出两位老师轮流来。"), ("experts", "大学生志愿者能带画画和体育。")],
        "同意 7 月 13 日开班，办 40 天", {"agree": 21, "disagree": 0, "abstain": 0},
    ), "agreed", "7 月 13 日在村农家书屋开免费假期班，办 40 天。", [
        thing("开办假期班 40 天，每天有老师和志愿者", league, 6000, "service_fund", "none", date(2026, 8, 21), "40 天不断人，孩子都安全", school),
    ], [
        Promise("departments", "中心小学", "people", "老师 2 名，每周 3 天", date(2026, 8, 21)),
        Promise("experts", "大学生志愿服务队", "people", "志愿者 8 名", date(2026, 8, 21)),
        Promise("enterprises", "镇文具店", "goods", "文具、图书 120 份", date(2026, 7, 13)),
        Promise("residents", "顺东村村民委员会", "venue", "农家书屋一间、风扇 4 台", date(2026, 8, 21)),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(7, 8), [(on(7, 13, 8), "开班，来了 26 个孩子。"), (on(8, 3), "书屋天天坐满，周末加了防溺水课。")], on(8, 21, 17), [5850])
    for pledge in topic.pledges.all():
        deliberation.keep_pledge(pledge, True, by=cast.clerk(room), words="说到做到")
    yield from confirm(topic, on(8, 22), "孩子一个夏天没下过河。")


def light_for_the_ground_floor(cast):
    """Livelihood month: several calls about dark ground floors; street, community and property each take their part."""
    room = cast.room("淮安区", "山阳街道", "关天培社区", spots=("世纪佳苑南门", "世纪佳苑 6 号楼"))
    topics = []
    yield from arrive(room, [
        Said(on(9, 1, 9), "世纪佳苑一楼白天也要开灯，树把窗户全挡了。", more={"phone": "13905170001", "spot": "世纪佳苑 6 号楼"}),
        Said(on(9, 1, 11), "6 号楼前的香樟十几年没修过，一楼见不到太阳，衣服晒不干。"),
        Said(on(9, 2, 10), "找物业修树，说归绿化，找绿化说归物业。"),
    ], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "世纪佳苑一楼采光被树遮挡", "6 号楼等处树木多年未修剪，一楼住户白天也要开灯。", "public-space/green", "世纪佳苑 6 号楼",
    ), on(9, 2, 14), "召集人当场回电话，居民说最怕发霉。", "召集人、专员、住建办、物业一起看了 4 栋楼，11 户一楼受影响。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(9, 3, 9), on(9, 4, 10))
    house, street = cast.unit("世纪佳苑物业", "320803", "property"), cast.unit("山阳街道住建办", "320803")
    yield from meet(cast, topic, Meeting(
        on(9, 4, 15), on(9, 11, 14), "世纪佳苑小区广场", "看现场\n修多少\n谁来修\n以后谁管",
        [Guest("residents", "一楼住户代表 6 名", affected=True), Guest("residents", "二楼以上住户 2 名", affected=True),
         Guest("enterprises", "世纪佳苑物业", unit=house), Guest("departments", "街道住建办", unit=street)],
        [("residents", "修到二楼窗台以下就行。"), ("residents", "别砍光，夏天还要遮阴。"), ("enterprises", "修剪我们来，砍伐手续请街道办。")],
        "同意修剪 18 棵、移栽 2 棵", {"agree": 16, "disagree": 1, "abstain": 1}, "夏天会晒，希望移栽的树补在路边。", form="square",
    ), "agreed", "物业修剪、街道办手续、社区每年秋天组织看一次。", [
        thing("修剪 18 棵树，移栽 2 棵", house, 7200, "enterprise", "quote", date(2026, 9, 28), "一楼白天不开灯能看报"),
        thing("办理移栽手续，派绿化技术员到场", street, 0, "department", "none", date(2026, 9, 20), "手续齐全"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(9, 14), [(on(9, 19), "手续办好。"), (on(9, 22), "6 号楼前 9 棵修好。")], on(9, 26), [6900, 0])
    yield from confirm(topic, on(9, 27), "屋里亮堂了，被子也晒得干。")
