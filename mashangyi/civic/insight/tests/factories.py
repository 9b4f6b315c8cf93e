"""A small town in which every figure has something to count, told by the real deeds."""

from datetime import timedelta

from mashangyi.civic.insight import projection, queries
from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.clock import now, today
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.places.models import Division
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item, Promise
from mashangyi.stages.deliberation.tests import factories as deliberated
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation.tests import factories as evaluated
from mashangyi.stages.intake.actions import record_report, support, withdraw
from mashangyi.stages.triage import actions as triage
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Category
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


def prepared(room):
    """A topic that the party organisation has approved: suggestions are open."""
    topic = take(described(room), "propose", by=make.actor("clerk", room=room), track="full")
    return take(topic, "approve", by=make.actor("reviewer", place=room.place))


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


def attended(room):
    """A sitting that two people came to, one of them without a phone, and a third who was struck out."""
    sitting, _convener = meeting(room)
    clerk = make.actor("clerk", room=room)
    deliberation.sign_in(sitting, by=deliberated.resident(), code=sitting.code)
    deliberation.sign_in_for(sitting, "residents", "前排左 2", by=clerk)
    deliberation.strike(deliberation.sign_in_for(sitting, "residents", "前排左 3", by=clerk), "重复", by=clerk)


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


def called(room, after: timedelta = timedelta(), reached: bool = True):
    """A reporter who left a number, phoned so long afterwards: their report."""
    said = record_report(room, "路灯不亮", by=ANYONE, phone="13800138000").report
    clerk = make.actor("clerk", room=room)
    with clock.at(now() + after):
        tick()
        triage.record_call_back(said, reached, "说灯还不亮" if reached else "", by=clerk)
    return said


def suggested(topic, *answers: bool):
    """Suggestions to a topic, one without an answer and one for each that is adopted (True) or not."""
    clerk = make.actor("clerk", room=topic.room)
    made = [deliberation.suggest(topic, f"装声控灯，装 {n} 盏", by=ANYONE) for n, _each in enumerate((None, *answers), 1)]
    for suggestion, adopted in zip(made[1:], answers, strict=True):
        deliberation.answer_suggestion(suggestion, adopted, "省电", by=clerk)
    return made


def pledged(topic, *kept: bool):
    """Pledges to a topic, one of which nobody knows and one for each that was kept (True) or broken."""
    clerk = make.actor("clerk", room=topic.room)
    promises = [Promise("enterprises", "供电公司", "goods", f"灯 {n} 盏") for n, _each in enumerate((None, *kept), 1)]
    made = [deliberation.pledge(topic, promise, by=clerk) for promise in promises]
    for promised, is_kept in zip(made[1:], kept, strict=True):
        deliberation.keep_pledge(promised, is_kept, words="没货", by=clerk)
    return made


def sorted_into(room, path: str):
    """A topic that a clerk has sorted into a kind."""
    kind, _made = Category.objects.get_or_create(path=path, defaults={"name": path})
    return triage.sort(described(room), category=kind, by=make.actor("clerk", room=room))


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
    called(near), called(far, timedelta(hours=30))
    suggested(prepared(near), True, False)
    pledged(topic, True, False)
    attended(near)
    take(sorted_into(far, "lights"), "decline", by=make.actor("clerk", room=far), reason="在法院")
    take(sorted_into(far, "lights"), "answer", by=make.actor("clerk", room=far))
    sorted_into(far, "lights")
    ended = judged()[0].topic
    ended.refresh_from_db()
    take(ended, "reopen", by=make.actor("auditor"), reason="又坏了")
