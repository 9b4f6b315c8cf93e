"""What delivery shows on the pages of a topic: to everyone, on the desk, and to the supervisor."""

from ...ground.people.actor import KEEPERS
from ...topic.models import Topic
from ...topic.panels import Panel
from ..deliberation.models.words import PROCUREMENT, SOURCES
from ..deliberation.queries import standing_of
from . import queries, rules
from .models import CAUSES, PLEAS, STATES, Plea, Task

SHOWN_PHOTOS = 4
WORDS = {
    "TASK_STATES": STATES,
    "SOURCES": SOURCES,
    "PROCUREMENT": PROCUREMENT,
    "CAUSES": CAUSES,
    "PLEAS": PLEAS,
    "ANSWERS": Plea.STATES,
}


def public(topic: Topic, actor) -> dict | None:
    """Tasks with their steps, photos before and after, the money; None before anything was handed over."""
    tasks = queries.tasks_of_topic(topic)
    if not tasks:
        return None
    for task in tasks:
        task.pair = pair(task)
        task.latest = [] if task.pair else task.photos[-SHOWN_PHOTOS:]
    return {"tasks": tasks, "money": rules.money(tasks), **WORDS}


def pair(task: Task) -> list:
    """One photo from before and the latest from after, when there are both: what people look for."""
    before = next((photo for photo in task.photos if photo.kind == "before"), None)
    after = next((photo for photo in reversed(task.photos) if photo.kind == "after"), None)
    return [before, after] if before and after else []


def desk(topic: Topic, actor) -> dict | None:
    """For clerk and convener: what may be handed over, what units ask."""
    tasks = queries.tasks_of_topic(topic)
    may_hand = topic.state in {"verifying", "concluded"}
    if not tasks and not may_hand:
        return None
    return {
        "tasks": tasks,
        "open_pleas": [plea for task in tasks for plea in task.asked if plea.decided_at is None],
        "under_way": topic.state in rules.UNDER_WAY,
        "is_convener": actor.role == "convener",
        **_handing(topic),
        "money": rules.money(tasks),
        **WORDS,
    }


def _handing(topic: Topic) -> dict:
    """Whether there is something agreed to hand over, and whether its confirmation is still awaited."""
    standing = standing_of(topic) if topic.state == "concluded" else None
    agreed = standing is not None and standing.adopted
    return {"agreed": agreed, "unconfirmed": agreed and rules.waits_for_confirmation(topic, standing)}


def supervision(topic: Topic, actor) -> dict | None:
    """For the supervisor: the tasks, and what may be done about them."""
    tasks = queries.tasks_of_topic(topic)
    if not tasks:
        return None
    return {
        "tasks": tasks,
        "may_supervise": topic.state in {"delivering", "confirming"},
        "is_supervised": topic.state == "supervised",
        **WORDS,
    }


PANELS = (
    Panel("delivery", 50, "delivery/public.html", public, verbs=("delivery.", "clock.")),
    Panel("delivery", 50, "delivery/desk_panel.html", desk, roles=KEEPERS),
    Panel("supervision", 51, "delivery/supervision_panel.html", supervision, roles=("supervisor",)),
)
