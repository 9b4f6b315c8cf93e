"""Checking what was said: take it up, phone back, go and look, ask and be answered."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.actor import SYSTEM
from ....ground.photos.store import store
from ....topic import lifecycle
from ....topic.models import Topic
from ...intake.models import Report
from .. import queries
from ..models import CallBack, Question, SiteVisit
from .words import for_the_public, needed, unmarked

MOST_SILENT = 200


@deed
def verify(topic: Topic, *, by) -> Topic:
    """Take a received topic up: it is being checked from now on, until its clock runs out.

    The promise to contact the reporter runs on; only a call back that reached them ends it.
    """
    law.demand(by, "triage.verify", topic)
    return lifecycle.move(topic, "verify", by=by)


@deed
def taken_up(topic: Topic, *, by) -> Topic:
    """The topic, taken up first when nobody has: whoever decides a fresh message has accepted it."""
    return verify(topic, by=by) if topic.state == "received" else topic


@deed
def record_call_back(
    report: Report, reached: bool, words: str = "", *, by, at: datetime | None = None
) -> CallBack:
    """Note that a reporter was phoned: reached or not, and what was said. The words stay with the staff."""
    law.demand(by, "triage.call_back", report)
    if reached:
        words = needed("words", words, _("请写几个字：反映人怎么说。"))
    if at and at > now():
        raise ValidationError({"at": _("回访时间不能在将来。")})

    topic = report.topic
    call = CallBack.objects.create(
        topic=topic, report=report, at=at or now(), reached=reached, words=words.strip(), label=by.label
    )
    promise = _end_promise(topic) if reached else {}

    record(
        "triage.called_back" if reached else "triage.call_missed",
        by=by,
        topic=topic,
        data={"report": report.number, **promise},
    )
    return call


def _end_promise(topic: Topic) -> dict:
    """The promise to contact the reporter is kept now; for the journal, whether `in_time`. Nothing when none
    was running, or when its overrun stands in the journal already: each promise is counted once."""
    running = clocks.running(topic.subject, "contact")
    clocks.stop(topic.subject, "contact")
    if not running or running[0].overdue_at:
        return {}
    return {"in_time": now() <= running[0].due_at}


@deed
def record_visit(topic: Topic, findings: str, *, by, stakeholders: str = "", at: datetime | None = None,
                 photos=()) -> SiteVisit:  # fmt: skip
    """Note a visit to the spot: what was found, who is concerned (bodies, not names), photos.

    All of it is public but the photos, which `describe()` publishes.
    """
    law.demand(by, "triage.visit", topic)
    findings = for_the_public("findings", findings, _("请写明现场看到了什么。"))
    unmarked("stakeholders", stakeholders)
    if at and at > now():
        raise ValidationError({"at": _("到现场的时间不能在将来。")})

    visit = SiteVisit.objects.create(
        topic=topic, at=at or now(), findings=findings, stakeholders=stakeholders.strip(), label=by.label
    )
    store(photos, visit.subject, by=by)

    record("triage.visited", by=by, topic=topic, data={"visit": visit.pk})
    return visit


@deed
def ask(topic: Topic, words: str, *, by) -> Question:
    """Ask the reporters something; the topic waits for them, 15 working days at most."""
    law.demand(by, "triage.ask", topic)
    words = needed("words", words, _("请写明要请反映人补充什么。"))

    taken_up(topic, by=by)
    Question.objects.filter(topic=topic, answered_at=None).update(answered_at=now())
    question = Question.objects.create(topic=topic, words=words, asked_at=now(), label=by.label)

    lifecycle.move(topic, "ask", by=by, holder=N_("反映人"))
    return question


@deed
def answer_in(topic: Topic, words: str, *, by, report: Report | None = None, photos=()) -> Question:
    """The answer to what was asked: from the holder of a receipt (`report`), or written down by the clerk.

    The topic is being checked again. Raises lifecycle.Conflict when nothing is asked any more.
    """
    own = report is not None and report.topic_id == topic.pk
    law.demand(by, "triage.answer_in" if by.role == "resident" else "triage.ask", topic, own=own)
    words = needed("words", words, _("请写几个字再提交。"))

    question = queries.open_question(topic)
    if question:
        question.answer, question.answered_at, question.report = words, now(), report
        question.save(update_fields=["answer", "answered_at", "report"])
    if report:
        store(photos, report.subject, by=by)

    lifecycle.move(topic, "answer_in", by=by)
    return question


@deed
def close_silent(*, by=SYSTEM) -> list[Topic]:
    """Close the topics whose reporters were asked and did not answer in 15 working days; those closed."""
    law.demand(by, "triage.close_silent")
    silent = queries.silent(MOST_SILENT)
    reason = _("15 个工作日内没有等到补充。有新的情况，随时可以重新反映。")
    for topic in silent:
        Question.objects.filter(topic=topic, answered_at=None).update(answered_at=now())
        lifecycle.move(topic, "silence", by=by, reason=reason, outcome="no_answer", track="decline")
    return silent
