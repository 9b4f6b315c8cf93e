"""What each kind of journal entry adds to which figure. The one definition of every published number.

figure                counts
topics                matters begun, without those that turned out to be another one
again                 of these, those of a kind that had ended in the same village within six months before
reports               what people said, joined ones too; reports:<channel> by way in
joined                of these, "me too"
contact               promises to call a reporter within 24 hours that were kept or ran out; contact:in_time
state:<state>         topics that are in this state now (a move takes one away and adds one)
ended:<state>         topics that came to this end, in the month they did; reopening takes it back
ended, reopened       times a topic came to an end; times one was opened again
meetings              deliberations opened, on the spot or announced
stay:<state>:<days>   how long topics stayed in a state, in the steps of STEPS; medians are read from it
suggestions           what was suggested; suggestions:answered with a reason, of these suggestions:adopted
attended              sign-ins to meetings that stand; of these attended:clerk, for those without a phone
pledged               what parties promised to bring; pledges:told of which is known, pledges:kept
asked, answered       people asked whether it is solved; of these answered, once each and round
judged, judged:yes    judgements that count, as they stand after changes; of these "solved"
done, done:on_time    tasks reported done, unless they were sent back; of these before their date
planned, spent        money in yuan, by resolutions that stand and by tasks done; a task done again says what it cost in all

What is overdue at this moment is no figure of the journal: queries.py counts the open tasks themselves.
"""

from ...stages.deliberation.models.words import WAYS
from ...topic.lifecycle import MOVES, STATES

STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 9999)
DAY = 86_400
ENDS = {"settled", "closed"}
MEETS = {"topic.open", "topic.settle_on_the_spot", "topic.respond_at_once"}

Change = tuple[str, int]
# Figures of which each entry that changed them is kept, to be shown as the list behind the number. The list
# behind a state is the list of topics; behind a stay it is how many topics took how long.
UNLISTED = ("state:", "ended:", "stay:")


def changes(entry) -> list[Change]:
    """The figures that an entry changes, and by how much."""
    if entry.verb.startswith("topic."):
        return _moved(entry) if entry.verb[6:] in MOVES else []
    count = COUNTED.get(entry.verb)
    return count(entry.data) if count else []


def is_listed(figure: str) -> bool:
    return not figure.startswith(UNLISTED)


def _reported(data) -> list[Change]:
    return [("topics", 1), ("reports", 1), (f"reports:{data.get('via', 'scan')}", 1), ("state:received", 1)]


def _joined(data) -> list[Change]:
    return [("reports", 1), (f"reports:{data.get('via', 'scan')}", 1), ("joined", 1)]


def _set_apart(data) -> list[Change]:
    """A report that turned out to be another matter: its topic begins in the first state."""
    return [("topics", 1), ("state:received", 1)]


def _sorted(data) -> list[Change]:
    """Into another kind than before: what was said of the earlier one no longer stands."""
    return [("again", int(bool(data.get("again"))) - int(bool(data.get("was"))))]


def _called_back(data) -> list[Change]:
    """Only a call that ended a promise says whether it came in time; an overrun was counted when it was called one."""
    return [("contact", 1), ("contact:in_time", int(data["in_time"]))] if "in_time" in data else []


def _overdue(data) -> list[Change]:
    return [("contact", 1)] if data.get("kind") == "contact" else []


def _told(figure: str, good: str, now: bool, data) -> list[Change]:
    """Something that can be told well or not, and changed: `was` says what was told before."""
    return [(figure, int("was" not in data)), (good, int(now) - int(data.get("was") == good.partition(":")[2]))]


def _suggestion_answered(data) -> list[Change]:
    return _told("suggestions:answered", "suggestions:adopted", bool(data.get("adopted")), data)


def _attended(sign: int):
    """Somebody signed in (1), or their sign-in was struck out (-1)."""

    def change(data) -> list[Change]:
        return [("attended", sign), ("attended:clerk", sign * int(data.get("way") == WAYS["clerk"]))]

    return change


