"""Who sees the photos that a reporter adds when judging or reopening: the reporter and the room."""

from ...ground.people.actor import KEEPERS
from ..intake.rules import opens
from .models import Judgement, Reopening


def judgement(subject_id: int, actor, key: str) -> bool:
    return _may_see(
        Judgement.objects.select_related("report__topic").filter(pk=subject_id).first(), actor, key
    )


def reopening(subject_id: int, actor, key: str) -> bool:
    return _may_see(
        Reopening.objects.select_related("report__topic").filter(pk=subject_id).first(), actor, key
    )


def _may_see(thing, actor, key: str) -> bool:
    if thing is None or thing.report is None:
        return False
    if key and opens(key, thing.report_id):
        return True
    return actor.role in KEEPERS and actor.room_id == thing.report.topic.room_id
