"""What the told town lacks for its portrait: a meeting that is open at this very hour, and counted figures."""

from datetime import timedelta

from mashangyi.civic.insight.projection import project
from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE, Actor, in_post
from mashangyi.ground.people.models import Post
from mashangyi.stages.deliberation import actions
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.deliberation.models import Meeting
from mashangyi.topic.models import Topic

ABOUT = "电动车没有地方充电"
GUESTS = (
    Guest("residents", "地面停车区业主", affected=True),
    Guest("residents", "一楼住户", affected=True),
    Guest("enterprises", "小区物业"),
    Guest("departments", "消防救援站"),
)
SAID = (
    ("residents", "3 号楼五楼住户", "我天天从五楼拉线下来充，自己也怕。早该有个棚了。"),
    ("residents", "1 号楼一楼住户", "棚不能靠近窗户，夜里报警器响，老人睡不着。"),
    ("enterprises", "小区物业经理", "北墙边能放 40 辆，离最近的楼 15 米，占掉的 6 个车位可以挪到南门。"),
    ("departments", "消防站值班员", "地下一层不行，只能地面，要有喷淋和断电保护。"),
    ("members", "科技界 2 号委员", "充电费要公示，每度不超过八角，一年看一次账。"),
)
AGREED = {"agree": 31, "disagree": 4, "abstain": 2}
HOUR = timedelta(hours=1)


def actor(username: str) -> Actor:
    """The demo account in its post."""
    return in_post(Post.objects.select_related("person", "room", "unit").get(person__username=username))


def open_a_meeting() -> Meeting:
    """A meeting of the first room in full swing: five have spoken, hands are counted, one keeps a doubt."""
    by = actor("convener")
    topic = Topic.objects.select_related("room").get(title=ABOUT, state="preparing", room=by.room_id)
    clerk, now = actor("clerk"), clock.now()
    with clock.at(now - 4 * 24 * HOUR):
        meeting = _announced(topic, now, clerk)
    with clock.at(now - HOUR / 2):
        meeting.topic = topic
        actions.open_meeting(meeting, by=by)
    _talk(meeting, now - HOUR / 2, clerk)
    _vote(meeting, clerk, by)
    return meeting


def bring_figures_up_to_date() -> None:
    """What the worker does in its rounds."""
    while project():
        pass


def _announced(topic: Topic, now, clerk: Actor) -> Meeting:
    member = Post.objects.get(person__username="member")
    guests = [*GUESTS, Guest("members", "科技界 2 号委员", post=member)]
    actions.invite(topic, guests, by=clerk)
    actions.suggest(topic, "充电口请留几个给三轮车。", by=ANYONE)
    agenda = "看一看北墙边\n听一听各方意见\n定方案、定价格"
    return actions.announce_meeting(
        topic, now - HOUR / 2, "长西社区党群服务中心二楼", by=clerk, form="hybrid", agenda=agenda,
        short_notice="大家都盼着早点定下来",
    )  # fmt: skip


def _talk(meeting: Meeting, since, clerk: Actor) -> None:
    for n, (kind, who, words) in enumerate(SAID):
        with clock.at(since + (4 * n + 2) * HOUR / 60):
            seat = actions.sign_in_for(meeting, kind, who, by=clerk)
            actions.say_for(meeting, words, by=clerk, kind=kind, attendance=seat)


def _vote(meeting: Meeting, clerk: Actor, convener: Actor) -> None:
    actions.count_heads(meeting, sum(AGREED.values()), by=clerk)
    actions.turn_to(meeting, 2, by=convener)
    ballot = actions.open_ballot(meeting, "同意在北墙边建充电棚吗？", "agree", by=convener)
    actions.count(ballot, "hands", AGREED, by=clerk)
    actions.note_dissent(meeting, "希望三个月后看一次噪音，不行就换位置。", by=clerk, kind="residents")
