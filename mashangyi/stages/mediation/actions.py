"""The deeds of a mediation. The journal learns that there is one and how it ended, nothing else."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...ground.calendar.clock import now
from ...ground.journal.deeds import deed
from ...ground.journal.record import record
from ...ground.people import law
from ...ground.people.models import Post
from ...topic import lifecycle
from ...topic.models import Topic
from . import rules
from .models import Case, Paper


@deed
def open_case(topic: Topic, mediator: Post, parties: list[str], *, by, interest: str = "") -> Case:
    """Bring a dispute to a mediator. `parties` are at least two; `interest` is the mediator's declared interest.

    Raises ValidationError when a side is missing, law.No when the mediator has an interest in the case.
    """
    law.demand(by, "mediation.open", topic)
    parties = [party.strip() for party in parties if party.strip()]
    if len(parties) < rules.FEWEST_PARTIES:
        raise ValidationError({"parties": _("请写明至少两方当事人，一行一方。")})
    if mediator.role != "mediator":
        raise ValidationError({"mediator": _("请选一位调解员。")})
    if interest.strip():
        raise law.No(_("这位调解员与当事人有利害关系，请换一位。"))

    case = Case.objects.create(topic=topic, post=mediator, opened_at=now())
    for party in parties:
        _file(case, "party", {"words": party})

    lifecycle.move(topic, "mediate", by=by, holder=mediator.label, track="mediation")
    return case


@deed
def note_session(case: Case, words: str, *, by, present: str = "") -> Paper:
    """Note what a session came to: who sat at the table, what was said. Read by the mediator alone."""
    _may(case, by)
    if not words.strip():
        raise ValidationError({"words": _("请写下这次谈了什么。")})
    paper = _file(case, "session", {"words": words, "present": present})
    record("mediation.session", by=by, topic=case.topic)
    return paper


@deed
def propose(case: Case, words: str, *, by) -> Paper:
    """Put a proposal before the parties."""
    _may(case, by)
    if not words.strip():
        raise ValidationError({"words": _("请写下建议的办法。")})
    paper = _file(case, "proposal", {"words": words})
    record("mediation.session", by=by, topic=case.topic)
    return paper


@deed
def agree(case: Case, words: str, obligations: list[tuple[str, date | None]], *, by) -> Case:
    """All parties have signed: the agreement with what each is to do until when. The topic is mediated."""
    _may(case, by)
    if not words.strip():
        raise ValidationError({"words": _("请写下各方同意的内容。")})
    _file(case, "agreement", {"words": words}, signed=True)
    for what, until in obligations:
        _file(case, "obligation", {"words": what}, due_on=until)

    lifecycle.move(case.topic, "settle_mediation", by=by, outcome="mediated")
    return _close(case, "agreed")


@deed
def hand_over(case: Case, to: str, reason: str, *, by) -> Case:
    """Mediation failed or a party withdrew: the parties are shown the way to a court or arbitration."""
    _may(case, by)
    if to not in rules.ELSEWHERE:
        raise ValidationError({"to": _("请选转到哪里。")})
    words = _("已告知去处：%s") % _(rules.ELSEWHERE[to])
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么调解不成。")})
    _file(case, "session", {"words": reason})
    lifecycle.move(case.topic, "hand_over", by=by, reason=words, outcome=to)
    return _close(case, to)


@deed
def back_to_table(case: Case, reason: str, *, by) -> Case:
    """The parties wish to deliberate in the open after all."""
    _may(case, by)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么转回协商。")})
    _file(case, "session", {"words": reason})
    lifecycle.move(case.topic, "back_to_table", by=by, reason=_("当事各方同意公开协商"))
    return _close(case, "table")


def _may(case: Case, by) -> None:
    law.demand(by, "mediation.handle", case.topic, own=by.post_id == case.post_id)
    if case.closed_at:
        raise law.No(_("这个案子已经结束，不能再改。"))


def _file(case: Case, kind: str, sheet: dict, **fields) -> Paper:
    return Paper.objects.create(case=case, kind=kind, sealed=rules.seal(case.pk, sheet), at=now(), **fields)


def _close(case: Case, outcome: str) -> Case:
    case.closed_at, case.outcome = now(), outcome
    case.save(update_fields=["closed_at", "outcome"])
    return case
