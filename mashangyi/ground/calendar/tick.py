"""What clocks do by themselves: remind in time, and say aloud once that time is over."""

from ..journal.deeds import deed
from ..journal.models import Entry
from ..journal.record import record
from ..people.actor import SYSTEM, Actor
from . import clocks
from .clock import now
from .dayoffs import refresh
from .models import Clock


def tick(by: Actor = SYSTEM, limit: int = clocks.ROUND) -> int:
    """One round: remind of what is due soon, call overdue what is; how many clocks spoke.

    Each clock is its own deed, done once however many workers run; the journal tells those concerned.
    """
    refresh()
    late = [say_overdue(clock, by=by) for clock in clocks.overdue(limit)]
    soon = [remind(clock, by=by) for clock in clocks.to_remind(limit)]
    return sum(late) + sum(soon)


@deed
def remind(clock: Clock, *, by: Actor) -> bool:
    """Remind of a clock; False when somebody has done so, or it no longer runs."""
    if not _first(clock, "reminded_at"):
        return False
    _record("clock.reminded", clock, by)
    return True


@deed
def say_overdue(clock: Clock, *, by: Actor) -> bool:
    """Say that a clock's time is over; False when somebody has said so, or it no longer runs.

    A resident who did not answer is not called overdue in public: the wait for them has ended.
    """
    if not _first(clock, "overdue_at"):
        return False
    _record("clock.ran_out" if clocks.CLOCKS[clock.kind].resident else "clock.overdue", clock, by)
    return True


def _first(clock: Clock, mark: str) -> bool:
    """Set the mark; True for the one worker who did, while the clock still runs to the same end."""
    unmarked = Clock.objects.filter(pk=clock.pk, due_at=clock.due_at, stopped_at=None, paused_at=None)
    return unmarked.filter(**{mark: None}).update(**{mark: now()}) == 1


def _record(verb: str, clock: Clock, by: Actor) -> Entry:
    return record(
        verb, by=by, topic=clock.topic, room=clock.room or _room(clock.topic), place=clock.place,
        data={
            "what": clocks.CLOCKS[clock.kind].name, "kind": clock.kind, "holder": clock.holder,
            "subject": clock.subject, "due": clock.due_at.isoformat(),
        },
    )  # fmt: skip


def _room(topic: int | None) -> int | None:
    """The room in which a topic was last spoken of; the clock of an old topic may not know it."""
    last = (
        Entry.objects.filter(topic=topic, room__isnull=False).order_by("-seq")
        if topic
        else Entry.objects.none()
    )
    return last.values_list("room", flat=True).first()
