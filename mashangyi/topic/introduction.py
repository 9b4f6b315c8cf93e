"""How the journal calls topics: by the title that the public reads, or by their number."""

from django.urls import reverse

from ..ground.journal.things import Named, declare
from .models import Topic


def topics(ids: set[int]) -> dict[int, Named]:
    found = Topic.objects.filter(pk__in=ids).only("id", "title", "created_at")
    return {
        each.pk: Named(
            each.title or each.number,
            reverse("topic:page", args=[each.number]),
            reverse("topic:desk_topic", args=[each.number]),
        )
        for each in found
    }


declare("topic", topics)
