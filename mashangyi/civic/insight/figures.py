"""What each kind of journal entry adds to which figure. The one definition of every published number.

figure                counts
topics                matters begun, without those that turned out to be another one
reports               what people said, joined ones too; reports:<channel> by way in
state:<state>         topics that are in this state now (a move takes one away and adds one)
ended:<state>         topics that came to this end, in the month they did; reopening takes it back
reopened              topics opened again
meetings              deliberations opened, on the spot or announced
stay:<state>:<days>   how long topics stayed in a state, in the steps of STEPS; medians are read from it
judged, judged:yes    answers of reporters and neighbours to "is it solved?"; of these yes
done, done:on_time    tasks reported done; of these before their date
overdue               tasks whose date passed before they were done
planned, spent        money in yuan, by resolutions and by tasks done
"""

from ...topic.lifecycle import STATES

STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 9999)
DAY = 86_400
MEETS = {"topic.open", "topic.settle_on_the_spot", "topic.respond_at_once"}

Change = tuple[str, int]


def changes(entry) -> list[Change]:
    """The figures that an entry changes, and by how much."""
    if entry.verb.startswith("topic."):
        return _moved(entry)
    count = COUNTED.get(entry.verb)
    return count(entry.data) if count else []


def _reported(data) -> list[Change]:
    return [("topics", 1), ("reports", 1), (f"reports:{data.get('via', 'scan')}", 1), ("state:received", 1)]


def _joined(data) -> list[Change]:
    return [("reports", 1), (f"reports:{data.get('via', 'scan')}", 1)]


def _split_off(data) -> list[Change]:
    return [("topics", 1), (f"state:{data.get('to', 'verifying')}", 1)]


def _done(data) -> list[Change]:
    return [("done", 1), ("done:on_time", int(bool(data.get("on_time")))), ("spent", int(data.get("cost") or 0))]


def _overdue(data) -> list[Change]:
    return [("overdue", int(data.get("kind") in {"task", "complex_task", "redo"}))]


COUNTED = {
    "intake.reported": _reported,
    "intake.joined": _joined,
    "triage.split_off": _split_off,
    "evaluation.judged": lambda data: [("judged", 1), ("judged:yes", 1)],
    "evaluation.judged_not": lambda data: [("judged", 1)],
    "delivery.done": _done,
    "clock.overdue": _overdue,
}


def _moved(entry) -> list[Change]:
    source, target = entry.data.get("from"), entry.data["to"]
    found = [(f"state:{source}", -1), (f"state:{target}", 1)]
    found.append((f"stay:{source}:{step_of(entry.data.get('seconds', 0))}", 1))
    if STATES[target].family != "open":
        found.append((f"ended:{target}", 1))
    if STATES[source].family != "open":
        found.append((f"ended:{source}", -1))
    if entry.verb == "topic.reopen":
        found.append(("reopened", 1))
    if entry.verb in MEETS:
        found.append(("meetings", 1))
    if "merged" in (source, target):
        found.append(("topics", -1 if target == "merged" else 1))
    if entry.verb == "topic.conclude":
        found.append(("planned", int(entry.data.get("cost") or 0)))
    return found


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
