"""The deeds of a mediation. The journal learns that there is one and how it ended, nothing else."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...ground.calendar.clock import now, today
from ...ground.calendar.models import Clock
from ...ground.journal.deeds import deed
from ...ground.journal.record import record
from ...ground.people import law
from ...ground.people.models import Post
from ...topic import lifecycle
from ...topic.models import Topic
from ..deliberation.actions.checks import TWICE, hold
from ..deliberation.actions.meetings import pause_meeting, resume_meeting, track_of
from ..triage.actions.words import needed
from . import queries, rules
from .models import Case, Paper


@deed
def open_case(topic: Topic, mediator: Post, parties: list[str], *, by, interest: str = "") -> Case:
    """Bring a dispute to a mediator. `parties` are at least two; `interest` is the mediator's declared interest.

    Raises ValidationError when a side is missing, or when the mediator has an interest in the case or
    does not serve the place.
    """
    law.demand(by, "mediation.open", topic)
    parties = [party.strip() for party in parties if party.strip()]
    if len(parties) < rules.FEWEST_PARTIES:
        raise ValidationError({"parties": _("请写明至少两方当事人，一行一方。")})
    _check_mediator(topic, mediator)
    if interest.strip():
        raise ValidationError({"interest": _("这位调解员与当事人有利害关系，请换一位，再把这一栏空着。")})

    _none_yet(topic)
    case = Case.objects.create(topic=topic, post=mediator, opened_at=now())
    for party in parties:
        _file(case, "party", {"words": party})

    pause_meeting(topic)
    lifecycle.move(topic, "mediate", by=by, holder=mediator.label, track="mediation")
    return case


@deed
def change_mediator(case: Case, mediator: Post, reason: str, *, by) -> Case:
    """Another mediator takes the case over with its papers: the room's doing, or the mediator steps aside.

    The reason is sealed with the case; the public sees only who holds it now.
    """
    _may(case, by, "mediation.step_aside" if by.role == "mediator" else "mediation.change_mediator")
    _check_mediator(case.topic, mediator)
    if mediator.pk == case.post_id:
        raise ValidationError({"mediator": _("现在就是这位调解员，请选另一位。")})
    _file(case, "change", {"words": needed("reason", reason, _("请写明为什么换调解员。"))})

    case.post = mediator
    case.save(update_fields=["post"])
    lifecycle.hand_on(case.topic, mediator.label, case.topic.due_at)
    Clock.objects.filter(subject=case.topic.subject, stopped_at=None).update(holder=mediator.label)
    record("mediation.changed", by=by, topic=case.topic)
    return case


@deed
def note_session(case: Case, words: str, *, by, present: str = "") -> Paper:
    """Note what a session came to: who sat at the table, what was said. Read by the mediator alone."""
    _may(case, by)
    sheet = {"words": needed("words", words, _("请写下这次谈了什么。")), "present": present.strip()}
    if before := _filed_already(case, "session", sheet):
        return before
    paper = _file(case, "session", sheet)
    record("mediation.session", by=by, topic=case.topic)
    return paper


@deed
def propose(case: Case, words: str, *, by) -> Paper:
    """Put a proposal before the parties."""
    _may(case, by)
    sheet = {"words": needed("words", words, _("请写下建议的办法。"))}
    if before := _filed_already(case, "proposal", sheet):
        return before
    paper = _file(case, "proposal", sheet)
    record("mediation.session", by=by, topic=case.topic)
    return paper


@deed
def agree(case: Case, words: str, obligations: list[tuple[str, date | None]], *, by) -> Case:
    """All parties have signed: the agreement with what each is to do until when. The topic is mediated.

    Rows of `obligations` that say nothing are none, as in a form that was not filled to its end.
    """
    _may(case, by)
    words = needed("words", words, _("请写下各方同意的内容。"))
    _check_obligations(obligations)
    _file(case, "agreement", {"words": words}, signed=True)
    for what, until in filter(any, obligations):
        _file(case, "obligation", {"words": what.strip()}, due_on=until)

    lifecycle.move(case.topic, "settle_mediation", by=by, outcome="mediated")
    return _close(case, "agreed")


@deed
def hand_over(case: Case, to: str, reason: str, *, by) -> Case:
    """Mediation failed or a party withdrew: the parties are shown the way to a court or arbitration."""
    _may(case, by)
    if to not in rules.ELSEWHERE:
        raise ValidationError({"to": _("请选转到哪里。")})
    _file(case, "ending", {"words": needed("reason", reason, _("请写明为什么调解不成。"))})
    lifecycle.move(case.topic, "hand_over", by=by, reason=rules.TOLD[to], outcome=to)
    return _close(case, to)


@deed
def back_to_table(case: Case, reason: str, *, by) -> Case:
    """The parties wish to go on in the open: at the meeting that waits for them, or, where none does, from
    the beginning, so that the room chooses the way."""
    _may(case, by)
    _file(case, "ending", {"words": needed("reason", reason, _("请写明为什么转回协商。"))})
    goes_on = resume_meeting(case.topic, case.opened_at)
    step, track = ("back_to_table", track_of(case.topic)) if goes_on else ("back_to_sorting", "")
    lifecycle.move(case.topic, step, by=by, reason=rules.IN_THE_OPEN, track=track)
    return _close(case, "table")


def _none_yet(topic: Topic) -> None:
    """Hold the topic, and see that no case of it is open. Raises Conflict for the second of two."""
    if Case.objects.filter(topic=hold(topic), closed_at=None).exists():
        raise lifecycle.Conflict(_("这件事已经交给调解员了，请刷新看看最新情况。"))


def _may(case: Case, by, permission: str = "mediation.handle") -> None:
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())
    law.demand(by, permission, case.topic, own=by.post_id == case.post_id)
    if case.closed_at:
        raise law.No(_("这个案子已经结束，不能再改。"))


def _check_mediator(topic: Topic, mediator: Post) -> None:
    if mediator not in queries.mediators_for(topic):
        raise ValidationError({"mediator": _("请选一位管这个地方、在任的调解员。")})


def _check_obligations(obligations) -> None:
    for order, (what, until) in enumerate(obligations, 1):
        if until and not what.strip():
            raise ValidationError({f"what_{order}": _("第 %s 件有日期，没写是什么事。") % order})
        if until and until < today():
            raise ValidationError({f"until_{order}": _("第 %s 件的日期已经过了。") % order})


def _file(case: Case, kind: str, sheet: dict, **fields) -> Paper:
    return Paper.objects.create(case=case, kind=kind, sealed=rules.seal(case.pk, sheet), at=now(), **fields)


def _filed_already(case: Case, kind: str, sheet: dict) -> Paper | None:
    """The paper with these words that was filed a moment ago: the same form sent once more."""
    latest = case.papers.filter(kind=kind, at__gt=now() - TWICE).order_by("-id").first()
    return latest if latest and rules.opened(case.pk, latest.sealed) == sheet else None


def _close(case: Case, outcome: str) -> Case:
    case.closed_at, case.outcome = now(), outcome
    case.save(update_fields=["closed_at", "outcome"])
    return case
