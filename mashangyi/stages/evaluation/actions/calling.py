"""Phoning a reporter after it was reported done. What was said is noted, and decides nothing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.actor import SYSTEM
from ...intake.models import Report
from ..models import CallBack
from .asking import ask, hold


@deed
def record_call_back_answer(report: Report, said: str, words: str = "", *, by) -> CallBack:
    """Note what a reporter said on the phone: yes, no, unsure, or missed. It closes nothing.

    Whoever wants it to count opens their receipt, or has it opened by someone they trust.
    """
    law.demand(by, "evaluation.call_back", report)
    if said not in CallBack.SAID:
        raise ValidationError({"said": _("请选对方怎么说。")})
    if len(words) > 300:
        raise ValidationError({"words": _("最多 300 个字。")})
    topic = hold(report.topic)
    opened = ask(topic, by=SYSTEM)
    noted = CallBack.objects.create(
        round=opened, report=report, said=said, words=words.strip(), organ=by.label, at=now()
    )
    record("evaluation.called_back", by=by, topic=topic, data={
        "round": opened.number, "said": CallBack.SAID[said],
    })  # fmt: skip
    return noted
