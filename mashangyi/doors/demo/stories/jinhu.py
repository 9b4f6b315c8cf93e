"""金湖县: meters for the boats, rotten galleries, overflowing pipes (stories 9, 10, 11)."""

from datetime import date

from mashangyi.stages.deliberation.actions.preparation import Guest

from ..steps import Matter, Meeting, Said, arrive, carry_out, check, confirm, meet, research, review, thing
from ..telling import on


def meters_for_the_boats(cast):
    """An old fisherman scans a hand fan: 46 households shared one meter at the commercial tariff for three years."""
    room = cast.room("金湖县", "前锋镇", "白马湖村", kind="village")
    fan = cast.code(room, "村里发的扇子", "fan")
    topics = []
    yield from arrive(room, [Said(
        on(1, 20, 19), "我们避风港四十六条船合用一个电表，按商业电价收，三年了，年年为分摊吵架，线也乱，怕出事。",
        more={"code": fan, "phone": "13705171234", "spot": "高邮湖避风港"},
    )], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "避风港 46 户渔民合表用电", "46 户渔民共用一只总表、按商业电价付费，分摊有争议，线路有隐患。", "utilities/power", "高邮湖避风港", hazard=True,
    ), on(1, 21), "老渔民说每户每月多付七八十元。", "村干部上船看了线路，接头裸露 9 处。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(1, 22), on(1, 26, 15), "请供电公司一起来。")
    power = cast.unit("金湖县供电公司", "320831", "utility")
    yield from research(cast, topic, on(2, 4), "村委会、供电公司、渔民", "岸上可立 6 组表箱，每户一表。",
        [("residents", "一家一表，用多少付多少。"), ("enterprises", "改造后可以执行居民电价。")],
        [{"title": "一户一表", "cost": 138000, "source": "enterprise", "basis": "供电营业规则", "pros": "电价低，账清楚", "cons": "要三个月"},
         {"title": "保留总表，村里核算", "cost": 5000, "source": "village", "pros": "快", "cons": "电价不变，还会吵"}])  # fmt: skip
    yield from meet(cast, topic, Meeting(
        on(2, 25), on(3, 4, 14), "避风港岸边", "看线路\n选方案\n旧账怎么算\n什么时候通电",
        [Guest("residents", "渔民代表 14 户", affected=True), Guest("enterprises", "供电公司", unit=power), Guest("deputies", "人大代表 1 名")],
        [("residents", "一户一表最好，旧账大家认。"), ("enterprises", "表箱和线我们出，渔民出户内线。"), ("deputies", "五月前要通上，天热用电多。")],
        "同意一户一表", {"agree": 44, "disagree": 0, "abstain": 2}, form="field",
    ), "agreed", "供电公司出资装 46 只表，执行居民电价；旧账按船吨位分清。", [
        thing("为 46 户装分户电表，执行居民电价", power, 138000, "enterprise", "none", date(2026, 5, 15), "46 户各有一表，账单是居民电价"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(3, 6), [(on(4, 2), "6 组表箱立好。"), (on(4, 28), "完成 38 户接线。")], on(5, 12), [135600])
    yield from confirm(topic, on(5, 13), "电费少了一半，再也不吵了。")


def rotten_galleries(cast):
    """Scans in 金水湾: the wooden galleries of three pavilions are rotten and dangerous."""
    room = cast.room("金湖县", "黎城街道", "新城社区")
    topics = []
    yield from arrive(room, [
        Said(on(3, 12, 8), "金水湾木廊的柱子烂了，一碰就晃，孩子天天在下面玩。", more={"urgent": True, "spot": "金水湾三座亭子"}),
        Said(on(3, 12, 18), "亭子的木板塌了一块，差点踩空。", more={"spot": "金水湾"}),
    ], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "金水湾三座亭子木廊腐烂", "三座亭子的木廊腐烂松动，有坠落危险，已先围挡。", "safety/buildings", "金水湾", hazard=True,
    ), on(3, 12, 19), "", "现场拉了警戒带，三座亭子共 11 根柱子腐烂。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(3, 13), on(3, 16))
    build, house = cast.unit("黎城街道创建办", "320831"), cast.unit("金水湾物业", "320831", "property")
    yield from research(cast, topic, on(3, 18), "创建办、街道、委员、居民、物业", "建议拆旧换防腐木，基础可用。", [("residents", "别拆没了，老人要坐。")],
        [{"title": "换防腐木重建", "cost": 86000, "source": "department", "pros": "保留风格", "cons": "工期 40 天"}])  # fmt: skip
    yield from meet(cast, topic, Meeting(
        on(3, 19), on(3, 26, 15), "金水湾亭子旁", "看方案\n定工期\n安全怎么保", [Guest("residents", "居民代表 9 名", affected=True), Guest("enterprises", "金水湾物业", unit=house), Guest("members", "政协委员 2 名")],
        [("residents", "施工要围好，孩子多。"), ("members", "柱脚做防水。")], "同意换防腐木重建", {"agree": 13, "disagree": 0, "abstain": 0}, form="field",
    ), "agreed", "拆除旧廊，用防腐木按原样重建，物业负责日常检查。", [
        thing("重建三座亭子木廊", build, 86000, "department", "tender", date(2026, 5, 20), "经检测合格，可承重", house),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(3, 30), [(on(4, 15), "旧廊拆完。"), (on(5, 8), "两座完工。")], on(5, 18), [84300])
    yield from confirm(topic, on(5, 19), "又能坐在亭子里了。")


def overflowing_pipes(cast):
    """Blocked pipes in 新华大厦: professionals on site at once, cleared and renewed in half a month."""
    room = cast.room("金湖县", "黎城街道", "衡阳路社区")
    topics = []
    yield from arrive(room, [
        Said(on(6, 2, 7), "新华大厦一楼下水道又冒出来了，满地污水。", "grid", cast.worker(room), {"urgent": True, "spot": "新华大厦"}),
        Said(on(6, 2, 9), "污水流到楼道，臭得开不了窗。", more={"spot": "新华大厦"}),
    ], topics)  # fmt: skip
    yield from check(cast, topics, Matter(
        "新华大厦管道堵塞污水外溢", "大厦排污管多年未换，一楼污水反复外溢。", "utilities/sewage", "新华大厦",
    ), on(6, 2, 9, 30), "", "街道请管道师傅到场，主管变形 30 米，需换新。")  # fmt: skip
    topic = topics[0]
    yield from review(cast, topic, on(6, 2, 15), on(6, 3, 10))
    drain = cast.unit("黎城街道市政服务站", "320831")
    yield from meet(cast, topic, Meeting(
        on(6, 3, 11), on(6, 9, 19), "新华大厦门厅", "先疏通\n换管\n钱怎么出", [Guest("residents", "住户代表 7 名", affected=True), Guest("experts", "管道师傅 1 名"), Guest("departments", "市政服务站", unit=drain)],
        [("experts", "疏通只能管几天，30 米主管要换。"), ("residents", "钱大家摊一点也行，别再冒了。")], "同意更换 30 米主管", {"agree": 22, "disagree": 1, "abstain": 0},
    ), "agreed", "先疏通，再更换 30 米主管。", [
        thing("疏通并更换 30 米主管", drain, 26000, "service_fund", "quote", date(2026, 6, 20), "连续十天不外溢"),
    ])  # fmt: skip
    yield from carry_out(cast, topic, on(6, 10), [(on(6, 11), "疏通完成。"), (on(6, 15), "新管已铺 20 米。")], on(6, 17), [25400])
    yield from confirm(topic, on(6, 18), "半个月就修好了。")
