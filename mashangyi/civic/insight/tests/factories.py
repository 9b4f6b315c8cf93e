"""A small town in which every figure has something to count, told by the real deeds."""

from datetime import timedelta

from mashangyi.civic.insight import projection, queries
from mashangyi.ground.calendar.clock import now, today
from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.places.models import Division
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation.tests import factories as evaluated
from mashangyi.stages.intake.actions import record_report, support, withdraw
from mashangyi.stages.triage import actions as triage
from mashangyi.topic import lifecycle
from tests import factories as make

NEAR, FAR = "320812004003", "320803001001"


@deed
def take(topic, name, *, by, **how):
    return lifecycle.move(topic, name, by=by, **how)


def project_all() -> None:
    while projection.project():
        pass


def figures(place: str = "3208"):
    project_all()
    return queries.figures_of(queries.path_to(place)[-1])


def described(room, words: str = "路灯不亮", channel: str = "scan"):
    """A report whose topic a clerk has accepted and described: the topic."""
    by = ANYONE if channel == "scan" else make.actor("clerk", room=room)
    topic = record_report(room, words, channel, by=by).report.topic
    topic.title = words
    topic.save()
    return take(topic, "verify", by=make.actor("clerk", room=room))


def meeting(room):
    topic = described(room)
    convener = make.actor("convener", room=room)
    return deliberation.meet_at_once(topic, "field", "田头", "先商量", by=convener), convener


def concluded(room, cost: int = 46_000):
    """A topic with an agreement that costs so much: the topic and its convener."""
    sitting, convener = meeting(room)
    item = Item("修路", make.unit(), cost, "department" if cost else "none", "none", today() + timedelta(days=9), "能走")
    deliberation.conclude(sitting, "agreed", "修", (item,), by=convener)
    return sitting.topic, convener


def late(room):
    """A task whose date is past, and still open."""
    clerk = make.actor("clerk", room=room)
    task = delivery.handle_directly(described(room), make.unit(), "换东门的灯", by=clerk)
    Task.objects.filter(pk=task.pk).update(due_at=now() - timedelta(days=1))
    return task


def judged(solved: bool = True, n: int = 1):
    reports = evaluated.confirming(n=n)
    evaluated.say(reports[0], evaluated.YES if solved else evaluated.NO)
    return reports


def tell(near=None) -> None:
    """Two counties, and at least one of everything that is counted."""
    make.division(NEAR)
    for code, name in (("320803", "淮安区"), ("320803001", "淮城街道"), (FAR, "漕运社区")):
        parent = {6: "3208", 9: "320803", 12: "320803001"}[len(code)]
        Division.objects.get_or_create(code=code, defaults={"name": name, "level": len(code), "parent": parent})
    near, far = near or make.room(place=NEAR), make.room(place=FAR)
    clerk = make.actor("clerk", room=near)

    for channel in ("scan", "hotline", "hotline"):
        described(near, channel=channel)
    into = described(near)
    support(into, by=ANYONE)
    gone = described(near)
    triage.merge(gone, into, by=clerk)
    triage.split_report(into.reports.order_by("id").last(), by=clerk)
    withdraw(record_report(far, "看错了", by=ANYONE).report, by=ANYONE, own=True)
    topic, convener = concluded(far)
    delivery.deliver(topic, by=convener)
    again, convener = concluded(near, cost=1_500)
    deliberation.reconsider(again, "钱不够", by=convener)
    late(near), late(far)
    judged(), judged(solved=False), judged(n=2)
    ended = judged()[0].topic
    ended.refresh_from_db()
    take(ended, "reopen", by=make.actor("auditor"), reason="又坏了")
