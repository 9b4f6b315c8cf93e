"""What waits on the clerk's desk: results that nobody has confirmed yet, to be asked about by phone."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...topic.desk import Inbox, Item
from ...topic.queries import waiting_in


def _to_call(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=topic.title or topic.number,
            detail=_("等反映人确认 · %(room)s") % {"room": topic.room.name},
            url=reverse("topic:desk_topic", kwargs={"number": topic.number}) + "#evaluation",
            due_at=topic.due_at,
            state=topic.state,
        )
        for topic in waiting_in("evaluation", actor.room_id, limit)
    ]


TO_CALL = Inbox("to_call", ("clerk",), N_("办好了，等反映人确认"), _to_call)