def _done(data) -> list[Change]:
    cost = int(data.get("cost") or 0) - int(data.get("before") or 0)
    return [("done", 1), ("done:on_time", int(bool(data.get("on_time")))), ("spent", cost)]


def _sent_back(data) -> list[Change]:
    return [("done", -1), ("done:on_time", -int(bool(data.get("on_time"))))]


def _judged(yes: int):
    """A judgement that `counts`; a changed one (`was` tells what it said before) replaces the earlier one."""

    def change(data) -> list[Change]:
        found = [("answered", int(bool(data.get("first"))))]
        if data.get("counts", True):
            found += [("judged", 1), ("judged:yes", yes)]
        if data.get("was") in {"yes", "no"}:
            found += [("judged", -1), ("judged:yes", -int(data["was"] == "yes"))]
        return found

    return change


COUNTED = {
    "intake.reported": _reported,
    "intake.joined": _joined,
    "triage.set_apart": _set_apart,
    "evaluation.asked": lambda data: [("asked", int(data.get("n") or 0))],
    "evaluation.sampled": lambda data: [("asked", int(data.get("n") or 0))],
    "evaluation.judged": _judged(1),
    "evaluation.judged_not": _judged(0),
    "delivery.done": _done,
    "delivery.sent_back": _sent_back,
    "triage.sorted": _sorted,
    "triage.called_back": _called_back,
    "clock.overdue": _overdue,
    "deliberation.suggested": lambda data: [("suggestions", 1)],
    "deliberation.suggestion_answered": _suggestion_answered,
    "deliberation.signed_in": _attended(1),
    "deliberation.struck": _attended(-1),
    "deliberation.pledged": lambda data: [("pledged", 1)],
    "deliberation.pledge_kept": lambda data: _told("pledges:told", "pledges:kept", True, data),
    "deliberation.pledge_broken": lambda data: _told("pledges:told", "pledges:kept", False, data),
}


def _moved(entry) -> list[Change]:
    source, target = _ends_of(entry)
    found = [(f"state:{source}", -1), (f"state:{target}", 1)]
    found.append((f"stay:{source}:{step_of(entry.data.get('seconds', 0))}", 1))
    if STATES[target].family != "open":
        found.append((f"ended:{target}", 1))
    if STATES[source].family == "open" and STATES[target].family in ENDS:
        found.append(("ended", 1))
    if STATES[source].family != "open":
        found.append((f"ended:{source}", -1))
    if entry.verb == "topic.reopen":
        found.append(("reopened", 1))
    if entry.verb in MEETS:
        found.append(("meetings", 1))
    if "merged" in (source, target):
        gone = -1 if target == "merged" else 1
        found += [("topics", gone), ("again", gone * int(bool(entry.data.get("again"))))]
    if entry.verb == "topic.conclude":
        found += [("planned", int(entry.data.get("cost") or 0)), ("pledged", int(entry.data.get("pledges") or 0))]
    if entry.verb == "topic.reconsider":
        found.append(("planned", -int(entry.data.get("cost") or 0)))
    return found


def _ends_of(entry) -> tuple[str, str]:
    """The state that was left and the one that was reached. Where an old entry, or one that somebody changed by hand,
    does not say, the move's own table does: no entry may stop the counting of all that come after it."""
    move, source, target = MOVES[entry.verb[6:]], entry.data.get("from"), entry.data.get("to")
    return source if source in STATES else move.sources[0], target if target in STATES else move.target


def step_of(seconds: int) -> int:
    """The first step of days that is not shorter."""
    return next(step for step in STEPS if seconds <= step * DAY or step == STEPS[-1])


def median_of(counts: dict[int, int]) -> int | None:
    """The step within which half of the topics had moved on; None without any."""
    total, seen = sum(counts.values()), 0
    for step in STEPS:
        seen += counts.get(step, 0)
        if total and seen * 2 >= total:
            return step
    return None
