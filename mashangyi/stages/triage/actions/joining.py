"""Joining what is one matter, and taking it apart again.

Each merged topic keeps a pointer to the one it went into, each report that moved remembers its home. A report
always stands under the root of its home, so a split gives back exactly the reports that came with the topic.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.models import Clock
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....topic import lifecycle
from ....topic.models import Topic
from ...intake.models import Report
from .. import queries, repeats
from ..models import Home
from .words import for_the_public


@deed
def merge(topic: Topic, into: Topic, *, by) -> Topic:
    """Join `topic` to `into`, the same matter: reports, supporters and the promise to call back go along.

    Returns `into`. Raises law.No for a topic of another room, itself, or one that has ended.
    """
    law.demand(by, "triage.merge", topic)
    law.demand(by, "triage.merge", into)
    into = _held(topic, into)
    if into.pk == topic.pk or not into.is_open:
        raise law.No(_("不能并进去：那件事已经有了结果，或者就是它自己。"))

    moved = list(Report.objects.filter(topic=topic).order_by("id").values_list("pk", flat=True))
    Home.objects.bulk_create(
        [Home(report_id=pk, topic=topic) for pk in moved], ignore_conflicts=True
    )  # fmt: skip
    Report.objects.filter(pk__in=moved).update(topic=into)
    _hand_contact_over(topic, into)
    _count(topic, into)

    lifecycle.move(
        topic,
        "merge",
        by=by,
        merged_into=into,
        outcome="merged",
        data={"into": into.number, "reports": moved, "again": repeats.came_again(topic)},
    )
    record("triage.took_in", by=by, topic=into, data={"from": topic.number, "reports": len(moved)})
    return into


@deed
def split(topic: Topic, reason: str, *, by) -> Topic:
    """Undo a merge: the topic is checked on its own again, with exactly the reports that came with it."""
    law.demand(by, "triage.split", topic)
    reason = for_the_public("reason", reason, _("请写明为什么要分开。"))
    root = queries.root_of(_held(topic, topic))
    if root.pk == topic.pk:
        raise lifecycle.Conflict(_("这件事没有并到别处。"))
    _held(topic, root)

    own = [topic.pk, *queries.merged_below(topic)]
    back = list(Report.objects.filter(home__topic__in=own).order_by("id").values_list("pk", flat=True))
    Report.objects.filter(pk__in=back).update(topic=topic)
    Home.objects.filter(topic=topic).delete()
    _count(topic, root)
    _owe_contact(topic)

    lifecycle.move(topic, "split", by=by, reason=reason, merged_into=None, outcome="", data={
        "out_of": root.number, "reports": back, "again": repeats.came_again(topic),
    })  # fmt: skip
    record("triage.let_go", by=by, topic=root, data={"out": topic.number, "reports": len(back)})
    return topic


@deed
def split_report(report: Report, *, by) -> Topic:
    """Give a report that is another matter a topic of its own; the others stay together."""
    old = report.topic
    law.demand(by, "triage.split", old)
    _held(old, old)
    if not old.is_open or not old.reports.exclude(pk=report.pk).filter(withdrawn_at=None).exists():
        raise law.No(_("这件事只有这一条反映，或者已经有了结果，不能再分。"))

    new = lifecycle.begin(Topic(room=old.room, place=old.place, spot=report.spot or old.spot))
    Report.objects.filter(pk=report.pk).update(topic=new, joined=False)
    Home.objects.filter(report=report).delete()
    report.topic, report.joined = new, False
    _count(old, new)
    _owe_contact(new)

    record(
        "triage.set_apart",
        by=by,
        topic=new,
        data={"from": old.number, "report": report.number, "reports": [report.pk]},
    )
    record("triage.let_go", by=by, topic=old, data={"out": new.number, "reports": 1})
    return new


def _held(*topics: Topic) -> Topic:
    """Hold these topics until the deed ends, always in the same order; the last of them as it is now."""
    keys = [topic.pk for topic in topics]
    rows = {row.pk: row for row in Topic.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return rows[keys[-1]]


def _count(*topics: Topic) -> None:
    """Count reports and supporters anew from the reports themselves."""
    for topic in topics:
        living = Q(topic=topic, withdrawn_at=None)
        counts = {
            "reports_count": Report.objects.filter(living).count(),
            "support_count": Report.objects.filter(living, joined=True).count(),
        }
        Topic.objects.filter(pk=topic.pk).update(**counts)
        topic.reports_count, topic.support_count = counts["reports_count"], counts["support_count"]


def _hand_contact_over(topic: Topic, into: Topic) -> None:
    """The promise to call the reporter goes along; of two running ones, the earlier stands."""
    running = Clock.objects.filter(kind="contact", stopped_at=None)
    both = list(running.filter(subject__in=[topic.subject, into.subject]).order_by("due_at"))
    if any(clock.subject == topic.subject for clock in both):
        clocks.stop(topic.subject, "contact")
        clocks.stop(into.subject, "contact")
        clocks.start("contact", into.subject, place=into.place, holder=into.holder, due=both[0].due_at)
        running.filter(subject=into.subject).update(overdue_at=both[0].overdue_at)  # said once is said


def _owe_contact(topic: Topic) -> None:
    """A topic that stands on its own again owes its reporters the call that none of them has had."""
    if queries.awaits_call(topic):
        clocks.stop(topic.subject, "contact")
        clocks.start("contact", topic.subject, place=topic.place, holder=topic.room.name)
