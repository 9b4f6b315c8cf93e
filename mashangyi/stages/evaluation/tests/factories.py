"""Matters reported, carried out, and waiting to be confirmed; made by the real deeds."""

from mashangyi.ground.people.actor import ANYONE, resident
from mashangyi.ground.people.models import Person
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.tests import factories as delivered
from mashangyi.stages.evaluation import actions
from mashangyi.stages.evaluation.rules import Answer
from mashangyi.stages.intake.actions import record_report, support
from mashangyi.stages.intake.models import Report
from mashangyi.topic import lifecycle
from tests import factories as make

YES = Answer(solved=True)
NO = Answer(solved=False, fault="half")


def neighbour():
    """A resident who signed in with a phone code."""
    return resident(Person.objects.create(kind="resident"))


def reported(room=None, n: int = 1, supporters: int = 0, passers: int = 0) -> list[Report]:
    """A topic with `n` reporters and some who say "me too", signed in by phone (`supporters`) or on a phone that
    nobody knows (`passers`): its reports, the first reporter's first."""
    room = room or make.room()
    first = record_report(room, "东门路灯三天不亮", by=ANYONE).report
    more = []
    for _each in range(n - 1):
        other = record_report(room, "路灯又坏了", by=ANYONE, joins=first.topic).report
        Report.objects.filter(pk=other.pk).update(joined=False)
        more.append(other)
    joined = [support(first.topic, by=neighbour()).report for _each in range(supporters)]
    joined += [support(first.topic, by=ANYONE).report for _each in range(passers)]
    return [Report.objects.select_related("topic__room").get(pk=each.pk) for each in (first, *more, *joined)]


def carry_out(report: Report, **terms):
    """Verified, handed over, signed for, done: the topic of the report is confirming."""
    from mashangyi.ground.journal.deeds import turn

    topic = report.topic
    clerk = make.actor("clerk", room=topic.room)
    topic.title = topic.title or "路灯不亮"
    topic.save()
    with turn():
        lifecycle.move(topic, "verify", by=clerk)
    terms = {"content": "修好路灯", **terms}
    task = delivery.handle_directly(topic, make.unit(), by=clerk, **terms)
    return report_done(task)


def entered(role: str = "clerk", channel: str = "proxy", phone: str = "", supporters: int = 0, **fields) -> list[Report]:
    """A report that somebody in a post wrote down for another, and some neighbours: its topic is confirming."""
    room = make.room()
    by = make.actor(role, room=room, place=room.place)
    consent = "当面口头同意" if channel == "proxy" else ""
    first = record_report(room, "没有地方坐", channel, by=by, consent=consent, phone=phone, **fields).report
    joined = [support(first.topic, by=neighbour()).report for _each in range(supporters)]
    carry_out(first)
    return [Report.objects.select_related("topic__room").get(pk=each.pk) for each in (first, *joined)]


def carry_out_again(report: Report):
    """What was opened again goes to a unit once more and is reported done."""
    report.topic.refresh_from_db()
    clerk = make.actor("clerk", room=report.topic.room)
    return report_done(delivery.handle_directly(report.topic, make.unit(), "再修一次", by=clerk))


def report_done(task):
    officer = delivered.officer(task)
    delivery.add_milestone(task, "换了灯头", by=officer)
    return delivery.report_done(task, actual_cost=300, by=officer)


def confirming(n: int = 1, supporters: int = 0, passers: int = 0) -> list[Report]:
    """The reports of a topic that waits for its reporters' word."""
    reports = reported(n=n, supporters=supporters, passers=passers)
    carry_out(reports[0])
    return [Report.objects.select_related("topic__room").get(pk=each.pk) for each in reports]


def say(report: Report, answer: Answer = YES, by=ANYONE):
    report.refresh_from_db()
    return actions.judge(report, answer, by=by, own=True)


def state(report: Report) -> str:
    report.topic.refresh_from_db()
    return report.topic.state
