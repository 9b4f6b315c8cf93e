"""What waits on each desk right now: the same room as story 2, one matter in every stage."""

from datetime import timedelta

from mashangyi.ground.calendar import clock
from mashangyi.ground.people.models import Post
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.mediation import actions as mediation
from mashangyi.stages.triage import actions as triage

from .steps import Matter, Said, arrive, carry_out, check, research, review
from .telling import tell_in_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def leave_work(cast) -> None:
    """Tell the last days up to this hour: nothing here is dated after now."""
    now = clock.now()
    room = cast.room("清江浦区", "长西街道", "长西社区")
    tell_in_order([story(cast, room, now) for story in WAITING])


def _fresh(cast, room, now):
    topics = []
    yield from arrive(room, [
        Said(now - 50 * timedelta(minutes=1), "3 号楼的电梯又停了，十二楼的老人下不来。", more={"spot": "3 号楼", "urgent": True}),
        Said(now - 40 * timedelta(minutes=1), "小区东门的路灯三天不亮了，晚上看不见台阶。", more={"spot": "东门", "phone": "13800138000"}),
        Said(now - 30 * timedelta(minutes=1), "东门路灯坏了，我妈昨晚差点摔跤。", more={"spot": "东门"}),
        Said(now - 20 * timedelta(minutes=1), "楼下饭店油烟直接排到我家窗户，身份证 320812199003074514，电话 13912345678，请尽快处理。", more={"spot": "临街商铺"}),
        Said(now - 15 * timedelta(minutes=1), "我年纪大了，楼道没有扶手，上楼费劲。", "proxy", cast.worker(room),
             {"consent": "本人当面口头同意", "name": "李奶奶", "spot": "7 号楼"}),
        Said(now - 10 * timedelta(minutes=1), "想学电商，社区能不能办个班？"),
    ], topics)  # fmt: skip


def _checking(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 5 * HOUR, "健身器材的扶手断了一根。", more={"spot": "中心花园"})], topics)
    yield now - 4 * HOUR
    triage.verify(topics[0], by=cast.clerk(room))


def _asking(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 26 * HOUR, "停车费涨得没道理。")], topics)
    yield now - 25 * HOUR
    triage.verify(topics[0], by=cast.clerk(room))
    yield now - 24 * HOUR
    triage.ask(topics[0], "请告诉我们是地下车库还是地面，从什么时候涨的。", by=cast.clerk(room))


def _in_review(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 2 * DAY, "能不能给老楼装电梯？五楼以上的老人一个月下不了两次楼。", more={"spot": "老区 1 至 6 号楼"})], topics)
    yield from check(cast, topics, Matter("老楼加装电梯", "1 至 6 号楼多为老人，希望商量加装电梯。", "housing/lifts", "老区 1 至 6 号楼"), now - 2 * DAY + HOUR, "老人说愿意出一部分钱。")
    yield now - DAY
    triage.propose(topics[0], by=cast.convener(room))


def _preparing(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 9 * DAY, "小区没有电动车充电的地方。", more={"spot": "地面停车区"})], topics)
    yield from check(cast, topics, Matter("电动车没有地方充电", "小区电动车多，没有集中充电点，存在飞线。", "public-space/charging", "地面停车区"), now - 9 * DAY + HOUR)
    yield from review(cast, topics[0], now - 8 * DAY, now - 7 * DAY)
    yield from research(cast, topics[0], now - 6 * DAY, "社区、物业、消防", "北墙边可放 40 车位。", [("residents", "离楼远一点，要有棚。")],
        [{"title": "北墙边建棚", "cost": 46000, "source": "enterprise", "pros": "离楼 15 米", "cons": "占 6 个车位"},
         {"title": "地下一层", "cost": 120000, "source": "enterprise", "pros": "不占地面", "cons": "消防要求高"}])  # fmt: skip


def _delivering(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 8 * DAY, "垃圾桶满了两天没人收。", more={"spot": "5 号楼旁"})], topics)
    yield from check(cast, topics, Matter("5 号楼旁垃圾清运不及时", "垃圾桶经常满溢。", "environment/waste", "5 号楼旁"), now - 8 * DAY + HOUR)
    yield now - 7 * DAY
    unit = cast.unit("清江浦区城市管理局", "320812")
    delivery.handle_directly(topics[0], unit, "每天两次清运，桶旁硬化地面", now + 3 * DAY, by=cast.clerk(room), planned_cost=1200, funding="department")


def _signed(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 7 * DAY, "南门道闸总是放不下来。", more={"spot": "南门"})], topics)
    yield from check(cast, topics, Matter("南门道闸失灵", "道闸不落，外来车辆随意进出。", "housing/management", "南门"), now - 7 * DAY + HOUR)
    yield now - 6 * DAY
    task = delivery.handle_directly(topics[0], cast.unit("清江浦区城市管理局", "320812"), "协调物业更换道闸", now + 2 * DAY, by=cast.clerk(room))
    yield now - 5 * DAY
    delivery.sign_for(task, by=cast.officer(task.unit))
    yield now - 2 * DAY
    delivery.add_milestone(task, "已下单新道闸，周末安装。", by=cast.officer(task.unit))


def _confirming(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 12 * DAY, "单元门的门禁坏了，谁都能进。", more={"spot": "2 号楼", "phone": "13800138000"})], topics)
    yield from check(cast, topics, Matter("2 号楼门禁损坏", "单元门不能自动关闭。", "housing/management", "2 号楼"), now - 12 * DAY + HOUR)
    yield now - 11 * DAY
    delivery.handle_directly(topics[0], cast.unit("长西社区物业服务中心", "320812", "property"), "更换门禁和闭门器", now - DAY, by=cast.clerk(room))
    yield from carry_out(cast, topics[0], now - 10 * DAY, [(now - 6 * DAY, "新门禁到货。")], now - 3 * DAY, [960])


def _mediating(cast, room, now):
    topics = []
    yield from arrive(room, [Said(now - 6 * DAY, "楼上漏水到我家，找了三次都不肯修。", more={"spot": "4 号楼"})], topics)
    yield from check(cast, topics, Matter("4 号楼上下楼漏水纠纷", "上下楼住户因漏水发生争执。", "neighbours/disputes", "4 号楼"), now - 6 * DAY + HOUR)
    yield now - 5 * DAY
    mediator = Post.objects.get(pk=cast.mediator(room).post_id)
    mediation.open_case(topics[0], mediator, ["二楼住户", "一楼住户"], by=cast.convener(room))


WAITING = (_fresh, _checking, _asking, _in_review, _preparing, _delivering, _signed, _confirming, _mediating)
