"""Judging: the one deed by which a matter can come to count as resolved."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.actor import ROLES, SYSTEM
from ....ground.photos.store import store
from ....topic.models import Topic
from ...delivery.actions import redo
from ...intake.models import Report
from ...intake.queries import recipient
from .. import queries, rules
from ..models import AT_COUNTER, FAULTS, WHY, Judgement, Question, Round
from .asking import ask, ask_neighbours, close, hold, open_round, outcome_of, resolve


@deed
def judge(report: Report, answer: rules.Answer, *, by, own: bool) -> Judgement:
    """Say whether it is solved, as the holder of a receipt. `own`: the receipt was shown, or it is theirs.

    No post, no account of the staff and no system can judge; a receipt that staff entered confirms nothing by
    itself (`queries.at_counter`). Raises ValidationError by field. May be changed until the round is closed.
    """
    law.demand(by, "evaluation.judge", report, own=own)
    if by.role != "resident" or queries.is_staff_account(by, report):
        raise law.No(_("办没办好，只由反映人和邻居说了算。"))
    _check(report, answer)
    topic = hold(report.topic)
    opened = open_round(topic) or ask(topic, by=SYSTEM)

    said, facts = _write(opened, report, answer, by)
    store(answer.photos, said.subject, by=by)
    record("evaluation.judged" if answer.solved else "evaluation.judged_not", by=by, topic=topic, data={
        "round": opened.number, "fault": FAULTS.get(said.fault, ""), "kind": _whose(said), **facts,
    })  # fmt: skip
    _decide(topic, opened, said, by)
    return said


WRONG = {
    "which": N_("请选一下哪里没有解决。"),
    "say": N_("请写几个字，说说哪里没有解决。"),
    "long": N_("最多 1000 个字，长的材料请拍照附上。"),
    "levels": N_("请从五个里选一个。"),
}


def _check(report: Report, answer: rules.Answer) -> None:
    if report.withdrawn_at:
        raise ValidationError({"solved": _("您已经撤回了这次反映。")})
    wrong = rules.faults_of(answer)
    if wrong:
        raise ValidationError({field: _(WRONG[key]) for field, key in wrong.items()})


def _whose(said: Judgement) -> str:
    """Whose word it is, for everyone to read."""
    return AT_COUNTER if said.at_counter and not said.counts else WHY[said.kind]


def _write(opened: Round, report: Report, answer: rules.Answer, by) -> tuple[Judgement, dict]:
    """The judgement as it stands now, and for the journal what figures need to count it once: whether it
    counts, whether it is the `first` answer of somebody asked, and what it `was` when it is changed."""
    asked = Question.objects.filter(round=opened, recipient=recipient(report.pk, report.person_id))
    counter = queries.at_counter(report, by)
    counts = rules.counts(
        asked=asked.exists(), known=bool(by.person_id or report.person_id), at_counter=bool(counter),
        since=report.received_at, opened=opened.opened_at, solved=answer.solved,
    )  # fmt: skip
    before = _said_before(opened, report, counts)
    first = bool(asked.filter(answered_at=None).update(answered_at=now()))
    said, _made = Judgement.objects.update_or_create(
        round=opened, report=report,
        defaults={
            "kind": "neighbour" if report.joined else "reporter",
            "counts": counts,
            "at_counter": counter,
            "solved": answer.solved,
            "fault": "" if answer.solved else answer.fault,
            "words": answer.words.strip(),
            "judged_at": now(),
            **{aspect: answer.levels.get(aspect) for aspect in rules.ASPECTS},
        },
    )  # fmt: skip
    was = {"was": "yes" if before.solved else "no"} if before else {}
    entered = {"entered_by": ROLES[counter]} if counter else {}
    return said, {"counts": said.counts, "first": first, **was, **entered}


def _said_before(opened: Round, report: Report, counts: bool) -> Judgement | None:
    """What this one said before that counted. A person with several reports is one: what they say by one of
    them takes the place of what they said by another."""
    same = Q(report=report)
    if counts and report.person_id:
        same |= Q(report__person=report.person_id)
    before = Judgement.objects.filter(same, round=opened, counts=True).order_by("-judged_at").first()
    if before and before.report_id != report.pk:
        Judgement.objects.filter(pk=before.pk).update(counts=False)
    return before


def _decide(topic: Topic, opened: Round, said: Judgement, by) -> None:
    result = outcome_of(opened, over=now() >= opened.until)
    if result == "redo":
        close(opened, "redo")
        redo(topic, FAULTS[said.fault], by=by, own=True)
    elif result == "resolved":
        resolve(topic, opened, by)
    elif result == "sample":
        ask_neighbours(topic, opened, SYSTEM)
