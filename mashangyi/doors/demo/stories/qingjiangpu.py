"""清江浦区: the toilet by the canal, the noise of the building site, the benches at the market (stories 1, 2, 3)."""

from datetime import date

from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.intake.actions import Source

from ..steps import Matter, Meeting, Said, arrive, carry_out, check, confirm, meet, research, review, thing
from ..telling import on


def _ticket(number: str) -> dict:
    return {"source": Source("12345", number, {"办理时限": "5 个工作日"})}


def toilet_by_the_canal(cast):
    """Many hotline tickets, one matter: no toilet along the walking path north of the Grand Canal."""
    room = cast.room("清江浦区", "清浦街道", kind="town", title="清浦街道协商议事室", address="运北西路 1 号")
    clerk, topics = cast.clerk(room), []
    words = [
        "运北西路海润段的步道走一个来回要一个多小时，一路上没有公厕，老人很不方便。",
        "带孩子在运河边散步，找不到厕所，只好跑到小区里借。希望建一个。",
        "海润枫景佳苑旁边的健身步道人越来越多，没有厕所，有人就在绿化带里方便，味道很大。",
        "大运河步道北侧什么都好，就是没有厕所。",
        "建议在海润枫景佳苑段建公厕，晚上也要有灯。",
        "我父亲七十多岁，天天去运河边走路，最怕找不到厕所。",
    ]
    yield from arrive(room, [
        Said(on(3, 2 + n, 10), said, "hotline", clerk, {**_ticket(f"QJP2603{n:04d}"), "spot": "运北西路海润段", "phone": f"1381234{n:04d}"})
        for n, said in enumerate(words)
    ], topics, caller=clerk)  # fmt: skip
    yield from check(cast, topics, Matter(
        "运河北侧步道缺公厕", "运北西路海润段健身步道全长约 3 公里，沿途没有公共厕所。", "environment/toilets", "运北西路海润段",
    ), on(3, 9), "市民说早晚人最多，希望先有一个。", "街道负责人到现场走了一遍，步道单程 25 分钟，沿线无厕所，有两处可选位置。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(3, 10, 14), on(3, 12, 10), "注意离最近住户的距离。")
    yield from research(cast, topic, on(3, 16), "街道、社区、物业、规划窗口",
        "看了东西两处位置。东侧近管网，西侧离住户近。",
        [("residents", "晚上要有灯，要有老人扶手。"), ("enterprises", "物业愿意负责日常保洁用水。")],
        [
            {"title": "东侧新建一座", "words": "靠近步道东入口，接现有管网。", "cost": 380000, "source": "department", "basis": "城市公共厕所设计标准 CJJ 14", "pros": "离住户 60 米，管网近", "cons": "西段步行 12 分钟"},
            {"title": "西侧移动厕所", "words": "放两座移动厕所。", "cost": 90000, "source": "department", "pros": "快", "cons": "离住户 20 米，冬天会冻"},
        ])  # fmt: skip
    city, house, green = cast.unit("清江浦区城市管理局", "320812"), cast.unit("海润枫景佳苑物业服务中心", "320812", "property"), cast.unit("清浦街道办事处", "320812")
    yield from meet(cast, topic, Meeting(
        on(3, 18, 10), on(3, 25, 14, 30), "清浦街道协商议事室", "看方案\n听各方意见\n定位置和灯光绿化\n定谁来管",
        [Guest("residents", "海润枫景佳苑居民代表 6 名", affected=True), Guest("enterprises", "海润枫景佳苑物业", unit=house),
         Guest("departments", "区城市管理局", unit=city), Guest("members", "区政协委员 2 名")],
        [("residents", "同意建，但不要对着窗户，味道要处理好。"), ("residents", "灯要亮到晚上十点。"),
         ("enterprises", "用水用电我们配合，保洁请城管部门出经费。"), ("departments", "东侧可行，连同周边补种树一起做。")],
        "是否同意按方案甲在东侧建公厕", {"agree": 17, "disagree": 0, "abstain": 1},
    ), "agreed", "各方同意方案甲：在步道东入口建公厕，四周补绿、装灯。", [
        thing("在步道东入口建一座公厕，设无障碍间", city, 380000, "department", "tender", date(2026, 6, 20), "男女厕和无障碍间都能正常使用", green),
        thing("公厕四周补种树木、安装路灯", green, 42000, "department", "quote", date(2026, 6, 20), "晚上十点前灯亮，树木成活"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(3, 27), [
        (on(4, 20), "完成招标，开始打基础。"), (on(5, 12), "绿化和灯的位置已经放线。"), (on(5, 28), "主体完工，正在装无障碍设施。"),
    ], on(6, 15, 16), [371500, 40800])  # fmt: skip
    yield from confirm(topic, on(6, 16), "走路再也不用找厕所了，晚上灯也亮。")


def noise_of_the_building_site(cast):
    """Ten-odd tickets that one grid worker held; both sides agree on hours that bind both."""
    room = cast.room("清江浦区", "长西街道", "长西社区", spots=("社区大门口", "3 号楼电梯", "北侧工地围挡"))
    clerk, topics = cast.clerk(room), []
    words = ["工地夜里十一点还在打桩，老人孩子睡不着。", "北侧工地天天吵到半夜，明天孩子还要上学。", "早上五点渣土车就开始装车。",
             "打了几次电话，停一天又开始。", "夜里切割钢筋声音太刺耳了。", "能不能白天干活晚上休息？", "我上夜班白天要睡觉，中午也在打桩。",
             "工地噪声什么时候到头？", "家里有高考生，请管一管。", "对面工地大灯照到卧室，加上噪声没法睡。", "连续一周夜里施工。"]  # fmt: skip
    yield from arrive(room, [
        Said(on(4, 6 + n // 3, 8 + n % 3), said, "hotline", clerk, {**_ticket(f"CX2604{n:04d}"), "spot": "长西社区北侧工地", "phone": f"1391200{n:04d}"})
        for n, said in enumerate(words)
    ], topics, caller=clerk)  # fmt: skip
    yield from check(cast, topics, Matter(
        "工地夜间施工噪声", "长西社区北侧工地夜间打桩、装车，影响周边居民休息。", "environment/noise-building", "长西社区北侧工地",
    ), on(4, 10), "居民希望晚上十点以后不要打桩。", "网格员夜里十点半在现场测得 68 分贝。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(4, 10, 16), on(4, 14, 9), "既要让居民睡好，也不要耽误工期。")
    site, police = cast.unit("长西地块项目部", "320812", "enterprise"), cast.unit("清江浦生态环境局", "320812")
    yield from research(cast, topic, on(4, 15), "街道、网格员、项目部", "打桩还有 22 天，装车可以改到白天。",
        [("residents", "晚上十点到早上六点必须停。"), ("enterprises", "混凝土连续浇筑时停不下来，能不能提前告知。")])  # fmt: skip
    yield from meet(cast, topic, Meeting(
        on(4, 16, 9), on(4, 22, 19), "长西社区协商议事室", "说情况\n谈时间\n谈怎么告知\n定下来",
        [Guest("residents", "北侧三栋楼居民代表 8 名", affected=True), Guest("enterprises", "长西地块项目部", affected=True, unit=site),
         Guest("departments", "清江浦生态环境局", unit=police)],
        [("residents", "老人孩子要睡觉，十点以后一声都不能有。"), ("residents", "中午也让上夜班的人睡一会儿。"),
         ("enterprises", "十点停、六点开，可以做到；浇筑那几天提前三天贴通知。"), ("departments", "夜间施工要有证明，我们每周抽查。")],
        "同意把施工时间定为 6:00–12:00、14:00–22:00", {"agree": 14, "disagree": 0, "abstain": 1}, "希望装车时间也写进去。",
    ), "agreed", "施工时间定为 6:00–12:00、14:00–22:00；连续浇筑提前三天公告，全年不超过四次。", [
        thing("按约定时间施工，浇筑提前三天在楼下公告", site, 0, "enterprise", "none", date(2026, 5, 20), "连续两周夜间没有新投诉"),
        thing("每周夜间抽查一次，结果公开", police, 0, "department", "none", date(2026, 5, 20), "抽查记录公开在议题页"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(4, 24), [
        (on(4, 27), "围挡上贴出施工时间表和联系电话。"), (on(5, 6, 22), "夜间抽查，22 点后没有施工。"),
    ], on(5, 19), [0, 0])  # fmt: skip
    yield from confirm(topic, on(5, 20), "晚上安静了，项目部还专门来道了歉。")


def benches_for_the_market(cast):
    """An elder says it, the grid worker files it for her: benches from the service fund within days."""
    room = cast.room("清江浦区", "闸口街道", "花街社区")
    worker, topics = cast.worker(room), []
    consent = {"consent": "本人当面口头同意，网格员读给她听过", "name": "王奶奶", "spot": "综合市场东走廊"}
    yield from arrive(room, [
        Said(on(5, 11, 9, 20), "我腿脚不好，去菜场走到一半就要歇，东走廊那边一个坐的地方都没有。", "proxy", worker, consent),
        Said(on(5, 11, 10), "买菜回来想坐一坐，只能坐花坛边上，又脏又硬。"),
    ], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "菜场东走廊没有地方坐", "老小区到综合市场的路上没有座椅，老人买菜途中无处歇脚。", "public-space/seats", "综合市场东走廊",
    ), on(5, 11, 14), "老人说有三四张就够了。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(5, 12, 9), on(5, 12, 15))
    street = cast.unit("闸口街道办事处", "320812")
    yield from meet(cast, topic, Meeting(
        on(5, 12, 16), on(5, 18, 9, 30), "综合市场东走廊", "放在哪里\n放几张\n谁来管", [
            Guest("residents", "买菜的老人 5 名", affected=True), Guest("members", "政协委员 1 名"), Guest("deputies", "党员志愿者 2 名")],
        [("residents", "靠东走廊那排，晒得到太阳。"), ("members", "要有靠背和扶手，站起来不费劲。")],
        "同意装 6 张带扶手的靠背椅", {"agree": 9, "disagree": 0, "abstain": 0}, form="stool",
    ), "agreed", "用为民服务专项经费在东走廊装 6 张带扶手的靠背椅。", [
        thing("安装 6 张带扶手的靠背椅", street, 4800, "service_fund", "quote", date(2026, 5, 25), "6 张都稳，老人坐得下起得来"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(5, 18, 15), [(on(5, 20), "椅子到货，正在打孔固定。")], on(5, 21), [4620])
    yield from confirm(topic, on(5, 22), "坐着等车也行，谢谢你们。")

