"""Where a code leads: to what it was made for, and there to what its purpose says.

A code for one topic or one meeting leads to it. A code for the room leads by its purpose: reporting and
suggesting are the scan page itself; a later stage declares where its own purposes lead.
"""

from collections.abc import Callable

from django.urls import reverse

from ...ground.asked import number_in
from ...ground.places.models import Code
from ...topic.models import Topic

# purpose → (code → address; empty: the scan page)
LEADS: dict[str, Callable[[Code], str]] = {}


def declare(purpose: str, lead: Callable[[Code], str]) -> None:
    """Say where codes of a purpose lead; each purpose is declared once."""
    if LEADS.setdefault(purpose, lead) is not lead:
        raise ValueError(f"where codes to {purpose} lead is declared twice")


def address_of(code: Code) -> str:
    """Where scanning this code leads; empty when it is the scan page."""
    lead = LEADS.get(code.purpose)
    return (lead(code) if lead else "") or _of_target(code)


def _of_target(code: Code) -> str:
    """The page of a code's topic or meeting. That of a meeting is known by its name alone: meetings come after intake."""
    if key := number_in(code.target, "meeting"):
        return reverse("deliberation:meeting", kwargs={"meeting_id": key})
    topic = topic_of(code)
    return address_of_topic(topic) if topic else ""


def topic_of(code: Code) -> Topic | None:
    """The topic that a code was made for; a code for the whole room asks the database nothing."""
    key = number_in(code.target, "topic")
    return Topic.objects.filter(pk=key).select_related("merged_into").first() if key else None


def address_of_topic(topic: Topic, part: str = "") -> str:
    """A topic's page, or that of the matter it was joined to; `part` is the id of a part of it."""
    page = reverse("topic:page", kwargs={"number": (topic.merged_into or topic).number})
    return f"{page}#{part}" if part else page


def to_follow(code: Code) -> str:
    """Codes to check and to judge: without a topic of their own, to the page that asks for one's number."""
    return _of_target(code) or reverse("intake:look_up")
