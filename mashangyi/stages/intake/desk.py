"""What somebody in a post brought in themselves, on their desk: how it stands."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...topic.desk import Inbox, Item
from . import queries


def _filed(actor, limit: int) -> list[Item]:
    return [
        Item(
            title=report.topic.title or report.words[:30],
            detail=_("%(number)s · 由我提交") % {"number": report.number},
            url=reverse("intake:filed", kwargs={"number": report.number}),
            state=report.topic.state,
        )
        for report in queries.filed_by(actor.post_id, limit=limit)
    ]


FILED = Inbox("filed", ("grid_worker",), N_("我提交的"), _filed, begin=("intake:file_for", N_("替人反映，或推一个议题")))
PROPOSED = Inbox("proposed", ("member",), N_("我提出的"), _filed, begin=("intake:propose", N_("提出议题")))
SET = Inbox("set", ("reviewer", "convener"), N_("我点的题"), _filed, begin=("intake:set_topic", N_("党政点题")), last=True)
