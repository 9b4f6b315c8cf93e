"""Whether a matter came again: the same kind, in the same village, within six months of the end of another.

Said in the journal when a topic is sorted, so that figures need not search; what ended by being joined, taken
back or declined was no answer, and nothing comes again of it.
"""

from datetime import timedelta

from ...ground.journal.models import Entry
from ...topic.models import Category, Topic

WITHIN = timedelta(days=183)
NO_ANSWER = ("merged", "withdrawn", "declined")


def facts(topic: Topic, category: Category) -> dict:
    """For the journal: `again`, and what it `was` under the kind that the topic had until now, if it had one."""
    was = {"was": came_again(topic)} if topic.category_id else {}
    return {"again": ended_before(topic, category), **was}


def ended_before(topic: Topic, category: Category) -> bool:
    """Had another topic of this kind and village ended in the six months before this one began?"""
    ended = Topic.objects.filter(place=topic.place, category=category).exclude(family="open").exclude(pk=topic.pk)
    span = (topic.created_at - WITHIN, topic.created_at)
    return ended.exclude(state__in=NO_ANSWER).filter(ended_at__range=span).exists()


def came_again(topic: Topic) -> bool:
    """What the journal says of it since it was sorted last; False when it never was."""
    sorted_ = Entry.objects.filter(topic=topic.pk, verb="triage.sorted", data__has_key="again").order_by("-seq")
    return bool((sorted_.values_list("data", flat=True).first() or {}).get("again"))
