"""One function for each question that a page of delivery asks. Each is a constant number of queries."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ...ground.calendar.clock import now
from ...ground.journal import read
from ...ground.journal.models import Entry
from ...ground.people.actor import Actor
from ...ground.people.law import No
from ...ground.people.models import Unit
from ...ground.people.queries import units_over
from ...ground.photos.queries import by_subject, photos_under
from ...ground.places.naming import bare
from ...ground.prepared import prepared
from ...ground.together import together
from ...topic.models import Topic
from .models import Milestone, Plea, Task

PAGE = 20
SOON = timedelta(days=3)
# What a unit's desk can be narrowed to; the first is what it opens with.
FILTERS = ("open", "assigned", "working", "soon", "overdue", "returned", "done")


# --- the unit's desk ---------------------------------------------------------------------------


def tasks_of_unit(
    unit_id: int, narrow: str = "open", *, after: int | None = None, limit: int = PAGE + 1
) -> list[Task]:
    """A unit's tasks: the open ones due first, the ended ones latest first; `after` is the last one seen."""
    rows = Task.objects.filter(_narrowed(narrow), unit=unit_id).select_related("topic__room", "unit")
    order = "-" if narrow == "done" else ""
    if after:
        rows = rows.filter(_beyond(Task.objects.filter(pk=after, unit=unit_id).first(), order))
    return list(rows.order_by(f"{order}due_at", f"{order}id")[:limit])


def _narrowed(narrow: str) -> Q:
    still = Q(ended_at=None)
    return {
        "open": still,
        "assigned": Q(state="assigned"),
        "working": still & Q(state__in=["signed", "working"]),
        "soon": still & Q(due_at__gte=now(), due_at__lt=now() + SOON),
        "overdue": still & Q(due_at__lt=now()),
        "returned": Q(state="returned"),
        "done": Q(ended_at__isnull=False),
    }[narrow]


def _beyond(last: Task | None, order: str = "") -> Q:
    """What follows `last` in a list by deadline; written so that it is read along the list's index."""
    if last is None:
        raise Http404
    towards, passed = ("lte", "gte") if order else ("gte", "lte")
    same = Q(due_at=last.due_at, **{f"pk__{passed}": last.pk})
    return Q(**{f"due_at__{towards}": last.due_at}) & ~same


def numbers_of_unit(unit_id: int) -> dict[str, int]:
    """How many tasks each filter of the unit's desk shows; one query over the open ones, and one for the ended,
    of which there are more every year, along their index."""
    counts = {name: Count("id", filter=_narrowed(name)) for name in FILTERS if name != "done"}
    tasks = Task.objects.filter(unit=unit_id)
    return tasks.filter(ended_at=None).aggregate(**counts) | {"done": tasks.filter(_narrowed("done")).count()}


def task_for(actor: Actor, task_id: int) -> Task:
    """A task of the actor's own unit. Raises Http404 when there is none, No when it is another unit's."""
    task = task_by_id(task_id)
    if not actor.unit_id or task.unit_id != actor.unit_id:
        raise No(_("这项任务现在由%s办，不在您的单位。") % task.unit.name)
    return task


def task_by_id(task_id: int) -> Task:
    return get_object_or_404(Task.objects.select_related("topic__room", "unit"), pk=task_id)


def plea_by_id(plea_id: int) -> Plea:
    return get_object_or_404(Plea.objects.select_related("task__topic__room", "task__unit", "unit"), pk=plea_id)


# --- what happened to tasks --------------------------------------------------------------------


def tasks_of_topic(topic: Topic) -> list[Task]:
    """A topic's tasks in the order they were handed over, each with `steps`, `photos` and `asked`: one query."""
    found = together(
        tasks=_tasks_of.of(topic=topic.pk),
        steps=_steps_of.of(task__topic=topic.pk),
        photos=_photos_of.of(task__topic=topic.pk),
        pleas=_pleas_of.of(task__topic=topic.pk),
    )
    return _put_together(**found)


def with_steps(task: Task) -> Task:
    """A task with its milestones (newest first, each with `photos`), all photos, and its pleas; one query."""
    of = {"task": task.pk}
    found = together(steps=_steps_of.of(**of), photos=_photos_of.of(**of), pleas=_pleas_of.of(**of))
    return _put_together([task], **found)[0]


def urgings_of(task: Task) -> list[Entry]:
    """Who pressed the unit, when and with what words, the latest first; no query when nobody has."""
    told = read.of_topic(task.topic_id, public=True) if task.urged_at else []
    return [entry for entry in reversed(told) if entry.verb == "delivery.urged" and entry.data["task"] == task.pk]


def _put_together(tasks: list[Task], steps: list, photos: list, pleas: list) -> list[Task]:
    done, asked, taken = defaultdict(list), defaultdict(list), by_subject(photos)
    for step in steps:
        step.photos = taken.get(step.subject, [])
        done[step.task_id].append(step)
    for plea in pleas:
        asked[plea.task_id].append(plea)
    for task in tasks:
        task.steps, task.asked = done[task.pk], asked[task.pk]
        task.photos = [photo for step in reversed(task.steps) for photo in step.photos]
    return tasks


@prepared
def _tasks_of(topic):
    return Task.objects.filter(topic=topic).select_related("unit").order_by("id")


@prepared
def _steps_of(**where):
    return Milestone.objects.filter(**where).order_by("-id")


@prepared
def _photos_of(**where):
    return photos_under("milestone", Milestone.objects.filter(**where))


@prepared
def _pleas_of(**where):
    return Plea.objects.filter(**where).select_related("unit").order_by("-id")


# --- the convener's desk -----------------------------------------------------------------------


def open_pleas(room_id: int, limit: int) -> list[Plea]:
    """What units of a room's topics ask and nobody has answered, oldest first."""
    rows = Plea.objects.filter(room=room_id, decided_at=None)
    return list(rows.select_related("task__topic", "unit").order_by("id")[:limit])


def units_for(topic: Topic) -> list[Unit]:
    """Units that may act there, the nearest first."""
    return sorted(units_over(topic.place), key=lambda unit: -len(bare(unit.place)))


# --- supervision -------------------------------------------------------------------------------


def overdue_under(place: str, *, after: int | None = None, limit: int = PAGE + 1) -> list[Task]:
    """Open tasks under a place whose time is over, the latest ones first."""
    rows = Task.objects.filter(_under(place), ended_at=None, due_at__lt=now()).select_related(
        "topic__room", "unit"
    )
    if after:
        rows = rows.filter(_beyond(Task.objects.filter(pk=after).first()))
    return list(rows.order_by("due_at", "id")[:limit])


def numbers_under(place: str) -> dict[str, int]:
    """Open, overdue and soon due tasks under a place; one query over the open ones."""
    late = Count("id", filter=Q(due_at__lt=now()))
    soon = Count("id", filter=Q(due_at__gte=now(), due_at__lt=now() + SOON))
    return Task.objects.filter(_under(place), ended_at=None).aggregate(
        open=Count("id"), overdue=late, soon=soon
    )


def _under(place: str) -> Q:
    """Each level along its own index."""
    if len(place) <= 4:
        return Q()
    return Q(county=place) if len(place) == 6 else Q(town=place) if len(place) == 9 else Q(place=place)
