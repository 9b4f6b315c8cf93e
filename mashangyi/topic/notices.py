"""What notices of several stages have in common."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ..ground.journal.verbs import wording
from ..ground.outbox.notices import NoticeKind
from ..ground.outbox.recipients import in_post
from .models import Topic


class ForTheRoom(NoticeKind):
    """Convener and clerk of the topic's room hear what happened, in the journal's public words."""

    duty = True

    def recipients(self, entry):
        return in_post("convener", "clerk", room=entry.room)

    def words(self, entry, recipient):
        topic = Topic.objects.get(pk=entry.topic)
        words = _("“%(title)s”：%(what)s") % {"title": topic.title or topic.number, "what": wording(entry)}
        return wording(entry), words, reverse("topic:desk_topic", kwargs={"number": topic.number})
