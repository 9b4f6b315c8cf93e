"""Who is told what of evaluation: those who are asked, and the room when something is not solved."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.journal.verbs import wording
from ...ground.outbox.notices import NoticeKind
from ...ground.outbox.recipients import in_post
from ...topic.models import Topic
from . import queries
from .models import Question


class PleaseConfirm(NoticeKind):
    """Each of those asked gets the link to their own judging page."""

    name = "please_confirm"
    verbs = ("evaluation.asked", "evaluation.sampled")

    def recipients(self, entry):
        why = "neighbour" if entry.verb == "evaluation.sampled" else "reporter"
        asked = Question.objects.filter(round__topic=entry.topic, round__number=entry.data["round"], why=why)
        return list(asked.order_by("id").values_list("recipient", flat=True))

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        words = _("“%(title)s”，承办单位说办好了。真的解决了吗？由您说了算，点开只要一下。")
        link = queries.judge_link(entry.topic, recipient)
        return _("办好了吗？请您确认"), words % {"title": topic.title or topic.number}, link


class NotSolved(NoticeKind):
    """The convener is told that somebody says it is not solved, or has it opened again."""

    name = "not_solved"
    verbs = ("evaluation.judged_not", "topic.reopen")
    duty = True

    def recipients(self, entry):
        return in_post("convener", "clerk", room=entry.room)

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        words = _("“%(title)s”：%(what)s") % {"title": topic.title or topic.number, "what": wording(entry)}
        return wording(entry), words, reverse("topic:desk_topic", kwargs={"number": topic.number})


KINDS = (PleaseConfirm(), NotSolved())
