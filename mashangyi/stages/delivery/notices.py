"""Who is told what: units of their tasks, the convener of what is asked, reporters of a new deadline."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.asked import number_in
from ...ground.journal.verbs import Words, wording
from ...ground.outbox.notices import NoticeKind
from ...ground.outbox.recipients import in_post
from ...ground.people.actor import label_words
from ...topic.models import Topic
from ..intake.notices import TopicMoved
from ..intake.queries import receipt_link
from .models import Task


def _task_link(task_id: int) -> str:
    return reverse("delivery:task", kwargs={"task_id": task_id})


def _unit_of(task_id) -> int | None:
    return Task.objects.filter(pk=task_id).values_list("unit", flat=True).first()


class ToUnit(NoticeKind):
    """A notice for those who hold the unit's post now, about one of its tasks."""

    duty = True

    def recipients(self, entry):
        unit = _unit_of(entry.data.get("task"))
        return in_post("unit_officer", unit=unit) if unit else ()


class NewTask(ToUnit):
    """The unit has a new task: sign for it, or return it within 48 hours."""

    name = "new_task"
    verbs = ("delivery.assigned", "delivery.reassigned")

    def words(self, entry, recipient):
        task = Task.objects.select_related("topic__room").get(pk=entry.data["task"])
        facts = {"room": task.topic.room.name, "what": task.content[:60]}
        words = _("%(room)s交办：%(what)s。请签收；不归本单位办的，48 小时内写明原因退回。") % facts
        return _("新任务，请签收"), words, _task_link(task.pk)


class Decided(ToUnit):
    """The convener's answer to what the unit asked."""

    name = "plea_decided"
    verbs = ("delivery.extended", "delivery.extension_refused", "delivery.return_refused",
             "delivery.cannot_agreed", "delivery.cannot_do_refused")  # fmt: skip

    def words(self, entry, recipient):
        return wording(entry), entry.data.get("reason", ""), _task_link(entry.data["task"])


class Urged(ToUnit):
    """The unit is pressed by its convener or the supervisor."""

    name = "urged"
    verbs = ("delivery.urged",)
    urgent = True

    def words(self, entry, recipient):
        title = _("%s督促您的单位") % label_words(entry.organ)
        return title, entry.data.get("reason", ""), _task_link(entry.data["task"])


class TopicOfUnits(NoticeKind):
    """What became of a topic, for every unit that worked on it: confirmed, to be redone, supervised."""

    name = "unit_topic"
    verbs = ("topic.confirm", "topic.redo", "topic.supervise", "topic.resume")
    duty = True

    def recipients(self, entry):
        units = Task.objects.filter(topic=entry.topic).values_list("unit", flat=True).distinct()
        return [who for unit in units for who in in_post("unit_officer", unit=unit)]

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        words = _("“%(title)s”：%(reason)s") % {
            "title": topic.title or topic.number, "reason": entry.data.get("reason") or wording(entry),
        }  # fmt: skip
        return wording(entry), words, reverse("delivery:tasks")


class ClockOfTask(NoticeKind):
    """A task's time is nearly over, or over: its unit is told."""

    name = "task_clock"
    verbs = ("clock.reminded", "clock.overdue")
    duty = True

    def recipients(self, entry):
        unit = _unit_of(_task_in(entry))
        return in_post("unit_officer", unit=unit) if unit else ()

    def words(self, entry, recipient):
        task = Task.objects.get(pk=_task_in(entry))
        return wording(entry), task.content[:120], _task_link(task.pk)


def _task_in(entry) -> int | None:
    return number_in(entry.data.get("subject", ""), "task")


class Asked(NoticeKind):
    """A unit asks for something that the convener decides."""

    name = "plea_asked"
    verbs = ("delivery.returned", "delivery.extension_asked", "delivery.cannot_asked")
    duty = True

    def recipients(self, entry):
        return in_post("convener", room=entry.room)

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        link = reverse("topic:desk_topic", kwargs={"number": topic.number})
        return wording(entry), entry.data.get("reason", ""), link


class Extended(TopicMoved):
    """Each reporter is told of a later deadline, and why."""

    name = "task_extended"
    verbs = ("delivery.extended",)

    def words(self, entry, recipient):
        words = _("您反映的事要延期到 %(until)s。原因：%(reason)s") % Words(entry.data)
        return _("办理延期"), words, receipt_link(entry.topic, recipient)


KINDS = (NewTask(), Decided(), Urged(), TopicOfUnits(), ClockOfTask(), Asked(), Extended())
